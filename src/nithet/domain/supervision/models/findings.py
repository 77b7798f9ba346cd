"""What was found on visits."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.commitments.models import Commitment
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.tenancy.models import OfficeOwned


class Finding(OfficeOwned):
    """Something found on visits (ข้อค้นพบ): of one visit, or of a project's visits together where `visit` is empty.

    `said_by` is the visitor whose words they are, "" for the team together; `written_by` who wrote them down.
    """

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
    said_by = models.CharField(_("Said by"), max_length=200, blank=True)
    written_by = models.CharField(_("Written by"), max_length=300, blank=True)
    source = models.CharField(max_length=250, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        """Shown in order."""

        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.text[:80]


class LessonNote(OfficeOwned):
    """A note at a minute of a recorded lesson (บันทึกจากการดูคลิปการสอน); `at` counts seconds from its start."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="lesson_notes")
    at = models.PositiveIntegerField()
    text = models.CharField(max_length=500)

    class Meta:
        """In the order of the lesson."""

        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        """Show minute and words."""
        return f"{self.at // 60}:{self.at % 60:02} {self.text}"


class AgreementCheck(OfficeOwned):
    """What a visit found of an agreement of an earlier one: not yet, partly or done, whoever makes the visit."""

    class Answer(models.TextChoices):
        """How far it is."""

        NOT_YET = "not_yet", _("Not yet")
        PARTLY = "partly", _("Partly")
        DONE = "done", _("Done already")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="agreement_checks")
    agreement = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="checks_on_visits"
    )
    answer = models.CharField(max_length=8, choices=Answer.choices)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    class Meta:
        """One answer a visit and agreement."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "agreement"], name="agreement_checked_once"),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show agreement and answer."""
        return f"{self.agreement}: {self.get_answer_display()}"
