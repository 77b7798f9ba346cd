"""Commitments."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Commitment(OfficeOwned, TakenBack):
    """Something that somebody will do by a day.

    `owner_user_id` is the account of who does it (None where only a post or group is named), `owner_title` the words shown.
    `about` is what it concerns and `arose_from` where it was agreed, both as references write records ("plans.project:5"),
    empty where there is none. `point` says which point of `arose_from` it answers, in that record's own code, so that the
    package that owns it can tell whether the change is there. `closed_by_ref` is the record that shows it done.
    """

    class Kind(models.TextChoices):
        """How it came about."""

        PROMISE = "promise", _("Agreed after a visit")
        RESOLUTION = "resolution", _("Resolution of a meeting")
        POINT_TO_DEVELOP = "point_to_develop", _("Point to develop")
        TASK = "task", _("Task")

    class State(models.TextChoices):
        """Open, done, or dropped with a reason."""

        OPEN = "open", _("To do")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.TASK)
    text = models.CharField(_("What will be done"), max_length=1000)
    owner_user_id = models.BigIntegerField(_("Responsible person"), null=True, blank=True)
    owner_title = models.CharField(_("Responsible"), max_length=200, blank=True)
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    about = models.CharField(max_length=160, blank=True)
    arose_from = models.CharField(max_length=160, blank=True)
    point = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    closed_by_ref = models.CharField(max_length=160, blank=True)
    closed_by = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Somebody is named; a point of a record has one open commitment at a time; by due date."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(owner_user_id__isnull=False) | ~Q(owner_title=""),
                name="commitment_names_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(reason=""), name="commitment_dropped_with_reason"
            ),
            models.UniqueConstraint(
                fields=["office", "arose_from", "point"],
                condition=Q(state="open", taken_back_at__isnull=True) & ~Q(point=""),
                name="commitment_point_open_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "state", "due_on"]),
            models.Index(fields=["office", "about"]),
            models.Index(fields=["office", "arose_from"]),
        ]
        ordering: ClassVar = [models.F("due_on").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.text[:120]

    def is_overdue_on(self, day: date) -> bool:
        """Say whether it is still to do and its day has passed."""
        return self.state == self.State.OPEN and self.due_on is not None and self.due_on < day
