"""Audit events and the links that chain them."""

import uuid
from typing import ClassVar

from django.db import models

from nithet.foundation.tenancy.models import Unit


class AuditEvent(models.Model):
    """One thing that happened (เหตุการณ์): who, what, to which record, when, with which values.

    Not `OfficeOwned`: an event of the installation itself has no office, and its readers open the scope themselves
    (`audit.queries`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    actor_user_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=300)
    speaker = models.CharField(max_length=200, blank=True)
    target_kind = models.CharField(max_length=80, blank=True)
    target_id = models.CharField(max_length=80, blank=True)
    target_title = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    cause = models.UUIDField(null=True)
    request_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        """Read by office and record."""

        indexes: ClassVar = [
            models.Index(fields=["office", "-id"]),
            models.Index(fields=["target_kind", "target_id", "-id"]),
        ]

    def __str__(self) -> str:
        """Name the event."""
        return f"{self.name} {self.uid}"


class AuditLink(models.Model):
    """The place of an event in its office's chain: digest = SHA-256 over the previous digest and the event."""

    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="link")
    chain = models.ForeignKey("AuditHead", on_delete=models.PROTECT, related_name="links")
    index = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        """One event a place, one place an event."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "index"], name="audit_place_once"),
        ]

    def __str__(self) -> str:
        """Show the place."""
        return f"{self.chain_id}#{self.index}"


class AuditHead(models.Model):
    """Where a chain stands: one row a chain, locked by the sequencer while it links.

    `chain` is the office's id as text, or "installation" for the events that belong to no office.
    """

    chain = models.CharField(max_length=20, primary_key=True)
    length = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        """Show how long the chain is."""
        return f"{self.chain}: {self.length}"
