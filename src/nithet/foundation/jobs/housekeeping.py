"""The recurring jobs of the foundation itself."""

from datetime import time, timedelta

from django.db.models import Q
from django_tasks import task

from nithet.foundation.files import keepers, previews, receiving, sharing
from nithet.foundation.files.janitor import remove_unfinished
from nithet.foundation.jobs.models import Job
from nithet.foundation.jobs.rules import Daily, Every, Status
from nithet.foundation.jobs.schedules import register
from nithet.kernel import clock

DONE_KEPT = timedelta(days=14)
FAILED_KEPT = timedelta(days=180)


@task()
def remove_old_jobs() -> int:
    """Remove jobs done two weeks ago and failed half a year ago; return how many."""
    now = clock.now()
    is_old = Q(status=Status.DONE.value, finished_at__lt=now - DONE_KEPT) | Q(
        status=Status.FAILED.value, finished_at__lt=now - FAILED_KEPT
    )
    removed, _ = Job.objects.filter(is_old).delete()
    return removed


@task()
def clear_unfinished_files() -> int:
    """Remove files whose receiving was interrupted, and uploads that nobody goes on with; return how many."""
    return remove_unfinished() + receiving.remove_expired()


@task()
def clear_unused_files() -> int:
    """Remove files that no row names, and copies and previews that nobody has looked at for long; return how many."""
    return keepers.remove_unused() + sharing.remove_forgotten() + previews.remove_forgotten()


def register_schedules() -> None:
    """Declare them; called once when the application starts."""
    register("jobs.remove_old", remove_old_jobs, Daily(time(3, 15)))
    register("files.clear_unused", clear_unused_files, Daily(time(3, 30)))
    register("files.clear_unfinished", clear_unfinished_files, Every(timedelta(hours=1)))
