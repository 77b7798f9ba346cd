"""Briefings: who was shown how to use which version."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Briefing(TakenBack, OfficeOwned):
    """A briefing on a version of an instrument (การชี้แจงเครื่องมือ): when, where and by whom, in the words of then."""

    instrument_version = models.ForeignKey(
        InstrumentVersion, on_delete=models.PROTECT, related_name="briefings"
    )
    briefed_on = models.DateField(_("Briefed on"))
    briefed_by = models.CharField(_("Briefed by"), max_length=300)
    place = models.CharField(_("Held at"), max_length=250, blank=True)
    notes = models.TextField(_("What was made clear"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-briefed_on", "-pk"]

    def __str__(self) -> str:
        """Show what it was about."""
        return str(self.instrument_version)


class BriefedPerson(OfficeOwned):
    """Somebody who was briefed, by name or position as told then; `user_id` where it was an account of the office."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="people")
    title = models.CharField(max_length=300)
    user_id = models.BigIntegerField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order they were entered; an account once a briefing."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["briefing", "user_id"],
                condition=models.Q(user_id__isnull=False),
                name="briefed_account_once",
            ),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show who."""
        return self.title
