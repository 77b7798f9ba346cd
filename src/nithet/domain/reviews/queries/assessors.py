"""Who was invited to a frozen round, and what they wrote."""

from dataclasses import dataclass
from datetime import date

from nithet.domain.reviews.models.frozen import AssessorNote, FrozenRound
from nithet.domain.reviews.policy import FROZEN
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Invitation, Posting
from nithet.foundation.access.roles import Role
from nithet.kernel import clock


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation to a copy, and whether it opens something today."""

    invitation: Invitation
    state: str
    """"waiting", "accepted", "ended"."""


def record_of(frozen: FrozenRound) -> str:
    """Return the reference that a posting or invitation to this copy is limited to."""
    return f"{FROZEN}:{frozen.pk}"


def invited_to(frozen: FrozenRound) -> list[Invited]:
    """List the invitations to a copy, newest first; two queries."""
    rows = list(
        Invitation.objects.filter(office_id=frozen.office_id, role=Role.ASSESSOR, limited_to=record_of(frozen)).order_by("-pk")
    )
    today = clock.today()
    open_for = set(
        Posting.objects.filter(role=Role.ASSESSOR, limited_to=record_of(frozen)).on(today).values_list("user_id", flat=True)
    )
    return [Invited(row, _state(row, open_for)) for row in rows]


def _state(row: Invitation, open_for: set[int]) -> str:
    if row.accepted_at is not None:
        return "accepted" if row.accepted_by_id in open_for else "ended"
    is_over = row.withdrawn_at is not None or row.expires_on < clock.today()
    return "ended" if is_over else "waiting"


def last_days(actor: Actor) -> dict[str, date | None]:
    """Return until when this assessor may open what they are invited to, by its reference; None where no day is set."""
    held = Posting.objects.filter(user_id=actor.user_id or 0, role=Role.ASSESSOR)
    return {row.limited_to: row.ends_on for row in held.on(clock.today()).exclude(limited_to="")}


def invitation_of(frozen: FrozenRound, invitation_id: int) -> Invitation | None:
    """Return an invitation to this very copy; None for any other."""
    return Invitation.objects.filter(
        pk=invitation_id, office_id=frozen.office_id, role=Role.ASSESSOR, limited_to=record_of(frozen)
    ).first()


def posting_of(frozen: FrozenRound, invitation: Invitation) -> Posting | None:
    """Return what somebody holds by an invitation that they accepted; None once it has ended."""
    return Posting.objects.filter(
        user_id=invitation.accepted_by_id or 0, role=Role.ASSESSOR, limited_to=record_of(frozen)
    ).first()


def notes_on(frozen: FrozenRound) -> dict[str, list[AssessorNote]]:
    """Return item -> the notes of all assessors; one query."""
    found: dict[str, list[AssessorNote]] = {}
    for row in frozen.notes.all():
        found.setdefault(row.item, []).append(row)
    return found


def own_note(actor: Actor, frozen: FrozenRound, item: str) -> AssessorNote | None:
    """Return what this assessor wrote about an item; None where nothing yet."""
    return frozen.notes.filter(item=item, written_by_id=actor.user_id or 0).first()
