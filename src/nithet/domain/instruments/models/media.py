"""Files that lie beside a version."""

from typing import ClassVar

from django.db import models

from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.tenancy.models import OfficeOwned


class InstrumentMedium(OfficeOwned):
    """A file that a version's `media` names: the row that keeps it, and takes it along when an office moves."""

    instrument_version = models.ForeignKey(
        InstrumentVersion, on_delete=models.CASCADE, related_name="kept_media"
    )
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)

    class Meta:
        """A name stands once beside a version."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument_version", "name"], name="instrument_medium_name_once"
            ),
        ]
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        """Show its name."""
        return self.name
