"""A table whose tabs are lost or stray: its columns are told by what the lines say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nithet.domain.returns.reader.boxes import FURTHEST_PARTNER, split_box
from nithet.domain.returns.reader.headings import split_heading
from nithet.domain.returns.reader.levels import level_number
from nithet.domain.returns.reader.lines import SourceLine
from nithet.domain.returns.reader.marks import split_mark
from nithet.domain.returns.reader.tables import COLUMNS, Cell, RawRow, header_column

_LEVEL_ONLY = re.compile(r"\W*ระดับ\s*(?:คุณภาพ)?\s*(?:ที่)?\s*\d{1,2}\W*$")
_LONE_BOX = re.compile(r"[(☐☑☒□]$|\(\s*[/✓?]?\s*\)$")
_DESCRIPTION, _INFORMATION, _NARRATIVE, _EVIDENCE = 1, 2, 3, 4


def table_by_content(lines: Sequence[SourceLine]) -> tuple[list[Cell], list[RawRow]]:
    """The header and the rows of a block."""
    pieces = [piece for line in lines for piece in _pieces(line)]
    header, begin = _header(pieces)
    return header, _Rows(pieces[begin:]).read()


def _pieces(line: SourceLine) -> list[SourceLine]:
    """A line cut at its tabs; a blank line stays one blank piece."""
    parts = [part for part in line.text.split("\t") if part.strip()]
    return [line.holding(part) for part in parts] or [line.holding("")]


def _header(pieces: Sequence[SourceLine]) -> tuple[list[Cell], int]:
    """Header cells and where the rows begin; empty cells where there is no header."""
    cells: list[Cell] = [[] for _ in range(COLUMNS)]
    column, index = -1, 0
    while index < len(pieces) and not (column >= 0 and _row_begins(pieces, index)):
        words = pieces[index].words
        said = header_column(words)
        if column < 0 and words and said != 0:
            return cells, 0
        if said == column + 1:
            column += 1
        if column == COLUMNS - 1 and said != column and words:
            break
        if column >= 0:
            cells[column].append(pieces[index])
        index += 1
    return (cells, index) if column >= 0 else (cells, 0)


def _row_begins(pieces: Sequence[SourceLine], index: int) -> bool:
    words = pieces[index].words
    if _LEVEL_ONLY.match(words):
        return True
    if not _LONE_BOX.match(words):
        return False
    after = next((piece for piece in pieces[index + 1 : index + 4] if piece.words), None)
    return after is not None and bool(_LEVEL_ONLY.match(after.words))


@dataclass
class _Rows:
    """Walks the lines of a table body from column to column."""

    pieces: Sequence[SourceLine]
    rows: list[RawRow] = field(default_factory=list)
    column: int = -1

    def read(self) -> list[RawRow]:
        for index, piece in enumerate(self.pieces):
            if not piece.words:
                self._blank(piece)
                continue
            if not self.rows:
                self.rows.append(RawRow())
                self.column = 0 if _row_begins(self.pieces, index) else self._opening(index)
            elif self._begins_row(index):
                self.rows.append(RawRow())
                self.column = 0
            else:
                self.column = self._next_column(index)
            self.rows[-1].cells[self.column].append(piece)
        return self.rows

    def _blank(self, piece: SourceLine) -> None:
        if self.rows:
            self.rows[-1].cells[self.column].append(piece)

    def _begins_row(self, index: int) -> bool:
        held = self.rows[-1].cells[0]
        if self.column == 0 and held and level_number(held) is None:
            return False
        return _row_begins(self.pieces, index)

    def _opening(self, index: int) -> int:
        """The column of the first words of a continuation."""
        return _INFORMATION if self._box(index) else _NARRATIVE

    def _next_column(self, index: int) -> int:
        text = self.pieces[index].text
        if self.column == 0:
            return 0 if level_number(self.rows[-1].cells[0]) is None else _DESCRIPTION
        if self.column < _NARRATIVE and split_heading(text):
            return _NARRATIVE
        if self.column == _DESCRIPTION and (split_mark(text) or self._box(index)):
            return _INFORMATION
        continues = not self.rows[-1].cells[0]
        if self.column == _INFORMATION and continues and split_mark(text):
            return _NARRATIVE
        if self.column == _NARRATIVE and self._box(index):
            return _EVIDENCE
        return self.column

    def _box(self, index: int) -> bool:
        following = self.pieces[index + 1 : index + 1 + FURTHEST_PARTNER]
        return split_box(self.pieces[index].text, following) is not None
