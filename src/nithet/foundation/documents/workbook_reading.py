"""Opening an XLSX without trusting it: the package is checked before anything of it is parsed.

Refused are macros, document type declarations (and with them entities), outside links are never followed, and what unpacks
to far more than a list could hold. Formulas are not computed: the value that the file keeps for them is read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import PurePath
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from nithet.foundation.documents.cells import Cell
from nithet.foundation.documents.table_limits import (
    LONGEST_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    too_large,
)
from nithet.kernel.errors import BadInput

MAX_ENTRIES = 2_000
MAX_PART_BYTES = 48 * 1024 * 1024
MAX_UNPACKED_BYTES = 96 * 1024 * 1024
MAX_RATIO = 200
_RATIO_MATTERS_FROM = 4 * 1024 * 1024
_EMPTY_ROWS_THAT_END = 1_000
"""A sheet formatted down to its last row holds a million empty ones; after so many nothing more is looked for."""
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!doctype", "<!ENTITY", "<!entity")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_ONLY_ZEROS = re.compile(r"0{2,20}")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


def is_old_workbook(data: bytes) -> bool:
    """Say whether the bytes are a compound file: a workbook of the old kind, or one with a password."""
    return data.startswith(_OLD_WORKBOOK)


def workbook_rows(data: bytes, file_name: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Yield the rows of the first visible sheet that holds anything, with the numbers the sheet shows.

    Raises `BadInput` where the file is unsafe, damaged, too large or no workbook.
    """
    _check_package(data, file_name)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    continue
                if rows := _sheet_rows(sheet):
                    return iter(rows)
        finally:
            book.close()
    except BadInput:
        raise
    except Exception as error:
        raise _damaged() from error
    return iter(())


def every_sheet(data: bytes, file_name: str) -> dict[str, list[tuple[int, tuple[Cell, ...]]]]:
    """Return the rows of every visible sheet by its name, in the order of the book, as `workbook_rows` gives those of one.

    A cell with a formula gives the value that the file keeps for it, None where it keeps none (see `formula_cells`).
    """
    _check_package(data, file_name)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            return {
                sheet.title: _sheet_rows(sheet)
                for sheet in book.worksheets
                if sheet.sheet_state == "visible"
            }
        finally:
            book.close()
    except BadInput:
        raise
    except Exception as error:
        raise _damaged() from error


def formula_cells(data: bytes) -> dict[str, list[str]]:
    """Return the addresses ("B5") of the cells with a formula by sheet, for a file that `every_sheet` has opened."""
    book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        found: dict[str, list[str]] = {}
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            for cells in sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS):
                found.setdefault(sheet.title, []).extend(
                    cell.coordinate for cell in cells if cell.data_type == "f"
                )
        return {name: cells for name, cells in found.items() if cells}
    finally:
        book.close()


def _sheet_rows(sheet: Any) -> list[tuple[int, tuple[Cell, ...]]]:
    sheet.reset_dimensions()  # what the file says of its own size may be far off
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1):
        values = tuple(_value(cell) for cell in cells)
        if all(value is None for value in values):
            empty += 1
            if empty > _EMPTY_ROWS_THAT_END:
                break
            continue
        empty = 0
        if len(rows) >= MAX_ROWS:
            raise too_large()
        rows.append((number, values))
    return rows


def _value(cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, str):
        if len(value) > LONGEST_CELL:
            raise too_large()
        return unescape(value).strip() or None  # signs that XML cannot hold stand as _x000D_
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, int) and _ONLY_ZEROS.fullmatch(cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))  # a code shown with its leading zeros
    if isinstance(value, int | float | date) or value is None:
        return value
    return float(value) if isinstance(value, Decimal) else str(value)


def _check_package(data: bytes, file_name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_entries(archive, file_name)
            for entry in archive.infolist():
                if entry.filename.lower().endswith((".xml", ".rels")):
                    content = archive.read(entry)  # reads no further than the size checked above
                    if any(word in content for word in _DECLARATIONS):
                        raise _unsafe()
    except _BROKEN as error:
        raise _damaged() from error


def _check_entries(archive: zipfile.ZipFile, file_name: str) -> None:
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if "xl/vbaproject.bin" in names or any(name.startswith("xl/macrosheets/") for name in names):
        raise _macros()
    if PurePath(file_name).suffix.lower() in {".xlsm", ".xltm", ".xlam"}:
        raise _macros()
    if len(names) != len(entries) or len(entries) > MAX_ENTRIES:
        raise _unsafe()
    if "xl/workbook.xml" not in names:
        raise _damaged()
    for entry in entries:
        heavy = entry.file_size > _RATIO_MATTERS_FROM
        if entry.file_size > MAX_PART_BYTES or (
            heavy and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        ):
            raise _unsafe()
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise too_large()


def _macros() -> BadInput:
    return BadInput(
        "table.macros",
        "The file holds macros. Save it as an ordinary workbook (.xlsx) and bring that.",
    )


def _unsafe() -> BadInput:
    return BadInput(
        "table.unsafe",
        "The file holds parts that a list does not need and that could harm. Copy the list into a new workbook and bring that.",
    )


def _damaged() -> BadInput:
    return BadInput(
        "table.damaged",
        "The file cannot be opened as a spreadsheet. Open it in Excel, save it again as .xlsx and bring that.",
    )
