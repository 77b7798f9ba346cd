"""Visits to schools and who went on them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.committees import CommitteeMember
from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.project import Project
from nithet.foundation.tenancy.models import OfficeOwned


class Visit(OfficeOwned):
    """One visit to one school on one day (การออกนิเทศ / การตรวจเยี่ยมโรงเรียน).

    `planned_for` is the day that the plan named; empty for a visit that was only recorded afterwards, so that a plan is
    never claimed that nobody made. `closed_at` is when its record was frozen as evidence; None while it may still be written.
    `written_by` is who wrote the record, by account and in the words of then; `written_for` the visitor for whom another
    wrote it (บันทึกแทน), "" where the visitors wrote it themselves. `qa_in_work` says whether quality assurance is part of
    the school's normal work, as the visitors saw it; "" where they did not look.
    """

    class InWork(models.TextChoices):
        """How far quality assurance is part of normal work."""

        NOT_YET = "not_yet", _("Not yet")
        PARTLY = "partly", _("Partly")
        YES = "yes", _("Yes, it is")

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
    qa_in_work = models.CharField(
        _("Quality assurance is part of normal work"),
        max_length=8,
        choices=InWork.choices,
        blank=True,
    )
    qa_seen = models.CharField(_("What was seen of it"), max_length=500, blank=True)
    written_by = models.CharField(_("Written by"), max_length=300, blank=True)
    written_by_id = models.BigIntegerField(null=True, blank=True)
    written_for = models.CharField(_("Written for"), max_length=200, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
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
    """One who went on a visit (ผู้ออกนิเทศ/ผู้ตรวจเยี่ยม), by the title under which they went.

    `user_id` is the account, `member` the seat of a committee, each where it is known.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="visitors")
    title = models.CharField(_("Name and position"), max_length=200)
    user_id = models.BigIntegerField(null=True, blank=True)
    member = models.ForeignKey(
        CommitteeMember,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="school_visits",
    )
    is_companion = models.BooleanField(_("Went along as the companion"), default=False)

    def __str__(self) -> str:
        """Show the title."""
        return self.title


class VisitNeed(OfficeOwned):
    """A visit serves a need of its school (ความต้องการจำเป็นที่การนิเทศครั้งนี้ตอบ)."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="needs_served")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="visits_serving")

    class Meta:
        """Said once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "need"], name="visit_need_once"),
        ]

    def __str__(self) -> str:
        """Show the need."""
        return f"{self.need}"


class VisitInstrument(OfficeOwned):
    """An instrument that a visit uses (เครื่องมือที่ใช้ในการนิเทศ)."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="instruments_used")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="visits")

    class Meta:
        """Said once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "instrument"], name="visit_instrument_once"),
        ]

    def __str__(self) -> str:
        """Show the instrument."""
        return f"{self.instrument}"


class VisitPlace(OfficeOwned):
    """Where and when a visitor was, kept only where the visitor turned it on (ข้อมูลประกอบ ไม่ใช่หลักฐานการเดินทาง).

    Degrees as text with at most five decimals (about a metre); no report, paper or export of visits reads this.
    """

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="place")
    latitude = models.CharField(max_length=12)
    longitude = models.CharField(max_length=12)
    noted_at = models.DateTimeField()
    noted_by_id = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        """Show where."""
        return f"{self.latitude}, {self.longitude}"


class VisitVersion(OfficeOwned):
    """How a visit stood before it was corrected (ฉบับก่อนแก้ไข): all its words as plain values, never changed."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_digest = models.CharField(max_length=64)
    written_by = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.CharField(max_length=300)
    replaced_at = models.DateTimeField()

    class Meta:
        """Numbered as the record was; the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "number"], name="visit_version_once"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        """Show which."""
        return f"{self.visit} {self.number}"


class VisitClosing(OfficeOwned):
    """A visit that was closed: what was frozen, the piece of evidence it became, and its reopening where there was one.

    `content` and `content_digest` never change; `evidence` is the reference of the piece.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="closings")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_digest = models.CharField(max_length=64)
    evidence = models.CharField(max_length=160, blank=True)
    closed_by = models.CharField(max_length=300)
    closed_at = models.DateTimeField()
    reopened_by = models.CharField(max_length=300, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_because = models.CharField(_("Why it is opened again"), max_length=500, blank=True)

    class Meta:
        """Numbered from 1; the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "number"], name="visit_closing_once"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        """Show which."""
        return f"{self.visit} {self.number}"


class VisitAddition(OfficeOwned):
    """What came to a visit after it was closed (เพิ่มหลังปิด): a late photograph, or further words of the school.

    What the closing froze stays to the letter. `content` says what was added as plain values; `content_digest` covers it
    together with the digest of the closing, the number and the time of arrival. `evidence` is the piece of a photograph.
    """

    class Kind(models.TextChoices):
        """What was added."""

        PHOTO = "photo", _("Photograph")
        WORDS = "words", _("Words of the school")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="additions")
    closing = models.ForeignKey(VisitClosing, on_delete=models.CASCADE, related_name="additions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    content = models.JSONField()
    content_digest = models.CharField(max_length=64)
    evidence = models.CharField(max_length=160, blank=True)
    added_by = models.CharField(max_length=300)
    added_at = models.DateTimeField()

    class Meta:
        """Numbered from 1 in the order of arrival."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "number"], name="visit_addition_once"),
        ]
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        """Show which."""
        return f"{self.visit} {self.number}"
