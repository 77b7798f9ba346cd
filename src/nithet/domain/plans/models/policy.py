"""Policies and how far they are."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.plans.models.money import PeriodKind as TargetPeriod
from nithet.domain.plans.models.project import Project
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Policy(TakenBack, OfficeOwned):
    """A policy of the office or its committee with a numeric target where it has one (นโยบาย / ค่าเป้าหมาย)."""

    PeriodKind = TargetPeriod

    fiscal_year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    owner_title = models.CharField(_("Responsible"), max_length=200, blank=True)
    target_value = models.IntegerField(null=True, blank=True)
    target_unit = models.CharField(max_length=60, blank=True)
    period_kind = models.CharField(
        max_length=20, choices=TargetPeriod.choices, default=TargetPeriod.NONE
    )
    period_label = models.CharField(max_length=80, blank=True)
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="policies"
    )
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Shown in order; a number is given once a year."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "fiscal_year", "number"],
                condition=~Q(number="") & Q(taken_back_at__isnull=True),
                name="policy_number_once",
            ),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.text[:80]


class PolicyProgress(TakenBack, OfficeOwned):
    """What a policy had reached on a day, and who says so; `value` counts in the policy's unit, None: in words only."""

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="progress")
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    text = models.CharField(_("In words"), max_length=500, blank=True)
    as_at = models.DateField()
    figure_source = models.CharField(_("Source of the figure"), max_length=200)
    entered_by = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest day first."""

        ordering: ClassVar = ["-as_at", "-pk"]

    def __str__(self) -> str:
        """Show the policy."""
        return str(self.policy)
