"""PDF by typst, in a worker process.

`write.write_pdf` is the way in. `content` turns a document into the data that `layout.typ` sets,
`fonts` says in which fonts, `worker` is the process, `typesetters` keeps and limits such processes.
"""
