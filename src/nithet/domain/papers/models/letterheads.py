"""What stands on every paper of an office."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.foundation.tenancy.models import OfficeOwned


class Letterhead(OfficeOwned):
    """The office's own words and emblem for the head of its papers (หัวกระดาษ); one an office.

    `emblem_sha256` is the drawing of the crest that the office prints (ตราครุฑ), kept under its digest; empty: papers bear
    a frame of the right size with its name. `digits_thai` sets every number of a paper in Thai digits.
    """

    group = models.CharField(_("Group"), max_length=200, blank=True)
    address = models.CharField(_("Address"), max_length=300, blank=True)
    phone = models.CharField(_("Telephone"), max_length=120, blank=True)
    signer_title = models.CharField(_("Position of who signs"), max_length=200, blank=True)
    digits_thai = models.BooleanField(_("Papers in Thai digits"), default=False)
    emblem_sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One an office."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office"], name="letterhead_once"),
        ]

    def __str__(self) -> str:
        """Show the office."""
        return str(self.office)
