"""DOCX by python-docx.

`write.write_docx` is the way in. `base` strips python-docx's own template of everything foreign,
`styles` are ours, `body` writes the blocks, `running` head and foot, `package` the zip, the same to
the byte for the same document.
"""
