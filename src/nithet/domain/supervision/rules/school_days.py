"""Days on which a school is open, for visits and for answers."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from nithet.domain.supervision.rules.reasons import Span
from nithet.kernel.school_years import Gap, semester
from nithet.kernel.thai_dates import WEEKDAYS

FURTHEST = 14
ANSWER_DAYS = 5
"""School days that a school has to answer in, where the visit leaves so many."""


def why_closed(day: date, blocked: Mapping[date, str], spans: Iterable[Span] = ()) -> str:
    """Say why no school is visited on a day, "" where it is a day of teaching without anything in the way.

    `blocked` are days of the office's calendar (holidays, examinations, meetings), `spans` what the school itself has.

    >>> why_closed(date(2011, 11, 12), {})
    'วันเสาร์'
    >>> why_closed(date(2012, 4, 10), {}), why_closed(date(2011, 11, 8), {})
    ('ปิดภาคเรียนที่ 2/2554', '')
    """
    if day.weekday() >= 5:
        return f"วัน{WEEKDAYS[day.weekday()]}"
    if day in blocked:
        return blocked[day]
    for span in spans:
        if span.starts_on <= day <= span.ends_on:
            return span.words
    part = semester(day)
    return str(part) if isinstance(part, Gap) else ""


def nearest_open(day: date, is_open: Callable[[date], bool]) -> date | None:
    """Return the open day nearest to a day, the later of two; None where none lies within two weeks."""
    for away in range(1, FURTHEST + 1):
        for near in (day + timedelta(days=away), day - timedelta(days=away)):
            if is_open(near):
                return near
    return None


def answer_day(today: date, visit_on: date, is_open: Callable[[date], bool]) -> date | None:
    """Return by when a school is asked to answer about a visit: a school day after today and before the visit.

    Five school days from today, but the last school day before the visit at the latest. None where there is no school day left
    between: then the school is asked by telephone and no day is set.

    >>> def weekday(day: date) -> bool: return day.weekday() < 5
    >>> answer_day(date(2011, 11, 1), date(2011, 12, 20), weekday).isoformat()  # Tuesday: five school days later
    '2011-11-08'
    >>> answer_day(date(2011, 11, 4), date(2011, 11, 8), weekday).isoformat()  # Friday, for a Tuesday: the Monday
    '2011-11-07'
    >>> answer_day(date(2011, 11, 4), date(2011, 11, 7), weekday) is None  # Friday, for the next Monday
    True
    """
    found, left, day = None, ANSWER_DAYS, today + timedelta(days=1)
    while day < visit_on and left:
        if is_open(day):
            found, left = day, left - 1
        day += timedelta(days=1)
    return found
