"""Versions of instruments."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.instruments.models.instruments import Instrument
from nithet.foundation.tenancy.models import OfficeOwned


class InstrumentVersion(OfficeOwned):
    """One version of an instrument (ฉบับของแบบนิเทศ). Once published it never changes; a draft is replaced as a whole.

    `version` is the text that stands in the XForm. `hash` is "md5:" and the digest of `xform` as devices compare it.
    `definition` is the list of questions in the order of the form; its keys are told in `rules/definition.py`, and whoever
    shows answers must honour `private` there. `xlsx_sha256` is the XLSForm it was made from, `media` what lies beside it:
    a list of {"name", "sha256", "md5", "size", "type"}. `warnings` are what was found while reading, as they were told.
    """

    class State(models.TextChoices):
        """Drawn up, in use, or followed by another."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(_("Version"), max_length=60)
    title = models.CharField(_("Title of the form"), max_length=300)
    xform = models.TextField()
    definition = models.JSONField(default=list)
    xlsx_sha256 = models.CharField(max_length=64, blank=True)
    xlsx_name = models.CharField(max_length=250, blank=True)
    media = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    hash = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=300)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A version stands once in its instrument; one is in use, one is being drawn up. The newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument", "version"], name="instrument_version_once"
            ),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(state="published"),
                name="instrument_one_version_in_use",
            ),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(state="draft"), name="instrument_one_draft"
            ),
        ]
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        """Show title and version."""
        return f"{self.title} ({self.version})"
