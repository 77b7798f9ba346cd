"""Surveys of the actual and the desired state."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class NeedSurvey(TakenBack, OfficeOwned):
    """A survey of what is and what should be (สภาพที่เป็นจริงและสภาพที่ควรจะเป็น), asked only where an office wants it.

    Answers run from `lowest` (0 or 1) to `highest`.
    """

    class State(models.TextChoices):
        """Whether answers are taken."""

        OPEN = "open", _("Takes answers")
        CLOSED = "closed", _("Closed")

    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    title = models.CharField(_("Title"), max_length=250)
    lead = models.CharField(_("What it is for"), max_length=500, blank=True)
    lowest = models.PositiveSmallIntegerField(default=1)
    highest = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A title stands once in a year; the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "fiscal_year", "title"],
                condition=Q(taken_back_at__isnull=True),
                name="need_survey_title_once",
            ),
        ]
        ordering: ClassVar = ["-fiscal_year", "-pk"]

    def __str__(self) -> str:
        """Show its title."""
        return self.title


class NeedSurveyItem(OfficeOwned):
    """One thing that is asked about."""

    survey = models.ForeignKey(NeedSurvey, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)

    class Meta:
        """In the order in which they were given."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "position"], name="need_item_place_once"),
        ]
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        """Show its words."""
        return self.text[:80]


class NeedSurveyReply(OfficeOwned):
    """The answers of one school, or means that were worked out elsewhere (`school` None).

    `respondents` is how many people the values stand for: 1 for a school that answers once.
    """

    survey = models.ForeignKey(NeedSurvey, on_delete=models.CASCADE, related_name="replies")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="need_replies"
    )
    label = models.CharField(max_length=200, blank=True)
    respondents = models.PositiveIntegerField(default=1)
    entered_by = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A school answers once; a pasted table has a name."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "school"],
                condition=Q(school__isnull=False),
                name="need_reply_school_once",
            ),
            models.UniqueConstraint(
                fields=["survey", "label"],
                condition=Q(school__isnull=True),
                name="need_reply_label_once",
            ),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show whose answers they are."""
        return str(self.school) if self.school_id else self.label


class NeedSurveyValue(OfficeOwned):
    """What a reply says of an item: the desired (I) and the actual (D) state; one decimal or more for pasted means."""

    reply = models.ForeignKey(NeedSurveyReply, on_delete=models.CASCADE, related_name="values")
    item = models.ForeignKey(NeedSurveyItem, on_delete=models.CASCADE, related_name="values")
    desired = models.DecimalField(max_digits=6, decimal_places=3)
    actual = models.DecimalField(max_digits=6, decimal_places=3)

    class Meta:
        """Each item once a reply."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "item"], name="need_value_once"),
        ]

    def __str__(self) -> str:
        """Show both values."""
        return f"{self.desired} / {self.actual}"


class NeedSurveyLink(OfficeOwned):
    """The word of the address by which one school answers one survey without an account (ลิงก์ตอบแบบสำรวจ).

    `code` opens it until `expires_at`, and nothing once it is revoked or the survey is closed.
    """

    survey = models.ForeignKey(NeedSurvey, on_delete=models.CASCADE, related_name="links")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="need_survey_links")
    code = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=300)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A school has one link to a survey that opens; the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "school"],
                condition=Q(revoked_at__isnull=True),
                name="need_survey_link_once",
            ),
        ]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show the school."""
        return str(self.school)
