"""Reading a CSV: which encoding, which separator, and the rows as a spreadsheet would number them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from nithet.foundation.documents.cells import Cell
from nithet.foundation.documents.formulas import restored
from nithet.foundation.documents.table_limits import (
    LONGEST_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    too_large,
)
from nithet.kernel.errors import BadInput

_SEPARATORS = (",", ";", "\t")
_SAMPLED = 30
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def csv_rows(data: bytes) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Yield each row with its number; empty cells are None, texts lose spaces at their ends and our own marks.

    Raises `BadInput` where the bytes are no text or a quotation never ends.
    """
    text = decoded(data)
    if text[:4].lower() == "sep=":  # Excel's own line about the separator is no row
        first, _, text = text.partition("\n")
        separator = first.rstrip("\r")[4:5] or ","
    else:
        separator = _separator(text)
    number = 0
    try:
        for number, cells in enumerate(_reader(text, separator), 1):
            if number > MAX_ROWS:
                raise too_large()
            if len(cells) > MAX_COLUMNS and any(cell.strip() for cell in cells[MAX_COLUMNS:]):
                raise too_large()
            yield number, tuple(_cell(cell) for cell in cells[:MAX_COLUMNS])
    except csv.Error as error:
        raise BadInput(
            "table.csv",
            "The text file cannot be read after row %(row)s: a quotation mark is not closed or a cell is too long.",
            row=number,
        ) from error


def decoded(data: bytes) -> str:
    """Return the bytes as text: by their mark, else UTF-8, else Windows-874 (how older Excel saves Thai).

    Raises `BadInput` where they are neither.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\x00" in data:
        raise _no_text()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "cp874")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text() from error
    if "\x00" in text:
        raise _no_text()
    return text


def _no_text() -> BadInput:
    return BadInput(
        "table.no_text",
        "This is not a table that can be read. Bring an Excel file (.xlsx), or a CSV saved as UTF-8 or Thai (Windows).",
    )


def _separator(text: str) -> str:
    """Return the sign that parts most cells at the top of the text."""
    return max(_SEPARATORS, key=lambda sign: _parted(text, sign))


def _parted(text: str, sign: str) -> int:
    try:
        return sum(len(cells) - 1 for cells in islice(_reader(text, sign), _SAMPLED) if cells)
    except csv.Error:
        return 0


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)


def _cell(text: str) -> str | None:
    if len(text) > LONGEST_CELL:
        raise too_large()
    return restored(text.strip()) or None
