"""Slides as PPTX, 16:9: a few plain kinds, in a Thai face set as complex script.

What stands on a slide is shortened where it would run over its edge, and says that there is more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from nithet.foundation.documents.text import printable

FONT = "TH Sarabun New"
_WIDTH, _HEIGHT = 13.333, 7.5
_MARGIN = 0.6
_INK = RGBColor(0x1B, 0x24, 0x30)
_QUIET = RGBColor(0x5A, 0x67, 0x75)
_BRAND = RGBColor(0x1F, 0x4E, 0x8C)
_PAPER = RGBColor(0xFF, 0xFF, 0xFF)
_PALE = RGBColor(0xEE, 0xF3, 0xF9)
_LINE = RGBColor(0xC9, 0xD3, 0xDF)
TONES = {
    "good": RGBColor(0x1F, 0x7A, 0x45),
    "needs": RGBColor(0xA3, 0x4A, 0x08),
    "bad": RGBColor(0xB3, 0x26, 0x1E),
    "rest": _QUIET,
    "": _INK,
}
MOST_ROWS = 8
MOST_POINTS = 9


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table with the tone of its words: good, needs, bad, rest or none."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class TitleSlide:
    """The first slide. `logo` is a PNG or JPEG, None where there is none."""

    title: str
    lines: tuple[str, ...]
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One large figure with its name above and its words below."""

    name: str
    value: str
    words: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class FiguresSlide:
    """Up to four figures side by side, and lines below them."""

    title: str
    figures: tuple[Figure, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSlide:
    """A table; `widths` are shares. Rows beyond `MOST_ROWS` go to a slide more, see `divided`."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PointsSlide:
    """Points under one another; `empty` is said where there is none."""

    title: str
    points: tuple[str, ...]
    empty: str = ""
    note: str = ""


Slide = TitleSlide | FiguresSlide | TableSlide | PointsSlide


def divided(slide: TableSlide, continued: str, most: int = MOST_ROWS) -> list[TableSlide]:
    """The table on as many slides as its rows need; `continued` stands behind the title from the second on."""
    parts = [slide.rows[at : at + most] for at in range(0, len(slide.rows), most)] or [()]
    return [
        TableSlide(
            slide.title if index == 0 else f"{slide.title} {continued}",
            slide.heads,
            slide.widths,
            rows,
            slide.note,
        )
        for index, rows in enumerate(parts)
    ]


def write_pptx(slides: Iterable[Slide], *, title: str, foot: str) -> bytes:
    """The slides as a PPTX; `foot` stands with its number on every one but a title slide."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    show.core_properties.title = title
    show.core_properties.author = show.core_properties.last_modified_by = ""
    show.core_properties.language = "th-TH"
    for number, one in enumerate(slides, 1):
        page = show.slides.add_slide(show.slide_layouts[6])
        match one:
            case TitleSlide():
                _title(page, one)
            case FiguresSlide():
                _figures(page, one)
            case TableSlide():
                _table(page, one)
            case PointsSlide():
                _points(page, one)
        if not isinstance(one, TitleSlide):
            _foot(page, foot, number)
    out = BytesIO()
    show.save(out)
    return out.getvalue()


def _text(
    page: Any,
    text: str,
    left: float,
    top: float,
    width: float,
    height: float,
    *,
    points: float,
    bold: bool = False,
    colour: RGBColor = _INK,
    align: Any = PP_ALIGN.LEFT,
    anchor: Any = MSO_ANCHOR.TOP,
) -> None:
    box = page.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    frame = box.text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _write(frame.paragraphs[0], text, points=points, bold=bold, colour=colour, align=align)


def _write(
    paragraph: Any,
    text: str,
    *,
    points: float,
    bold: bool = False,
    colour: RGBColor = _INK,
    align: Any = PP_ALIGN.LEFT,
) -> None:
    paragraph.alignment = align
    run = paragraph.add_run()
    run.text = printable(text)
    run.font.size, run.font.bold = Pt(points), bold
    run.font.color.rgb = colour
    properties = run._r.get_or_add_rPr()
    properties.set("lang", "th-TH")
    # The Latin face first, then the complex-script one, without which Thai falls back to another font.
    for name in ("a:latin", "a:ea", "a:cs"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
        etree.SubElement(properties, qn(name)).set("typeface", FONT)


def _bar(page: Any, left: float, top: float, width: float, height: float, colour: RGBColor) -> None:
    shape = page.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Inches(left), Inches(top), Inches(width), Inches(height)
    )
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour
    shape.line.fill.background()
    shape.shadow.inherit = False


def _heading(page: Any, title: str) -> None:
    _bar(page, 0, 0, 0.18, _HEIGHT, _BRAND)
    _text(
        page, _cut(title, 90), _MARGIN, 0.35, _WIDTH - 2 * _MARGIN, 0.8,
        points=34, bold=True, colour=_BRAND, anchor=MSO_ANCHOR.MIDDLE,
    )  # fmt: skip


def _foot(page: Any, foot: str, number: int) -> None:
    _text(page, _cut(foot, 112), _MARGIN, 7.0, 11.2, 0.35, points=12, colour=_QUIET)
    _text(page, str(number), 11.9, 7.0, 0.8, 0.35, points=14, colour=_QUIET, align=PP_ALIGN.RIGHT)


def _title(page: Any, one: TitleSlide) -> None:
    _bar(page, 0, 0, _WIDTH, _HEIGHT, _BRAND)
    if one.logo:
        page.shapes.add_picture(BytesIO(one.logo), Inches(_MARGIN), Inches(0.6), height=Inches(1.2))
    _text(
        page, _cut(one.title, 150), _MARGIN, 2.2, _WIDTH - 2 * _MARGIN, 1.8,
        points=44, bold=True, colour=_PAPER, anchor=MSO_ANCHOR.BOTTOM,
    )  # fmt: skip
    for index, words in enumerate(one.lines[:4]):
        _text(
            page, _cut(words, 120), _MARGIN, 4.3 + index * 0.55, _WIDTH - 2 * _MARGIN, 0.5,
            points=26, colour=_PAPER,
        )  # fmt: skip


def _figures(page: Any, one: FiguresSlide) -> None:
    _heading(page, one.title)
    shown = one.figures[:4]
    gap = 0.3
    width = (_WIDTH - 2 * _MARGIN - gap * (len(shown) - 1)) / max(1, len(shown))
    for index, figure in enumerate(shown):
        left = _MARGIN + index * (width + gap)
        _bar(page, left, 1.5, width, 2.85, _PALE)
        inner = width - 0.4
        # Two lines of name fit above the value; a longer one is set smaller, then cut.
        _text(
            page, _cut(figure.name, 56), left + 0.2, 1.6, inner, 0.8,
            points=20 if len(figure.name) <= 30 else 17, colour=_QUIET,
        )  # fmt: skip
        _text(
            page, _cut(figure.value, 18), left + 0.2, 2.4, inner, 0.85,
            points=_fitting(figure.value, inner),
            bold=True, colour=TONES[figure.tone], anchor=MSO_ANCHOR.MIDDLE,
        )  # fmt: skip
        _text(page, _cut(figure.words, 75), left + 0.2, 3.25, inner, 1.0, points=18)
    _lines(page, [_cut(words, 190) for words in one.lines[:4]], top=4.55, height=2.35, points=18)


def _fitting(value: str, width: float) -> int:
    """The size of type, in points, at which a bold figure stays on one line of a width in inches."""
    # A wide digit takes some 0.6 of its size, whatever face stands in for the Thai one.
    return next(
        (points for points in (48, 40, 34, 28, 24) if len(value) * points * 0.6 <= width * 72), 20
    )


def _lines(
    page: Any, lines: Sequence[str], *, top: float, height: float, points: float, mark: str = "•  "
) -> None:
    if not lines:
        return
    box = page.shapes.add_textbox(
        Inches(_MARGIN), Inches(top), Inches(_WIDTH - 2 * _MARGIN), Inches(height)
    )
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    for index, words in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(3)
        _write(paragraph, mark + _cut(words, 190), points=points)


def _points(page: Any, one: PointsSlide) -> None:
    _heading(page, one.title)
    points = [*one.points]
    if len(points) > MOST_POINTS:
        more = len(points) - MOST_POINTS + 1
        points = [*points[: MOST_POINTS - 1], f"และอีก {more} เรื่อง"]
    lines = sum(1 + len(words) // 85 for words in points)
    size = 24 if lines <= 8 else 20 if lines <= 11 else 18
    if points:
        _lines(page, points, top=1.4, height=5.3, points=size)
    elif one.empty:
        _text(page, one.empty, _MARGIN, 1.5, _WIDTH - 2 * _MARGIN, 0.6, points=24, colour=_QUIET)
    if one.note:
        _text(
            page, _cut(one.note, 170), _MARGIN, 6.55, _WIDTH - 2 * _MARGIN, 0.4,
            points=16, colour=_QUIET,
        )  # fmt: skip


def _table(page: Any, one: TableSlide) -> None:
    _heading(page, one.title)
    width = _WIDTH - 2 * _MARGIN
    frame = page.shapes.add_table(
        len(one.rows) + 1, len(one.heads), Inches(_MARGIN), Inches(1.35), Inches(width), Inches(0.5)
    )
    table = frame.table
    # The plain grid of the program: its own colours would drown the tones of the words.
    style = frame._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = "{5940675A-B579-460E-94D1-54222C63F5DA}"
    total = sum(one.widths)
    for index, share in enumerate(one.widths):
        table.columns[index].width = Inches(width * share / total)
    for index, head in enumerate(one.heads):
        _cell(table.cell(0, index), Cell(head), points=18, bold=True, fill=_PALE)
    size = 18 if len(one.rows) <= 6 else 16
    for number, row in enumerate(one.rows, 1):
        for index, cell in enumerate(row):
            letters = int(width * one.widths[index] / total * 17)
            _cell(table.cell(number, index), Cell(_cut(cell.text, letters), cell.tone), points=size)
    if one.note:
        _text(page, _cut(one.note, 170), _MARGIN, 6.6, width, 0.4, points=16, colour=_QUIET)


def _cell(
    place: Any, cell: Cell, *, points: float, bold: bool = False, fill: RGBColor = _PAPER
) -> None:
    place.fill.solid()
    place.fill.fore_color.rgb = fill
    place.margin_left = place.margin_right = Inches(0.1)
    place.margin_top = place.margin_bottom = Inches(0.04)
    place.vertical_anchor = MSO_ANCHOR.MIDDLE
    toned = bool(cell.tone) and cell.tone != "rest"
    _write(
        place.text_frame.paragraphs[0],
        cell.text,
        points=points,
        bold=bold or toned,
        colour=TONES[cell.tone],
    )


def _cut(text: str, letters: int) -> str:
    """The text with at most so many letters, vowels above and below not counted; "…" where it goes on."""
    kept = 0
    for place, sign in enumerate(text):
        if sign == "\u0e31" or "\u0e34" <= sign <= "\u0e3a" or "\u0e47" <= sign <= "\u0e4e":
            continue
        kept += 1
        if kept > letters:
            return text[:place].rstrip() + "…"
    return text
