"""A DOCX is cut into captions and tables of five columns, paragraph by paragraph.

Content controls, tracked insertions and nested tables are read as what they show; deleted and moved
text, drawings and field codes are not. Boxes are read wherever Word keeps them: as characters, as
symbols, as content controls or as form fields. Numbers of automatic lists are counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from nithet.domain.returns.document import TICKED, UNTICKED
from nithet.domain.returns.reader import refusals
from nithet.domain.returns.reader.captions import captions_begin, is_indicator, is_issue, is_item
from nithet.domain.returns.reader.docx_numbering import Numbering
from nithet.domain.returns.reader.docx_package import DocxPackage
from nithet.domain.returns.reader.docx_symbols import is_symbol_font, symbol
from nithet.domain.returns.reader.levels import level_number
from nithet.domain.returns.reader.lines import SourceLine, repaired
from nithet.domain.returns.reader.ooxml import MC, W14, W, descend, is_on, value
from nithet.domain.returns.reader.tables import (
    COLUMNS,
    Cell,
    RawReturn,
    RawRow,
    RawTable,
    is_header,
    words_of,
)

_UNREAD = {
    W + name
    for name in (
        "del", "moveFrom", "drawing", "pict", "object", "instrText", "delText", "rPr", "pPr",
        "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "footnoteReference",
        "endnoteReference", "commentReference", "annotationRef",
    )
} | {MC + "Fallback"}  # fmt: skip
_WIDEST = 10_000


@dataclass(frozen=True, slots=True)
class _TableRow:
    """Cells of a row with the grid columns at which they begin."""

    cells: tuple[Cell, ...]
    begins: tuple[int, ...]


def cut_docx(data: bytes) -> RawReturn:
    """The heading, the tables and what lies outside of them; raises `BadInput`."""
    package = DocxPackage(data)
    body = descend(package.document, "body")
    if body is None:
        raise refusals.damaged_docx()
    walker = _Walker(Numbering(package.numbering, package.styles))
    for block in _blocks(body):
        walker.take(block)
    raw = walker.finished()
    raw.running_heads = [
        line.text for header in package.page_headers for line in _Paragraphs().lines(header)
    ]
    return raw


@dataclass
class _Paragraphs:
    """Reads paragraphs and numbers them."""

    numbering: Numbering = field(default_factory=lambda: Numbering(None, None))
    count: int = 0
    letters: int = 0

    def lines(self, element: etree._Element) -> list[SourceLine]:
        """Every paragraph below an element, one line each, more where it has line breaks."""
        found: list[SourceLine] = []
        for paragraph in _paragraphs(element):
            found.extend(self.of(paragraph))
        return found

    def of(self, paragraph: etree._Element) -> list[SourceLine]:
        """The lines of one paragraph."""
        self.count += 1
        mark = self.numbering.mark(descend(paragraph, "pPr"))
        text = "".join(_text(paragraph))
        if mark and text.strip():
            text = f"{mark} {text}"
        self.letters += len(text)
        if self.letters > refusals.MAX_LETTERS or self.count > refusals.MAX_LINES:
            raise refusals.too_large(refusals.MAX_TEXT_BYTES)
        return [SourceLine(self.count, repaired(part)) for part in text.split("\n")]


@dataclass
class _Walker:
    """Walks the body: paragraphs gather as captions until a table of the form takes them."""

    numbering: Numbering
    heading: list[SourceLine] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)
    outside: list[SourceLine] = field(default_factory=list)
    _pending: list[SourceLine] = field(default_factory=list)
    _open: RawTable | None = None
    _edges: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self._paragraphs = _Paragraphs(self.numbering)

    def take(self, block: etree._Element) -> None:
        """A paragraph or a table of the body."""
        if block.tag == W + "p":
            self._pending.extend(line for line in self._paragraphs.of(block) if line.words)
            return
        self._open = None
        for row in self._rows(block):
            self._take_row(row)

    def finished(self) -> RawReturn:
        self.outside.extend(self._pending)
        if not self.tables:
            return RawReturn(self.outside, [])
        return RawReturn(self.heading, self.tables, self.outside)

    def _take_row(self, row: _TableRow) -> None:
        if is_header(row.cells):
            self._begin(row)
        elif len([cell for cell in row.cells if words_of(cell)]) <= 1 and self._is_caption(row):
            self._open = None
            self._pending.extend(line for cell in row.cells for line in cell if line.words)
        elif self._open is None and _is_level_row(row):
            self._begin(None)
            self._edges = row.begins
            self._append(row)
        elif self._open is not None:
            self._append(row)
        else:
            self._pending.extend(line for cell in row.cells for line in cell if line.words)

    def _is_caption(self, row: _TableRow) -> bool:
        words = words_of([line for cell in row.cells for line in cell])
        return is_issue(words) or is_indicator(words) or is_item(words)

    def _begin(self, header: _TableRow | None) -> None:
        """A table of the form begins: the nearest captions above are its own."""
        item = next(
            (i for i in reversed(range(len(self._pending))) if is_item(self._pending[i].words)),
            len(self._pending),
        )
        begin = captions_begin(self._pending, item) if item < len(self._pending) else item
        before, captions = self._pending[:begin], self._pending[begin:]
        (self.outside if self.tables else self.heading).extend(before)
        self._pending = []
        self._open = RawTable(captions)
        self.tables.append(self._open)
        if header:
            self._open.header = [list(cell) for cell in header.cells]
            self._edges = header.begins

    def _append(self, row: _TableRow) -> None:
        """A body row; a cell belongs to the column of the header under which it begins."""
        if self._open is None:
            return
        placed = RawRow()
        for cell, begin in zip(row.cells, row.begins, strict=True):
            column = max(0, sum(edge <= begin for edge in self._edges) - 1)
            placed.cells[min(column, COLUMNS - 1)].extend(cell)
        self._open.rows.append(placed)

    def _rows(self, table: etree._Element) -> Iterator[_TableRow]:
        for row in _below(table, W + "tr"):
            if descend(row, "trPr", "del") is not None:
                continue
            begins: list[int] = []
            cells: list[Cell] = []
            at = _span(row, "trPr", "gridBefore", least=0)
            for cell in _below(row, W + "tc"):
                begins.append(at)
                at += _span(cell, "tcPr", "gridSpan", least=1)
                cells.append(self._paragraphs.lines(cell))
            yield _TableRow(tuple(cells), tuple(begins))


def _is_level_row(row: _TableRow) -> bool:
    return len(row.cells) == COLUMNS and level_number(row.cells[0]) is not None


def _span(element: etree._Element, *path: str, least: int) -> int:
    said = value(element, *path) or ""
    return max(least, int(said)) if said.isdecimal() and int(said[:9]) <= _WIDEST else least


def _below(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also inside content controls."""
    for child in element.iterchildren(etree.Element):
        if child.tag == name:
            yield child
        elif child.tag not in _UNREAD and child.tag != W + "p":
            yield from _below(child, name)


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, also inside content controls and tracked insertions."""
    for child in element.iterchildren(etree.Element):
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag not in _UNREAD:
            yield from _blocks(child)


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    """Every paragraph below an element, nested tables included."""
    for block in _blocks(element):
        if block.tag == W + "p":
            yield block
        else:
            for row in _below(block, W + "tr"):
                for cell in _below(row, W + "tc"):
                    yield from _paragraphs(cell)


def _text(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph as it is shown, line breaks as line ends."""
    for child in element.iterchildren(etree.Element):
        tag = child.tag
        if tag in _UNREAD:
            continue
        if tag == W + "r":
            yield from _run(child)
        elif tag == W + "sdt" and (box := _control_box(child)):
            yield box
        else:
            yield from _text(child)


