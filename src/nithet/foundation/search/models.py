"""The table that is searched."""

from typing import ClassVar

from django.db import models

from nithet.foundation.tenancy.models import OfficeOwned, Unit


class SearchEntry(OfficeOwned):
    """One record as search knows it. `form` is its normalised text (`thai_text.search_form` of title and body, a line each).

    Altering this table on SQLite makes it anew without its triggers: such a migration ends with `full_text.install`.
    """

    kind = models.CharField(max_length=80)
    record_id = models.CharField(max_length=80)
    title = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    form = models.TextField()
    day = models.DateField()
    fiscal_year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        """One entry a record; walked by office, newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "kind", "record_id"], name="search_entry_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "-day", "-id"], name="search_entry_newest")
        ]

    def __str__(self) -> str:
        """Show kind and title."""
        return f"{self.kind}: {self.title}"


class SearchCursor(models.Model):
    """How far an office's history has been read into the search: the next place of its audit chain."""

    office = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="+")
    next_place = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        """Show office and place."""
        return f"{self.office_id}: {self.next_place}"
