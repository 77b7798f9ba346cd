"""The tables of jobs and schedules."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.foundation.jobs.rules import UNFINISHED, Status
from nithet.foundation.tenancy.models import Unit


class Job(models.Model):
    """A piece of work to be done in the background (งานเบื้องหลัง).

    Only ``leases`` and ``queueing`` change rows. A worker owns a running job by the pair (worker,
    attempts); whoever has lost that pair cannot finish it any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=250)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    office = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    status = models.CharField(
        max_length=10,
        default=Status.READY.value,
        choices=[
            (Status.READY.value, _("Waiting")),
            (Status.RUNNING.value, _("Running")),
            (Status.DONE.value, _("Done")),
            (Status.FAILED.value, _("Failed")),
        ],
    )
    unique_key = models.CharField(max_length=200, blank=True, default="")
    schedule = models.CharField(max_length=100, blank=True, default="")
    run_again = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    run_after = models.DateTimeField()
    worker = models.CharField(max_length=120, blank=True, default="")
    beats = models.PositiveIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    last_attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error_type = models.CharField(max_length=250, blank=True, default="")
    error = models.TextField(blank=True, default="")
    result = models.JSONField(null=True)

    class Meta:
        """One unfinished job a key; indexes of what comes next and of what is old."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unique_key"],
                condition=Q(status__in=UNFINISHED) & ~Q(unique_key=""),
                name="jobs_one_unfinished_a_key",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["status", "-priority", "run_after", "enqueued_at"], name="jobs_next"
            ),
            models.Index(fields=["status", "finished_at"], name="jobs_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.status})"


class Schedule(models.Model):
    """When a recurring job comes next (กำหนดการ). The row is the lock that makes it come once."""

    name = models.CharField(max_length=100, primary_key=True)
    next_run = models.DateTimeField()
    last_run = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
