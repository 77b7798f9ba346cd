"""Dates as Thai offices write them: พ.ศ. years, month names and their abbreviations, both ways.

Inside the product a date is a Gregorian `datetime.date`; the Buddhist year exists only in what people read and write.
The reader takes Thai or Arabic digits, abbreviations with or without full stops and with stray spaces, two-digit
years, and ranges whose earlier end leaves out what the later end says.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from nithet.kernel.errors import BadInput
from nithet.kernel.numerals import Numerals, in_numerals, to_arabic
from nithet.kernel.text import collapse, repair_thai

BE_OFFSET = 543

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
"""Full month names; the name of month m stands at m - 1."""

MONTH_ABBREVIATIONS = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
"""Official abbreviations; that of month m stands at m - 1."""

WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
"""Names of the days; Monday stands at 0, as in `date.weekday`."""

Era = Literal["be", "ce"]
Style = Literal["full", "long", "short", "numeric"]


class ParsedDate(NamedTuple):
    """A day that was read, and the era in which its year was written: พ.ศ. ("be") or ค.ศ. ("ce")."""

    date: date
    era: Era


class ParsedRange(NamedTuple):
    """A span of days that was read, both ends included; `end` is never before `start`."""

    start: date
    end: date
    era: Era


def be_year(ce: int) -> int:
    """The พ.ศ. year of a ค.ศ. year.

    Before 1941 the Thai year began on 1 April, so for January to March of those years this is the modern reckoning
    and not the one on the papers of the time.

    >>> be_year(2012)
    2555
    """
    return ce + BE_OFFSET


def ce_year(be: int) -> int:
    """The ค.ศ. year of a พ.ศ. year.

    >>> ce_year(2555)
    2012
    """
    return be - BE_OFFSET


def month_number(name: str) -> int | None:
    """1 to 12 for a Thai month name in full or abbreviated, with or without stops and with stray spaces; else None.

    >>> [month_number(name) for name in ("ตุลาคม", "ต.ค.", "ต.ค", "ตค", "ต. ค.", "เดือนตุลาคม", "ตุลา")]
    [10, 10, 10, 10, 10, 10, None]
    """
    bare = re.sub(r"[\s.]", "", collapse(repair_thai(name)))
    return _NUMBER_OF.get(bare.removeprefix("เดือน"))


def format_date(day: date, style: Style = "long", numerals: Numerals = "arabic") -> str:
    """A day as an office writes it, with its พ.ศ. year.

    >>> day = date(2012, 5, 24)
    >>> format_date(day), format_date(day, "short"), format_date(day, "numeric")
    ('24 พฤษภาคม 2555', '24 พ.ค. 2555', '24/05/2555')
    >>> format_date(day, "full", "thai")
    'วันพฤหัสบดีที่ ๒๔ พฤษภาคม พ.ศ. ๒๕๕๕'
    """
    year = be_year(day.year)
    if style == "numeric":
        text = f"{day.day:02}/{day.month:02}/{year}"
    elif style == "short":
        text = f"{day.day} {MONTH_ABBREVIATIONS[day.month - 1]} {year}"
    elif style == "full":
        text = f"วัน{WEEKDAYS[day.weekday()]}ที่ {day.day} {MONTHS[day.month - 1]} พ.ศ. {year}"
    else:
        text = f"{day.day} {MONTHS[day.month - 1]} {year}"
    return in_numerals(text, numerals)


def parse_date(text: str) -> ParsedDate:
    """The one day that a text names and nothing else, apart from "วันที่", a weekday, "พ.ศ." and brackets.

    The era is what the text says; without a word a year from 2300 on is พ.ศ., an earlier one ค.ศ., and a year of two
    digits is 25xx. Raises `BadInput` when the text is not one day or the day does not exist.

    >>> parse_date("วันที่ ๒๔ พฤษภาคม พ.ศ. ๒๕๕๕").date.isoformat()
    '2012-05-24'
    >>> parse_date("24 พ.ค. 55").date.isoformat(), parse_date("24/5/2555").date.isoformat()
    ('2012-05-24', '2012-05-24')
    >>> parse_date("2012-05-24")
    ParsedDate(date=datetime.date(2012, 5, 24), era='ce')
    """
    tidy = _tidy(text)
    match = _ISO.fullmatch(tidy) or _NUMERIC.fullmatch(tidy) or _WORDY.fullmatch(tidy)
    if match is None:
        raise BadInput("date_unreadable", "“%(text)s” is not a date.", text=text)
    return _date_of(match, text)


def find_dates(text: str) -> Iterator[ParsedDate]:
    """Every day with a month name and a year in a running text, in order; days that do not exist are passed over.

    >>> [found.date.isoformat() for found in find_dates("วันที่ 24 พฤษภาคม 2555 โรงเรียนวัดเพรียง และ 31 พ.ค. 2555")]
    ['2012-05-24', '2012-05-31']
    """
    for match in _FOUND.finditer(_tidy(text)):
        try:
            yield _date_of(match, text)
        except BadInput:
            continue


def parse_date_range(text: str) -> ParsedRange:
    """The span of days a text names; one day alone is a span of one day.

    What the earlier end leaves out it takes from the later one; across the new year it is in the year before.
    Raises `BadInput` when the text is no span, a day does not exist, or the span would run backwards.

    >>> for text in ("1 – 15 กันยายน 2555", "30 กันยายน – 2 ตุลาคม 2555", "28 ธ.ค. ถึง 3 ม.ค. 2556"):
    ...     print(*parse_date_range(text)[:2])
    2012-09-01 2012-09-15
    2012-09-30 2012-10-02
    2012-12-28 2013-01-03
    """
    tidy = _tidy(text)
    match = _RANGE.fullmatch(tidy)
    if match is None:
        day, era = parse_date(text)
        return ParsedRange(day, day, era)
    end, era = _day(match["d2"], month_number(match["m2"]), match["y2"], match["e2"], text)
    month = month_number(match["m1"]) if match["m1"] else end.month
    if match["y1"]:
        start, _ = _day(match["d1"], month, match["y1"], match["e1"] or match["e2"], text)
    else:
        year = end.year - 1 if month is not None and month > end.month else end.year
        start = _exact(year, month, int(match["d1"]), text)
    if start > end:
        raise BadInput("range_backwards", "“%(text)s” ends before it begins.", text=text)
    return ParsedRange(start, end, era)


def _tidy(text: str) -> str:
    return to_arabic(collapse(repair_thai(text)))


def _date_of(match: re.Match[str], text: str) -> ParsedDate:
    month_text = match["m"]
    month = int(month_text) if month_text.isdigit() else month_number(month_text)
    era = match.groupdict().get("e")
    return ParsedDate(*_day(match["d"], month, match["y"], era, text))


def _day(day: str, month: int | None, year: str, era: str | None, text: str) -> tuple[date, Era]:
    number, said = year_of(year, era)
    return _exact(number, month, int(day), text), said


def year_of(year: str, era: str | None = None) -> tuple[int, Era]:
    """The ค.ศ. year of a year as written (Arabic digits), and the era in which it was written.

    >>> year_of("2555"), year_of("55"), year_of("2012"), year_of("2012", "ค.ศ.")
    ((2012, 'be'), (2012, 'be'), (2012, 'ce'), (2012, 'ce'))
    """
    number = int(year)
    if era is not None:
        said: Era = "ce" if era.startswith("ค") else "be"
    else:
        said = "ce" if 100 <= number < 2300 else "be"
    if number < 100:
        number += 2500 if said == "be" else 2000
    return (ce_year(number), "be") if said == "be" else (number, "ce")


def _exact(year: int, month: int | None, day: int, text: str) -> date:
    try:
        return date(year, month or 0, day)
    except ValueError as error:
        raise BadInput("date_does_not_exist", "The date “%(text)s” does not exist.", text=text) from error


def _bare(name: str) -> str:
    return name.replace(".", "")


_NUMBER_OF = {name: number for number, name in enumerate(MONTHS, 1)} | {
    _bare(name): number for number, name in enumerate(MONTH_ABBREVIATIONS, 1)
}


def _loose(abbreviation: str) -> str:
    """A pattern of an abbreviation whose stops may be missing and may have spaces beside them."""
    first, second = abbreviation.strip(".").split(".")
    return rf"{first}\s?\.?\s?{second}(?:\s?\.)?"


MONTH_PATTERN = "(?:" + "|".join((*MONTHS, *map(_loose, MONTH_ABBREVIATIONS))) + ")"
"""A regular expression of any month name that `month_number` reads; white space is expected to be collapsed."""

DASH_PATTERN = r"(?:\s?(?:[-–—‐‑‒―−~]|(?:จน)?ถึง)\s?)"
"""A regular expression of what stands between the two ends of a range."""

ERA_PATTERN = r"(?:พ\s?\.?\s?ศ\s?\.?|ค\s?\.?\s?ศ\s?\.?)"
YEAR_PATTERN = r"\d{4}|\d{2}"

_LEAD = r"[(\[]?\s?(?:(?:ใน|ณ|เมื่อ|ระหว่าง|ตั้งแต่)\s?)*"
_DAY_LEAD = rf"(?:วัน(?:{'|'.join(WEEKDAYS)})?\s?ที่\s?)?"
_TAIL = r"\s?[)\]]?"
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})")
_NUMERIC = re.compile(rf"{_LEAD}{_DAY_LEAD}(?P<d>\d{{1,2}})(?P<s>[/.-])(?P<m>\d{{1,2}})(?P=s)(?P<y>\d{{4}}|\d{{2}}){_TAIL}")
_CORE = (
    rf"(?P<d>\d{{1,2}})\s?(?:เดือน\s?)?(?P<m>{MONTH_PATTERN})\s?"
    rf"(?:(?P<e>{ERA_PATTERN})\s?)?(?:ปี\s?)?(?P<y>{YEAR_PATTERN})"
)
_WORDY = re.compile(rf"{_LEAD}{_DAY_LEAD}{_CORE}{_TAIL}")
_FOUND = re.compile(rf"(?<!\d){_CORE}(?!\d)")
_RANGE = re.compile(
    rf"{_LEAD}{_DAY_LEAD}(?P<d1>\d{{1,2}})\s?"
    rf"(?:(?:เดือน\s?)?(?P<m1>{MONTH_PATTERN})\s?(?:(?:(?P<e1>{ERA_PATTERN})\s?)?(?P<y1>{YEAR_PATTERN}))?)?"
    rf"{DASH_PATTERN}{_DAY_LEAD}(?P<d2>\d{{1,2}})\s?(?:เดือน\s?)?(?P<m2>{MONTH_PATTERN})\s?"
    rf"(?:(?P<e2>{ERA_PATTERN})\s?)?(?:ปี\s?)?(?P<y2>{YEAR_PATTERN}){_TAIL}"
)
