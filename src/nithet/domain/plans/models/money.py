"""Budget lines and targets of projects."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.plans.models.project import Project
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class BudgetLine(TakenBack, OfficeOwned):
    """Money, goods, labour or help for a project, planned and spent, in baht with two decimals.

    None is not stated, which differs from 0. Goods, labour and cooperation may have no value; then `quantity` says how much.
    `figure_source` and `as_at` say who gave the figures and of which day they are.
    """

    class Source(models.TextChoices):
        """Where it comes from."""

        BUDGET = "budget", _("Government budget")
        OFF_BUDGET = "off_budget", _("Outside the budget")
        LOCAL_GOVERNMENT = "local_government", _("Local government")
        DONATION = "donation", _("Donation")
        GOODS = "goods", _("Goods")
        LABOUR = "labour", _("Labour")
        COOPERATION = "cooperation", _("Cooperation")

    WITHOUT_VALUE: ClassVar = frozenset({"goods", "labour", "cooperation"})

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="budget_lines")
    source_kind = models.CharField(_("Kind of source"), max_length=20, choices=Source.choices)
    title = models.CharField(_("What for"), max_length=300, blank=True)
    planned = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    quantity = models.CharField(_("How much"), max_length=200, blank=True)
    figure_source = models.CharField(_("Source of the figure"), max_length=200, blank=True)
    as_at = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Shown in order; never below nothing."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(planned__isnull=True) | Q(planned__gte=0))
                & (Q(spent__isnull=True) | Q(spent__gte=0)),
                name="budget_line_not_negative",
            ),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show the kind of source, and what for."""
        return f"{self.get_source_kind_display()} {self.title}".strip()


class PeriodKind(models.TextChoices):
    """What a target is counted over."""

    SEMESTER = "semester", _("Each semester")
    ACADEMIC_YEAR = "academic_year", _("Academic year")
    FISCAL_YEAR = "fiscal_year", _("Fiscal year")
    NONE = "none", _("No period stated")


class Target(TakenBack, OfficeOwned):
    """What a project is to reach (ค่าเป้าหมาย) and what it has reached on a day; `value` None: in words only."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="targets")
    text = models.CharField(_("Indicator"), max_length=500)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("Unit"), max_length=60, blank=True)
    period_kind = models.CharField(
        max_length=20, choices=PeriodKind.choices, default=PeriodKind.FISCAL_YEAR
    )
    achieved = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    as_at = models.DateField(null=True, blank=True)
    figure_source = models.CharField(_("Source of the figure"), max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Shown in order."""

        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its words."""
        return self.text[:80]
