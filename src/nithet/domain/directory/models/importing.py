"""Lists of schools on their way in: the file, which column means what, and what the office has matched before."""

from typing import ClassVar

from django.db import models

from nithet.foundation.tenancy.models import OfficeOwned
from nithet.kernel import clock


class ColumnMatch(OfficeOwned):
    """What a heading meant the last time: offered again with the next file of the office. An empty field: passed over."""

    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=60, blank=True)

    class Meta:
        """A heading means one thing."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "heading"], name="column_match_once"),
        ]

    def __str__(self) -> str:
        """Show the heading."""
        return self.heading


class SchoolList(OfficeOwned):
    """A file with schools that somebody brought and has not confirmed yet; it goes when it is confirmed or abandoned.

    `matches` maps headings to fields, "" where a column is passed over.
    """

    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    matches = models.JSONField(default=dict)
    brought_by_id = models.BigIntegerField(null=True)
    brought_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        """Show the file's name."""
        return self.file_name
