"""Pieces of evidence, their uses and the answers about their clarity."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.frameworks.models import Edition
from nithet.foundation.tenancy.models import OfficeOwned


class Piece(OfficeOwned):
    """One piece of evidence (หลักฐาน): a document, a disc, a booklet, a record, or a statement in words.

    `period_*` is the time that the piece speaks of, which is not the day it was uploaded. `about` points at the record
    that it proves ("plans.project:5"); empty where it proves none.
    """

    class Medium(models.TextChoices):
        """Where the piece lives."""

        FILE = "file", _("File")
        PHYSICAL = "physical", _("Physical thing")
        LINK = "link", _("Link")
        STATEMENT = "statement", _("Statement in words")
        LISTED = "listed", _("Named in a return, not yet shown")

    title = models.CharField(_("Title"), max_length=500)
    kind = models.CharField(_("Kind of evidence"), max_length=60)
    medium = models.CharField(max_length=12, choices=Medium.choices, default=Medium.LISTED)
    body = models.TextField(_("Text"), blank=True)
    period_start = models.DateField(_("Speaks of the time from"), null=True, blank=True)
    period_end = models.DateField(_("until"), null=True, blank=True)
    custodian = models.CharField(_("Kept by"), max_length=200, blank=True)
    place = models.CharField(_("Kept at"), max_length=250, blank=True)
    link = models.URLField(blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_size = models.BigIntegerField(null=True, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=250, blank=True)
    brought_by_id = models.BigIntegerField(null=True, blank=True)
    brought_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A period does not end before it starts; a file piece has its digest; a source names a piece once."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="piece_period_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(medium="file") | ~Q(file_sha256=""), name="piece_file_has_digest"
            ),
            models.UniqueConstraint(
                fields=["office", "source", "kind", "title"],
                condition=~Q(source="") & Q(withdrawn_at__isnull=True),
                name="piece_source_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "about"]),
            models.Index(fields=["office", "file_sha256"]),
        ]

    def __str__(self) -> str:
        """Show its title."""
        return self.title


class Use(OfficeOwned):
    """A piece proves an item of an edition in a fiscal year (การใช้หลักฐาน); one piece has as many as it serves.

    `printed_title`, `sheet` and `position` keep how an official form lists it; `boxed` says whether a box stands before
    it, `ticked` what it says, None where the old file lost the mark. Uses are of a year, so the same piece may serve
    several rounds of that year.
    """

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="uses")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="evidence_uses")
    fiscal_year = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=40)
    printed_title = models.CharField(max_length=500, blank=True)
    printed_body = models.JSONField(default=list)
    mark = models.CharField(max_length=20, blank=True)
    boxed = models.BooleanField(default=True)
    ticked = models.BooleanField(null=True)
    is_ambiguous = models.BooleanField(default=False)
    sheet = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        """One use a piece, item and year."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["piece", "edition", "fiscal_year", "item"], name="evidence_use_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "edition", "fiscal_year", "item"])]
        ordering: ClassVar = ["item", "sheet", "position", "pk"]

    def __str__(self) -> str:
        """Show piece and item."""
        return f"{self.piece} > {self.item}"


class ClarityAnswer(OfficeOwned):
    """A person's answer to one point of the clarity checklist of a piece (ผลการสอบทานหลักฐาน), with the reason."""

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="clarity_answers")
    criterion = models.CharField(max_length=60)
    holds = models.BooleanField()
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by = models.CharField(max_length=300)
    answered_at = models.DateTimeField()

    class Meta:
        """The latest answer counts; there is one a point."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["piece", "criterion"], name="clarity_answer_once"),
        ]

    def __str__(self) -> str:
        """Show the point and the answer."""
        return f"{self.criterion}: {self.holds}"
