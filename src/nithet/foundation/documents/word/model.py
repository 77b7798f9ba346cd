"""What stands on the sheets of a Word file, as far as an official paper needs it.

Lengths are millimetres, sizes of type and room between lines are points; colours are six hexadecimal digits, "" for black
or none. Pictures are PNG or JPEG.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Words:
    """Text in one look."""

    text: str
    size: float = 16.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that stands in a line."""

    data: bytes
    width: float
    height: float
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that is no text: the next tab stop, a new line, the number of this page or of all pages."""

    kind: Literal["tab", "line", "page", "pages"]
    size: float = 16.0


Part = Words | Image | Mark


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `line` is the least height of a line; `first` the first line beyond `indent`, negative hangs it out."""

    parts: tuple[Part, ...]
    align: Literal["left", "center", "right", "both"] = "left"
    indent: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 0.0
    tabs: tuple[float, ...] = ()
    keep: bool = False
    size: float = 16.0
    """Of the type where the paragraph is empty."""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(part.text for part in self.parts if isinstance(part, Words))


@dataclass(frozen=True, slots=True)
class PageEnd:
    """What follows begins a page."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell. `rules` says where it has a line: some of the letters t, r, b, l."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1
    rules: str = ""
    fill: str = ""
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row. `height` 0 takes what its cells need; with `exact` no more than `height`, else at least."""

    boxes: tuple[Box, ...]
    height: float = 0.0
    exact: bool = False
    heads: bool = False
    """It returns on every page."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a cell from above leaves its place in the rows below out. `sides` is the room inside of a cell."""

    widths: tuple[float, ...]
    lines: tuple[Line, ...]
    sides: float = 1.9
    indent: float = 0.0


Block = Text | Table | PageEnd


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper and its margins; `foot_at` is the distance of the foot from the lower edge."""

    width: float = 210.0
    height: float = 297.0
    top: float = 25.0
    bottom: float = 20.0
    left: float = 30.0
    right: float = 20.0
    head_at: float = 8.0
    foot_at: float = 6.0


@dataclass(frozen=True, slots=True)
class WordPages:
    """A whole file: PDF, or one PNG of its first page at `dots` an inch."""

    title: str
    blocks: tuple[Block, ...]
    sheet: Sheet = Sheet()
    head: tuple[Block, ...] = ()
    foot: tuple[Block, ...] = ()
    output: Literal["pdf", "png"] = "pdf"
    dots: float = 144.0
    left_out: frozenset[str] = frozenset()
    """What the file holds and the pages do not show: "box" a text box or drawing, "chart", "notes"."""


def page_texts(pages: WordPages) -> Iterator[str]:
    """Every text of the pages."""
    yield pages.title
    yield from _texts((*pages.head, *pages.blocks, *pages.foot))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Text():
                yield block.text
            case Table():
                for line in block.lines:
                    for box in line.boxes:
                        yield from _texts(box.blocks)
