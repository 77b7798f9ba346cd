"""Days that a plan has to reckon with."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class CalendarDay(TakenBack, OfficeOwned):
    """A day or a span of days of the office's calendar (ปฏิทินปฏิบัติงาน).

    The public holidays that the product ships are not rows. What was copied from the year before is not confirmed until
    somebody has looked at its dates.
    """

    class Kind(models.TextChoices):
        """What the days are."""

        HOLIDAY = "holiday", _("Holiday")
        EXAM = "exam", _("Examination")
        MEETING = "meeting", _("Meeting")
        OTHER_BODY = "other_body", _("Visit of another body")
        OTHER = "other", _("Other")

    kind = models.CharField(_("What it is"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("Title"), max_length=250)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))
    source = models.CharField(_("Where this is stated"), max_length=250, blank=True)
    is_confirmed = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the days."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="calendar_day_in_order"
            ),
        ]
        ordering: ClassVar = ["starts_on", "ends_on", "pk"]

    def __str__(self) -> str:
        """Show its title."""
        return self.title
