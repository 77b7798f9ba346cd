"""Plans, projects, activities, policies."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.frameworks.models import Edition
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


class Project(OfficeOwned):
    """A project of a plan (โครงการ)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="projects")
    title = models.CharField(_("Title of the project"), max_length=400)
    objective = models.TextField(_("Objective"), blank=True)
    owner_title = models.CharField(_("Responsible"), max_length=200, blank=True)
    source = models.CharField(max_length=250, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A title stands once in a plan."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "title"], name="project_title_once"),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its title."""
        return self.title


class ProjectService(OfficeOwned):
    """A project serves an item of an edition (โครงการที่ตอบข้อ), and why it counts.

    `printed_*`, `sheet`, `position`, `boxed` and `ticked` keep how the official form lists it.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="services")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="plans_services")
    item = models.CharField(max_length=40)
    why = models.CharField(_("Why it counts"), max_length=500, blank=True)
    printed_title = models.CharField(max_length=400, blank=True)
    mark = models.CharField(max_length=20, blank=True)
    boxed = models.BooleanField(default=False)
    ticked = models.BooleanField(null=True)
    sheet = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        """One service a project and item."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "edition", "item"], name="project_service_once"
            ),
        ]
        ordering: ClassVar = ["item", "sheet", "position", "pk"]

    def __str__(self) -> str:
        """Show project and item."""
        return f"{self.project} > {self.item}"


class Activity(OfficeOwned):
    """A piece of work inside a project (กิจกรรม) with the time it took; an empty date is not stated.

    A preparing activity works inside the office and reaches no school by its nature (เตรียมการภายใน).
    """

    class Kind(models.TextChoices):
        """What the activity does."""

        PREPARATION = "preparation", _("Preparation inside the office")
        TRAINING = "training", _("Training or meeting")
        SUPERVISION = "supervision", _("Supervision")
        OTHER = "other", _("Other work")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="activities")
    title = models.TextField(_("Activity"))
    mark = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    period_label = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        """Shown in order; a period is in order."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="activity_period_in_order",
            ),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.title[:80]


class Policy(OfficeOwned):
    """A policy of the office or its committee with a numeric target where it has one (นโยบาย / ค่าเป้าหมาย)."""

    class PeriodKind(models.TextChoices):
        """What the target is counted over."""

        SEMESTER = "semester", _("Each semester")
        ACADEMIC_YEAR = "academic_year", _("Academic year")
        FISCAL_YEAR = "fiscal_year", _("Fiscal year")
        NONE = "none", _("No period stated")

    fiscal_year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    target_value = models.IntegerField(null=True, blank=True)
    target_unit = models.CharField(max_length=60, blank=True)
    period_kind = models.CharField(
        max_length=20, choices=PeriodKind.choices, default=PeriodKind.NONE
    )
    period_label = models.CharField(max_length=80, blank=True)
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="policies"
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        """Shown in order; a number is given once a year."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "fiscal_year", "number"],
                condition=~Q(number=""),
                name="policy_number_once",
            ),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.text[:80]
