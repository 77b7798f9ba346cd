"""Puts the language of a document into its finished PDF.

`layout.typ` has the engine break lines under another language's code. That code stands in two places
of the file, the catalogue and the metadata, which are found by the file's own table of objects: the
same letters may stand in a title, where they must stay.
"""

from __future__ import annotations

import re

BREAKING_LANGUAGE = b"zh"

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s*\n")
_ENTRY_LENGTH = 20
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_METADATA = re.compile(rb"/Metadata (\d+) 0 R")


def in_language(pdf: bytes, language: str) -> bytes:
    """The same file naming this language. Both codes are two letters, so nothing in it moves."""
    code = language.encode("ascii")
    if len(code) != len(BREAKING_LANGUAGE):
        raise ValueError("A language is named by two letters.")
    catalogue = _root(pdf)
    held = _METADATA.search(pdf, catalogue, _end(pdf, catalogue))
    if held is None:
        raise ValueError("The engine wrote no metadata.")
    metadata = _offset(pdf, int(held[1]))
    changed = bytearray(pdf)
    for begin, before, after in (
        (catalogue, b"/Lang(", b")"),
        (metadata, b"<dc:language><rdf:Bag><rdf:li>", b"</rdf:li>"),
    ):
        at = pdf.find(before + BREAKING_LANGUAGE + after, begin, _end(pdf, begin))
        if at < 0:
            raise ValueError("The engine named no language where one was expected.")
        at += len(before)
        changed[at : at + len(code)] = code
    return bytes(changed)


def _end(pdf: bytes, begin: int) -> int:
    return pdf.index(b"endobj", begin)


def _table(pdf: bytes) -> re.Match[bytes]:
    start = _START.search(pdf)
    table = _TABLE.match(pdf, int(start[1])) if start else None
    if table is None:
        raise ValueError("The engine wrote no table of objects.")
    return table


def _root(pdf: bytes) -> int:
    named = _ROOT.search(pdf, _table(pdf).end())
    if named is None:
        raise ValueError("The engine wrote no catalogue.")
    return _offset(pdf, int(named[1]))


def _offset(pdf: bytes, number: int) -> int:
    """Where an object begins."""
    entry = _table(pdf).end() + number * _ENTRY_LENGTH
    return int(pdf[entry : entry + 10])
