"""Amounts, times and sources as an old plan writes them."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from nithet.domain.plans.rules.importing.headings import tidy
from nithet.kernel.errors import BadInput
from nithet.kernel.numerals import to_arabic
from nithet.kernel.periods import Period, month_end, parse_month_range
from nithet.kernel.thai_dates import (
    ERA_PATTERN,
    MONTH_PATTERN,
    ce_year,
    format_date,
    month_number,
    parse_date_range,
    written_year,
)

EMPTY = frozenset({"", "-", "–", "—", "ไม่มี", "ไม่ระบุ"})
_AMOUNT = re.compile(r"(?<![0-9.,])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?(?![0-9,]*[0-9])")
_NO_MONEY = re.compile(r"ไม่ใช้งบ|ไม่มีงบ|ไม่ใช้เงิน")
_MONTH = re.compile(rf"(?:เดือน\s?)?(?P<m>{MONTH_PATTERN})(?:\s?(?:{ERA_PATTERN}\s?)?(?P<y>[0-9]{{4}}|[0-9]{{2}}))?")
_SOURCES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("off_budget", re.compile(r"นอกงบ")),
    ("local_government", re.compile(r"อปท|อบต|อบจ|เทศบาล|ท้องถิ่น")),
    ("donation", re.compile(r"บริจาค|ผ้าป่า")),
    ("goods", re.compile(r"สิ่งของ|วัสดุบริจาค")),
    ("labour", re.compile(r"แรงงาน")),
    ("cooperation", re.compile(r"ความร่วมมือ")),
    ("budget", re.compile(r"งบประมาณ|สพฐ|งบดำเนินงาน|งบปกติ|เงินงบ")),
)
_VALUE = re.compile(r"^(?:ร้อยละ\s*)?([0-9]+(?:,[0-9]{3})*(?:\.[0-9]{1,2})?)\s*(.*)$")


def amount_of(text: str) -> Decimal | None:
    """Return the one amount that a text names; None where it names none or several, since a sum would be a guess.

    >>> [str(amount_of(one)) for one in ("๑๒๐,๐๐๐ บาท", "65000.50", "-", "ค่าวิทยากร 3,000 และ 600")]
    ['120000', '65000.50', 'None', 'None']
    """
    words = to_arabic(tidy(text))
    if words in EMPTY:
        return None
    found = list(_AMOUNT.finditer(words))
    if len(found) != 1:
        return None
    try:
        return Decimal(found[0][1].replace(",", "") + (found[0][2] or ""))
    except InvalidOperation:
        return None


def needs_no_money(text: str) -> bool:
    """Say whether a text states that no money is needed, or nothing at all."""
    words = tidy(text)
    return words in EMPTY or bool(_NO_MONEY.search(words))


def source_of(text: str) -> str:
    """Return the kind of source that a text names, "" where it names none."""
    words = tidy(text)
    return next((name for name, shape in _SOURCES if shape.search(words)), "")


def period_of(text: str, fiscal_year: int) -> Period | None:
    """Return the time that a text names: days, a range of months or one month; None where it cannot be read.

    >>> for one in ("๕ – ๘ มิ.ย. ๒๕๕๕", "ต.ค. 2554 - ก.ย. 2555", "มิถุนายน 2555", "ธ.ค.", "ตลอดปีงบประมาณ", "ไตรมาส 2"):
    ...     found = period_of(one, 2555)
    ...     print(found and (str(found.start), str(found.end)))
    ('2012-06-05', '2012-06-08')
    ('2011-10-01', '2012-09-30')
    ('2012-06-01', '2012-06-30')
    ('2011-12-01', '2011-12-31')
    ('2011-10-01', '2012-09-30')
    ('2012-01-01', '2012-03-31')
    """
    words = to_arabic(tidy(text)).strip("() ")
    if not words or words in EMPTY:
        return None
    try:
        span = parse_date_range(words)
        return Period(span.start, span.end, tidy(text))
    except BadInput:
        pass
    if found := parse_month_range(words, fiscal_year):
        return Period(found.start, found.end, tidy(text))
    return _named(words, tidy(text), fiscal_year)


def _named(words: str, label: str, fiscal_year: int) -> Period | None:
    last = ce_year(fiscal_year)
    if re.fullmatch(r"ตลอดปี(?:งบประมาณ)?(?:\s?(?:พ\.ศ\.\s?)?[0-9]{4})?", words):
        return Period(date(last - 1, 10, 1), date(last, 9, 30), label)
    if quarter := re.fullmatch(r"ไตรมาส(?:ที่)?\s?([1-4])(?:/[0-9]{2,4})?", words):
        number = int(quarter[1])
        year = last - 1 if number == 1 else last
        first = 10 if number == 1 else 3 * number - 5
        return Period(date(year, first, 1), month_end(year, first + 2), label)
    month = _MONTH.fullmatch(words)
    if not month or (number_of := month_number(month["m"])) is None:
        return None
    own = last - 1 if number_of >= 10 else last
    year = written_year(month["y"])[0] if month["y"] else own
    return Period(date(year, number_of, 1), month_end(year, number_of), label)


def value_of(text: str) -> tuple[str, str]:
    """Return (number, unit) of a target as texts; ("", "") where the text does not begin with one number.

    >>> value_of("๑๓๐ โรงเรียน"), value_of("ร้อยละ 80"), value_of("ทุกโรงเรียน")
    (('130', 'โรงเรียน'), ('80', 'ร้อยละ'), ('', ''))
    """
    words = to_arabic(tidy(text))
    found = _VALUE.match(words)
    if not found or re.search("[0-9]", found[2]):
        return "", ""
    unit = "ร้อยละ" if words.startswith("ร้อยละ") else found[2]
    return found[1].replace(",", ""), unit


def cell_text(cell: object) -> str:
    """Return a cell as text; a day is written out, a whole number has no point."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.2f}"
    return str(cell).strip()
