"""Invitations of committee members to their visits."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.committees import CommitteeMember
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.tenancy.models import OfficeOwned


class CommitteeInvitation(OfficeOwned):
    """A committee member invited to visits of a committee by a link, without an account (คำเชิญตรวจเยี่ยม).

    `title` is the member in the words of the list of the committee. `code` stands in the address; it opens these visits until
    `expires_at` and nothing once it is revoked.
    """

    member = models.ForeignKey(
        CommitteeMember,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="visit_invitations",
    )
    title = models.CharField(_("Committee member"), max_length=200)
    companion = models.CharField(_("Companion of the office"), max_length=200, blank=True)
    companion_telephone = models.CharField(
        _("Telephone of the companion"), max_length=40, blank=True
    )
    programme = models.TextField(_("Schedule"), max_length=4000, blank=True)
    code = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=300)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show who."""
        return self.title


class InvitedVisit(OfficeOwned):
    """A visit to which a member is invited."""

    invitation = models.ForeignKey(
        CommitteeInvitation, on_delete=models.CASCADE, related_name="invited_visits"
    )
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="invitations")

    class Meta:
        """Said once, by day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invitation", "visit"], name="invited_visit_once"),
        ]
        ordering: ClassVar = ["visit__visited_on", "pk"]

    def __str__(self) -> str:
        """Show the school."""
        return f"{self.visit}"
