"""Reading a table that people bring: XLSX or CSV, in any encoding an office uses.

A table is a row of headings with rows below it, wherever the headings stand: titles above them are passed over. Rows keep
the number that a spreadsheet shows beside them, so that a person finds the row an error speaks of. Nothing is guessed about
what a cell means; `nithet.foundation.documents.cells` reads numbers, codes and dates out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from nithet.foundation.documents.cells import Cell
from nithet.foundation.documents.csv_reading import csv_rows
from nithet.foundation.documents.table_limits import MAX_BYTES, too_large
from nithet.foundation.documents.workbook_reading import is_old_workbook, workbook_rows
from nithet.kernel.errors import BadInput
from nithet.kernel.text import collapse

NumberedCells = tuple[int, tuple[Cell, ...]]

_LOOKED_AT = 30
"""Rows at the top among which the headings are looked for."""
_ENOUGH_KNOWN = 2
_SURE_OF_HEADINGS = 0.6


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the headings: its number in the spreadsheet and a cell for each heading."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: headings (empty text where a column has none), and the rows that hold anything.

    `header_row` is the row of the headings in the spreadsheet, 1 where nothing stands above them.
    """

    headers: tuple[str, ...]
    rows: list[Row]
    header_row: int = 1


def read_table(
    data: bytes, file_name: str, *, is_known: Callable[[str], bool] | None = None
) -> Table:
    """Read the table of a file; the content decides what kind of file it is, its name only helps.

    `is_known` says of a text whether it is a heading the caller knows, and makes finding the headings sure.
    Raises `BadInput` with a sentence that says what to do: not a table, damaged, protected, with macros, too large.
    """
    if not data.strip():
        raise BadInput("table.empty", "The file is empty.")
    if len(data) > MAX_BYTES:
        raise too_large()
    rows = [
        (number, cells)
        for number, cells in _raw_rows(data, file_name)
        if any(cell is not None for cell in cells)
    ]
    if not rows:
        raise BadInput("table.empty", "The file is empty.")
    return _table(rows, is_known or _nothing)


def _nothing(_: str) -> bool:
    return False


def _raw_rows(data: bytes, file_name: str) -> Iterable[NumberedCells]:
    if data.startswith(b"PK\x03\x04"):
        return workbook_rows(data, file_name)
    if is_old_workbook(data):
        raise BadInput(
            "table.old_workbook",
            "This is an Excel file of the old kind (.xls) or one with a password. Open it, remove the password, save it as .xlsx and bring that.",
        )
    suffix = PurePath(file_name).suffix.lower()
    if suffix in {".xlsx", ".xlsm", ".xlsb", ".ods"}:
        raise BadInput(
            "table.damaged",
            "The file cannot be opened as a spreadsheet. Open it in Excel, save it again as .xlsx and bring that.",
        )
    return csv_rows(data)


def _table(rows: Sequence[NumberedCells], is_known: Callable[[str], bool]) -> Table:
    at = _header_at(rows, is_known)
    number, head = rows[at]
    below = rows[at + 1 :]
    width = max((_width(cells) for cells in (head, *(cells for _, cells in below))), default=0)
    headers = tuple(heading(cell) for cell in _padded(head, width))
    return Table(headers, [Row(n, _padded(cells, width)) for n, cells in below], number)


def heading(cell: Cell) -> str:
    """Return a heading as it is shown: line ends and runs of spaces are one space, an empty cell is an empty text."""
    return "" if cell is None else collapse(str(cell))


def _header_at(rows: Sequence[NumberedCells], is_known: Callable[[str], bool]) -> int:
    """Find the row of headings: the one with most known ones, else the first that is as wide as the rows and all text."""
    top = rows[:_LOOKED_AT]
    known = [sum(isinstance(cell, str) and is_known(cell) for cell in cells) for _, cells in top]
    if max(known) >= _ENOUGH_KNOWN:
        return known.index(max(known))
    widths = sorted(_filled(cells) for _, cells in rows[: 2 * _LOOKED_AT])
    usual = widths[len(widths) // 2]
    for at, (_, cells) in enumerate(top):
        texts = [cell for cell in cells if cell is not None]
        if len(texts) >= _SURE_OF_HEADINGS * usual and all(isinstance(cell, str) for cell in texts):
            return at
    return 0


def _filled(cells: tuple[Cell, ...]) -> int:
    return sum(cell is not None for cell in cells)


def _width(cells: tuple[Cell, ...]) -> int:
    """Return the number of cells up to the last that holds anything."""
    return max((at for at, cell in enumerate(cells, 1) if cell is not None), default=0)


def _padded(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    return (*cells[:width], *((None,) * (width - len(cells))))
