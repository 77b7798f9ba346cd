"""Decisions on plain values: when to try again, when a schedule is due."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from nithet.kernel import clock

FIRST_DELAY_S = 5.0
LONGEST_DELAY_S = 3600.0
LARGEST_ARGUMENTS = 4000
"""Characters of JSON. Arguments are ids; whatever is longer belongs in a row of its own."""


class Status(StrEnum):
    """Where a job stands."""

    READY = "ready"
    """Waiting for a worker, perhaps until ``run_after``."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """Tried as often as allowed; a person has to look."""


UNFINISHED = (Status.READY.value, Status.RUNNING.value)


def delay_before_retry(attempts: int, chance: float) -> timedelta:
    """How long to wait after the given number of failed attempts.

    Four times longer each time, at most an hour, and spread by a quarter either way, so that
    many jobs that failed together do not come back together. ``chance`` is from 0 to 1.

    >>> [delay_before_retry(n, 0.5).total_seconds() for n in (1, 2, 3, 9)]
    [5.0, 20.0, 80.0, 3600.0]
    """
    longer = min(FIRST_DELAY_S * 4 ** min(max(attempts, 1) - 1, 10), LONGEST_DELAY_S)
    return timedelta(seconds=longer * (0.75 + 0.5 * chance))


@dataclass(frozen=True)
class Every:
    """A rhythm counted from midnight UTC, 1 January 1970: every 5 minutes is at :00, :05, :10."""

    interval: timedelta

    def next_after(self, moment: datetime) -> datetime:
        """The first moment of the rhythm after an aware moment."""
        epoch = datetime.fromtimestamp(0, tz=moment.tzinfo)
        return epoch + self.interval * ((moment - epoch) // self.interval + 1)


@dataclass(frozen=True)
class Daily:
    """Once a day at an hour of Thailand."""

    at: time

    def next_after(self, moment: datetime) -> datetime:
        """The first such hour after an aware moment, in UTC."""
        today = clock.at(clock.day_of(moment), self.at)
        return today if today > moment else today + timedelta(days=1)


Rhythm = Every | Daily


def is_due(next_run: datetime, now: datetime) -> bool:
    """Whether a scheduled moment has come. Moments missed while nothing ran count as one."""
    return next_run <= now


def is_beyond_the_next(next_run: datetime, rhythm: Rhythm, now: datetime) -> bool:
    """Whether the planned moment is later than the rhythm allows.

    So it was planned while the clock was ahead, or the rhythm has been made faster since.
    """
    return next_run > rhythm.next_after(now)
