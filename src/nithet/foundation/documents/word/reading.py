"""A DOCX read into pages. What is not understood is left out and named (`WordPages.left_out`), never guessed.

Understood are paragraphs with their looks, tabs, pictures in the text, tables with merged cells and rules, simple lists, page
breaks, head and foot with page numbers. Not understood: text boxes, drawings, charts, notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Literal

import docx
from docx.opc.exceptions import PackageNotFoundError

from nithet.foundation.documents.templates.package import check, not_docx
from nithet.foundation.documents.word.looks import (
    OFF,
    Styles,
    child,
    is_on,
    millimetres,
    name,
    number,
    value,
)
from nithet.foundation.documents.word.model import (
    Block,
    Box,
    Image,
    Line,
    Mark,
    PageEnd,
    Part,
    Sheet,
    Table,
    Text,
    WordPages,
    Words,
)

_EMU = 36_000
"""English metric units of a millimetre."""
_PICTURES = {"image/png", "image/jpeg"}
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ALIGN: dict[str, Literal["left", "center", "right", "both"]] = {
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "both",
    "distribute": "both",
    "thaiDistribute": "both",
}
_WRAPPERS = {name(tag) for tag in ("hyperlink", "ins", "smartTag", "fldSimple")}
_SIDES = {"t": "top", "r": "right", "b": "bottom", "l": "left"}
_LATER = {"r": ("right", "end"), "l": ("left", "start")}


def read_word(data: bytes) -> WordPages:
    """Read a DOCX; raises BadInput for what is no plain DOCX."""
    check(data)
    try:
        document = docx.Document(BytesIO(data))
        return _Reader(document).pages()
    except (KeyError, ValueError, SyntaxError, AttributeError, PackageNotFoundError) as error:
        raise not_docx() from error


@dataclass(slots=True)
class _Reader:
    document: Any
    styles: Styles = field(init=False)
    left_out: set[str] = field(default_factory=set)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.styles = Styles(self.document.styles.element)

    def pages(self) -> WordPages:
        section = self.document.sections[0]
        properties = section._sectPr
        size, margins = child(properties, "pgSz"), child(properties, "pgMar")
        sheet = Sheet(
            width=millimetres(number(size, "w")) or 210.0,
            height=millimetres(number(size, "h")) or 297.0,
            **{
                mine: millimetres(abs(number(margins, theirs) or 0.0))
                for mine, theirs in (
                    ("top", "top"),
                    ("bottom", "bottom"),
                    ("left", "left"),
                    ("right", "right"),
                    ("head_at", "header"),
                    ("foot_at", "footer"),
                )
            },
        )
        part = self.document.part
        return WordPages(
            title=self.document.core_properties.title or "",
            blocks=tuple(self.blocks(self.document.element.body, part)),
            sheet=sheet,
            head=self.running(section.header),
            foot=self.running(section.footer),
            left_out=frozenset(self.left_out),
        )

    def running(self, held: Any) -> tuple[Block, ...]:
        if held.is_linked_to_previous:
            return ()
        found = tuple(self.blocks(held._element, held.part))
        shown = any(not isinstance(one, Text) or one.parts for one in found)
        return found if shown else ()

    # Blocks --------------------------------------------------------------------------------

    def blocks(self, parent: Any, part: Any) -> Iterator[Block]:
        for element in parent:
            if element.tag == name("p"):
                yield from self.paragraph(element, part)
            elif element.tag == name("tbl"):
                yield self.table(element, part)
            elif element.tag == name("sdt"):
                content = child(element, "sdtContent")
                if content is not None:
                    yield from self.blocks(content, part)

    def paragraph(self, element: Any, part: Any) -> Iterator[Block]:
        looks = self.styles.looks(element)
        if looks.switch("pageBreakBefore", runs=False):
            yield PageEnd()
        parts: list[Part] = list(self.numbered(element, looks.size))
        for one in self.inline(element, element, part):
            if one is None:
                yield self.text(looks, parts)
                yield PageEnd()
                parts = []
            else:
                parts.append(one)
        yield self.text(looks, parts)
        properties = child(element, "pPr")
        if child(properties, "sectPr") is not None:
            yield PageEnd()

    def text(self, looks: Any, parts: list[Part]) -> Text:
        size = max((one.size for one in parts if isinstance(one, Words | Mark)), default=looks.size)
        left = looks.of_paragraph("ind", "left")
        if left is None:
            left = looks.of_paragraph("ind", "start")
        hanging = looks.of_paragraph("ind", "hanging")
        first = looks.of_paragraph("ind", "firstLine")
        return Text(
            parts=tuple(parts),
            align=_ALIGN.get(looks.word_of_paragraph("jc"), "left"),
            indent=millimetres(left),
            right=millimetres(looks.of_paragraph("ind", "right")),
            first=-millimetres(hanging) if hanging else millimetres(first),
            before=(looks.of_paragraph("spacing", "before") or 0.0) / 20,
            after=(looks.of_paragraph("spacing", "after") or 0.0) / 20,
            line=looks.line(size),
            tabs=self.tabs(looks),
            keep=looks.switch("keepNext", runs=False),
            size=size,
        )

    def tabs(self, looks: Any) -> tuple[float, ...]:
        for properties in looks.paragraphs:
            if (held := child(properties, "tabs")) is not None:
                stops = (number(one, "pos") for one in held if value(one) != "clear")
                return tuple(sorted(millimetres(one) for one in stops if one is not None))
        return ()

    def numbered(self, element: Any, size: float) -> Iterator[Part]:
        """The bullet or number of a list, as far as it is plain."""
        properties = child(child(element, "pPr"), "numPr")
        key = value(child(properties, "numId"))
        if not key or key in OFF:
            return
        level = value(child(properties, "ilvl")) or "0"
        kind, pattern = self.list_kind(key, level)
        if kind == "bullet":
            yield Words("•", size)
        else:
            self.counts[key, level] = self.counts.get((key, level), 0) + 1
            yield Words(pattern.format(self.counts[key, level]), size)
        yield Mark("tab", size)

    def list_kind(self, key: str, level: str) -> tuple[str, str]:
        try:
            root = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return "bullet", "{}."
        held = next((n for n in root.iter(name("num")) if value(n, "numId") == key), None)
        wanted = value(child(held, "abstractNumId"))
        for one in root.iter(name("abstractNum")):
            if value(one, "abstractNumId") == wanted:
                for found in one.iter(name("lvl")):
                    if value(found, "ilvl") == level:
                        words = value(child(found, "lvlText"))
                        end = ")" if words.endswith(")") else "."
                        return value(child(found, "numFmt")), "{}" + end
        return "bullet", "{}."

    # Inside a paragraph ----------------------------------------------------------------------

    def inline(self, parent: Any, paragraph: Any, part: Any) -> Iterator[Part | None]:
        """The parts of a paragraph; None where the page ends."""
        said = ""
        for element in parent:
            if element.tag == name("r"):
                kind = value(child(element, "fldChar"), "fldCharType")
                told = child(element, "instrText")
                if kind == "begin":
                    said = " "
                elif kind == "end":
                    yield from self.field(said, paragraph, element)
                    said = ""
                elif said and told is not None:
                    said += told.text or ""
                elif not _page_field(said):
                    yield from self.run(element, paragraph, part)
            else:
                yield from self.wrapped(element, paragraph, part)

    def wrapped(self, element: Any, paragraph: Any, part: Any) -> Iterator[Part | None]:
        """What stands in a paragraph around its runs: links, changes taken over, simple fields."""
        if element.tag == name("fldSimple") and _page_field(value(element, "instr")):
            yield from self.field(value(element, "instr"), paragraph, element)
        elif element.tag == name("sdt"):
            if (held := child(element, "sdtContent")) is not None:
                yield from self.inline(held, paragraph, part)
        elif element.tag in _WRAPPERS:
            yield from self.inline(element, paragraph, part)

    def field(self, said: str, paragraph: Any, run: Any) -> Iterator[Part]:
        if kind := _page_field(said):
            yield Mark(kind, self.styles.looks(paragraph, run).size)

    def run(self, element: Any, paragraph: Any, part: Any) -> Iterator[Part | None]:
        looks = self.styles.looks(paragraph, element)
        if looks.switch("vanish"):
            return
        under = child(child(element, "rPr"), "u")
        style: dict[str, Any] = {
            "size": looks.size,
            "bold": looks.switch("b", "bCs"),
            "italic": looks.switch("i", "iCs"),
            "underline": under is not None and value(under) not in OFF,
            "colour": looks.colour,
        }
        for one in element:
            if one.tag == name("t") and one.text:
                yield Words(one.text, **style)
            elif one.tag == name("tab"):
                yield Mark("tab", looks.size)
            elif one.tag in {name("br"), name("cr")}:
                yield None if value(one, "type") == "page" else Mark("line", looks.size)
            elif one.tag in {name("drawing"), name("pict")}:
                yield from self.picture(one, part)
            elif one.tag in {name("footnoteReference"), name("endnoteReference")}:
                self.left_out.add("notes")
            elif one.tag.endswith("}AlternateContent"):
                self.left_out.add("box")

    def picture(self, element: Any, part: Any) -> Iterator[Part]:
        blip = next(element.iter(f"{_DRAWING}main}}blip"), None)
        extent = next(element.iter(f"{_DRAWING}wordprocessingDrawing}}extent"), None)
        key = blip.get(f"{_REL}embed") if blip is not None else None
        if key is None or extent is None or key not in part.related_parts:
            chart = next(element.iter(f"{_DRAWING}chart}}chart"), None) is not None
            self.left_out.add("chart" if chart else "box")
            return
        held = part.related_parts[key]
        if held.content_type not in _PICTURES:
            self.left_out.add("box")
            return
        width, height = (int(extent.get(side)) / _EMU for side in ("cx", "cy"))
        properties = next(element.iter(f"{_DRAWING}wordprocessingDrawing}}docPr"), None)
        said = properties.get("descr") or "" if properties is not None else ""
        yield Image(held.blob, width, height, said)

    # Tables --------------------------------------------------------------------------------

    def table(self, element: Any, part: Any) -> Table:
        properties = child(element, "tblPr")
        held = child(element, "tblGrid")
        columns = [] if held is None else list(held)
        widths = tuple(millimetres(number(one, "w")) or 10.0 for one in columns)
        rules = self.rules(properties)
        margin = number(child(child(properties, "tblCellMar"), "left"), "w")
        rows = [one for one in element if one.tag == name("tr")]
        lines = [
            self.row(row, rows, index, (rules, len(widths)), part) for index, row in enumerate(rows)
        ]
        return Table(
            widths or (100.0,),
            tuple(lines),
            sides=1.9 if margin is None else millimetres(margin),
            indent=millimetres(number(child(properties, "tblInd"), "w")),
        )

    def rules(self, properties: Any) -> Any:
        """The rules of a table: its own, else those of its style."""
        if (own := child(properties, "tblBorders")) is not None:
            return own
        for style in self.styles.chain(value(child(properties, "tblStyle"))):
            if (held := child(child(style, "tblPr"), "tblBorders")) is not None:
                return held
        return None

    def row(self, row: Any, rows: list[Any], index: int, frame: tuple[Any, int], part: Any) -> Line:
        rules, columns = frame
        properties = child(row, "trPr")
        height = child(properties, "trHeight")
        boxes, at = [], 0
        for cell in (one for one in row if one.tag == name("tc")):
            held = child(cell, "tcPr")
            span = int(number(child(held, "gridSpan")) or 1)
            merged = child(held, "vMerge")
            if merged is None or value(merged) == "restart":
                tall = 1 if merged is None else _tall(rows, index, at)
                outer = (index == 0, at + span >= columns, index + tall >= len(rows), at == 0)
                boxes.append(
                    Box(
                        tuple(self.blocks(cell, part)),
                        columns=span,
                        rows=tall,
                        rules=_ruled(child(held, "tcBorders"), rules, outer),
                        fill=_fill(child(held, "shd")),
                        middle=value(child(held, "vAlign")) == "center",
                    )
                )
            at += span
        return Line(
            tuple(boxes),
            height=millimetres(number(height)),
            exact=value(height, "hRule") == "exact",
            heads=bool(is_on(child(properties, "tblHeader"))),
        )


def _page_field(said: str) -> Literal["page", "pages"] | None:
    words = said.upper().split()
    if "NUMPAGES" in words:
        return "pages"
    return "page" if "PAGE" in words else None


def _tall(rows: list[Any], index: int, at: int) -> int:
    """Over how many rows a cell reaches that begins here."""
    tall = 1
    for row in rows[index + 1 :]:
        place = 0
        goes_on = False
        for cell in (one for one in row if one.tag == name("tc")):
            held = child(cell, "tcPr")
            merged = child(held, "vMerge")
            if place == at and merged is not None and value(merged) != "restart":
                goes_on = True
            place += int(number(child(held, "gridSpan")) or 1)
        if not goes_on:
            break
        tall += 1
    return tall


def _ruled(own: Any, table: Any, outer: Iterable[bool]) -> str:
    found = ""
    for (letter, side), at_edge in zip(_SIDES.items(), outer, strict=True):
        names = _LATER.get(letter, (side,))
        said = next((one for key in names if (one := child(own, key)) is not None), None)
        if said is None and table is not None:
            inside = "insideH" if letter in "tb" else "insideV"
            keys = names if at_edge else (inside,)
            said = next((one for key in keys if (one := child(table, key)) is not None), None)
        if said is not None and value(said) not in {"nil", "none", ""}:
            found += letter
    return found


def _fill(shade: Any) -> str:
    colour = value(shade, "fill")
    return colour if len(colour) == 6 and colour.upper() != "FFFFFF" else ""
