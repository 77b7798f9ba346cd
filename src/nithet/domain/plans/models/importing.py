"""Files of old plans that were read."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.foundation.tenancy.models import OfficeOwned


class PlanImport(OfficeOwned):
    """An old action plan that was read, and what it proposes for a year (นำเข้าแผนปฏิบัติการ).

    `lines` are the proposals and `unread` what could not be understood, as plain values of `rules.importing.lines`. Nothing
    is a record before it is confirmed.
    """

    class State(models.TextChoices):
        """Waiting, taken over, or dropped."""

        PROPOSED = "proposed", _("Waiting to be confirmed")
        CONFIRMED = "confirmed", _("Taken over")
        DROPPED = "dropped", _("Dropped")

    fiscal_year = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=250)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=State.choices, default=State.PROPOSED)
    lines = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    brought_at = models.DateTimeField()
    brought_by = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A file is read once for a year; the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "fiscal_year", "sha256"],
                condition=~models.Q(state="dropped"),
                name="plan_import_file_once",
            ),
        ]
        ordering: ClassVar = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        """Show the file's name."""
        return self.file_name
