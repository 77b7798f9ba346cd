"""The plan of visits on its way to the director: put to them, approved, sent back with words, or taken back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.supervision.models.plans import SupervisionPlan, SupervisionPlanVersion
from nithet.foundation.tenancy.models import OfficeOwned
from nithet.kernel import clock


class PlanSubmission(OfficeOwned):
    """The plan as it was put to the director (เสนอ ผอ.); an edit of the plan withdraws it, so that nobody approves something else.

    `digest` is that of the lines that were put, `summary` the figures that the director was shown with them, as plain values.
    `words` say what led to it, `answer` what the director said, or why it was withdrawn.
    """

    class State(models.TextChoices):
        """Where it stands; one of a plan waits at a time."""

        WAITING = "waiting", _("Waiting for the director")
        APPROVED = "approved", _("Approved")
        SENT_BACK = "sent_back", _("Sent back to be mended")
        WITHDRAWN = "withdrawn", _("Taken back")

    plan = models.ForeignKey(SupervisionPlan, on_delete=models.CASCADE, related_name="submissions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    digest = models.CharField(max_length=64)
    summary = models.JSONField(default=dict)
    words = models.CharField(_("What the director should know"), max_length=500, blank=True)
    submitted_at = models.DateTimeField(default=clock.now)
    submitted_by = models.CharField(max_length=300)
    submitted_by_id = models.BigIntegerField(null=True, blank=True)
    answer = models.CharField(_("What is to be mended"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=300, blank=True)
    approved_version = models.OneToOneField(
        SupervisionPlanVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submission",
    )

    class Meta:
        """One waits at a time; sent back with words; the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="waiting"), name="plan_submission_waits_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent_back") | ~Q(answer=""),
                name="plan_submission_back_says_why",
            ),
        ]
        ordering: ClassVar = ["-submitted_at", "-pk"]

    def __str__(self) -> str:
        """Show the plan."""
        return f"{self.plan}"
