"""A thread beside a worker that renews the lease of the job at hand."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from django.db import DatabaseError, InterfaceError, connection

from nithet.foundation.jobs.leases import renew
from nithet.foundation.jobs.models import Job

logger = logging.getLogger(__name__)


class Heartbeat:
    """Renews every quarter of a lease. A job that ends sooner costs no query."""

    def __init__(self, lease_s: float) -> None:
        self._lease_s = lease_s
        self._job: Job | None = None
        self._changed = threading.Condition()
        self._is_over = False
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    @contextmanager
    def of(self, job: Job) -> Iterator[None]:
        """Keep this job's lease for the length of the block."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)
            self._thread.start()
        self._set(job)
        try:
            yield
        finally:
            self._set(None)

    def _set(self, job: Job | None) -> None:
        with self._changed:
            self._job = job
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            while not self._is_over:
                with self._changed:
                    job = self._job
                    self._changed.wait(None if job is None else self._lease_s / 4)
                    has_changed = self._is_over or job is not self._job
                if job is not None and not has_changed:
                    self._beat(job)
        finally:
            connection.close()

    def _beat(self, job: Job) -> None:
        try:
            if not renew(job, self._lease_s):
                logger.warning("the lease of job %s (%s) is lost", job.pk, job.task)
        except (DatabaseError, InterfaceError):
            logger.exception("the lease of job %s could not be renewed", job.pk)
            connection.close()
