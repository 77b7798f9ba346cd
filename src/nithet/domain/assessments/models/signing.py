"""The declared level, signed, and the assessor's."""

from typing import ClassVar

from django.db import models

from nithet.domain.assessments.models.rounds import Round
from nithet.foundation.tenancy.models import OfficeOwned


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
