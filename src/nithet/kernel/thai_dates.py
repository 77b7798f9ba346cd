"""Dates as Thai offices write them: พ.ศ. years, month names and their abbreviations, both ways.

Inside the product a date is a Gregorian `datetime.date`; the Buddhist year exists only in what
people read and write. The reader takes Thai or Arabic digits, abbreviations with or without full
stops and with stray spaces, years of two digits, and ranges whose earlier end leaves out what the
later one says.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from nithet.kernel.errors import BadInput
from nithet.kernel.numerals import Numerals, in_numerals, to_arabic
from nithet.kernel.text import collapse, repair_thai

BE_OFFSET = 543
"""How many years a พ.ศ. year is ahead of the ค.ศ. year."""

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

EXAMPLE = "24 พฤษภาคม 2555"
"""A date as people are asked to write it."""

_FIRST_BE_YEAR = 2300


class ParsedDate(NamedTuple):
    """A day that was read, and the era in which its year was written: พ.ศ. "be", ค.ศ. "ce"."""

    date: date
    era: Era


class ParsedRange(NamedTuple):
    """A span of days that was read, both ends included; `end` is never before `start`."""

    start: date
    end: date
    era: Era


class FoundRange(NamedTuple):
    """A span of days met in a running text: its words, and where they stand once it is collapsed."""

    range: ParsedRange
    label: str
    position: int


def be_year(ce: int) -> int:
    """The พ.ศ. year of a ค.ศ. year, by the modern reckoning.

    Until 1940 the Thai year began on 1 April, so January to March bore the number of the year
    before on the papers of that time (the Calendar Year Act of B.E. 2483 moved it to 1 January).

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


def written_year(year: str, era: str | None = None) -> tuple[int, Era]:
    """The ค.ศ. year of a year as written in Arabic digits, and the era in which it was written.

    `era` is the word before it. Without one a year from 2300 on is พ.ศ. and an earlier one ค.ศ.;
    two digits are 25xx, or 20xx after the word ค.ศ.

    >>> written_year("2555"), written_year("55"), written_year("2012"), written_year("12", "ค.ศ.")
    ((2012, 'be'), (2012, 'be'), (2012, 'ce'), (2012, 'ce'))
    """
    number, short = int(year), len(year) <= 2
    if era is not None:
        said: Era = "ce" if era.startswith("ค") else "be"
    else:
        said = "be" if short or number >= _FIRST_BE_YEAR else "ce"
    if said == "be":
        return ce_year(number + 2500 if short else number), said
    return number + 2000 if short else number, said


