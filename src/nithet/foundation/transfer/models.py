"""Files of whole offices: those asked for here, and those that were opened here."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import OfficeOwned


class OfficeExport(OfficeOwned):
    """A file of the whole office that somebody asked for (แฟ้มข้อมูลทั้งสำนักงาน); it lies here for a day.

    `sha256` is of the file; empty until it is ready. `missing` counts the kept files that were not in the store.
    """

    class State(models.TextChoices):
        """Being made, ready, or failed."""

        WAITING = "waiting", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=300)
    asked_by_id = models.BigIntegerField(null=True)
    ready_at = models.DateTimeField(null=True)
    file_name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(null=True)
    missing = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        """Newest first; one is made at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office"],
                condition=models.Q(state="waiting"),
                name="office_export_waiting_once",
            ),
        ]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show the file's name."""
        return self.file_name

    @property
    def why_words(self) -> str:
        """Return why it failed in the reader's language, where it is one of the messages that are known."""
        return gettext(self.why) if self.why else ""


class Opening(OfficeOwned):
    """The office was opened here from a file (การเปิดแฟ้มข้อมูลสำนักงาน). `their_office` is the key it had where it came from.

    `chain_length` and `chain_digest` say where its history stood there.
    """

    their_office = models.BigIntegerField()
    made_at = models.DateTimeField()
    product = models.CharField(max_length=40)
    file_digest = models.CharField(max_length=64)
    chain_length = models.BigIntegerField()
    chain_digest = models.CharField(max_length=64)
    opened_at = models.DateTimeField()

    class Meta:
        """In the order in which it moved."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show when it was made."""
        return f"{self.made_at:%Y-%m-%d}"


class CarriedEvent(OfficeOwned):
    """What an event of the history was where it came from, so that the old chain can still be checked.

    The event itself bears the keys of this installation; `their_*` are the ones that its digest was taken of. `place` is None for
    an event that had no place in the chain yet.
    """

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="events")
    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="carried")
    their_office = models.BigIntegerField()
    their_actor = models.BigIntegerField(null=True)
    their_target = models.CharField(max_length=80, blank=True)
    place = models.BigIntegerField(null=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        """Once an opening."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opening", "event"], name="carried_event_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["opening", "place"], name="carried_event_place")]

    def __str__(self) -> str:
        """Show the old place."""
        return f"#{self.place}"
