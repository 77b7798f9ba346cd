"""HTML: the same document as a piece of a page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from nithet.foundation.documents import qr
from nithet.foundation.documents.model import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    QrCode,
    Spacer,
    Table,
    grid,
)
from nithet.foundation.documents.text import printable

_CLASSES = {
    Align.LEFT: "",
    Align.CENTER: "doc-center",
    Align.RIGHT: "doc-right",
    # Screens are not set even: the class lets a style sheet for print do it.
    Align.THAI_DISTRIBUTE: "doc-even",
}


def write_html(document: Document, *, first_heading: int = 1) -> str:
    """The document as ``<article class="doc">``, to be put into a page that brings the style.

    Everything is escaped. Headings begin at `first_heading`, so that they fit below those of the
    page. Head and foot stand once; page breaks and empty room are left to the style sheet; pictures
    are left out but for their alternative text, QR codes are drawn.
    """
    parts = "".join(_block(block, first_heading - 1) for block in document.blocks)
    head, foot = _running(document)
    return (
        f'<article class="doc" lang="{document.language}"'
        f"{_attribute('aria-label', document.title)}>{head}{parts}{foot}</article>"
    )


def _running(document: Document) -> tuple[str, str]:
    running = document.running
    head = "".join(
        f'<p class="{name}">{_shown(text)}</p>'
        for name, text in (("doc-head", running.head), ("doc-mark", running.mark))
        if text
    )
    foot = f'<p class="doc-number">{_shown(running.number)}</p>' if running.number else ""
    code = _qr(running.qr) if running.qr else ""
    return (
        f"<header>{head}</header>" if head else "",
        f"<footer>{foot}{code}</footer>" if foot or code else "",
    )


def _block(block: Block, deeper: int) -> str:
    match block:
        case Heading():
            level = min(block.level + deeper, 6)
            return f"<h{level}{_class(_CLASSES[block.align])}>{_shown(block.text)}</h{level}>"
        case Paragraph():
            return _paragraph(block)
        case Table():
            return "".join(_table(block))
        case QrCode():
            return _qr(block)
        case Picture():
            return f'<p class="doc-picture">{_shown(block.alt)}</p>'
        case Spacer() | PageBreak():
            return ""


def _table(table: Table) -> Iterator[str]:
    yield '<table class="doc-table">'
    if table.captions:
        yield f"<caption>{''.join(map(_paragraph, table.captions))}</caption>"
    total = sum(table.widths)
    # An attribute, for inline styles are forbidden on our pages.
    columns = "".join(f'<col width="{share / total * 100:.1f}%">' for share in table.widths)
    yield f"<colgroup>{columns}</colgroup><thead><tr>"
    for cell in table.header.cells:
        yield _cell(cell, 'th scope="col"')
    yield "</tr></thead><tbody>"
    for places in grid(table):
        yield "<tr>"
        for column, place in enumerate(places):
            if place.cell is not None:
                heads = column < table.header_cells and place.cell.paragraphs
                yield _cell(place.cell, 'th scope="row"' if heads else "td")
        yield "</tr>"
    yield "</tbody></table>"


def _cell(cell: Cell, tag: str) -> str:
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    content = "".join(map(_paragraph, cell.paragraphs))
    return f"<{tag}{spans}>{content}</{tag.split()[0]}>"


def _paragraph(paragraph: Paragraph) -> str:
    if not paragraph.runs:
        return ""
    content = "".join(
        f"<strong>{_shown(run.text)}</strong>" if run.bold else _shown(run.text)
        for run in paragraph.runs
    )
    steps = min(round(paragraph.indent / _INDENT_STEP), _DEEPEST)
    names = " ".join(
        name for name in (_CLASSES[paragraph.align], f"doc-indent-{steps}" if steps else "") if name
    )
    return f"<p{_class(names)}>{content}</p>"


_INDENT_STEP = 5.0
"""Millimetres of indent to one class ``doc-indent-n``: inline styles are forbidden on our pages."""
_DEEPEST = 6


def _qr(code: QrCode) -> str:
    drawing = qr.svg(code.payload).decode()
    return (
        f'<figure class="doc-qr" role="img"{_attribute("aria-label", code.alt)}>{drawing}</figure>'
    )


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(printable(value))}"'


def _shown(text: str) -> str:
    return escape(printable(text), quote=False)
