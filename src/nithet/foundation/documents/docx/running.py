"""Head and foot of every page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nithet.foundation.documents import qr
from nithet.foundation.documents.docx.body import PictureMaker, paragraph_xml
from nithet.foundation.documents.docx.units import shown, twips
from nithet.foundation.documents.model import Align, Document, paragraph

# Stands at the right margin, on the line of the paragraph that follows.
_BESIDE = (
    '<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="right" w:y="1"/>'
)
_FIELD = re.compile(r"(\{pages?\})")
_INSTRUCTION = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def head_xml(document: Document) -> str:
    """The paragraphs of the head: whose paper it is, and its state where it is not final."""
    running = document.running
    head = paragraph_xml(paragraph(running.head), style="Header")
    if not running.mark:
        return head
    state = paragraph(running.mark, bold=True, align=Align.RIGHT)
    return paragraph_xml(state, style="Header", before=_BESIDE) + head


def foot_xml(document: Document, picture: PictureMaker) -> str:
    """A row of three: number, page of pages in the middle, QR code; the number has room for a date in one line."""
    running = document.running
    fifth = twips(document.page.text_width) // 5
    shares = (2 * fifth, fifth, 2 * fifth)
    number = paragraph_xml(paragraph(running.number), style="Footer")
    pages = paragraph_xml(
        paragraph("", align=Align.CENTER),
        style="Footer",
        numbers="".join(_pages(running.pages, thai_digits=document.thai_digits)),
    )
    code = "<w:r/>"
    if running.qr is not None:
        drawn = picture(qr.png(running.qr.payload), running.qr.alt, running.qr.size)
        code = f"<w:r>{drawn}</w:r>"
    drawn_code = paragraph_xml(paragraph("", align=Align.RIGHT), style="Footer", numbers=code)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{content}</w:tc>"
        for share, content in zip(shares, (number, pages, drawn_code), strict=True)
    )
    columns = "".join(f'<w:gridCol w:w="{share}"/>' for share in shares)
    # The standard asks for a paragraph behind a table; this one takes next to no room.
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(shares)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"
        '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    )


def _pages(template: str, *, thai_digits: bool) -> Iterator[str]:
    digits = "ThaiArabic" if thai_digits else "Arabic"
    for piece in _FIELD.split(template):
        if piece in _INSTRUCTION:
            instruction = f"{_INSTRUCTION[piece]} \\* {digits}"
            yield f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        elif piece:
            yield f'<w:r><w:t xml:space="preserve">{shown(piece)}</w:t></w:r>'
