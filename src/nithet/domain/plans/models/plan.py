"""The plan of a year and its strategies."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Plan(OfficeOwned):
    """The office's action plan of a fiscal year (แผนปฏิบัติการประจำปีงบประมาณ)."""

    fiscal_year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)

    class Meta:
        """One plan a year."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "fiscal_year"], name="plan_year_once"),
        ]

    def __str__(self) -> str:
        """Show its title."""
        return self.title


class Strategy(TakenBack, OfficeOwned):
    """A strategy of the plan (กลยุทธ์), under which its projects stand."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="strategies")
    title = models.CharField(_("Strategy"), max_length=400)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A title stands once in a plan."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "title"],
                condition=Q(taken_back_at__isnull=True),
                name="strategy_title_once",
            ),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its title."""
        return self.title
