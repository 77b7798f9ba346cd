"""Reviews of a plan, and the versions that were approved."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.project import Project
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class PlanReview(TakenBack, OfficeOwned):
    """A turn of plan, do, check, act: what was meant, done, found and changed, and why.

    `project` None: the plan as a whole was looked at. The versions that followed from it name it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    reviewed_on = models.DateField(_("Reviewed on"))
    planned = models.TextField(_("Plan: what was meant"), blank=True)
    done = models.TextField(_("Do: what was done"), blank=True)
    checked = models.TextField(_("Check: what was found"))
    changed = models.TextField(_("Act: what is changed"), blank=True)
    why = models.TextField(_("Why"), blank=True)
    reviewed_by = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-reviewed_on", "-pk"]

    def __str__(self) -> str:
        """Show what was looked at."""
        return str(self.project or self.plan)


class PlanVersion(OfficeOwned):
    """A plan as it was approved (ฉบับที่อนุมัติ): never changed; `content` is the whole plan as plain values."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    reason = models.CharField(max_length=500, blank=True)
    review = models.ForeignKey(
        PlanReview, on_delete=models.PROTECT, null=True, blank=True, related_name="versions"
    )
    approved_at = models.DateTimeField()
    approved_by = models.CharField(max_length=300)

    class Meta:
        """Numbered within its plan, the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        """Show plan and number."""
        return f"{self.plan} ({self.number})"
