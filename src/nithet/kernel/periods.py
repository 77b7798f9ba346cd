"""Spans of days with the label their author gave them, and month ranges of a fiscal year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nithet.kernel.numerals import to_arabic
from nithet.kernel.text import collapse, repair_thai
from nithet.kernel.thai_dates import (
    DASH_PATTERN,
    ERA_PATTERN,
    YEAR_PATTERN,
    ce_year,
    month_number,
    year_of,
)
from nithet.kernel.thai_dates import MONTH_PATTERN as MONTH


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, both included and never backwards; `label` is what a person calls the span."""

    start: date
    end: date
    label: str

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it begins ({self.start})")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many days it has, at least one."""
        return (self.end - self.start).days + 1

    def overlap(self, other: "Period") -> int:
        """How many days both have.

        >>> april = Period(date(2012, 4, 1), date(2012, 4, 30), "เมษายน 2555")
        >>> april.overlap(Period(date(2011, 10, 1), date(2012, 4, 5), ""))
        5
        """
        return max(0, (min(self.end, other.end) - max(self.start, other.start)).days + 1)


def parse_month_range(text: str, fiscal_year: int) -> Period | None:
    """The span of whole months that a text names, in a paper about the fiscal year (พ.ศ.); None when it names none.

    A year at the later month only is the year of that month, and months before it count back across the new year;
    without any year the months are those of the fiscal year. Where that reading would begin after the fiscal year
    has ended and the year written is the fiscal year, the author meant the fiscal year. Words such as "ช่วงเดือน" and
    brackets around are passed over; the label keeps the months as written.

    >>> parse_month_range("(ช่วงเดือนตุลาคม – เมษายน 2555)", 2555)
    Period(start=datetime.date(2011, 10, 1), end=datetime.date(2012, 4, 30), label='ตุลาคม – เมษายน 2555')
    >>> for text in ("เม.ย.-ก.ย. ๒๕๕๕", "ตุลาคม ถึง มีนาคม", "ต.ค. 2554 — ก.พ. 2555", "ต.ค. – ธ.ค. 2555"):
    ...     found = parse_month_range(text, 2555)
    ...     print(found.start, found.end)
    2012-04-01 2012-09-30
    2011-10-01 2012-03-31
    2011-10-01 2012-02-29
    2011-10-01 2011-12-31
    >>> parse_month_range("1 – 15 กันยายน 2555", 2555)
    """
    match = _WHOLE.fullmatch(_tidy(text))
    return _period(match, fiscal_year) if match else None


def find_month_ranges(text: str, fiscal_year: int) -> Iterator[Period]:
    """Every range of months in a running text, in order, read as `parse_month_range` does.

    >>> [found.label for found in find_month_ranges("- ในช่วงเดือนตุลาคม-มีนาคม 2555 จะเป็นช่วงที่สอบ NT", 2555)]
    ['ตุลาคม-มีนาคม 2555']
    """
    for match in _FOUND.finditer(_tidy(text)):
        period = _period(match, fiscal_year)
        if period:
            yield period


def month_end(year: int, month: int) -> date:
    """The last day of a month of a ค.ศ. year."""
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return following - timedelta(days=1)


def _tidy(text: str) -> str:
    return to_arabic(collapse(repair_thai(text)))


def _period(match: re.Match[str], fiscal_year: int) -> Period | None:
    first, last = month_number(match["m1"]), month_number(match["m2"])
    if first is None or last is None:
        return None
    starts, ends = _years(match, first, last, fiscal_year)
    start, end = date(starts, first, 1), month_end(ends, last)
    return Period(start, end, match["label"].strip()) if start <= end else None


def _years(match: re.Match[str], first: int, last: int, fiscal_year: int) -> tuple[int, int]:
    """ค.ศ. years of the two months of a range."""
    if match["y2"]:
        ends, _ = year_of(match["y2"], match["e2"])
        if match["y1"]:
            starts, _ = year_of(match["y1"], match["e1"] or match["e2"])
            return starts, ends
        starts = ends - 1 if first > last else ends
        year = ce_year(fiscal_year)
        if ends == year and (starts, first) > (year, 9):
            return starts - 1, ends - 1
        return starts, ends
    if match["y1"]:
        starts, _ = year_of(match["y1"], match["e1"])
    else:
        starts = ce_year(fiscal_year) - (1 if first >= 10 else 0)
    return starts, starts + 1 if first > last else starts


_YEAR = rf"\s?(?:(?P<e{{0}}>{ERA_PATTERN})\s?)?(?P<y{{0}}>{YEAR_PATTERN.replace('{', '{{').replace('}', '}}')})(?!\d)"
_MONTHS = (
    rf"(?P<label>(?P<m1>{MONTH})(?:{_YEAR.format(1)})?{DASH_PATTERN}(?:เดือน\s?)?(?P<m2>{MONTH})(?:{_YEAR.format(2)})?)"
)
_WHOLE = re.compile(
    rf"[(\[]?\s?(?:(?:ใน|ช่วง|ระหว่าง|ตั้งแต่|ประจำ|เดือน)\s?)*{_MONTHS}\s?[)\]]?"
)
_FOUND = re.compile(rf"(?<![\d]\s)(?<!\d){_MONTHS}")
