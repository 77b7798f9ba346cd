"""Content-addressed files (คลังไฟล์): bytes kept under the SHA-256 of what they are; what strangers send is examined first.

Owns, in the data folder: ``files/<namespace>/ab/cd/<sha256>``, ``uploads/`` (received in pieces) and
``previews/`` (made again at need). It has no tables: whoever keeps a file owns the row that names
its digest, and registers it with `keepers`.

Invariants: a file is complete and synced to the disk, folder entry included, before ``store``
returns, and only then may a row name it; the bytes under a digest never change; the same content
is kept once in a namespace; no name given by a person is ever part of a path; the server itself
parses no file of a stranger: `sandbox` has that done by the `workshop`.
"""
