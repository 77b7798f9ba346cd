"""Sheets of official paper as Word files with fields: the few shapes that they are made of.

Words of a domain do not stand here: who ships a template says in these terms what stands on it. Lengths
are millimetres, sizes points. Texts may hold fields in braces.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from docx.oxml import parse_xml
from docx.shared import Mm

from nithet.foundation.documents.docx.base import empty_document, replace_content
from nithet.foundation.documents.docx.package import fixed
from nithet.foundation.documents.docx.styles import W, size, styles_xml
from nithet.foundation.documents.docx.units import shown, twips
from nithet.foundation.documents.model import Page

BODY_SIZE = 16.0


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: `parts` are texts, each with whether it is bold. A tab in a text goes to the next of `tabs`."""

    parts: tuple[tuple[str, bool], ...]
    align: str = "left"
    """left, center, right or thaiDistribute."""
    points: float = BODY_SIZE
    indent: float = 0.0
    first: float = 0.0
    before: float = 0.0
    """Points of room above."""
    tabs: tuple[float, ...] = ()
    keep: bool = False
    """Stays on the page of what follows."""
    underline: bool = False
    starts_page: bool = False
    exact: bool = False
    """Its lines stay 1.3 times the size apart whatever face the reader has; a picture in it would be cut off."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `rows` are lists of cells, each a list of lines; `header` returns on every page."""

    widths: tuple[float, ...]
    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    header: bool = False
    ruled: bool = False


Shape = Line | Grid


def line(text: str, **options: object) -> Line:
    """A paragraph of one weight; `bold=True` makes it heavy."""
    bold = bool(options.pop("bold", False))
    return Line(((text, bold),), **options)  # type: ignore[arg-type]


def made(shapes: Iterable[Shape], *, title: str, page: Page, foot: Sequence[Shape] = ()) -> bytes:
    """The template as a DOCX; the same shapes give the same bytes."""
    document = empty_document()
    replace_content(document.styles.element, styles_xml(BODY_SIZE, set()))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance, section.footer_distance = Mm(8), Mm(6)
    body = document.element.body
    end = body[-1]
    for element in list(parse_xml(_wrapped(_xml(shapes)))):
        end.addprevious(element)
    if foot:
        section.footer.is_linked_to_previous = False
        replace_content(section.footer.part.element, _wrapped(_xml(foot)))
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "", ""
    properties.comments, properties.language = "", "th-TH"
    out = BytesIO()
    document.save(out)
    return fixed(out.getvalue())


def _wrapped(xml: str) -> str:
    return f'<x xmlns:w="{W}">{xml}</x>'


def _xml(shapes: Iterable[Shape]) -> str:
    return "".join(_grid(one) if isinstance(one, Grid) else _line(one) for one in shapes)


def _line(one: Line) -> str:
    tabs = "".join(f'<w:tab w:val="left" w:pos="{twips(place)}"/>' for place in one.tabs)
    first = "firstLine" if one.first >= 0 else "hanging"
    properties = (
        ("<w:keepNext/>" if one.keep else "")
        + ("<w:pageBreakBefore/>" if one.starts_page else "")
        + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
        + f'<w:spacing w:before="{round(one.before * 20)}" w:after="0" w:line="{round(one.points * 1.3 * 20)}" w:lineRule="{"exact" if one.exact else "atLeast"}"/>'
        + f'<w:ind w:left="{twips(one.indent)}" w:{first}="{twips(abs(one.first))}"/>'
        + f'<w:jc w:val="{one.align}"/>'
    )
    runs = "".join(_run(text, bold, one) for text, bold in one.parts if text)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _run(text: str, bold: bool, one: Line) -> str:  # noqa: FBT001  a part as it is given
    marks = ("<w:b/><w:bCs/>" if bold else "") + size(one.points)
    marks += '<w:u w:val="dotted"/>' if one.underline and not bold else ""
    pieces = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{shown(piece)}</w:t>' if piece else ""
        for piece in text.split("\t")
    )
    return f"<w:r><w:rPr>{marks}</w:rPr>{pieces}</w:r>"


_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _grid(grid: Grid) -> str:
    widths = [twips(width) for width in grid.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = f"<w:tblBorders>{_RULES}</w:tblBorders>" if grid.ruled else ""
    margin = 85 if grid.ruled else 0
    rows = "".join(_row(grid, index, row, widths) for index, row in enumerate(grid.rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{margin // 3}" w:type="dxa"/>'
        f'<w:left w:w="{margin}" w:type="dxa"/><w:bottom w:w="{margin // 2}" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        '<w:p><w:pPr><w:spacing w:line="60" w:lineRule="exact"/></w:pPr></w:p>'
    )


def _row(grid: Grid, index: int, row: Sequence[Sequence[Line]], widths: Sequence[int]) -> str:
    heads = grid.header and index == 0
    marks = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if heads else "") + "</w:trPr>"
    cells = []
    for place, cell in enumerate(row):
        # A row that holds one cell reaches over the whole table.
        whole = len(row) == 1
        width = sum(widths) if whole else widths[place]
        span = f'<w:gridSpan w:val="{len(widths)}"/>' if whole and len(widths) > 1 else ""
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if heads else ""
        content = "".join(_line(one) for one in cell) or "<w:p/>"
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr>{content}</w:tc>'
        )
    return f"<w:tr>{marks}{''.join(cells)}</w:tr>"
