"""Activities of projects."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.plans.models.project import Project
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Activity(TakenBack, OfficeOwned):
    """A piece of work inside a project (กิจกรรม) with the time it took; an empty date is not stated.

    A preparing activity works inside the office and reaches no school by its nature (เตรียมการภายใน). What came from an old
    return does not say whether it was done, so its state is "not stated".
    """

    class Kind(models.TextChoices):
        """What the activity does."""

        PREPARATION = "preparation", _("Preparation inside the office")
        TRAINING = "training", _("Training or meeting")
        SUPERVISION = "supervision", _("Supervision")
        OTHER = "other", _("Other work")

    class State(models.TextChoices):
        """How far it is."""

        NOT_STATED = "not_stated", _("Not stated")
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        CALLED_OFF = "called_off", _("Called off")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="activities")
    title = models.TextField(_("Activity"))
    mark = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    owner_title = models.CharField(_("Responsible"), max_length=200, blank=True)
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    period_label = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.NOT_STATED)
    state_because = models.CharField(max_length=500, blank=True)
    done_on = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Shown in order; a period is in order; what is called off says why."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="activity_period_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="called_off") | ~Q(state_because=""),
                name="activity_called_off_says_why",
            ),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.title[:80]
