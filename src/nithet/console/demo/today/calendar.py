"""Days and hours of the example year: working days alone, and the hour at which somebody sits down to write."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from nithet.kernel import clock
from nithet.kernel.school_years import Semester, semester

HOLIDAYS = frozenset(
    {
        date(2025, 12, 5),
        date(2025, 12, 10),
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2026, 1, 2),
        date(2026, 7, 28),
        date(2026, 7, 29),
        date(2026, 7, 30),
        date(2026, 8, 12),
    }
)
AFTER_THE_VISIT = time(15, 20)
OFFICE_OPENS, OFFICE_CLOSES = time(8, 30), time(16, 30)
A_DAY = timedelta(days=1)
SATURDAY = 5


def working_days(first: date, last: date) -> list[date]:
    """Return the days of a time on which the office works."""
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if day.weekday() < SATURDAY and day not in HOLIDAYS]


def is_taught(day: date) -> bool:
    """Say whether a day lies in a semester, so that a school can be visited at its work."""
    return isinstance(semester(day), Semester)


def spread_over(days: Sequence[date], count: int) -> list[date]:
    """Return a day for each of so many visits, evenly from the first day to the last."""
    return [days[place * len(days) // count] for place in range(count)]


@contextmanager
def written_on(day: date, minutes: int = 0) -> Iterator[None]:
    """Let what is recorded inside be recorded on a day, some minutes after the visit's end."""
    with clock.fixed(clock.at(day, AFTER_THE_VISIT) + timedelta(minutes=minutes % 60)):
        yield


def office_moment(moment: datetime) -> datetime:
    """Return a moment in office hours on a working day, at or before another: when somebody may have recorded something."""
    local = clock.in_thailand(moment)
    day = local.date()
    if local.time() < OFFICE_OPENS:
        day -= A_DAY
    while day.weekday() >= SATURDAY or day in HOLIDAYS:
        day -= A_DAY
    if day != local.date() or local.time() > OFFICE_CLOSES:
        return clock.at(day, time(10, 15))
    return moment
