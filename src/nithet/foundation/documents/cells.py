"""What stands in a cell, read as people write it: Thai digits, พ.ศ. or ค.ศ., codes that lost their shape in a spreadsheet."""

from __future__ import annotations

import re
from datetime import date
from math import isfinite

from nithet.kernel.errors import BadInput
from nithet.kernel.numerals import to_arabic
from nithet.kernel.text import collapse, repair_thai
from nithet.kernel.thai_dates import ce_year, parse_date

Cell = str | int | float | date | None
"""A cell as a spreadsheet holds it; None where it is empty."""

_WHOLE = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?", re.ASCII)
_FORCED_TEXT = re.compile(r'="?([^"]*)"?')
_FIRST_BE_YEAR = 2300
_LARGEST = 10**15
"""From here on a spreadsheet no longer keeps every digit of a number."""


def text_of(cell: Cell) -> str:
    r"""Return a cell as text, white space single, Thai letters in order, digits as written; empty for None.

    >>> text_of("  โรงเรียน\u00a0วัดเพรียง "), text_of(None), text_of(76010001.0)
    ('โรงเรียน วัดเพรียง', '', '76010001')
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and isfinite(cell) and cell.is_integer():
        return str(int(cell))
    return collapse(repair_thai(str(cell)))


def code_of(cell: Cell) -> str:
    """Return a code as text: Arabic digits, leading zeros kept, a number without its point; empty for None.

    Raises `BadInput` where anything but digits stands in it, or the cell no longer holds every digit.

    >>> code_of("๐๗๖๐๑๐๐๐๑"), code_of(76010001.0), code_of("'01234567"), code_of('="01234567"')
    ('076010001', '76010001', '01234567', '01234567')
    """
    text = to_arabic(text_of(cell)).removeprefix("'")
    if forced := _FORCED_TEXT.fullmatch(text):
        text = forced[1]
    if isinstance(cell, int | float) and abs(cell) >= _LARGEST:
        raise _no_code(text)
    bare = re.sub(r"[\s-]", "", text)
    bare = bare.removesuffix(".0") if bare.count(".") == 1 else bare
    if bare and not (bare.isascii() and bare.isdigit()):
        raise _no_code(text)
    return bare


def _no_code(text: str) -> BadInput:
    return BadInput("cell.code", "“%(text)s” is not a code: a code has digits only.", text=text)


def whole_of(cell: Cell, *, least: int | None = 0, most: int | None = None) -> int | None:
    """Return a whole number; None for an empty cell or a dash.

    Raises `BadInput` where it is no whole number, or lies outside of `least` … `most`.

    >>> whole_of("๑,๒๓๔"), whole_of("120 คน"), whole_of(85.0), whole_of(" - "), whole_of(None)
    (1234, 120, 85, None, None)
    """
    number = _number(cell, _WHOLE)
    if number is None:
        return None
    if not number.is_integer():
        raise _no_number(cell)
    _within(int(number), least, most)
    return int(number)


def decimal_of(
    cell: Cell, *, least: float | None = None, most: float | None = None
) -> float | None:
    """Return a number with decimals; None for an empty cell or a dash.

    Raises `BadInput` where it is no number, or lies outside of `least` … `most`.

    >>> decimal_of("๑๓.๐๙๕๑"), decimal_of("-0.5"), decimal_of("")
    (13.0951, -0.5, None)
    """
    number = _number(cell, _DECIMAL)
    if number is not None:
        _within(number, least, most)
    return number


def _number(cell: Cell, shape: re.Pattern[str]) -> float | None:
    if isinstance(cell, int | float):
        if not isfinite(cell) or abs(cell) >= _LARGEST:
            raise _no_number(cell)
        return float(cell)
    text = to_arabic(text_of(cell)).removeprefix("'").strip()
    text = re.sub(r"\s?(?:คน|ห้อง|เครื่อง|ชุด|แห่ง|บาท)$", "", text)
    if text in {"", "-", "–", "—"}:
        return None
    if not shape.fullmatch(text) or not any(sign.isdigit() for sign in text) or len(text) > 20:
        raise _no_number(cell)
    return float(text.replace(",", ""))


def _no_number(cell: Cell) -> BadInput:
    return BadInput("cell.number", "“%(text)s” is not a number.", text=text_of(cell))


def _within(number: float, least: float | None, most: float | None) -> None:
    if least is not None and number < least:
        raise BadInput(
            "cell.least",
            "%(number)s is too small: at least %(least)s.",
            number=f"{number:g}",
            least=least,
        )
    if most is not None and number > most:
        raise BadInput(
            "cell.most",
            "%(number)s is too large: at most %(most)s.",
            number=f"{number:g}",
            most=most,
        )


def day_of(cell: Cell) -> date | None:
    """Return a day written in พ.ศ. or ค.ศ., with a Thai month or in figures; None for an empty cell or a dash.

    A spreadsheet that was given 10/6/2555 may hold a day of the far future: its year is read as พ.ศ.
    Raises `BadInput` where it is no day or there is no such day.

    >>> [str(day_of(cell)) for cell in ("๑๐ มิ.ย. ๒๕๕๕", "10/6/2555", "2012-06-10", date(2555, 6, 10))]
    ['2012-06-10', '2012-06-10', '2012-06-10', '2012-06-10']
    """
    if isinstance(cell, date):
        return _in_ce(cell)
    text = text_of(cell).removeprefix("'")
    if text in {"", "-", "–", "—"}:
        return None
    day = parse_date(text.removesuffix(" 00:00").removesuffix(" 00:00:00")).date
    return _in_ce(day)


def _in_ce(day: date) -> date:
    if day.year < _FIRST_BE_YEAR:
        return day
    try:
        return day.replace(year=ce_year(day.year))
    except ValueError as error:  # 29 February of a year that is none in ค.ศ.
        raise BadInput(
            "no_such_date",
            "There is no such date as “%(text)s”. Check the day and the month.",
            text=f"{day:%d/%m/%Y}",
        ) from error
