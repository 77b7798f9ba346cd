"""Columns 1 and 2: the level, its box and its description."""

import re
from collections.abc import Sequence

from nithet.domain.returns.document import LevelRow
from nithet.domain.returns.reader.boxes import split_box
from nithet.domain.returns.reader.lines import SourceLine, join
from nithet.kernel.text import collapse

_LEVEL = re.compile(r"ระดับ\s*(?:คุณภาพ)?\s*(?:ที่)?\s*(\d{1,2})(?!\d)")
_BARE_TICK = re.compile(r"[/√✓✔]")


def level_number(lines: Sequence[SourceLine]) -> int | None:
    """The level a cell of column 1 names; None where it names none.

    >>> level_number([SourceLine(1, "("), SourceLine(2, "ระดับ ๑")])
    1
    """
    match = _LEVEL.search(_words(lines))
    return int(match[1]) if match else None


def read_level(cell: Sequence[SourceLine], description: Sequence[SourceLine]) -> LevelRow | None:
    """The level row of a table row, or None if column 1 names no level.

    >>> read_level([SourceLine(1, "ระดับ 3 ☑")], [SourceLine(1, "บางข้อ")])
    LevelRow(level=3, text='บางข้อ', ticked=True, boxed=True, line=1)
    """
    words = _words(cell)
    match = _LEVEL.search(words)
    if match is None:
        return None
    ticked, boxed = _tick(f"{words[: match.start()]} {words[match.end() :]}".strip())
    line = next(line.number for line in cell if line.words)
    return LevelRow(int(match[1]), join(description).text, ticked, boxed, line=line)


def _tick(beside: str) -> tuple[bool | None, bool]:
    """Whether the words beside the level hold a box, and what it says."""
    box = split_box(beside)
    if box:
        return box.ticked, True
    if _BARE_TICK.fullmatch(beside):
        return True, True
    return None, False


def _words(lines: Sequence[SourceLine]) -> str:
    return collapse(" ".join(line.text for line in lines))
