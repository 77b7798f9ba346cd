"""The year's plan of visits: its lines with their reasons, who is to go, its approved versions, and what changed after."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.committees import CommitteeMember
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.models.staff import Position
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.rules.beside import decided_words
from nithet.foundation.tenancy.models import OfficeOwned
from nithet.kernel import clock


class SupervisionPlan(OfficeOwned):
    """The plan of visits of a fiscal year (แผนการนิเทศ). `settings` are those of the last proposal, as plain values."""

    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    title = models.CharField(_("Title"), max_length=250)
    settings = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    made_by = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One a year."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "fiscal_year"], name="supervision_plan_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        """Show its title."""
        return self.title


class PlannedVisit(OfficeOwned):
    """A line of the plan: a school, a day, and why (`reasons`, sentences in Thai about the school as it stood on `reasoned_on`).

    Proposed until a person takes it into the plan, which makes its `visit`. `semester` is 1 or 2 of `academic_year`. `weight` is
    the order in which the planner looks at schools and is shown to nobody else. `day_group` numbers the days on which somebody
    goes to neighbours together. A dropped line stays with its reason. What was decided for the line itself is kept apart from
    the reasons, because it changes with the line: who goes (`why_who`), why this day (`why_day`) and with which neighbours
    (`why_beside`). `insisted_because` says why it stands on a day on which the school is closed, "" where it is open.
    """

    class Origin(models.TextChoices):
        """How it came about."""

        PROPOSED = "proposed", _("Proposed")
        BY_HAND = "by_hand", _("Added by hand")
        OUTSIDE = "outside", _("Planned outside of the plan and taken in")

    class State(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed", _("Proposed, not in the plan yet")
        ACCEPTED = "accepted", _("In the plan")
        DROPPED = "dropped", _("Left out")

    plan = models.ForeignKey(SupervisionPlan, on_delete=models.CASCADE, related_name="lines")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="planned_visits")
    kind = models.CharField(max_length=20, choices=Visit.Kind.choices)
    academic_year = models.PositiveSmallIntegerField()
    semester = models.PositiveSmallIntegerField()
    planned_on = models.DateField(_("Planned for"))
    purpose = models.CharField(_("What it is about"), max_length=500, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    reasoned_on = models.DateField(null=True, blank=True)
    why_who = models.CharField(max_length=300, blank=True)
    why_day = models.CharField(max_length=600, blank=True)
    why_beside = models.CharField(max_length=600, blank=True)
    insisted_because = models.CharField(
        _("Why on this day all the same"), max_length=500, blank=True
    )
    weight = models.PositiveIntegerField(default=0)
    day_group = models.PositiveIntegerField(default=0)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PROPOSED)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    dropped_because = models.CharField(_("Why it is left out"), max_length=500, blank=True)
    is_edited = models.BooleanField(default=False)
    visit = models.OneToOneField(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="planned"
    )
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A school has one line a kind and day; what is left out says why."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "school", "kind", "planned_on"],
                condition=~Q(state="dropped"),
                name="planned_visit_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_because=""),
                name="planned_visit_dropped_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(visit__isnull=False),
                name="planned_visit_accepted_is_a_visit",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["plan", "planned_on"])]
        ordering: ClassVar = ["planned_on", "pk"]

    def __str__(self) -> str:
        """Show the school."""
        return f"{self.school}"

    @property
    def decided(self) -> list[str]:
        """Return what was decided for this line: who goes, with which neighbours, why this day; never out of date."""
        return decided_words(self.why_who, self.why_beside, self.why_day, self.insisted_because)

    @property
    def every_reason(self) -> list[str]:
        """Return the reasons for the school first, then what was decided for the line."""
        return [*self.reasons, *self.decided]


class PlannedVisitor(OfficeOwned):
    """One who is to go: the holder of a position, or a member of a committee; the first of a line leads."""

    line = models.ForeignKey(PlannedVisit, on_delete=models.CASCADE, related_name="party")
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="planned_visits"
    )
    member = models.ForeignKey(
        CommitteeMember,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="planned_visits",
    )
    user_id = models.BigIntegerField(null=True, blank=True)
    title = models.CharField(_("Name and position"), max_length=200)
    is_companion = models.BooleanField(default=False)

    class Meta:
        """In the order in which they were named."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show the title."""
        return self.title


class SupervisionPlanVersion(OfficeOwned):
    """The plan as the director approved it: never changed; `content` holds its lines as plain values.

    `information_pack` names the information for planning that was frozen with it ("" where there is none).
    """

    plan = models.ForeignKey(SupervisionPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    information_pack = models.CharField(max_length=160, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    approved_at = models.DateTimeField()
    approved_by = models.CharField(max_length=300)

    class Meta:
        """Numbered within its plan, the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="supervision_plan_version_number_once"
            ),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        """Show plan and number."""
        return f"{self.plan} ({self.number})"


class PlanChange(OfficeOwned):
    """What was changed after the plan had been approved, and why. Days are None where there was or is none."""

    class Kind(models.TextChoices):
        """What was done."""

        MOVED = "moved", _("Moved to another day")
        DROPPED = "dropped", _("Left out")
        ADDED = "added", _("Added")
        PARTY = "party", _("Somebody else goes")

    plan = models.ForeignKey(SupervisionPlan, on_delete=models.CASCADE, related_name="changes")
    line = models.ForeignKey(PlannedVisit, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before_on = models.DateField(null=True, blank=True)
    after_on = models.DateField(null=True, blank=True)
    before_party = models.CharField(max_length=500, blank=True)
    after_party = models.CharField(max_length=500, blank=True)
    why = models.CharField(_("Why"), max_length=500)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=300)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        """Show the line."""
        return f"{self.line}"
