"""The copy of a round that assessors see, and what they write."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.assessments.models.rounds import Round
from nithet.foundation.tenancy.models import OfficeOwned


class FrozenRound(OfficeOwned):
    """A closed and signed round as it stood at one moment (ฉบับสำหรับผู้ประเมิน); never changed, so a reopened round gets another.

    `content` is plain data (see `queries.freezing`); `digest` is the SHA-256 of its canonical JSON.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reviews_frozen")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_by = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        """Copies are numbered within a round; newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="frozen_round_number_once"),
        ]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show the round."""
        return f"{self.round}"


class AssessorNote(OfficeOwned):
    """What an assessor writes about one item of a frozen round (ความเห็นของผู้ประเมินรายข้อ), with a level where they give one."""

    frozen = models.ForeignKey(FrozenRound, on_delete=models.CASCADE, related_name="notes")
    item = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField(_("Level"), null=True, blank=True)
    text = models.TextField(_("Your note"), blank=True)
    written_by = models.CharField(max_length=300)
    written_by_id = models.BigIntegerField()
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One note an assessor and item, in the order of the items."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["frozen", "item", "written_by_id"], name="assessor_note_once"
            ),
        ]
        ordering: ClassVar = ["item", "pk"]

    def __str__(self) -> str:
        """Show the item."""
        return f"{self.frozen} · {self.item}"
