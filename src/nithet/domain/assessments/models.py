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

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="assessments_rounds")
    fiscal_year = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField(_("Months reported"), default=12)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reopened_because = models.CharField(max_length=500, blank=True)
    heading = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One round an edition, year and length."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "edition", "fiscal_year", "months"], name="round_once"
            ),
            models.CheckConstraint(condition=Q(months__in=[6, 12]), name="round_six_or_twelve_months"),
        ]
        ordering: ClassVar = ["-fiscal_year", "-months", "pk"]

    def __str__(self) -> str:
        """Show the edition's title."""
        return str(self.edition)


class ItemAnswer(OfficeOwned):
    """One item of a round (ข้อ) with what hangs on it.

    `stated_level` is the level that an imported old return ticked at this item; None where it was lost or not there.
    `sheets` is the number of form sheets that the item fills, continuation sheets included.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=40)
    stated_level = models.PositiveSmallIntegerField(null=True, blank=True)
    sheets = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

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
                condition=Q(proposed__isnull=True) | Q(proposed=models.F("is_done")) | ~Q(reason=""),
                name="test_answer_differs_with_reason",
            ),
        ]

    def __str__(self) -> str:
        """Show the test and the answer."""
        return f"{self.test}: {self.is_done}"


class NarrativeGroup(OfficeOwned):
    """One narrative of an item with the four headings (คำบรรยาย); an item has as many as it needs.

    `about` points at the project or work it tells of ("plans.project:5"); empty where it tells of the whole item.
    """

    answer = models.ForeignKey(ItemAnswer, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField(max_length=400, blank=True)
    about = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Shown in order."""

        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show the title or the place."""
        return self.title or f"{self.answer} · {self.position + 1}"


class NarrativeParagraph(OfficeOwned):
    """One paragraph of a narrative, in the author's words and with the author's mark.

    `role` and `section` are those of the return (heading, period, point, text, none stated). `sheet` is the form sheet on
    which it stands, from 0. `cites` lists the records that the words stand on ("supervision.visit:7").
    """

    group = models.ForeignKey(NarrativeGroup, on_delete=models.CASCADE, related_name="paragraphs")
    role = models.CharField(max_length=20)
    section = models.CharField(max_length=20, blank=True)
    mark = models.CharField(max_length=20, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    sheet = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    cites = models.JSONField(default=list)

    class Meta:
        """Shown in order."""

        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.text[:80]


class SignOff(OfficeOwned):
    """The declared level, signed (การลงนามรับรองระดับที่เขตประเมินตนเอง): exactly what was shown, by its digest.

    A new sign-off supersedes the earlier ones; none is ever changed. `computed_level` is None where the records did not
    reach a level or left tests unanswered; `reason` is required where the two levels differ.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sign_offs")
    declared_level = models.PositiveSmallIntegerField(null=True)
    computed_level = models.PositiveSmallIntegerField(null=True)
    judgement = models.JSONField()
    shown_digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True)
    signed_by = models.CharField(max_length=300)
    signed_by_id = models.BigIntegerField(null=True)
    signed_at = models.DateTimeField()
    request_key = models.CharField(max_length=64)

    class Meta:
        """The same request signs once, however often it is sent; newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "request_key"], name="sign_off_request_once"),
        ]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show the level."""
        return f"{self.round}: {self.declared_level}"


class AssessorLevel(OfficeOwned):
    """The level that an invited assessor gives (ระดับที่ผู้ประเมินให้), with the reason."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assessor_levels")
    level = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=1000)
    given_by = models.CharField(max_length=300)
    given_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show the level."""
        return f"{self.round}: {self.level}"
