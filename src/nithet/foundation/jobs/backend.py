"""What ``settings.TASKS`` names: the ``django-tasks`` backend that keeps jobs in the database."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json

from nithet.foundation.jobs.models import Job
from nithet.foundation.jobs.queueing import insert
from nithet.foundation.jobs.rules import Status
from nithet.kernel import clock

_STATUS = {
    Status.READY: TaskResultStatus.READY,
    Status.RUNNING: TaskResultStatus.RUNNING,
    Status.DONE: TaskResultStatus.SUCCESSFUL,
    Status.FAILED: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DurableTask(Task[..., Any]):
    """A task that can be retried; ``@task(max_attempts=8)`` sets how often it is tried at most.

    The other fields are of one enqueueing; ``queueing.enqueue`` fills them.
    """

    max_attempts: int = 5
    unique_key: str = ""
    office_id: int | None = None
    schedule: str = ""


class DurableBackend(BaseTaskBackend):
    """Jobs as rows, written in the caller's transaction."""

    task_class = DurableTask  # type: ignore[assignment]
    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Queue the task. With a unique key the result may be of the job that waits already."""
        self.validate_task(task)
        task = cast(DurableTask, task)
        job = insert(
            Job(
                task=task.module_path,
                args=normalize_json(args),
                kwargs=normalize_json(kwargs),
                queue=task.queue_name,
                priority=task.priority,
                run_after=task.run_after or clock.now(),
                max_attempts=task.max_attempts,
                unique_key=task.unique_key,
                office_id=task.office_id,
                schedule=task.schedule,
            )
        )
        result = result_of(job, task)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """The present state of a job; TaskResultDoesNotExist when there is none."""
        try:
            job = Job.objects.get(pk=UUID(result_id))
        except (Job.DoesNotExist, ValueError) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return result_of(job, import_string(job.task))


def result_of(job: Job, task: Task[..., Any]) -> TaskResult[Any]:
    """A job as the ``django-tasks`` API shows it.

    Only the last worker is remembered; it stands for each attempt, since the API counts attempts
    by it.
    """
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=str(job.pk),
        status=_STATUS[Status(job.status)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.last_attempted_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=[TaskError(exception_class_path=job.error_type, traceback=job.error)]
        if job.error_type
        else [],
        worker_ids=[job.worker] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
