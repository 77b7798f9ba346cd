"""Spreadsheets of our own: what is on a list, as XLSX and as CSV, without a formula in it.

The heading stands in the first row and nothing above it, so that what goes out can come in again;
the notes (as at, what was chosen, what a figure counts) stand on a sheet of their own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, Literal

import xlsxwriter

from nithet.foundation.documents.formulas import TRIGGERS, neutralised
from nithet.kernel import clock
from nithet.kernel.errors import BadInput
from nithet.kernel.thai_dates import format_date

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Kind = Literal["text", "code", "whole", "decimal", "money", "date"]
Value = str | int | float | Decimal | date | bool | None

FONT = "TH Sarabun New"
LONGEST_CELL = 32_767
"""Letters that a cell of a workbook can hold."""
MOST_ROWS = 1_048_575
"""Rows that a sheet can hold below its heading."""
BUDDHIST_DATE = "[$-107041E]d mmm yyyy"
"""Shown as "1 ต.ค. 2555"; the cell stays a real date."""

_OPTIONS = {
    "in_memory": False,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
    "remove_timezone": True,
}
_FORMATS: dict[Kind, str] = {
    "text": "@",
    "code": "@",
    "whole": "#,##0",
    "decimal": "#,##0.0#",
    "money": "#,##0.00",
    "date": BUDDHIST_DATE,
}
_NUMBERS: tuple[Kind, ...] = ("whole", "decimal", "money")
_LEAST: dict[Kind, int] = {"date": 14, "money": 15, "code": 12}
_WIDEST = 60
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_SURROGATES = re.compile("[\ud800-\udfff\ufffe\uffff]")
_FIRST_SHEET_DAY = date(1900, 3, 1)
"""Spreadsheets count days from 1900 and believe in a 29 February of that year."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; `width` in letters, 0: as wide as what stands in it."""

    heading: str
    kind: Kind = "text"
    width: int = 0


def write_xlsx(
    *,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    notes: Sequence[str] = (),
) -> bytes:
    """The rows as a workbook: heading frozen and filterable, codes as text, dates in พ.ศ., no formula.

    None leaves a cell empty. A text longer than a cell can hold ends in "…". Raises BadInput
    "sheet.too_many_rows".
    """
    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": title, "created": clock.now()})
        sheet = book.add_worksheet(_sheet_name(title))
        _Sheet(book, sheet, columns).fill(title, rows)
        if notes:
            _notes(book, [title, *notes])
    return out.getvalue()


