"""The three ways out of a return."""

from __future__ import annotations

from nithet.domain.returns.document import ReturnDocument
from nithet.domain.returns.render.layout import Print, to_document
from nithet.foundation.documents.docx.write import write_docx
from nithet.foundation.documents.html import write_html
from nithet.foundation.documents.pdf.write import write_pdf


def render_docx(returned: ReturnDocument, printed: Print) -> bytes:
    """The return for Word. Read back it is the same return, if its digits were left as written."""
    return write_docx(to_document(returned, printed, joined=False))


def render_pdf(returned: ReturnDocument, printed: Print) -> bytes:
    """The return for filing: PDF/A-3u and PDF/UA-1, captions with "(ต่อ)" on every further page.

    Raises the errors of `foundation.documents.errors`.
    """
    return write_pdf(to_document(returned, printed, joined=True))


def render_html(returned: ReturnDocument, printed: Print, *, first_heading: int = 2) -> str:
    """The return as a piece of a page, one table for each item, everything escaped."""
    document = to_document(returned, printed, joined=True)
    return write_html(document, first_heading=first_heading)
