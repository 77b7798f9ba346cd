"""Days, weeks and months of a calendar; the public holidays that the product ships."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nithet.kernel.periods import Period, month_end
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.thai_dates import ce_year


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a calendar: days, both ends included, with what they are and where they lead ("" nowhere).

    `kind` is one of `CalendarDay.Kind`, or "activity"; `is_shipped` marks a public holiday that the product brings.
    """

    kind: str
    title: str
    starts_on: date
    ends_on: date
    key: str = ""
    href: str = ""
    tone: str = ""
    is_shipped: bool = False
    is_confirmed: bool = True

    def is_on(self, day: date) -> bool:
        """Say whether a day is one of its days."""
        return self.starts_on <= day <= self.ends_on


LONG_DAYS = 14
"""What lasts longer is said once under a month, not on each of its days."""
_ORDER = ("holiday", "exam", "other_body", "meeting", "other", "activity")


def is_long(entry: Entry) -> bool:
    """Say whether an entry lasts too long to stand on each of its days."""
    return (entry.ends_on - entry.starts_on).days >= LONG_DAYS and entry.kind == "activity"


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day of a month's page; `is_inside` False: it belongs to the month before or after."""

    day: date
    is_inside: bool
    entries: tuple[Entry, ...]

    @property
    def is_free(self) -> bool:
        """Say whether it is a weekend or a holiday."""
        return self.day.weekday() >= 5 or any(one.kind == "holiday" for one in self.entries)


def a_year_later(day: date) -> date:
    """Return the same day of the next year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def months_of(fiscal_year: int) -> list[date]:
    """Return the first days of the twelve months of a fiscal year, October first."""
    year = ce_year(fiscal_year)
    return [date(year - 1, month, 1) for month in (10, 11, 12)] + [
        date(year, month, 1) for month in range(1, 10)
    ]


def weeks_of(first: date, entries: Sequence[Entry]) -> list[list[ShownDay]]:
    """Return the weeks of a month, Monday to Sunday, each day with what stands on it, holidays first; long work is left out."""
    short = sorted((one for one in entries if not is_long(one)), key=lambda one: _ORDER.index(one.kind))
    last = month_end(first.year, first.month)
    day = first - timedelta(days=first.weekday())
    weeks = []
    while day <= last:
        week = []
        for _ in range(7):
            found = tuple(one for one in short if one.is_on(day))
            week.append(ShownDay(day, day.month == first.month, found))
            day += timedelta(days=1)
        weeks.append(week)
    return weeks


def days_within(entry: Entry, first: date) -> str:
    """Say in digits which days of a month an entry covers: "5", "5–8", "" for none.

    >>> days_within(Entry("exam", "O-NET", date(2012, 2, 28), date(2012, 3, 2)), date(2012, 3, 1))
    '1–2'
    """
    start = max(entry.starts_on, first)
    end = min(entry.ends_on, month_end(first.year, first.month))
    if end < start:
        return ""
    return str(start.day) if start == end else f"{start.day}–{end.day}"


@cache
def _shipped() -> dict[str, object]:
    text = files("nithet.domain.plans").joinpath("calendars/thai_holidays.yaml").read_text("utf-8")
    loaded = yaml.safe_load(text)
    return dict(loaded)


def shipped_source() -> str:
    """Return where the shipped holidays come from and what they leave out, in Thai."""
    return str(_shipped()["source"])


def public_holidays(fiscal_year: int) -> list[Entry]:
    """Return the public holidays that are known of a fiscal year, in order; substitute days are the office's to add."""
    period = fiscal_year_period(fiscal_year)
    known = _shipped()
    found = [
        Entry("holiday", str(row["title"]), day, day, is_shipped=True)
        for row in _rows(known["fixed"])
        for day in _fixed_days(row, period)
    ]
    found += [
        Entry("holiday", str(row["title"]), day, day, is_shipped=True)
        for row in _rows(known["dated"])
        for day in _rows(row["days"])
        if day in period
    ]
    return sorted(found, key=lambda one: (one.starts_on, one.title))


def _rows(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("the list of holidays is not a list")
    return value


def _fixed_days(row: dict[str, object], period: Period) -> Iterable[date]:
    month, day = (int(part) for part in str(row["day"]).split("-"))
    since, until = row.get("since"), row.get("until")
    for year in {period.start.year, period.end.year}:
        found = date(year, month, day)
        begun = since is None or year >= ce_year(int(str(since)))
        ended = until is not None and year > ce_year(int(str(until)))
        if found in period and begun and not ended:
            yield found
