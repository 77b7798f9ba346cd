"""Claiming a job, keeping it, finishing it, and taking it from a worker that died.

A lease is judged by whether its holder still moves, on the clock of the one who watches: no
moment written by one machine is compared with the clock of another, so a wrong or jumping clock
can neither steal a job nor keep a dead one. ``lease_until`` is for people to read.
"""

import random
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from nithet.foundation.jobs.models import Job
from nithet.foundation.jobs.rules import Status, delay_before_retry
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

LEASE_S = 60.0
"""A running job that has not moved for so long is taken from its worker."""

BEFORE_ANOTHER_RUN = timedelta(milliseconds=300)
"""So long a job rests that was asked for again while it ran."""

WORKER_LOST = "nithet.foundation.jobs.WorkerLost"
_FRAMES_KEPT = 6


def claim(worker: str, queues: Sequence[str] = (), lease_s: float = LEASE_S) -> Job | None:
    """Take the next waiting job, or None. No two workers can take the same one.

    Highest priority first, then the longest due. ``queues`` empty means all. Looking alone takes
    no lock, so idle workers do not disturb writers.
    """
    waiting = _waiting(queues)
    if not waiting.exists():
        return None
    with transaction.atomic():
        # On SQLite the transaction holds the write lock from its beginning.
        job = waiting.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        now = clock.now()
        job.status = Status.RUNNING.value
        job.worker = worker
        job.attempts += 1
        job.beats += 1
        job.started_at = job.started_at or now
        job.last_attempted_at = job.heartbeat_at = now
        job.lease_until = now + timedelta(seconds=lease_s)
        job.save(
            update_fields=[
                "status",
                "worker",
                "attempts",
                "beats",
                "started_at",
                "last_attempted_at",
                "heartbeat_at",
                "lease_until",
            ]
        )
    return job


def renew(job: Job, lease_s: float = LEASE_S) -> bool:
    """Show that the worker is alive. False when the job is not its own any more."""
    now = clock.now()
    renewed = _held(job).update(
        beats=F("beats") + 1, heartbeat_at=now, lease_until=now + timedelta(seconds=lease_s)
    )
    return renewed == 1


def finish(job: Job, result: Any) -> Job | None:
    """Mark the job done, or ready again when it was asked for anew while it ran.

    None when the job is not the worker's own any more; then nothing is changed.
    """
    now = clock.now()
    end = {"status": Status.DONE.value, "finished_at": now, "lease_until": None}
    kept = {"result": result, "error_type": "", "error": ""}
    if _held(job).filter(run_again=False).update(**end, **kept) == 1:
        for name, value in {**end, **kept}.items():
            setattr(job, name, value)
        return job
    with transaction.atomic():
        held = _held(job).select_for_update().first()
        if held is not None:
            held.result, held.error_type, held.error = result, "", ""
            _end(held, Status.DONE)
    return held


def fail(job: Job, error: BaseException) -> Job | None:
    """Note a failed attempt: try again later, or give up after the last attempt.

    None when the job is not the worker's own any more; then nothing is changed.
    """
    with transaction.atomic():
        held = _held(job).select_for_update().first()
        if held is not None:
            _end_attempt(held, *describe(error))
    return held


def give_back(job: Job) -> bool:
    """Put an interrupted job back as if it had not been tried, because its worker is stopping."""
    waiting = {"status": Status.READY.value, "worker": "", "lease_until": None}
    return _held(job).update(attempts=F("attempts") - 1, **waiting) == 1


def describe(error: BaseException) -> tuple[str, str]:
    """What is kept of an error: its kind, and where it arose, innermost last.

    The message stays out: it may quote a person's data or a secret. A broken rule's message id
    and code are our own words and are kept.
    """
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    lines = [
        f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-_FRAMES_KEPT:]
    ]
    if isinstance(error, RuleBroken):
        lines.append(f"{error.code}: {error.message}")
    return kind[:250], "\n".join(lines)


@dataclass(frozen=True)
class _Sight:
    attempts: int
    beats: int
    first_seen_s: float


class Reaper:
    """Watches running jobs and puts back those whose worker has died.

    Looked at often, it takes a job that shows no sign of life for ``lease_s`` seconds of this
    machine's monotonic clock.
    """

    def __init__(
        self, lease_s: float = LEASE_S, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._lease_s = lease_s
        self._monotonic = monotonic
        self._seen: dict[UUID, _Sight] = {}

    def look(self) -> int:
        """Look once; return how many jobs were taken from dead workers."""
        now_s = self._monotonic()
        running = Job.objects.filter(status=Status.RUNNING.value)
        seen: dict[UUID, _Sight] = {}
        taken = 0
        for job_id, attempts, beats in running.values_list("id", "attempts", "beats"):
            before = self._seen.get(job_id)
            if before is None or (before.attempts, before.beats) != (attempts, beats):
                seen[job_id] = _Sight(attempts, beats, now_s)
            elif now_s - before.first_seen_s < self._lease_s:
                seen[job_id] = before
            else:
                taken += _take_back(Job.objects.filter(pk=job_id, attempts=attempts, beats=beats))
        self._seen = seen
        return taken


def take_back_orphans(process: str) -> int:
    """Put back every running job of other processes; return how many.

    Only for whoever knows that no other process is running: a server on SQLite that holds the
    data folder. ``process`` is the beginning of the names of its own workers.
    """
    running = Job.objects.filter(status=Status.RUNNING.value).exclude(worker__startswith=process)
    # Asked again inside the transaction: another worker of this process may have taken one back
    # and be running it by now.
    taken = sum(_take_back(running.filter(pk=pk)) for pk in running.values_list("pk", flat=True))
    # Their workers are known to be gone, so there is nothing to wait for.
    lost = Job.objects.filter(status=Status.READY.value, error_type=WORKER_LOST)
    lost.filter(run_after__gt=clock.now()).update(run_after=clock.now())
    return taken


def _take_back(one: "QuerySet[Job]") -> int:
    with transaction.atomic():
        job = one.filter(status=Status.RUNNING.value).select_for_update(skip_locked=True).first()
        if job is None:
            return 0
        _end_attempt(job, WORKER_LOST, f"worker {job.worker} showed no sign of life")
    return 1


def _waiting(queues: Sequence[str]) -> "QuerySet[Job]":
    waiting = Job.objects.filter(status=Status.READY.value, run_after__lte=clock.now())
    if queues:
        waiting = waiting.filter(queue__in=queues)
    return waiting.order_by("-priority", "run_after", "enqueued_at")


def _held(job: Job) -> "QuerySet[Job]":
    return Job.objects.filter(
        pk=job.pk, status=Status.RUNNING.value, worker=job.worker, attempts=job.attempts
    )


def _end_attempt(job: Job, error_type: str, error: str) -> None:
    job.error_type, job.error = error_type, error
    if job.attempts >= job.max_attempts:
        _end(job, Status.FAILED)
        return
    chance = random.random()  # noqa: S311  spreads load, guards nothing
    job.status = Status.READY.value
    job.run_after = clock.now() + delay_before_retry(job.attempts, chance)
    job.worker, job.lease_until = "", None
    job.save()


def _end(job: Job, status: Status) -> None:
    job.lease_until = None
    if job.run_again:
        # It was asked for again after this run had begun, and may have read the older state.
        job.status, job.run_again, job.attempts = Status.READY.value, False, 0
        # Not at once: in a burst one more run then serves many that ask, and leaves the turns to write to them.
        job.run_after, job.worker = clock.now() + BEFORE_ANOTHER_RUN, ""
    else:
        job.status, job.finished_at = status.value, clock.now()
    job.save()
