"""Figures that documents state."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.foundation.tenancy.models import OfficeOwned


class StatedFigure(OfficeOwned):
    """A figure that a document states and no row of ours proves (ตัวเลขตามเอกสาร), kept with where it stands."""

    fiscal_year = models.PositiveSmallIntegerField()
    value = models.IntegerField()
    counted_in = models.CharField(_("Unit of count"), max_length=60)
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=250)
    line = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        """The same statement of one source is kept once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "source", "line", "value", "counted_in", "text"],
                name="stated_figure_once",
            ),
        ]

    def __str__(self) -> str:
        """Show the figure."""
        return f"{self.value} {self.counted_in}"
