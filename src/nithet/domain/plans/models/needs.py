"""What a school needs, and which projects serve it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.models.project import Project
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Need(TakenBack, OfficeOwned):
    """Something a school needs help with in a fiscal year (ความต้องการจำเป็น), accepted into the register by a person.

    `kind` says where it comes from. `source` names the record that shows it ("supervision.finding:5"), `point` which point of
    that record, in the code of the rule that proposed it, and `because` the figure or the words behind it; all three are
    empty where a person wrote the need down. `met_by` names the record that met it, `state_reason` why it was dropped.
    """

    class Kind(models.TextChoices):
        """Where it comes from."""

        VISIT = "visit", _("Found on a visit")
        OWN_WORD = "own_word", _("The school's own word")
        RESULTS = "results", _("Test results")
        STAFFING = "staffing", _("Staffing")
        SIZE = "size", _("Size of the school")
        SURVEY = "survey", _("Needs survey")
        OTHER = "other", _("Another source")

    class Strength(models.IntegerChoices):
        """How strong it is, for the order of the planner only."""

        NORMAL = 1, _("Normal")
        STRONG = 2, _("Strong")
        URGENT = 3, _("Urgent")

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("Still open")
        MET = "met", _("Met")
        DROPPED = "dropped", _("Dropped")

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="needs")
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    kind = models.CharField(_("Where it comes from"), max_length=12, choices=Kind.choices)
    area = models.CharField(_("Topic"), max_length=120, blank=True)
    text = models.CharField(_("What the school needs"), max_length=1000)
    strength = models.PositiveSmallIntegerField(
        _("Strength"), choices=Strength.choices, default=Strength.NORMAL
    )
    strength_note = models.CharField(_("Why this strength"), max_length=300, blank=True)
    source = models.CharField(max_length=160, blank=True)
    point = models.CharField(max_length=80, blank=True)
    because = models.CharField(_("What shows it"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    state_reason = models.CharField(_("Reason"), max_length=500, blank=True)
    met_by = models.CharField(max_length=160, blank=True)
    settled_by = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A point of a record is one need of a school and year; what is dropped says why."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "fiscal_year", "source", "point"],
                condition=~Q(source="") & Q(taken_back_at__isnull=True),
                name="need_point_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(state_reason=""), name="need_dropped_says_why"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "fiscal_year", "state"])]
        ordering: ClassVar = ["-strength", "pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.text[:80]


class ProjectNeed(OfficeOwned):
    """A project serves a need (โครงการที่ตอบความต้องการจำเป็น)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="needs_served")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="served_by")

    class Meta:
        """Said once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "need"], name="project_need_once"),
        ]

    def __str__(self) -> str:
        """Show project and need."""
        return f"{self.project} > {self.need}"


class NeedSettings(OfficeOwned):
    """From which figures on the office is offered needs; None: nothing is offered from such figures.

    `results_below` is a mean in per cent of the full marks, `tested_at_least` how many pupils must have taken the test,
    `pupils_below` a number of pupils.
    """

    results_below = models.DecimalField(
        _("Mean below (per cent of the full marks)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    tested_at_least = models.PositiveSmallIntegerField(_("Pupils tested, at least"), default=1)
    pupils_below = models.PositiveSmallIntegerField(_("Fewer pupils than"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One an office."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office"], name="need_settings_once_an_office"),
        ]

    def __str__(self) -> str:
        """Show the mean."""
        return f"{self.results_below}"
