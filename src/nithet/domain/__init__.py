"""The office's work itself, one package per subject, each importing only what lies below it.

From the top: returns, overview, synthesis, quality and inclusion, supervision and training,
communication, assessments, plans and instruments, commitments, evidence, frameworks, directory.
Rules of a package (``rules``) and readers of documents are plain Python and know no Django.
"""
