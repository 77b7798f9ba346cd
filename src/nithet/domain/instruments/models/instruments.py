"""Instruments."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Instrument(TakenBack, OfficeOwned):
    """A form that supervisors or committee members fill (เครื่องมือนิเทศ, แบบนิเทศ); its questions stand in its versions.

    `form_id` names it to devices and never changes. `purpose` is "" or names what a complete submission becomes, such as
    "supervision.visit". `serves` are the projects that it serves, as references ("plans.project:5").
    """

    class Audience(models.TextChoices):
        """Who fills it."""

        SUPERVISORS = "supervisors", _("Supervisors")
        COMMITTEE = "committee", _("Committee members")

    class State(models.TextChoices):
        """Whether it is in use: published once one of its versions is, retired when the office has put it away."""

        DRAFT = "draft", _("Being drawn up")
        PUBLISHED = "published", _("In use")
        RETIRED = "retired", _("No longer in use")

    form_id = models.CharField(_("Code of the form"), max_length=120)
    title = models.CharField(_("Title of the form"), max_length=300)
    audience = models.CharField(
        _("Filled by"), max_length=20, choices=Audience.choices, default=Audience.SUPERVISORS
    )
    purpose = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    serves = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A form's code stands once in an office."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "form_id"], name="instrument_form_id_once"),
        ]
        ordering: ClassVar = ["title", "pk"]

    def __str__(self) -> str:
        """Show its title."""
        return self.title
