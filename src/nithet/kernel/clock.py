"""The one place that reads the machine's clock, so that a test or a replayed year can set it.

>>> with fixed(datetime(2012, 9, 30, 17, 30, tzinfo=UTC)):
...     now().isoformat(), today().isoformat()
('2012-09-30T17:30:00+00:00', '2012-10-01')
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta, timezone

# Thailand has kept UTC+7 without summer time since 1920, so no time zone database is needed.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")

_NOON = time(12)
_fixed: ContextVar[datetime | None] = ContextVar("nithet_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The present day in Thailand, which begins seven hours before the UTC day."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day in Thailand on which an aware moment falls."""
    return in_thailand(moment).date()


def in_thailand(moment: datetime) -> datetime:
    """The same aware moment on the clocks of Thailand; a naive one raises ValueError."""
    return _aware(moment).astimezone(BANGKOK)


def at(day: date, hour: time = _NOON) -> datetime:
    """The aware UTC moment at which the clocks of Thailand show that hour of that day.

    >>> at(date(2012, 6, 10), time(8, 30)).isoformat()
    '2012-06-10T01:30:00+00:00'
    """
    return datetime.combine(day, hour, BANGKOK).astimezone(UTC)


@contextmanager
def fixed(moment: datetime) -> Iterator[datetime]:
    """Stop the clock at an aware moment inside the block, for this thread or task only."""
    token = _fixed.set(_aware(moment).astimezone(UTC))
    try:
        yield moment
    finally:
        _fixed.reset(token)


def _aware(moment: datetime) -> datetime:
    # Refused, not assumed to be of one zone: UTC and Thai time are both likely, and both wrong.
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment
