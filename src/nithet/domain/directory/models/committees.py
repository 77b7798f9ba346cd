"""Committees of the office and boards of schools, and who sits on them."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned

AREA_COMMITTEES_ENDED = date(2016, 3, 21)
"""Order 10/2559 of the National Council for Peace and Order, 21 March 2559: area committees ceased to exist."""


class Committee(OfficeOwned, TakenBack):
    """A committee with its kind, order and dates (คณะกรรมการ); a school board (คณะกรรมการสถานศึกษา) names its school."""

    class Kind(models.TextChoices):
        """Kinds by law; the area committee existed until 21 March 2016 (order 10/2559)."""

        AREA = "area", _("Area committee")
        MONITORING = "monitoring", _("Monitoring, evaluation and supervision committee")
        MONITORING_SUB = "monitoring_sub", _("Sub-committee for monitoring and supervision")
        SELF_ASSESSMENT = "self_assessment", _("Working group for self-assessment")
        SCHOOL_BOARD = "school_board", _("School board")
        OTHER = "other", _("Other committee or working group")

    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("Name"), max_length=250)
    order_number = models.CharField(_("Number of the order"), max_length=80, blank=True)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="boards"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A board belongs to a school; nothing else does."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="school_board", school__isnull=False)
                | (~Q(kind="school_board") & Q(school__isnull=True)),
                name="committee_board_names_its_school",
            ),
        ]

    def __str__(self) -> str:
        """Show its name."""
        return self.name

    @property
    def last_day(self) -> date | None:
        """Return the last day it existed: by its own date, for an area committee at the latest by law; None: still there."""
        if self.kind != self.Kind.AREA:
            return self.ends_on
        return min(self.ends_on or AREA_COMMITTEES_ENDED, AREA_COMMITTEES_ENDED)


class CommitteeMember(OfficeOwned, TakenBack):
    """A seat of a committee (กรรมการ): held by a role title, by a name where the office wants one, or vacant."""

    class Seat(models.TextChoices):
        """What the member is in the committee, in the order of the official list."""

        CHAIR = "a_chair", _("Chair")
        DEPUTY_CHAIR = "b_deputy", _("Deputy chair")
        MEMBER = "c_member", _("Member")
        SECRETARY = "d_secretary", _("Member and secretary")
        ASSISTANT = "e_assistant", _("Member and assistant secretary")

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="members")
    seat = models.CharField(_("Seat"), max_length=20, choices=Seat.choices, default=Seat.MEMBER)
    title = models.CharField(_("Position or representing"), max_length=250)
    holder_name = models.CharField(_("Name"), max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the official list."""

        ordering: ClassVar = ["seat", "position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="committee_member_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        """Show the title and the seat."""
        return f"{self.holder_name or self.title} · {self.get_seat_display()}"
