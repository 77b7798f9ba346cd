"""The loop that does the work, as a thread of the server or a process of its own."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection, connections
from django.utils import translation
from django.utils.module_loading import import_string
from django_tasks import TaskContext
from django_tasks.signals import task_finished, task_started
from django_tasks.utils import normalize_json

from nithet.foundation.jobs import leases, wake
from nithet.foundation.jobs.backend import DurableBackend, result_of
from nithet.foundation.jobs.heartbeat import Heartbeat
from nithet.foundation.jobs.leases import LEASE_S, Reaper
from nithet.foundation.jobs.models import Job
from nithet.foundation.jobs.rules import Status
from nithet.foundation.jobs.schedules import enqueue_due
from nithet.foundation.tenancy.scope import scope

logger = logging.getLogger(__name__)

SCHEDULE_S = 5.0
"""How often a worker looks whether a scheduled job is due."""

AFTER_TROUBLE_S = 5.0
"""How long a worker waits when the database, say, does not answer."""


@dataclass(frozen=True)
class Drained:
    """What ``drain`` has done: attempts that succeeded, and attempts that failed."""

    done: int
    failed: int


def process_name() -> str:
    """A name for this process that no other process, here or elsewhere, ever has."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{_process_token}"


_process_token = secrets.token_hex(4)


def _renew_process_token() -> None:
    global _process_token
    _process_token = secrets.token_hex(4)


os.register_at_fork(after_in_child=_renew_process_token)


def run_worker(
    stop: threading.Event,
    queues: Sequence[str] = (),
    poll_s: float = 1.0,
    lease_s: float = LEASE_S,
) -> None:
    """Do jobs until ``stop`` is set; the job at hand is finished first.

    ``queues`` empty means all. Any number of workers may run on PostgreSQL; on SQLite all of
    them in the one process that holds the data folder. Trouble, such as a database that
    is restarted, is logged and waited out. Closes the thread's connections at the end.
    """
    worker = f"{process_name()}:{secrets.token_hex(3)}"
    upkeep = _Upkeep(lease_s)
    with Heartbeat(lease_s) as heartbeat:
        while not stop.is_set():
            try:
                close_old_connections()
                seen = wake.count()
                upkeep.do_what_is_due()
                job = leases.claim(worker, queues, lease_s)
                if job is not None:
                    with heartbeat.of(job):
                        execute(job)
                elif not stop.is_set():
                    wake.wait(seen, poll_s)
            except Exception:  # a worker that dies of one mishap would stop all work for good
                logger.exception("worker %s is in trouble and tries again soon", worker)
                connections.close_all()
                stop.wait(AFTER_TROUBLE_S)
    connections.close_all()


def drain(queues: Sequence[str] = (), limit: int = 10_000) -> Drained:
    """Do every job that is due now, in this thread, those that they queue included.

    For tests and for commands that end. At most ``limit`` attempts, so that a job which queues
    itself comes to an end.
    """
    worker = f"{process_name()}:drain-{secrets.token_hex(3)}"
    done = failed = 0
    _take_back_orphans()
    with Heartbeat(LEASE_S) as heartbeat:
        while done + failed < limit:
            job = leases.claim(worker, queues)
            if job is None:
                break
            with heartbeat.of(job):
                succeeded = execute(job)
            done, failed = done + succeeded, failed + (not succeeded)
    return Drained(done, failed)


def execute(job: Job) -> bool:
    """Run a claimed job once and write down how it ended; True when it succeeded."""
    try:
        result = normalize_json(_call(job))
    except Exception as error:  # noqa: BLE001  whatever a task raises is its failed attempt
        _note_failure(job, error)
        return False
    except BaseException:
        leases.give_back(job)  # Ctrl-C or the end of the process: not the job's fault
        raise
    _tell_finished(job, leases.finish(job, result))
    return True


def _call(job: Job) -> Any:
    task = import_string(job.task)
    state = result_of(job, task)
    task_started.send(DurableBackend, task_result=state)
    first = (TaskContext(task_result=state),) if task.takes_context else ()
    with scope(job.office_id), translation.override(settings.LANGUAGE_CODE):
        return task.call(*first, *job.args, **job.kwargs)


def _note_failure(job: Job, error: Exception) -> None:
    kind, where = leases.describe(error)
    logger.error(
        "job %s (%s), attempt %d of %d: %s at %s",
        job.pk,
        job.task,
        job.attempts,
        job.max_attempts,
        kind,
        where.replace("\n", " < "),
    )
    _tell_finished(job, leases.fail(job, error))


def _tell_finished(job: Job, ended: Job | None) -> None:
    if ended is None:
        logger.warning("job %s (%s) ended after its lease was lost", job.pk, job.task)
    elif ended.status in (Status.DONE, Status.FAILED):
        task_finished.send(DurableBackend, task_result=result_of(ended, import_string(ended.task)))


def _take_back_orphans() -> None:
    if connection.vendor == "sqlite":
        # One process alone may write, and it is this one: the others are gone.
        leases.take_back_orphans(process_name())


class _Upkeep:
    """What a worker does beside jobs: schedules, and jobs of workers that died."""

    def __init__(self, lease_s: float) -> None:
        self._reaper = Reaper(lease_s)
        self._look_every_s = lease_s / 4
        self._next_look_s = self._next_schedule_s = 0.0
        self._is_new = True

    def do_what_is_due(self) -> None:
        now_s = time.monotonic()
        if self._is_new:
            _take_back_orphans()
        self._is_new = False
        if now_s >= self._next_schedule_s:
            enqueue_due()
            self._next_schedule_s = now_s + SCHEDULE_S
        if now_s >= self._next_look_s:
            self._reaper.look()
            self._next_look_s = now_s + self._look_every_s
