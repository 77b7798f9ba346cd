"""Recurring jobs: declared in code, counted in the database, queued exactly once.

A package declares its own in ``apps.ready``: ``register("audit.seal", seal, Daily(time(2)))``.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from nithet.foundation.jobs.models import Schedule
from nithet.foundation.jobs.queueing import enqueue
from nithet.foundation.jobs.rules import Rhythm, is_beyond_the_next, is_due
from nithet.kernel import clock


@dataclass(frozen=True)
class Entry:
    """A recurring job."""

    name: str
    task: Any
    rhythm: Rhythm


_entries: dict[str, Entry] = {}


def register(name: str, task: Any, rhythm: Rhythm) -> None:
    """Declare a recurring job. It takes no arguments and belongs to no office."""
    _entries[name] = Entry(name, task, rhythm)


def registered() -> list[Entry]:
    """All recurring jobs, by name."""
    return [_entries[name] for name in sorted(_entries)]


def enqueue_due() -> int:
    """Queue what is due now; return how many. Any number of workers may ask at the same time.

    A new schedule first comes at its next regular moment. Moments that were missed while nothing
    ran come once. Queueing and moving the schedule on are one transaction.
    """
    entries = registered()
    planned = {row.name: row.next_run for row in Schedule.objects.all()}
    missing = [entry for entry in entries if entry.name not in planned]
    if missing:
        now = clock.now()
        rows = [Schedule(name=e.name, next_run=e.rhythm.next_after(now)) for e in missing]
        Schedule.objects.bulk_create(rows, ignore_conflicts=True)
    return sum(_enqueue_if_due(e, planned[e.name]) for e in entries if e.name in planned)


def _enqueue_if_due(entry: Entry, planned: Any) -> int:
    now = clock.now()
    following = entry.rhythm.next_after(now)
    if is_due(planned, now):
        with transaction.atomic():
            # Of several workers that have read the same plan one alone still finds it.
            mine = Schedule.objects.filter(name=entry.name, next_run=planned)
            if mine.update(next_run=following, last_run=now) == 1:
                enqueue(entry.task, unique_key=f"schedule:{entry.name}", schedule=entry.name)
                return 1
    elif is_beyond_the_next(planned, entry.rhythm, now):
        Schedule.objects.filter(name=entry.name, next_run=planned).update(next_run=following)
    return 0
