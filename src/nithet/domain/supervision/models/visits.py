"""Visits to schools and who went on them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.models.project import Project
from nithet.foundation.tenancy.models import OfficeOwned


class Visit(OfficeOwned):
    """One visit to one school on one day (การออกนิเทศ / การตรวจเยี่ยมโรงเรียน).

    `planned_for` is the day that the plan named; empty for a visit that was only recorded afterwards, so that a plan is
    never claimed that nobody made. `closed_at` is when its record was frozen as evidence; None while it may still be written.
    """

    class Kind(models.TextChoices):
        """Help by supervisors, or a visit by a committee: two records, two forms."""

        SUPERVISION = "supervision", _("Supervision visit")
        COMMITTEE = "committee", _("Committee visit")

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("Planned")
        DONE = "done", _("Carried out")
        CANCELLED = "cancelled", _("Cancelled")

    class Mode(models.TextChoices):
        """How the visitors met the school; only being there counts in นิเทศครบ, the others are counted apart."""

        ON_SITE = "on_site", _("At the school")
        TELEPHONE = "telephone", _("By telephone")
        ONLINE = "online", _("Online")
        RECORDED = "recorded", _("Recorded lesson")

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="supervision_visits")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.ON_SITE)
    visited_on = models.DateField(_("Date of the visit"))
    starts_at = models.TimeField(_("From"), null=True, blank=True)
    ends_at = models.TimeField(_("Until"), null=True, blank=True)
    planned_for = models.DateField(_("Planned for"), null=True, blank=True)
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="supervision_visits"
    )
    need = models.CharField(_("Need that it serves"), max_length=500, blank=True)
    purpose = models.CharField(_("What it is about"), max_length=500, blank=True)
    link = models.URLField(_("Address of the meeting or recording"), max_length=500, blank=True)
    source = models.CharField(max_length=250, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One visit of a kind a school and day."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "kind", "visited_on"],
                condition=~Q(state="cancelled"),
                name="visit_once_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "visited_on"])]
        ordering: ClassVar = ["visited_on", "pk"]

    def __str__(self) -> str:
        """Show the school."""
        return f"{self.school}"


class Visitor(OfficeOwned):
    """One who went on a visit (ผู้ออกนิเทศ/ผู้ตรวจเยี่ยม), by the title under which they went."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="visitors")
    title = models.CharField(_("Name and position"), max_length=200)
    user_id = models.BigIntegerField(null=True, blank=True)
    is_companion = models.BooleanField(_("Went along as the companion"), default=False)

    def __str__(self) -> str:
        """Show the title."""
        return self.title
