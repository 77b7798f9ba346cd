"""A text flattened from Word is cut into captions and tables of five columns.

Converters put a tab before every cell and end no row: five tabs make a row. Where the tabs are
whole they alone decide. Where a text was pasted, or an editor cut white space away, the columns are
told by what their lines say.
"""

import re
from collections.abc import Sequence

from nithet.domain.returns.reader.captions import captions_begin, is_indicator, is_issue, is_item
from nithet.domain.returns.reader.levels import level_number
from nithet.domain.returns.reader.lines import SourceLine
from nithet.domain.returns.reader.tables import (
    COLUMNS,
    Cell,
    RawReturn,
    RawRow,
    RawTable,
    header_column,
    is_header,
    words_of,
)
from nithet.domain.returns.reader.untabbed import table_by_content

_CELL = re.compile("[ \xa0\x0c]*\t")
_HEADER_BEGINS = re.compile(r"ระดับ\s*คุณภาพ\s*(?:$|คำ\s*อธิบาย)")
_CLOSING = re.compile(r"\s*\(?\s*(?:ลงชื่อ|ลายมือชื่อ|ผู้รายงาน|ผู้รับรอง)")
_NEAR = 4
_SHORTEST_OPEN_ROW = 4
"""Cells that a continuation row has when only the tab of its empty last cell was cut away."""


def cut_text(lines: Sequence[SourceLine]) -> RawReturn:
    """The heading, the tables and what lies outside of them."""
    begins = _begins(lines)
    if not begins:
        return RawReturn(list(lines), [])
    ends = [*begins[1:], len(lines)]
    closing = _closing(lines, begins[-1])
    ends[-1] = closing
    tables = [_table(lines[a:b]) for a, b in zip(begins, ends, strict=True)]
    tables[-1].cut_off |= _ends_in_captions(lines, tables)
    heading = [line for line in lines[: begins[0]] if line.words]
    outside = [line for line in lines[closing:] if line.words]
    return RawReturn(heading, tables, outside, ends_in_line=bool(lines[-1].words))


def _begins(lines: Sequence[SourceLine]) -> list[int]:
    """Where each block begins: at its captions, or at its header where captions are missing."""
    found: list[int] = []
    captioned = -1
    for index, line in enumerate(lines):
        if is_item(line.words) and _is_caption(lines, index):
            found.append(captions_begin(lines, index))
            captioned = index
        elif _is_header_begin(lines, index):
            if captioned < 0 or _table_between(lines, captioned, index):
                found.append(index)
            captioned = index
    return found


def _is_caption(lines: Sequence[SourceLine], index: int) -> bool:
    """Whether an item line is a caption and not words of a cell."""
    if _CELL.match(lines[index].text):
        return False
    above = next((line for line in reversed(lines[max(0, index - 3) : index]) if line.words), None)
    if above and (is_indicator(above.words) or is_issue(above.words)):
        return True
    for below in _below(lines, index):
        if is_issue(lines[below].words) or is_indicator(lines[below].words):
            return False
        if _is_header_begin(lines, below):
            return True
    return False


def _below(lines: Sequence[SourceLine], index: int) -> list[int]:
    """The next few lines that are not blank."""
    after = range(index + 1, min(len(lines), index + 3 * _NEAR))
    return [below for below in after if lines[below].words][:_NEAR]


def _is_header_begin(lines: Sequence[SourceLine], index: int) -> bool:
    if not _HEADER_BEGINS.match(lines[index].words):
        return False
    near = " ".join(lines[below].words for below in _below(lines, index))
    return "อธิบาย" in lines[index].words or "อธิบาย" in near


def _table_between(lines: Sequence[SourceLine], captioned: int, header: int) -> bool:
    """Whether cells stand between a caption and a header, which is then not the caption's own."""
    return any(_CELL.match(line.text) for line in lines[captioned + 1 : header])


def _closing(lines: Sequence[SourceLine], last: int) -> int:
    """Where the words after the last table begin: signatures."""
    for index in range(last, len(lines)):
        if _CLOSING.match(lines[index].text) and not _CELL.match(lines[index].text):
            return index
    return len(lines)


def _ends_in_captions(lines: Sequence[SourceLine], tables: Sequence[RawTable]) -> bool:
    """Whether the last words of the text are captions whose table is missing."""
    tail: list[str] = []
    for line in reversed(lines):
        if line.words:
            tail.insert(0, line.words)
        if len(tail) >= _NEAR or (tail and not line.words):
            break
    captions = {line.words for table in tables for line in table.captions}
    return (
        bool(tail)
        and len(tail) < _NEAR
        and any(caption.startswith(tail[0]) and is_issue(caption) for caption in captions)
    )


def _table(lines: Sequence[SourceLine]) -> RawTable:
    """One block: captions up to the first cell or header line, then the table."""
    begin = _table_begin(lines)
    captions = [line for line in lines[:begin] if line.words]
    body = lines[begin:]
    table = RawTable(captions)
    cells = _cells(body)
    if cells is None or not _fill(table, cells):
        header, rows = table_by_content(body)
        table = RawTable(captions, header, rows)
    table.cut_off = _is_cut_off(table)
    return table


def _table_begin(lines: Sequence[SourceLine]) -> int:
    item = next((i for i, line in enumerate(lines) if is_item(line.words)), -1)
    for index in range(item + 1, len(lines)):
        line = lines[index]
        if _CELL.match(line.text) or header_column(line.words) == 0:
            return index
        if index > item + 1 and level_number([line]) is not None:
            return index
    return len(lines)


def _cells(lines: Sequence[SourceLine]) -> list[Cell] | None:
    """Cells by their leading tab; None if the text does not begin with one."""
    cells: list[Cell] = []
    for line in lines:
        match = _CELL.match(line.text)
        if match:
            cells.append([line.holding(line.text[match.end() :])])
        elif cells:
            cells[-1].append(line)
        elif line.words:
            return None
    return cells


def _fill(table: RawTable, cells: list[Cell]) -> bool:
    """Header and rows of five cells each; False where the tabs do not make such a table."""
    if not is_header(cells[:COLUMNS]):
        return False
    table.header = cells[:COLUMNS]
    rest = cells[COLUMNS:]
    for begin in range(0, len(rest), COLUMNS):
        row = rest[begin : begin + COLUMNS]
        if not _is_row(row):
            return False
        missing: list[Cell] = [[] for _ in range(COLUMNS - len(row))]
        table.rows.append(RawRow([*row, *missing]))
    table.short = len(rest) % COLUMNS != 0
    return bool(table.rows) and (not table.short or _may_be_short(rest))


def _is_row(row: Sequence[Cell]) -> bool:
    first = words_of(row[0])
    if first:
        return level_number(row[0]) is not None
    return not any(level_number(cell) is not None and len(words_of(cell)) < 12 for cell in row)


def _may_be_short(cells: Sequence[Cell]) -> bool:
    """Whether the last row lacks only cells at its end, as at the end of a file."""
    last = cells[-(len(cells) % COLUMNS) :]
    if level_number(last[0]) is not None:
        return True
    return len(last) >= _SHORTEST_OPEN_ROW


def _is_cut_off(table: RawTable) -> bool:
    """Whether the table stops in the middle: no header, no row, or a last level without its words."""
    if not table.rows:
        return True
    last = table.rows[-1]
    if level_number(last.cells[0]) is not None:
        return not words_of(last.cells[1])
    return not any(words_of(cell) for cell in (*table.header, last.cells[0]))
