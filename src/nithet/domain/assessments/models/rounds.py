"""Rounds and what is answered in them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.frameworks.models import Edition
from nithet.foundation.tenancy.models import OfficeOwned


class Round(OfficeOwned):
    """A reporting round of an office by an edition (รอบการรายงาน)."""

    class State(models.TextChoices):
        """Open for answers, or closed; a closed round opens again only with a reason."""

        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="assessments_rounds"
    )
    fiscal_year = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField(_("Months reported"), default=12)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reopened_because = models.CharField(max_length=500, blank=True)
    heading = models.JSONField(default=list)
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One round an edition, year and length."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "edition", "fiscal_year", "months"], name="round_once"
            ),
            models.CheckConstraint(
                condition=Q(months__in=[6, 12]), name="round_six_or_twelve_months"
            ),
        ]
        ordering: ClassVar = ["-fiscal_year", "-months", "pk"]

    def __str__(self) -> str:
        """Show the edition's title."""
        return str(self.edition)


class ItemAnswer(OfficeOwned):
    """One item of a round (ข้อ) with what hangs on it.

    `stated_level` is the level that an imported old return ticked at this item; None where it was lost or not there.
    `sheets` is the number of form sheets that the item fills, continuation sheets included. `given` are the answers to
    its tests where the row was read by `queries.standing.answers_of`.
    """

    given: "list[TestAnswer]"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=40)
    stated_level = models.PositiveSmallIntegerField(null=True, blank=True)
    sheets = models.PositiveSmallIntegerField(default=1)

    class Meta:
        """One answer an item."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "item"], name="item_answer_once"),
        ]

    def __str__(self) -> str:
        """Show the item."""
        return f"{self.round} · {self.item}"


class TestAnswer(OfficeOwned):
    """A person's answer to one test of an item (รายการตรวจ). No row: unanswered, which never counts as done.

    `proposed` keeps what the measure said when the person ticked; a different tick needs a reason.
    """

    __test__ = False  # not a test case, whatever its name says to a test runner

    answer = models.ForeignKey(ItemAnswer, on_delete=models.CASCADE, related_name="tests")
    test = models.CharField(max_length=60)
    is_done = models.BooleanField()
    proposed = models.BooleanField(null=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    answered_by = models.CharField(max_length=300)
    answered_at = models.DateTimeField()

    class Meta:
        """One answer a test."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "test"], name="test_answer_once"),
            models.CheckConstraint(
                condition=Q(proposed__isnull=True)
                | Q(proposed=models.F("is_done"))
                | ~Q(reason=""),
                name="test_answer_differs_with_reason",
            ),
        ]

    def __str__(self) -> str:
        """Show the test and the answer."""
        return f"{self.test}: {self.is_done}"


class Reading(OfficeOwned):
    """A threshold of the edition that the office reads otherwise (การอ่านเกณฑ์ของเขต), said before the round opened.

    Only tests that the edition marks as our reading of the source can have one. `value` is in the unit of the measure, shares
    as fractions of 1 (0.85 for 85 %).
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="readings")
    item = models.CharField(max_length=40)
    test = models.CharField(max_length=60)
    measure = models.CharField(max_length=120)
    value = models.DecimalField(max_digits=12, decimal_places=4)
    reason = models.CharField(_("Reason"), max_length=500)
    said_by = models.CharField(max_length=300)

    class Meta:
        """One reading a threshold, never without its reason."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "item", "test", "measure"], name="reading_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reading_has_reason"),
        ]
        ordering: ClassVar = ["item", "pk"]

    def __str__(self) -> str:
        """Show the threshold."""
        return f"{self.item} {self.measure}: {self.value}"
