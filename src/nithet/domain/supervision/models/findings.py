"""What was found on visits."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.tenancy.models import OfficeOwned


class Finding(OfficeOwned):
    """Something found on visits (ข้อค้นพบ): of one visit, or of a project's visits together where `visit` is empty."""

    class Kind(models.TextChoices):
        """What it is; help first: what impressed stands beside what troubles."""

        IMPRESSION = "impression", _("What impressed")
        PROBLEM = "problem", _("Problem")
        NEED = "need", _("Need")
        TO_DEVELOP = "to_develop", _("Point to develop")
        SUGGESTION = "suggestion", _("Suggestion")

    fiscal_year = models.PositiveSmallIntegerField()
    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, null=True, blank=True, related_name="findings"
    )
    project = models.ForeignKey(
        Project,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="supervision_findings",
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField()
    source = models.CharField(max_length=250, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        """Shown in order."""

        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.text[:80]
