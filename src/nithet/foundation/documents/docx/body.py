"""The blocks of a document as WordprocessingML, written as text: an object for every cell would cost
most of the time that a document takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from nithet.foundation.documents import qr
from nithet.foundation.documents.docx.styles import (
    SYMBOL_FONT,
    caption_style,
    fonts,
    text_style,
)
from nithet.foundation.documents.docx.units import shown, twips
from nithet.foundation.documents.model import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Place,
    QrCode,
    Run,
    Spacer,
    Table,
    grid,
    may_stay_whole,
)
from nithet.foundation.documents.text import printable, symbol_pieces

PictureMaker = Callable[[bytes, str, float], str]
"""PNG or JPEG, alternative text and width in millimetres to the XML of an inline drawing."""

_LONG = 900
"""Letters from which a paragraph may be torn over two pages: it may be longer than one."""

_JUSTIFICATION = {
    Align.LEFT: "left",
    Align.CENTER: "center",
    Align.RIGHT: "right",
    Align.THAI_DISTRIBUTE: "thaiDistribute",
}
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'


def body_xml(document: Document, picture: PictureMaker) -> str:
    """Everything between the margins."""
    return "".join(part for block in document.blocks for part in _block(block, document, picture))


def table_sizes(document: Document) -> set[float]:
    """The sizes of type that its tables use."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return {_size(table, document) for table in tables} | {
        _head_size(table, document) for table in tables
    }


def _size(table: Table, document: Document) -> float:
    return table.size or document.size


def _head_size(table: Table, document: Document) -> float:
    return table.head_size or _size(table, document)


def paragraph_xml(
    paragraph: Paragraph, *, style: str = "", before: str = "", numbers: str = ""
) -> str:
    """One paragraph. `before` goes ahead of its other properties, `numbers` behind its text."""
    return (
        f"<w:p><w:pPr>{_style(style)}{_keeping(paragraph)}{before}{_indents(paragraph)}"
        f'<w:jc w:val="{_JUSTIFICATION[paragraph.align]}"/></w:pPr>'
        f"{''.join(run_xml(run) for run in paragraph.runs)}{numbers}</w:p>"
    )


def run_xml(run: Run) -> str:
    """The text of one run; symbols in a font that has them."""
    bold = "<w:b/><w:bCs/>" if run.bold else ""
    return "".join(
        _piece(piece, (fonts(SYMBOL_FONT) if symbols else "") + bold)
        for piece, symbols in symbol_pieces(printable(run.text))
    )


def _piece(text: str, properties: str) -> str:
    marked = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{marked}<w:t xml:space="preserve">{shown(text)}</w:t></w:r>'


def _style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>' if name else ""


def _keeping(paragraph: Paragraph) -> str:
    lines = "" if len(paragraph.text) > _LONG else "<w:keepLines/>"
    return ("<w:keepNext/>" if paragraph.keep_with_next else "") + lines


def _indents(paragraph: Paragraph) -> str:
    if not paragraph.indent and not paragraph.first_line:
        return ""
    first = twips(abs(paragraph.first_line))
    kind = "firstLine" if paragraph.first_line >= 0 else "hanging"
    return f'<w:ind w:left="{twips(paragraph.indent)}" w:{kind}="{first}"/>'


def _block(block: Block, document: Document, picture: PictureMaker) -> Iterator[str]:
    match block:
        case Heading():
            yield (
                f'<w:p><w:pPr><w:pStyle w:val="Heading{block.level}"/>'
                f'<w:jc w:val="{_JUSTIFICATION[block.align]}"/></w:pPr>'
                f"{run_xml(Run(block.text))}</w:p>"
            )
        case Paragraph():
            yield paragraph_xml(block)
        case Table():
            yield from _table(block, document)
        case QrCode():
            yield _drawing(picture(qr.png(block.payload), block.alt, block.size))
        case Picture():
            yield _drawing(picture(block.data, block.alt, block.width))
        case Spacer():
            height = twips(block.height)
            yield f'<w:p><w:pPr><w:spacing w:line="{height}" w:lineRule="exact"/></w:pPr></w:p>'
        case PageBreak():
            yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _drawing(inline: str) -> str:
    return f"<w:p><w:r>{inline}</w:r></w:p>"


# Tables ------------------------------------------------------------------------------------


def _table(table: Table, document: Document) -> Iterator[str]:
    yield from _captions(table, _head_size(table, document))
    widths = _widths(table, document)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="30" w:type="dxa"/>'
        '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="70" w:type="dxa"/>'
        f'<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )
    yield _header(table, widths, text_style(_head_size(table, document)))
    style = text_style(_size(table, document))
    for row, places in zip(table.rows, grid(table), strict=True):
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if may_stay_whole(row, places) else ""
        yield f"<w:tr>{whole}{''.join(_cells(places, widths, style))}</w:tr>"
    # Two tables that touch are one table to Word.
    yield '</w:tbl><w:p><w:pPr><w:spacing w:line="120" w:lineRule="exact"/></w:pPr></w:p>'


def _captions(table: Table, points: float) -> Iterator[str]:
    for index, caption in enumerate(table.captions):
        breaks = "<w:pageBreakBefore/>" if table.starts_page and index == 0 else ""
        yield paragraph_xml(caption, style=caption_style(points), before=breaks)
    if table.starts_page and not table.captions:
        yield "<w:p><w:pPr><w:pageBreakBefore/></w:pPr></w:p>"


def _widths(table: Table, document: Document) -> list[int]:
    full = twips(document.page.text_width)
    total = sum(table.widths)
    return [round(full * share / total) for share in table.widths]


def _header(table: Table, widths: list[int], style: str) -> str:
    places = tuple(Place(cell.columns, cell, last=True) for cell in table.header.cells)
    cells = "".join(_cells(places, widths, style, extra=f'{_SHADE}<w:vAlign w:val="center"/>'))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _cells(
    places: Iterable[Place], widths: list[int], style: str, *, extra: str = ""
) -> Iterator[str]:
    column = 0
    for place in places:
        width = sum(widths[column : column + place.columns])
        column += place.columns
        span = f'<w:gridSpan w:val="{place.columns}"/>' if place.columns > 1 else ""
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{_merge(place)}{extra}</w:tcPr>'
            f"{_cell_text(place.cell, style)}</w:tc>"
        )


def _merge(place: Place) -> str:
    if place.cell is None:
        return "<w:vMerge/>"
    return '<w:vMerge w:val="restart"/>' if place.cell.rows > 1 else ""


def _cell_text(cell: Cell | None, style: str) -> str:
    # A cell without a paragraph is a broken file to Word.
    empty = f"<w:p><w:pPr>{_style(style)}</w:pPr></w:p>"
    if cell is None or not cell.paragraphs:
        return empty
    return "".join(
        paragraph_xml(part, style=style) if part.runs else empty for part in cell.paragraphs
    )
