"""Content-addressed files (คลังไฟล์): bytes kept under the SHA-256 of what they are.

Owns: the folder ``files/`` of the data folder, laid out ``files/<namespace>/ab/cd/<sha256>``.
It has no tables: whoever keeps a file owns the row that names its digest.

Invariants: a file is complete and synced to the disk, folder entry included, before ``store``
returns, and only then may a row name it; the bytes under a digest never change; the same content
is kept once in a namespace; no name given by a person is ever part of a path.
"""
