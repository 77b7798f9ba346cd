"""The way in: a document to the bytes of a PDF."""

from __future__ import annotations

from dataclasses import replace

from nithet.foundation.documents import qr
from nithet.foundation.documents.model import Document, codes
from nithet.foundation.documents.pdf.typesetters import typesetters
from nithet.foundation.documents.word.model import WordPages
from nithet.foundation.documents.word.reading import read_word
from nithet.kernel import clock


def write_pdf(document: Document) -> bytes:
    """The document as a tagged PDF (PDF/A-3u and PDF/UA-1).

    Set in a worker process that is kept warm; the first document of a process waits some 0.3 s more
    unless `typesetters.prepare` was called ahead of it. Raises `errors.UnprintableText` for a
    character that no font has, `errors.DocumentTooHeavy` beyond the limits of time and memory,
    `errors.TypesetterBusy` when all workers stay occupied.
    """
    # The process starts up while the codes are drawn here.
    typesetters.prepare()
    if document.dated is None:
        # The standard asks for a date.
        document = replace(document, dated=clock.today())
    drawings = {code.payload: qr.svg(code.payload).decode() for code in codes(document)}
    return typesetters.pdf(document, drawings)


def word_as_pdf(docx: bytes) -> bytes:
    """A Word file as PDF, set by our own engine from what is understood of it (see `word.reading`).

    Raises BadInput for what is no plain DOCX, and the same errors as `write_pdf`.
    """
    return write_pages(read_word(docx))


def write_pages(pages: WordPages) -> bytes:
    """Pages as PDF, or their first as PNG, as they ask."""
    return typesetters.pdf(pages)
