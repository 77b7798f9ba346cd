"""Files that the tests of papers bring."""

from io import BytesIO

import docx
from PIL import Image

from nithet.foundation.documents.model import Document, paragraph
from nithet.foundation.documents.pdf.write import write_pdf


def a_docx(*paragraphs: str) -> bytes:
    """Return a Word file of these paragraphs."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def a_pdf(words: str) -> bytes:
    """Return a PDF that says these words."""
    return write_pdf(Document(title=words, blocks=(paragraph(words),)))


def a_photo(width: int = 640, height: int = 480, colour: str = "#6a8") -> bytes:
    """Return a JPEG."""
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()
