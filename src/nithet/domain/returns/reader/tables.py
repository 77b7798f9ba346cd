"""What every source is cut into before it is understood: captions and tables of five columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nithet.domain.returns.reader.lines import SourceLine
from nithet.kernel.text import collapse

COLUMNS = 5

Cell = list[SourceLine]

_HEADERS = (
    re.compile(r"\(?\s*ระดับ\s*(?:คุณภาพ|ที่|$)"),
    re.compile(r"คำ\s*อธิบาย|รายละเอียด|เกณฑ์"),
    re.compile(r"ข้อมูล|สารสนเทศ|ผลการดำเนินงาน"),
    re.compile(r"ปัจจัย|วิธีการ|ปัญหา"),
    re.compile(r"เอกสาร|หลักฐาน|ร่องรอย"),
)
_SURE_HEADERS = 3


@dataclass
class RawRow:
    """One row of a table: five cells of lines."""

    cells: list[Cell] = field(default_factory=lambda: [[] for _ in range(COLUMNS)])


@dataclass
class RawTable:
    """Captions, header and rows as they stand in the source."""

    captions: list[SourceLine]
    header: list[Cell] = field(default_factory=list)
    rows: list[RawRow] = field(default_factory=list)
    cut_off: bool = False
    """The source ends before the table does."""
    short: bool = False
    """Its last row lacks its last cell: cut off, or an editor took the empty cell away."""


@dataclass
class RawReturn:
    """A source cut into its heading, its tables and what lies outside of them."""

    heading: list[SourceLine]
    tables: list[RawTable]
    outside: list[SourceLine] = field(default_factory=list)
    ends_in_line: bool = False
    """A text whose last line has words and no line end."""
    running_heads: list[str] = field(default_factory=list)
    """Page headers of a DOCX."""


def words_of(cell: Sequence[SourceLine]) -> str:
    """All words of a cell in one line."""
    return collapse(" ".join(line.text for line in cell))


def is_header(cells: Sequence[Sequence[SourceLine]]) -> bool:
    """Whether five cells are the header row of the form: at least three say what they should."""
    if len(cells) != COLUMNS:
        return False
    said = (
        bool(pattern.search(words_of(cell))) for pattern, cell in zip(_HEADERS, cells, strict=True)
    )
    return sum(said) >= _SURE_HEADERS and bool(_HEADERS[0].match(words_of(cells[0])))


def header_column(words: str) -> int | None:
    """Which header of the form a line begins (0 to 4), or None."""
    found = (number for number, pattern in enumerate(_HEADERS) if pattern.match(words))
    return next(found, None)
