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
    MONTH_PATTERN,
    ce_year,
    find_date_ranges,
    month_number,
    written_year,
)


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, both included and never backwards.

    `label` is what people call them, as its author wrote it.
    """

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

    def shared_days(self, other: "Period") -> int:
        """How many days both have.

        >>> first = parse_month_range("ตุลาคม – เมษายน 2555", 2555)
        >>> first.shared_days(parse_month_range("เมษายน – กันยายน 2555", 2555))
        30
        """
        return max(0, (min(self.end, other.end) - max(self.start, other.start)).days + 1)


def parse_month_range(text: str, fiscal_year: int) -> Period | None:
    """The span of whole months that a text names, in a paper about a fiscal year (พ.ศ.), or None.

    A year after the later month only is the year of that month, and months before it count back
    across the new year; without any year the months are those of the fiscal year. Where that
    reading would begin after the fiscal year has ended although the year written is the fiscal
    year, the author named the fiscal year and not the year of the month. Words such as "ช่วงเดือน"
    and brackets around it are passed over; the label keeps the months as written.

    >>> parse_month_range("(ช่วงเดือนตุลาคม – เมษายน 2555)", 2555).label
    'ตุลาคม – เมษายน 2555'
    >>> def read(text):
    ...     found = parse_month_range(text, 2555)
    ...     return found and f"{found.start} {found.end}"
    >>> read("ตุลาคม – เมษายน 2555"), read("เม.ย.-ก.ย. ๒๕๕๕")
    ('2011-10-01 2012-04-30', '2012-04-01 2012-09-30')
    >>> read("ต.ค. 2554 — ก.พ. 2555"), read("ตุลาคม ถึง มีนาคม"), read("ต.ค. – ธ.ค. 2555")
    ('2011-10-01 2012-02-29', '2011-10-01 2012-03-31', '2011-10-01 2011-12-31')
    >>> read("1 – 15 กันยายน 2555")
    """
    written = collapse(repair_thai(text))
    match = _WHOLE.fullmatch(to_arabic(written))
    return _period(match, written, fiscal_year) if match else None


def find_month_ranges(text: str, fiscal_year: int) -> Iterator[Period]:
    """Every range of months in a running text, in order, read as `parse_month_range` does.

    >>> text = "- ในช่วงเดือนตุลาคม-มีนาคม 2555 จะเป็นช่วงที่สถานศึกษาสอบ NT"
    >>> [found.label for found in find_month_ranges(text, 2555)]
    ['ตุลาคม-มีนาคม 2555']
    """
    return (period for _, period in _month_ranges(text, fiscal_year))


def find_periods(text: str, fiscal_year: int) -> list[Period]:
    """Every range of months and every span of days in a running text, in the order of the text.

    >>> text = "(ช่วงเมษายน – กันยายน 2555) อบรมวันที่ 1 – 15 กันยายน 2555"
    >>> [str(found.end) for found in find_periods(text, 2555)]
    ['2012-09-30', '2012-09-15']
    """
    days = (
        (found.position, Period(found.range.start, found.range.end, found.label))
        for found in find_date_ranges(text)
    )
    found = sorted((*_month_ranges(text, fiscal_year), *days), key=lambda pair: pair[0])
    return [period for _, period in found]


def month_end(year: int, month: int) -> date:
    """The last day of a month of a ค.ศ. year.

    >>> month_end(2012, 2).day, month_end(2012, 12).day
    (29, 31)
    """
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return following - timedelta(days=1)


def _month_ranges(text: str, fiscal_year: int) -> Iterator[tuple[int, Period]]:
    written = collapse(repair_thai(text))
    for match in _FOUND.finditer(to_arabic(written)):
        period = _period(match, written, fiscal_year)
        if period:
            yield match.start(), period


def _period(match: re.Match[str], written: str, fiscal_year: int) -> Period | None:
    first, last = month_number(match["m1"]), month_number(match["m2"])
    if first is None or last is None:
        return None
    starts, ends = _years(match, first, last, ce_year(fiscal_year))
    start, end = date(starts, first, 1), month_end(ends, last)
    label = written[match.start("label") : match.end("label")].strip()
    return Period(start, end, label) if start <= end else None


def _years(match: re.Match[str], first: int, last: int, fiscal_ce: int) -> tuple[int, int]:
    """ค.ศ. years of the two months of a range; in `fiscal_ce` the fiscal year ends."""
    if match["y1"]:
        starts, _ = written_year(match["y1"], match["e1"] or match["e2"])
    elif match["y2"]:
        ends, _ = written_year(match["y2"], match["e2"])
        starts = ends - 1 if first > last else ends
        if ends == fiscal_ce and (starts, first) > (fiscal_ce, 9):
            starts -= 1
    else:
        starts = fiscal_ce - 1 if first >= 10 else fiscal_ce
    if match["y1"] and match["y2"]:
        return starts, written_year(match["y2"], match["e2"])[0]
    return starts, starts + 1 if first > last else starts


def _months_pattern(year: str) -> str:
    def then_year(number: int) -> str:
        era = rf"(?:(?P<e{number}>{ERA_PATTERN})\s?)?"
        return rf"(?:\s?(?:ปี\s?)?{era}(?P<y{number}>{year})(?![0-9]))?"

    first = rf"(?P<m1>{MONTH_PATTERN}){then_year(1)}"
    return rf"(?P<label>{first}{DASH_PATTERN}(?:เดือน\s?)?(?P<m2>{MONTH_PATTERN}){then_year(2)})"


_WHOLE = re.compile(
    r"[(\[]?\s?(?:(?:ใน|ช่วง|ระหว่าง|ตั้งแต่|ประจำ|เดือน)\s?)*"
    rf"{_months_pattern('(?:[0-9]{4}|[0-9]{2})')}\s?[)\]]?"
)
# A number before the first month makes it a day, and the whole a span of days.
_FOUND = re.compile(rf"(?<![0-9])(?<![0-9]\s){_months_pattern('[0-9]{4}')}")
