"""Putting a job in the queue, inside the caller's transaction."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django_tasks import TaskResult

from nithet.foundation.database.prepared import Statement, run
from nithet.foundation.jobs import wake
from nithet.foundation.jobs.models import Job
from nithet.foundation.jobs.rules import LARGEST_ARGUMENTS, UNFINISHED, Status
from nithet.foundation.tenancy.scope import current_office_id
from nithet.kernel import clock


def enqueue(
    task: Any,
    *args: Any,
    unique_key: str = "",
    office_id: int | None = None,
    run_after: datetime | None = None,
    schedule: str = "",
    **kwargs: Any,
) -> TaskResult[Any]:
    """Queue a task declared with ``@task()``; the four named arguments are of the job.

    ``unique_key``: while a job with this key is unfinished no second one is made. If it is
    running already, it will be run once more, so what was changed before this call is always
    seen. ``office_id``: the office in whose scope it runs; else the one in scope now. The plain
    ``task.enqueue(...)`` is the same without the extras.
    """
    changed = replace(
        task, unique_key=unique_key, office_id=office_id, run_after=run_after, schedule=schedule
    )
    result: TaskResult[Any] = changed.enqueue(*args, **kwargs)
    return result


def insert(job: Job) -> Job:
    """Write the row of a new job whose ``run_after`` is set, or return the unfinished one that has its key.

    Raises ValueError for arguments that are too long to be ids.
    """
    if len(json.dumps([job.args, job.kwargs])) > LARGEST_ARGUMENTS:
        raise ValueError("the arguments of a job are ids; these are too long")
    now = clock.now()
    job.enqueued_at = now
    job.office_id = job.office_id or current_office_id()
    if not job.unique_key:
        job.save(force_insert=True)
    else:
        job = _insert_once(job)
    if job.run_after <= now:
        transaction.on_commit(wake.notify)
    return job


def is_queued(unique_key: str) -> bool:
    """Say whether a job of this key is sure to start after the caller's transaction has ended, and hold it back until then.

    That is one that waits, or one that runs and was asked for again already. For those who would queue it with each of many
    small writes: where it says yes, there is nothing to queue. Any number of writers hold the same job back at once.
    """
    held = connection.features.has_select_for_update
    return bool(run(_IS_QUEUED_HELD if held else _IS_QUEUED, [unique_key]))


# The first line is the condition of the index of unfinished jobs, to the letter.
_IS_QUEUED = Statement(f"""
    SELECT id FROM jobs_job WHERE status IN ({", ".join(f"'{one}'" for one in UNFINISHED)}) AND NOT (unique_key = '')
       AND unique_key = %s AND (status = '{Status.READY.value}' OR run_again)
""")  # noqa: S608  our own words
# The weakest lock: any number hold it, and whoever would start the job passes it over meanwhile.
_IS_QUEUED_HELD = Statement(f"{_IS_QUEUED.sql} FOR KEY SHARE")


def retry(job_id: Any) -> bool:
    """Let a job that has failed for good be tried afresh. False if it is not in that state.

    Raises django.db.IntegrityError when another job has taken its unique key meanwhile.
    """
    tried_afresh = {"status": Status.READY.value, "attempts": 0, "finished_at": None}
    failed = Job.objects.filter(pk=job_id, status=Status.FAILED.value)
    if failed.update(run_after=clock.now(), **tried_afresh) == 0:
        return False
    transaction.on_commit(wake.notify)
    return True


def _insert_once(job: Job) -> Job:
    while True:
        with transaction.atomic():
            Job.objects.bulk_create([job], ignore_conflicts=True)
            if Job.objects.filter(pk=job.pk).exists():
                return job
            # Locked to the end of the caller's transaction: a job that waits cannot start
            # before the caller's changes can be seen, and one that runs cannot end unaware.
            unfinished = Job.objects.filter(unique_key=job.unique_key, status__in=UNFINISHED)
            # Not against those who hold it back as well (`is_queued`): two of them would wait for each other.
            other = unfinished.select_for_update(no_key=True).first()
            if other is not None:
                _ask_again(other)
                return other
        # It has ended in between: the key is free now.


def _ask_again(other: Job) -> None:
    if other.status == Status.RUNNING.value and not other.run_again:
        other.run_again = True
        other.save(update_fields=["run_again"])
