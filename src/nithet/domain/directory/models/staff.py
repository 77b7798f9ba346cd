"""Groups of the office, its positions (which outlive whoever holds them), their duties, experts, and handovers."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned, Unit


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(starts_on__isnull=True)
        | Q(ends_on__isnull=True)
        | Q(ends_on__gte=F("starts_on")),
        name=name,
    )


class Dated(models.Model):
    """What holds from a day to a day, both included; an empty date means no limit on that side."""

    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Abstract."""

        abstract = True

    def holds_on(self, day: date) -> bool:
        """Say whether it holds on a day."""
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )


class OfficeGroup(OfficeOwned, TakenBack, Dated):
    """A group inside the area office (กลุ่มของ สพท.) with its dates; never to be mixed up with a network of schools."""

    name = models.CharField(_("Name"), max_length=250)
    short_name = models.CharField(_("Short name"), max_length=80, blank=True)
    place = models.PositiveSmallIntegerField(_("Place in the list"), default=0)

    class Meta:
        """In the order of the official list."""

        ordering: ClassVar = ["place", "name", "pk"]
        constraints: ClassVar = [_in_order("office_group_in_order")]

    def __str__(self) -> str:
        """Show its name."""
        return self.name


class Position(OfficeOwned, TakenBack, Dated):
    """A position of the office or a school (ตำแหน่ง). It stays when its holder leaves, and is then vacant (ว่าง)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="directory_positions")
    role = models.CharField(_("Role"), max_length=30, choices=Role.choices)
    title = models.CharField(_("Position title"), max_length=200)
    number = models.CharField(_("Number of the position"), max_length=40, blank=True)
    group = models.ForeignKey(
        OfficeGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="positions"
    )

    class Meta:
        """A number is given once in an office."""

        constraints: ClassVar = [
            _in_order("position_in_order"),
            models.UniqueConstraint(
                fields=["office", "number"],
                condition=~Q(number="") & Q(taken_back_at__isnull=True),
                name="position_number_once",
            ),
        ]

    def __str__(self) -> str:
        """Show title and number."""
        return f"{self.title} ({self.number})" if self.number else self.title


class PositionHolder(OfficeOwned):
    """Somebody's posting fills a position; the posting's dates say from when to when."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="holders")
    posting = models.OneToOneField(
        Posting, on_delete=models.CASCADE, related_name="directory_position"
    )

    def __str__(self) -> str:
        """Show both."""
        return f"{self.position}: {self.posting}"


class Assignment(OfficeOwned, TakenBack, Dated):
    """A duty of a position (งานที่มอบหมาย), such as ศึกษานิเทศก์ประจำโรงเรียน; the successor has it by holding the position."""

    class Kind(models.TextChoices):
        """What the duty is."""

        SCHOOL_SUPERVISOR = "school_supervisor", _("Supervisor of a school")
        OTHER = "other", _("Other duty")

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="assignments")
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    text = models.CharField(_("What is to be done"), max_length=300, blank=True)
    order_number = models.CharField(_("Number of the order"), max_length=80, blank=True)

    class Meta:
        """A supervisor of a school has a school; another duty has words."""

        constraints: ClassVar = [
            _in_order("assignment_in_order"),
            models.CheckConstraint(
                condition=(Q(kind="school_supervisor") & Q(school__isnull=False))
                | (~Q(kind="school_supervisor") & ~Q(text="")),
                name="assignment_says_what",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "school"])]

    def __str__(self) -> str:
        """Show what it is."""
        if self.school is not None and self.kind == self.Kind.SCHOOL_SUPERVISOR:
            return f"{self.get_kind_display()} · {self.school}"
        return self.text


class Expert(OfficeOwned, TakenBack, Dated):
    """An outside expert whom the office may call upon (ผู้ทรงคุณวุฒิ); not ผู้เชี่ยวชาญ, which is a rank."""

    title = models.CharField(_("Position title"), max_length=200)
    holder_name = models.CharField(_("Name"), max_length=200, blank=True)
    field = models.CharField(_("Field of expertise"), max_length=200)
    workplace = models.CharField(_("Place of work"), max_length=200, blank=True)
    phone = models.CharField(_("Telephone"), max_length=60, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """Dates in order."""

        constraints: ClassVar = [_in_order("expert_in_order")]

    def __str__(self) -> str:
        """Show the name, or the title where there is none."""
        return self.holder_name or self.title


class Handover(OfficeOwned):
    """One person handed their work to a successor (การส่งมอบงานในหน้าที่); `lines` keeps the list as it was confirmed."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="directory_handovers"
    )
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    handed_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=300)
    lines = models.JSONField(default=list)

    def __str__(self) -> str:
        """Show from whom to whom."""
        return f"{self.person} > {self.successor}"