def month_number(name: str) -> int | None:
    """1 to 12 for the Thai name of a month, else None.

    The name may be full or abbreviated, with or without stops, with stray spaces, after "เดือน".

    >>> [month_number(name) for name in ("ตุลาคม", "ต.ค.", "ตค", "ต. ค .", "เดือนตุลาคม", "ตุลา")]
    [10, 10, 10, 10, 10, None]
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
    year, name = be_year(day.year), MONTHS[day.month - 1]
    if style == "numeric":
        text = f"{day.day:02}/{day.month:02}/{year}"
    elif style == "short":
        text = f"{day.day} {MONTH_ABBREVIATIONS[day.month - 1]} {year}"
    elif style == "full":
        text = f"วัน{WEEKDAYS[day.weekday()]}ที่ {day.day} {name} พ.ศ. {year}"
    else:
        text = f"{day.day} {name} {year}"
    return in_numerals(text, numerals)


def format_range(
    start: date, end: date, style: Literal["long", "short"] = "long", numerals: Numerals = "arabic"
) -> str:
    """A span of days, saying once what both ends share; `parse_date_range` reads it back.

    >>> format_range(date(2012, 9, 1), date(2012, 9, 15))
    '1 – 15 กันยายน 2555'
    >>> format_range(date(2012, 9, 30), date(2012, 10, 2), "short")
    '30 ก.ย. – 2 ต.ค. 2555'
    >>> format_range(date(2012, 12, 28), date(2013, 1, 3))
    '28 ธันวาคม 2555 – 3 มกราคม 2556'
    """
    whole = format_date(end, style)
    if start == end:
        return in_numerals(whole, numerals)
    first = format_date(start, style)
    if start.year == end.year:
        first = first.rsplit(" ", 1)[0]
        if start.month == end.month:
            first = str(start.day)
    return in_numerals(f"{first} – {whole}", numerals)


def parse_date(text: str) -> ParsedDate:
    """The one day that a text names and nothing else, apart from "วันที่", a weekday and brackets.

    The year is read by `written_year`. Raises `BadInput` when the text is not one day, or when
    there is no such day.

    >>> parse_date("วันที่ ๒๔ พฤษภาคม พ.ศ. ๒๕๕๕").date.isoformat()
    '2012-05-24'
    >>> [str(parse_date(text).date) for text in ("24 พ.ค. 55", "24/5/2555", "24-พค-2555")]
    ['2012-05-24', '2012-05-24', '2012-05-24']
    >>> parse_date("2012-05-24")
    ParsedDate(date=datetime.date(2012, 5, 24), era='ce')
    """
    tidy = _tidy(text)
    match = _ISO.fullmatch(tidy) or _NUMERIC.fullmatch(tidy) or _WORDY.fullmatch(tidy)
    if match is None:
        raise BadInput(
            "date_unreadable",
            "“%(text)s” cannot be read as a date. Write it like %(example)s.",
            text=text,
            example=EXAMPLE,
        )
    return _parsed_date(match)


def find_dates(text: str) -> Iterator[ParsedDate]:
    """Every day with a month name and a year of four digits in a running text, in order.

    A day that does not exist is passed over.

    >>> text = "วันที่ 24 พฤษภาคม 2555 โรงเรียนวัดเพรียง และ 31 พ.ค. 2555"
    >>> [str(found.date) for found in find_dates(text)]
    ['2012-05-24', '2012-05-31']
    """
    for match in _FOUND_DATE.finditer(_tidy(text)):
        try:
            yield _parsed_date(match)
        except BadInput:
            continue


def parse_date_range(text: str) -> ParsedRange:
    """The span of days that a text names; one day alone is a span of one day.

    What the earlier end leaves out it takes from the later one, across the new year the year
    before. Raises `BadInput` when the text is no span, a day does not exist, or it would run
    backwards.

    >>> for text in ("1 – 15 กันยายน 2555", "30 กันยายน – 2 ตุลาคม 2555", "28 ธ.ค. ถึง 3 ม.ค. 2556"):
    ...     print(*parse_date_range(text)[:2])
    2012-09-01 2012-09-15
    2012-09-30 2012-10-02
    2012-12-28 2013-01-03
    """
    match = _RANGE.fullmatch(_tidy(text))
    if match is None:
        day, era = parse_date(text)
        return ParsedRange(day, day, era)
    return _parsed_range(match)


def find_date_ranges(text: str) -> Iterator[FoundRange]:
    """Every span of days with a year of four digits in a running text, in order; single days are
    none.

    >>> found, = find_date_ranges("อบรมระหว่างวันที่ 1 – 15 กันยายน 2555 ณ โรงเรียน")
    >>> found.label, str(found.range.start), str(found.range.end)
    ('1 – 15 กันยายน 2555', '2012-09-01', '2012-09-15')
    """
    written = collapse(repair_thai(text))
    for match in _FOUND_RANGE.finditer(to_arabic(written)):
        try:
            span = _parsed_range(match)
        except BadInput:
            continue
        yield FoundRange(span, written[match.start() : match.end()], match.start())


def _tidy(text: str) -> str:
    return to_arabic(collapse(repair_thai(text)))


def _parsed_date(match: re.Match[str]) -> ParsedDate:
    groups = match.groupdict()
    month = int(groups["m"]) if groups["m"].isdigit() else month_number(groups["m"])
    year, era = written_year(groups["y"], groups.get("e"))
    return ParsedDate(_exact(year, month, groups["d"], match[0]), era)


def _parsed_range(match: re.Match[str]) -> ParsedRange:
    last = month_number(match["m2"]) or 0
    first = month_number(match["m1"]) if match["m1"] else last
    ends, era = written_year(match["y2"], match["e2"])
    if match["y1"]:
        starts, _ = written_year(match["y1"], match["e1"] or match["e2"])
    else:
        starts = ends - 1 if first and first > last else ends
    start = _exact(starts, first, match["d1"], match[0])
    end = _exact(ends, last, match["d2"], match[0])
    if start > end:
        raise BadInput(
            "range_backwards", "“%(text)s” ends before it begins. Check both dates.", text=match[0]
        )
    return ParsedRange(start, end, era)


def _exact(year: int, month: int | None, day: str, text: str) -> date:
    try:
        return date(year, month or 0, int(day))
    except ValueError as error:
        raise BadInput(
            "no_such_date",
            "There is no such date as “%(text)s”. Check the day and the month.",
            text=text,
        ) from error


def _loose(abbreviation: str) -> str:
    """A pattern of an abbreviation whose stops may be missing and may have spaces beside them."""
    first, second = abbreviation.strip(".").split(".")
    return rf"{first}\s?\.?\s?{second}(?:\s?\.)?"


_NUMBER_OF = {name: number for number, name in enumerate(MONTHS, 1)} | {
    name.replace(".", ""): number for number, name in enumerate(MONTH_ABBREVIATIONS, 1)
}

# The pieces below expect text as `_tidy` leaves it: one space at most, Arabic digits, NFC.
MONTH_PATTERN = "(?:" + "|".join((*MONTHS, *map(_loose, MONTH_ABBREVIATIONS))) + ")"
"""A pattern of any month name that `month_number` reads."""

DASH_PATTERN = r"(?:\s?(?:[-–—‐‑‒―−~]|(?:จน)?ถึง)\s?)"
"""A pattern of what stands between the two ends of a range."""

ERA_PATTERN = r"(?:[พค]\s?\.?\s?ศ\s?\.?)"
"""A pattern of the words พ.ศ. and ค.ศ. before a year."""

_DAY = r"[0-9]{1,2}"
_YEAR = r"(?:[0-9]{4}|[0-9]{2})"
_LEAD = r"[(\[]?\s?(?:(?:ใน|ณ|เมื่อ|ระหว่าง|ตั้งแต่)\s?)*"
_ON = rf"(?:วัน(?:{'|'.join(WEEKDAYS)})?\s?ที่\s?)?"
_TAIL = r"\s?[)\]]?"
_GAP = r"\s?[-/]?\s?(?:เดือน\s?)?"


def _date_pattern(year: str) -> str:
    return (
        rf"(?P<d>{_DAY}){_GAP}(?P<m>{MONTH_PATTERN})\s?[-/]?\s?(?:ปี\s?)?"
        rf"(?:(?P<e>{ERA_PATTERN})\s?)?(?P<y>{year})(?![0-9])"
    )


def _range_pattern(year: str) -> str:
    first_year = rf"(?:\s?(?:(?P<e1>{ERA_PATTERN})\s?)?(?P<y1>{year}))?"
    return (
        rf"(?P<d1>{_DAY})(?:\s?(?:เดือน\s?)?(?P<m1>{MONTH_PATTERN}){first_year})?{DASH_PATTERN}"
        rf"{_ON}(?P<d2>{_DAY})\s?(?:เดือน\s?)?(?P<m2>{MONTH_PATTERN})\s?(?:ปี\s?)?"
        rf"(?:(?P<e2>{ERA_PATTERN})\s?)?(?P<y2>{year})(?![0-9])"
    )


_ISO = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})")
_NUMERIC = re.compile(
    rf"{_LEAD}{_ON}(?P<d>{_DAY})(?P<s>[/.-])(?P<m>{_DAY})(?P=s)(?P<y>{_YEAR}){_TAIL}"
)
_WORDY = re.compile(rf"{_LEAD}{_ON}{_date_pattern(_YEAR)}{_TAIL}")
_RANGE = re.compile(rf"{_LEAD}{_ON}{_range_pattern(_YEAR)}{_TAIL}")
# In a running text two digits after a month may count something else ("พฤษภาคม 13 โรงเรียน").
_FOUND_DATE = re.compile(rf"(?<![0-9]){_date_pattern('[0-9]{4}')}")
_FOUND_RANGE = re.compile(rf"(?<![0-9]){_range_pattern('[0-9]{4}')}")
