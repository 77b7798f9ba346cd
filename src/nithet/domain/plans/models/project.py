"""Projects and what they serve."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.frameworks.models import Edition
from nithet.domain.plans.models.plan import Plan, Strategy
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Project(TakenBack, OfficeOwned):
    """A project of a plan (โครงการ).

    `technique_*` name the technique that it works by ("PETCH 3 G"), the document that explains it and where it is used.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="projects")
    strategy = models.ForeignKey(
        Strategy, on_delete=models.PROTECT, null=True, blank=True, related_name="projects"
    )
    title = models.CharField(_("Title of the project"), max_length=400)
    objective = models.TextField(_("Objective"), blank=True)
    owner_title = models.CharField(_("Responsible"), max_length=200, blank=True)
    period_start = models.DateField(_("Begins on"), null=True, blank=True)
    period_end = models.DateField(_("Ends on"), null=True, blank=True)
    technique_name = models.CharField(_("Technique"), max_length=200, blank=True)
    technique_document = models.CharField(
        _("Document that explains the technique"), max_length=300, blank=True
    )
    technique_where = models.CharField(_("Where it is used"), max_length=300, blank=True)
    kpi = models.CharField(_("Performance indicators that it answers"), max_length=300, blank=True)
    emenscr_code = models.CharField(_("Number in eMENSCR"), max_length=60, blank=True)
    source = models.CharField(max_length=250, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A title stands once in a plan; a period is in order."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "title"],
                condition=Q(taken_back_at__isnull=True),
                name="project_title_once",
            ),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="project_period_in_order",
            ),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its title."""
        return self.title


class ProjectService(OfficeOwned):
    """A project serves an item of an edition (โครงการที่ตอบข้อ), and why it counts.

    `fields` are the fields of management that it leaves to schools (ids of `Field`), `board_part` is what the school boards do.
    `printed_*`, `sheet`, `position`, `boxed` and `ticked` keep how the official form lists it.
    """

    class Field(models.TextChoices):
        """The four fields whose management is left to schools (กระจายอำนาจการบริหารจัดการ)."""

        ACADEMIC = "academic", _("Academic affairs")
        BUDGET = "budget", _("Budget")
        PERSONNEL = "personnel", _("Personnel")
        GENERAL = "general", _("General administration")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="services")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="plans_services")
    item = models.CharField(max_length=40)
    why = models.CharField(_("Why it counts"), max_length=500, blank=True)
    fields = models.JSONField(default=list, blank=True)
    board_part = models.CharField(_("What the school boards do"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
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

    @property
    def field_labels(self) -> list[str]:
        """Return the fields left to schools in words."""
        return [str(one.label) for one in self.Field if one.value in self.fields]