def write_csv(*, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The rows as CSV in UTF-8 with its mark, piece by piece; texts that begin like formulas are made harmless.

    Numbers stay numbers, negative ones too; dates are written "1 ต.ค. 2555".
    """
    yield "\ufeff".encode()
    yield _line([neutralised(column.heading) for column in columns])
    for row in rows:
        yield _line([_csv_text(value) for value in row])


def _line(cells: Sequence[str]) -> bytes:
    out = StringIO()
    csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n").writerow(cells)
    return _SURROGATES.sub("\ufffd", out.getvalue()).encode()


def _csv_text(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            return neutralised(value)
        case bool():
            return "1" if value else "0"
        case datetime():
            return format_date(clock.day_of(value), "short")
        case date():
            return format_date(value, "short")
        case _:
            return str(value)


class _Sheet:
    """One sheet being filled from the top; rows are not kept, so that a long list costs no memory."""

    def __init__(self, book: Any, sheet: Worksheet, columns: Sequence[Column]) -> None:
        self._sheet = sheet
        self._columns = columns
        plain = {"font_name": FONT, "font_size": 14, "valign": "top", "border": 1}
        plain |= {"border_color": "#BFBFBF"}
        wrapped = {**plain, "text_wrap": True, "num_format": "@"}
        heading = {**wrapped, "bold": True, "valign": "vcenter", "bg_color": "#E8EEF7"}
        self._heading: Format = book.add_format(heading)
        self._text: Format = book.add_format(wrapped)
        # Even where a person later edits the cell, it stays a text.
        self._quoted: Format = book.add_format({**wrapped, "quote_prefix": True})
        self._formats: dict[Kind, Format] = {
            kind: self._text
            if kind in ("text", "code")
            else book.add_format({**plain, "num_format": pattern})
            for kind, pattern in _FORMATS.items()
        }
        self._widths = [_width_of(column.heading, column.kind) for column in columns]

    def fill(self, title: str, rows: Iterable[Sequence[Value]]) -> None:
        for place, column in enumerate(self._columns):
            self._sheet.write_string(0, place, _fitting(column.heading), self._heading)
        last = 0
        for last, row in enumerate(rows, 1):
            if last > MOST_ROWS:
                raise BadInput(
                    "sheet.too_many_rows",
                    "The list has more rows than a sheet can hold. Please choose fewer.",
                )
            self._row(last, row)
        self._dress(title, last)

    def _row(self, number: int, row: Sequence[Value]) -> None:
        if len(row) != len(self._columns):
            raise ValueError(f"Row {number} has {len(row)} cells for {len(self._columns)} columns.")
        for place, (column, value) in enumerate(zip(self._columns, row, strict=True)):
            self._cell(number, place, column.kind, value)
            if number <= 200:  # enough to know how wide a column is
                shown = f"{value:,.2f}" if column.kind == "money" and _is_number(value) else value
                self._widths[place] = max(self._widths[place], _width_of(shown, column.kind))

    def _cell(self, row: int, place: int, kind: Kind, value: Value) -> None:
        sheet, form = self._sheet, self._formats[kind]
        match value:
            case None | "":
                sheet.write_blank(row, place, None, form)
            case bool():
                sheet.write_number(row, place, int(value), form)
            case datetime():
                self._day(row, place, clock.day_of(value))
            case date():
                self._day(row, place, value)
            case int() | float() | Decimal() if kind in _NUMBERS:
                sheet.write_number(row, place, value, form)
            case _:
                text = _fitting(str(value))
                begins = text.lstrip(" \u00a0\"'")[:1]
                quoted = bool(begins) and begins in TRIGGERS
                sheet.write_string(row, place, text, self._quoted if quoted else self._text)

    def _day(self, row: int, place: int, day: date) -> None:
        if day < _FIRST_SHEET_DAY:
            self._sheet.write_string(row, place, format_date(day, "short"), self._text)
        else:
            moment = datetime(day.year, day.month, day.day)
            self._sheet.write_datetime(row, place, moment, self._formats["date"])

    def _dress(self, title: str, last: int) -> None:
        sheet = self._sheet
        for place, (column, seen) in enumerate(zip(self._columns, self._widths, strict=True)):
            sheet.set_column(place, place, column.width or min(seen, _WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        if self._columns:
            sheet.autofilter(0, 0, last, len(self._columns) - 1)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header("&L" + title.replace("&", "&&")[:200])
        sheet.set_footer("&C&P / &N")


def _notes(book: Any, lines: Sequence[str]) -> None:
    sheet = book.add_worksheet("หมายเหตุ")
    style = book.add_format(
        {"font_name": FONT, "font_size": 14, "text_wrap": True, "valign": "top"}
    )
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, _fitting(line), style)
    sheet.set_column(0, 0, 100)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _fitting(text: str) -> str:
    text = _SURROGATES.sub("\ufffd", text)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _width_of(value: object, kind: Kind) -> int:
    """Letters, vowels and tones above and below not counted, of the longest line."""
    least = _LEAST.get(kind, 8)
    if value is None or isinstance(value, date):
        return least
    lines = str(value)[:400].splitlines() or [""]
    return max(least, *(sum(not _takes_no_room(sign) for sign in line) + 3 for line in lines))


def _takes_no_room(sign: str) -> bool:
    return sign == "\u0e31" or "\u0e34" <= sign <= "\u0e3a" or "\u0e47" <= sign <= "\u0e4e"


def _sheet_name(title: str) -> str:
    name = _FORBIDDEN_IN_NAME.sub(" ", _SURROGATES.sub("", title)).strip(" '")[:31].strip(" '")
    return "รายการ" if not name or name.lower() == "history" else name
