"""What stands on the paper: frozen values that every writer understands.

Lengths are millimetres, sizes of type are points. Texts are plain; control characters are made
visible by the writers (`text.printable`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class Align(StrEnum):
    """How the lines of a paragraph lie."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    THAI_DISTRIBUTE = "thai-distribute"
    """Even on both sides by widening the gaps between Thai letters, as Thai offices print."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. It is never torn over two pages unless it alone is longer than half a page."""

    runs: tuple[Run, ...]
    align: Align = Align.LEFT
    indent: float = 0.0
    """Of all lines."""
    first_line: float = 0.0
    """Of the first line beyond `indent`; negative hangs it out."""
    keep_with_next: bool = False

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(run.text for run in self.runs)


def paragraph(
    text: str,
    *,
    bold: bool = False,
    align: Align = Align.LEFT,
    indent: float = 0.0,
    first_line: float = 0.0,
) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(text, bold),), align, indent, first_line)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 1 to 3. A document begins with level 1 and leaves no level out."""

    level: int
    text: str
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty room."""

    height: float


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code, made from its payload when written."""

    payload: str
    alt: str
    """What it says, for those who cannot see it."""
    size: float = 18.0


@dataclass(frozen=True, slots=True)
class Picture:
    """An image; PNG or JPEG bytes."""

    data: bytes
    alt: str
    width: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. It stands in the row in which it begins; the rows below leave its place out."""

    paragraphs: tuple[Paragraph, ...] = ()
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]
    keep_together: bool = False
    """Never torn over two pages. Otherwise a row may be torn between paragraphs."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading that returns on every page on which it goes on."""

    widths: tuple[float, ...]
    """Shares of the full width, one for each column."""
    header: Row
    rows: tuple[Row, ...]
    captions: tuple[Paragraph, ...] = ()
    """Lines above the heading; they return with it."""
    continuation: str = ""
    """Put behind the last caption on every page after the table's first, "(ต่อ)"."""
    size: float | None = None
    """Size of type; ``None``: that of the document."""
    head_size: float | None = None
    """Size of captions and heading, which every page repeats; ``None``: `size`."""
    starts_page: bool = False
    header_cells: int = 1
    """How many cells at the beginning of a row head it, for those who listen to the table."""


Block = Heading | Paragraph | Table | QrCode | Picture | Spacer | PageBreak


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet: A4, the wall sheet A3, or the slip of 10 x 15 cm that is glued into a book."""

    landscape: bool = False
    top: float = 25.0
    bottom: float = 20.0
    left: float = 30.0
    right: float = 20.0
    sheet: Literal["A4", "A3", "slip"] = "A4"

    @property
    def width(self) -> float:
        """Of the paper."""
        return self._sides[self.landscape]

    @property
    def height(self) -> float:
        """Of the paper."""
        return self._sides[not self.landscape]

    @property
    def _sides(self) -> tuple[float, float]:
        return {"A3": (297.0, 420.0), "slip": (100.0, 150.0)}.get(self.sheet, (210.0, 297.0))

    @property
    def text_width(self) -> float:
        """Between the margins."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Running:
    """What stands on every page outside the text."""

    head: str = ""
    """Left in the head: whose paper this is."""
    mark: str = ""
    """State of a paper that is not final: right in the head and, in a PDF, pale across the page."""
    number: str = ""
    """Left in the foot: the document's number, or why it has none."""
    pages: str = ""
    """In the middle of the foot, with ``{page}`` and ``{pages}``: "หน้า {page} จาก {pages}"."""
    qr: QrCode | None = None
    """Right in the foot."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document."""

    title: str
    blocks: tuple[Block, ...]
    language: Literal["th", "en"] = "th"
    page: Page = Page()
    running: Running = Running()
    size: float = 16.0
    """Of the type; Thai official papers are set in 16 point."""
    thai_digits: bool = False
    """Page numbers in Thai digits. Texts are written as they are given."""
    organisation: str = ""
    """Named as the author in the properties of the file; never a person."""
    dated: date | None = None
    """Stands as the date of making, so that the same document gives the same file."""


def texts(document: Document) -> Iterator[str]:
    """Everything that is printed, in the order of the document, headings of tables once."""
    running = document.running
    yield from (running.head, running.mark)
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                yield block.text
            case Table():
                yield from (part.text for part in block.captions)
                for row in (block.header, *block.rows):
                    yield from (part.text for cell in row.cells for part in cell.paragraphs)
    yield from (running.number, running.pages)


def codes(document: Document) -> Iterator[QrCode]:
    """Every QR code."""
    if document.running.qr is not None:
        yield document.running.qr
    yield from (block for block in document.blocks if isinstance(block, QrCode))


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of columns in one row: where a cell begins, or where one from above goes on."""

    columns: int
    cell: Cell | None
    """``None``: a cell from above goes on here."""
    last: bool
    """The cell, wherever it began, ends in this row."""


def grid(table: Table) -> tuple[tuple[Place, ...], ...]:
    """What stands in the columns of each body row.

    Raises ValueError where the cells do not fill the table exactly: such a table would come out
    differently in every writer.
    """
    columns = len(table.widths)
    if sum(cell.columns for cell in table.header.cells) != columns:
        raise ValueError("The heading does not fill the columns of the table.")
    owed: list[tuple[int, Cell] | None] = [None] * columns
    rows = tuple(tuple(_places(row.cells, owed)) for row in table.rows)
    if any(owed):
        raise ValueError("A cell reaches below the last row of the table.")
    return rows


def may_stay_whole(row: Row, places: Iterable[Place]) -> bool:
    """Whether to keep a row on one page: it asks for it, and no tall cell ends in it.

    What a tall cell holds beyond the height of its rows is added to the last of them, which must
    then be free to go on overleaf.
    """
    tall = (place.cell is None or place.cell.rows > 1 for place in places if place.last)
    return row.keep_together and not any(tall)


def _places(cells: Sequence[Cell], owed: list[tuple[int, Cell] | None]) -> Iterator[Place]:
    """Fill one row from left to right; `owed` holds, by column, the rows still due to cells above."""
    waiting = iter(cells)
    column = 0
    while column < len(owed):
        due = owed[column]
        cell = due[1] if due else next(waiting, None)
        if cell is None:
            raise ValueError("A row of the table has too few cells.")
        reach = column + cell.columns
        if reach > len(owed) or (due is None and any(owed[column:reach])):
            raise ValueError("A cell of the table is wider than the room left for it.")
        left = (due[0] if due else cell.rows) - 1
        owed[column:reach] = [(left, cell) if left else None] * cell.columns
        yield Place(cell.columns, None if due else cell, last=left == 0)
        column = reach
    if next(waiting, None) is not None:
        raise ValueError("A row of the table has too many cells.")
