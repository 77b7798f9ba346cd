"""Which papers were made of which visits, and the photo news of a visit."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.papers.models.papers import Paper
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.tenancy.models import OfficeOwned


class VisitPaper(OfficeOwned):
    """A paper that speaks of a visit (เอกสารจากการนิเทศ); one order for several schools has a row a visit.

    `card` is the place on the page of papers at which it stands. `printed_by` is who said that it was printed, in the words
    of then; who went and who wrote stand in the record and in the paper, never here.
    """

    class Card(models.TextChoices):
        """The papers of one visit, in the order in which an office needs them."""

        ORDER = "order", _("Order that appoints the team")
        TRAVEL = "travel", _("Memorandum that asks leave to travel")
        LETTER = "letter", _("Letter to the school with the schedule")
        REPORT = "report", _("Memorandum that reports the visit")
        COPY = "copy", _("Copy of the visit for the school")
        SLIP = "slip", _("Slip for the school's book")
        NEWS = "news", _("Photo news")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="papers_made")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="visits_told")
    card = models.CharField(max_length=10, choices=Card.choices)
    printed_by = models.CharField(max_length=300, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A paper stands once at a visit; the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "paper"], name="visit_paper_once"),
        ]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show the paper."""
        return f"{self.paper}"


class VisitNews(OfficeOwned):
    """The photo news of a visit (รายงานภาพข่าว): headline, some eighty words and up to four of its photographs.

    `photos` are pieces of evidence in their order, as references. `shows_children` is what the writer said after looking at the
    faces: children can be recognised. What a leader approved is `approved_digest`; other words or photographs by now are a
    draft again. `picture` is the piece that keeps the approved square picture, "" where there is none.
    """

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="news")
    headline = models.CharField(_("Headline"), max_length=120)
    words = models.TextField(_("News"), max_length=900)
    photos = models.JSONField(default=list)
    shows_children = models.BooleanField(_("Children can be recognised"), default=False)
    consent = models.CharField(_("Consent to show them"), max_length=300, blank=True)
    written_by = models.CharField(max_length=300)
    written_at = models.DateTimeField()
    approved_by = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    picture = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        """Show its headline."""
        return self.headline
