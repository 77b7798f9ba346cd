"""What an office shows to everybody."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.foundation.tenancy.models import OfficeOwned


class Publication(OfficeOwned):
    """A document that the office shows to everybody under an address that stays (การเผยแพร่).

    `item` is the code under which the yearly public-integrity survey asks for it (ITA/OIT), as the office writes it; empty
    where none asks. A leader approves every version before it is shown. After `withdrawn_at` the address says that it was
    withdrawn, and why.
    """

    item = models.CharField(_("Item of ITA/OIT"), max_length=20, blank=True)
    title = models.CharField(_("Title"), max_length=300)
    about = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=300, blank=True)
    withdrawn_because = models.CharField(_("Why it is withdrawn"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By item, then title; a record is published once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "about"],
                condition=~models.Q(about=""),
                name="publication_record_once",
            ),
        ]
        ordering: ClassVar = ["item", "title", "pk"]

    def __str__(self) -> str:
        """Show its title."""
        return self.title


class PublicationVersion(OfficeOwned):
    """One PDF of a publication (ฉบับที่ … ที่เผยแพร่). It is shown from `approved_at` on; never replaced.

    `shows_children` marks faces or names of children: such a PDF cannot be approved.
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    shows_children = models.BooleanField(_("Children can be recognised"), default=False)
    why = models.CharField(_("What is new"), max_length=500, blank=True)
    proposed_by = models.CharField(max_length=300)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Numbered from 1, the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["publication", "number"], name="publication_version_once"
            ),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        """Show publication and number."""
        return f"{self.publication} ({self.number})"