def _run(run: etree._Element) -> Iterator[str]:
    fonts = descend(run, "rPr", "rFonts")
    font = "" if fonts is None else fonts.get(W + "ascii", "")
    pictures = is_symbol_font(font)
    for child in run.iterchildren(etree.Element):
        tag = child.tag
        if tag == W + "t":
            text = (child.text or "").replace("\n", " ")
            yield "".join(symbol(font, letter) for letter in text) if pictures else text
        elif tag == W + "sym":
            yield _symbol(child)
        elif tag in (W + "br", W + "cr"):
            yield "\n"
        elif tag in (W + "tab", W + "ptab"):
            yield " "
        elif tag == W + "noBreakHyphen":
            yield "-"
        elif tag == W + "fldChar":
            yield _field_box(child)
        elif tag == MC + "AlternateContent":
            yield from _text(child)


def _symbol(element: etree._Element) -> str:
    code = element.get(W + "char", "")
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return symbol(element.get(W + "font", "") or "symbol", character)


def _control_box(control: etree._Element) -> str:
    """The box of a check-box content control; empty for any other control."""
    properties = descend(control, "sdtPr")
    box = None if properties is None else properties.find(W14 + "checkbox")
    if box is None:
        return ""
    checked = box.find(W14 + "checked")
    said = "0" if checked is None else checked.get(W14 + "val", "1")
    return UNTICKED if said in ("0", "false", "off") else TICKED


def _field_box(character: etree._Element) -> str:
    """The box of an old form field, at the place where the field begins."""
    box = descend(character, "ffData", "checkBox")
    if box is None:
        return ""
    checked = descend(box, "checked")
    return (
        TICKED if is_on(checked if checked is not None else descend(box, "default")) else UNTICKED
    )
