"""Papers that were made, with the versions of their files."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.papers.models.templates import TemplateVersion
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Paper(OfficeOwned, TakenBack):
    """A paper of the office (เอกสาร): a Word file made from a record, which may be changed in Word and brought back.

    `about` points at the record it tells of ("plans.project:5"); `source` is where its words came from, empty for a
    paper made by hand. `number` is empty until the office gave one. `printout_code` finds the paper again by the QR
    on its print. `shows_children` warns of pictures in it.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("Draft")
        PRINTED = "printed", _("Printed")
        SIGNED = "signed", _("Signed")

    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=120, blank=True)
    title = models.CharField(_("Title"), max_length=500)
    number = models.CharField(_("Number"), max_length=80, blank=True)
    dated = models.DateField(_("Date of the paper"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    printout_code = models.CharField(max_length=16, blank=True)
    shows_children = models.BooleanField(default=False)
    made_by = models.CharField(max_length=300)
    signed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Read by record, newest first; a number is given once a kind and year."""

        indexes: ClassVar = [models.Index(fields=["office", "about"])]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show its title."""
        return self.title


class PaperVersion(OfficeOwned):
    """One version of a paper's Word file (ฉบับที่ … ของเอกสาร); never replaced.

    `data` are the words it was made from, by key; empty for a file that came back from Word. `template` None: the
    shipped template, or a file from Word.
    """

    class Origin(models.TextChoices):
        """Where the file comes from."""

        MADE = "made", _("Made from the records")
        WORD = "word", _("Brought back from Word")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=6, choices=Origin.choices)
    template = models.ForeignKey(
        TemplateVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    data = models.JSONField(default=dict)
    why = models.CharField(_("What is new"), max_length=500, blank=True)
    by = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        """Numbered from 1, the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "number"], name="paper_version_once"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        """Show paper and number."""
        return f"{self.paper} ({self.number})"
