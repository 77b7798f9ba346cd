"""The cycle by which an office supervises in a year, its steps, and the reviews that improve it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class CycleModel(TakenBack, OfficeOwned):
    """A model of supervision that the office wrote itself, beside those that the product ships.

    `content` is the model as `rules.cycle_models` checks it. A year that chose the model keeps its own copy.
    """

    name = models.CharField(_("Name of the model"), max_length=200)
    content = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A name stands once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "name"],
                condition=Q(taken_back_at__isnull=True),
                name="cycle_model_name_once",
            ),
        ]
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        """Show its name."""
        return self.name


class SupervisionCycle(OfficeOwned):
    """The model that an office follows in a fiscal year (ระบบการนิเทศของปี), copied when it was chosen.

    `model_key` names a shipped model ("eight_steps") or one of the office's own ("own:5"); `model` is the copy.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    model_key = models.CharField(max_length=60)
    model = models.JSONField()
    chosen_by = models.CharField(max_length=300, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One a year."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "fiscal_year"], name="cycle_year_once"),
        ]

    def __str__(self) -> str:
        """Show the name of its model."""
        return str(self.model.get("name", ""))


class CycleStep(OfficeOwned):
    """A step of a year's cycle and what was done in it (ขั้นตอน).

    `serves` says which work of the product belongs to it, a value of `rules.cycle_models.SERVES` ("" for none). `piece` names
    the piece of evidence that the finished step became.
    """

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("Not begun")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Finished")

    cycle = models.ForeignKey(SupervisionCycle, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=40)
    mark = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    purpose = models.CharField(max_length=500, blank=True)
    serves = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    text = models.TextField(_("What was done"), blank=True)
    done_on = models.DateField(_("Finished on"), null=True, blank=True)
    written_by = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    piece = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the model; a finished step says what was done."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "code"], name="cycle_step_once"),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(text=""), name="cycle_step_done_says_what"
            ),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show mark and title."""
        return f"{self.mark} {self.title}".strip()


class StepLink(OfficeOwned):
    """A record that belongs to a step: the plan, a version of an instrument, a visit, a review ("supervision.visit:5")."""

    step = models.ForeignKey(CycleStep, on_delete=models.CASCADE, related_name="links")
    ref = models.CharField(max_length=120)
    linked_by = models.CharField(max_length=300, blank=True)
    linked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A record stands once in a step."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "ref"], name="step_link_once"),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show the record."""
        return self.ref


class SystemReview(TakenBack, OfficeOwned):
    """A review of the system of supervision itself, by plan, do, check, act (การตรวจสอบและปรับปรุงระบบการนิเทศ).

    `changed` is what was changed in the system because of it; empty while that has not been decided. `changed_in` names the
    record in which the change can be seen, empty where there is none.
    """

    fiscal_year = models.PositiveSmallIntegerField()
    reviewed_on = models.DateField(_("Reviewed on"))
    planned = models.TextField(_("Plan: what the system was meant to do"), blank=True)
    done = models.TextField(_("Do: what was done"), blank=True)
    checked = models.TextField(_("Check: what was found"))
    changed = models.TextField(_("Act: what was changed in the system"), blank=True)
    why = models.TextField(_("Why it was changed"), blank=True)
    changed_in = models.CharField(max_length=120, blank=True)
    took_part = models.CharField(_("Who took part"), max_length=500, blank=True)
    reviewed_by = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The newest first."""

        indexes: ClassVar = [models.Index(fields=["office", "reviewed_on"])]
        ordering: ClassVar = ["-reviewed_on", "-pk"]

    def __str__(self) -> str:
        """Show what was found."""
        return self.checked[:80]
