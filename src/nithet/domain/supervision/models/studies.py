"""Studies of supervision (วิจัยการนิเทศ, R&D): their cycles, what was measured before and after."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Study(TakenBack, OfficeOwned):
    """A study in which a way of helping schools is developed and tried (งานวิจัยและพัฒนาการนิเทศ).

    `owner_id` is the account of whoever leads it, `owner_title` the words shown. `published_on` is None until it is published;
    a published study is read and no longer written.
    """

    title = models.CharField(_("Title of the study"), max_length=400)
    owner_id = models.BigIntegerField(null=True, blank=True)
    owner_title = models.CharField(_("Led by"), max_length=200)
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year (B.E.)"))
    problem = models.TextField(_("Problem and where it shows"))
    aims = models.TextField(_("Aims"), blank=True)
    innovation = models.TextField(_("What is developed"), blank=True)
    group = models.TextField(_("Who takes part"), blank=True)
    findings = models.TextField(_("Result and discussion"), blank=True)
    suggestions = models.TextField(_("Suggestions"), blank=True)
    published_on = models.DateField(_("Published on"), null=True, blank=True)
    published_where = models.CharField(_("Where it is published"), max_length=300, blank=True)
    published_link = models.URLField(_("Link to it"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-fiscal_year", "-pk"]
        indexes: ClassVar = [models.Index(fields=["office", "fiscal_year"])]

    def __str__(self) -> str:
        """Show its title."""
        return self.title

    @property
    def is_published(self) -> bool:
        """Say whether it is published."""
        return self.published_on is not None


class StudyCycle(TakenBack, OfficeOwned):
    """One turn of a study: what was meant, tried and found, on which visits (วงรอบของการวิจัย)."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    problem = models.TextField(_("Problem of this cycle"), blank=True)
    design = models.TextField(_("Design: what will be tried"))
    tried = models.TextField(_("Try: what was done"), blank=True)
    evaluated = models.TextField(_("Evaluate: what was found"), blank=True)
    changed = models.TextField(_("What changes in the next cycle"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Numbered in its study."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "number"],
                condition=Q(taken_back_at__isnull=True),
                name="study_cycle_number_once",
            ),
        ]
        ordering: ClassVar = ["number", "pk"]

    def __str__(self) -> str:
        """Show study and number."""
        return f"{self.study} ({self.number})"


class StudyVisit(OfficeOwned):
    """A visit on which a cycle was tried."""

    cycle = models.ForeignKey(StudyCycle, on_delete=models.CASCADE, related_name="gone_with")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="study_cycles")

    class Meta:
        """A visit stands once in a cycle."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "visit"], name="study_visit_once"),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show the visit."""
        return str(self.visit)


class StudyMeasure(TakenBack, OfficeOwned):
    """Something measured before and after (ค่าที่วัดก่อนและหลัง).

    `design` says whether the same persons or schools were measured twice. `source` says in words where the values come from.
    """

    class Design(models.TextChoices):
        """Whom the two sides are."""

        PAIRED = "paired", _("The same persons or schools before and after")
        INDEPENDENT = "independent", _("Different persons before and after")

    class Of(models.TextChoices):
        """What a code stands for; never a person's name."""

        SCHOOL = "school", _("School")
        TEACHER = "teacher", _("Teacher (code)")
        LEARNER = "learner", _("Pupil (code)")
        OTHER = "other", _("Other")

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="measures")
    title = models.CharField(_("What is measured"), max_length=300)
    unit = models.CharField(_("Unit or scale"), max_length=100, blank=True)
    design = models.CharField(
        _("Before and after"), max_length=12, choices=Design.choices, default=Design.PAIRED
    )
    of = models.CharField(_("A row is"), max_length=10, choices=Of.choices, default=Of.SCHOOL)
    more_is_better = models.BooleanField(_("More is better"), default=True)
    source = models.CharField(_("Source of the values"), max_length=300, blank=True)
    values = models.JSONField(default=list)
    """List of [code, before, after] as texts; "" where a side has no value."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order in which they were added."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show what is measured."""
        return self.title


class WorkEntry(TakenBack, OfficeOwned):
    """What a supervisor did for their own development (การพัฒนาตนเองของศึกษานิเทศก์), entered by and seen by that person.

    `hours` None: not stated.
    """

    class Kind(models.TextChoices):
        """What it was."""

        COURSE = "course", _("Course or seminar")
        MENTORING = "mentoring", _("With a mentor")
        ONLINE = "online", _("Online supervision given")
        COMMUNITY = "community", _("Professional learning community")
        STUDY = "study", _("Self-study")
        OTHER = "other", _("Other work")

    user_id = models.BigIntegerField()
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("What it was about"), max_length=300)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    hours = models.DecimalField(_("Hours"), max_digits=6, decimal_places=2, null=True, blank=True)
    with_whom = models.CharField(_("Organiser or mentor"), max_length=200, blank=True)
    used_for = models.CharField(_("What it was used for"), max_length=500, blank=True)
    link = models.URLField(_("Link to evidence"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By day."""

        ordering: ClassVar = ["starts_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["office", "user_id", "starts_on"])]

    def __str__(self) -> str:
        """Show its kind alone: what it was about is the person's own, also in the history."""
        return str(self.get_kind_display())


class WorkShare(OfficeOwned):
    """Somebody lets another person of the office read their page of work (ให้ผู้อื่นดู), until it is ended."""

    owner_id = models.BigIntegerField()
    owner_title = models.CharField(max_length=300)
    reader_id = models.BigIntegerField()
    reader_title = models.CharField(max_length=300)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Given once to a person at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "owner_id", "reader_id"],
                condition=Q(ended_at__isnull=True),
                name="work_share_once",
            ),
        ]
        ordering: ClassVar = ["reader_title", "pk"]

    def __str__(self) -> str:
        """Show to whom."""
        return self.reader_title
