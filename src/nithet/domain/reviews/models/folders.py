"""A folder put before somebody to be signed."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.assessments.models.rounds import Round
from nithet.foundation.tenancy.models import OfficeOwned


class Folder(OfficeOwned):
    """A level of a round put before one person to be signed (แฟ้มเสนอลงนาม).

    `declared_level` None proposes that no level is reached. `shown_digest` is what the proposer saw: when the records differ by
    then, nothing is signed. `token_digest` is the SHA-256 of the word in the link; the word itself is kept nowhere.
    """

    class State(models.TextChoices):
        """Waiting, or decided; a decided folder is never changed."""

        WAITING = "waiting", _("Waiting for a signature")
        APPROVED = "approved", _("Approved and signed")
        RETURNED = "returned", _("Sent back with a note")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reviews_folders")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    declared_level = models.PositiveSmallIntegerField(_("Proposed level"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    note = models.CharField(_("Note to whoever signs"), max_length=1000, blank=True)
    shown_digest = models.CharField(max_length=64)
    token_digest = models.CharField(max_length=64, unique=True)
    addressee_id = models.BigIntegerField()
    addressee = models.CharField(max_length=300)
    proposed_by = models.CharField(max_length=300)
    proposed_by_id = models.BigIntegerField(null=True)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.CharField(_("Answer"), max_length=1000, blank=True)
    decided_by = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    sign_off_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        """One folder of a round waits at a time; newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(state="waiting"), name="folder_waits_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "addressee_id", "state"])]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show the round."""
        return f"{self.round}"

    def is_open_at(self, now: datetime) -> bool:
        """Say whether it can still be decided."""
        return self.state == self.State.WAITING and now < self.expires_at
