"""What last year's way forward became in this year's plan."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project
from nithet.foundation.tenancy.models import OfficeOwned


class CarriedPoint(OfficeOwned):
    """One แนวทางการพัฒนา of a year, which becomes a line of the next year's plan or is dropped with a reason.

    `source_ref` names the record that says it ("assessments.narrativeparagraph:7", "" where a person wrote it down);
    `source_words` says in words where it stands. Exactly one of project, activity and policy is set where it became one.
    """

    class Outcome(models.TextChoices):
        """What became of it."""

        UNDECIDED = "undecided", _("Not decided yet")
        PROJECT = "project", _("Became a project")
        ACTIVITY = "activity", _("Became an activity")
        POLICY = "policy", _("Became a policy")
        DROPPED = "dropped", _("Dropped")

    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField()
    text = models.TextField()
    source_ref = models.CharField(max_length=80, blank=True)
    source_words = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(
        max_length=20, choices=Outcome.choices, default=Outcome.UNDECIDED
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="carried"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="carried"
    )
    policy = models.ForeignKey(
        Policy, on_delete=models.PROTECT, null=True, blank=True, related_name="carried"
    )
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A paragraph is carried into a year once; what is dropped says why."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "to_year", "source_ref"],
                condition=~Q(source_ref=""),
                name="carried_point_once",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="dropped") | ~Q(reason=""), name="carried_dropped_says_why"
            ),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.text[:80]
