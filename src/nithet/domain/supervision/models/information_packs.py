"""The information on which a year's supervision was planned, as it was when the plan was approved."""

from typing import ClassVar

from django.db import models

from nithet.foundation.tenancy.models import OfficeOwned


class InformationPack(OfficeOwned):
    """A frozen เอกสารสารสนเทศเพื่อวางแผนการนิเทศ: never changed; `content` is the whole pack as plain values.

    `plan` names the approved plan that it was frozen for ("" where it was frozen by hand), `piece` the piece of evidence.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    plan = models.CharField(max_length=120, blank=True)
    piece = models.CharField(max_length=80, blank=True)
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=300)

    class Meta:
        """Numbered within its year, the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "fiscal_year", "number"], name="information_pack_number_once"
            ),
        ]
        ordering: ClassVar = ["-fiscal_year", "-number"]

    def __str__(self) -> str:
        """Show the year and the number."""
        return f"{self.fiscal_year}/{self.number}"
