"""Who may read and make instruments, with the reason."""

from django.db.models import QuerySet

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over
from nithet.foundation.access.roles import OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict
from nithet.foundation.actions.taking_back import shown

READERS = tuple(sorted(OFFICE_STAFF))
"""The office's own people read every instrument, drafts too; others see what is published to them."""
FILLERS: dict[str, tuple[Role, ...]] = {
    Instrument.Audience.SUPERVISORS: (*RECORD_WRITERS, Role.NETWORK_CHAIR),
    Instrument.Audience.COMMITTEE: (
        *RECORD_WRITERS,
        Role.COMMITTEE_MEMBER,
        Role.NETWORK_CHAIR,
        Role.OUTSIDE_EXPERT,
    ),
}
"""Who fills an instrument in: a committee's form also by the companion who writes for a member (บันทึกแทน)."""


def may_read(actor: Actor) -> Verdict:
    """Say whether an actor may read the instruments of the office they work in."""
    return by_role(actor, *READERS)


def may_see(actor: Actor, instrument: Instrument) -> Verdict:
    """Say whether an actor may read an instrument."""
    return by_role_over(actor, instrument, *READERS)


def visible_to(actor: Actor) -> QuerySet[Instrument]:
    """Return the instruments that an actor may read."""
    rows = shown(Instrument.objects.filter(office_id=actor.office_id))
    return rows if may_read(actor) else rows.none()


def visible_versions(actor: Actor) -> QuerySet[InstrumentVersion]:
    """Return the versions that an actor may read."""
    return InstrumentVersion.objects.filter(
        office_id=actor.office_id, instrument__in=visible_to(actor)
    )


def audiences_of(actor: Actor) -> list[str]:
    """Return the audiences that an actor belongs to, to whom instruments are published."""
    return [str(name) for name, roles in FILLERS.items() if by_role(actor, *roles)]
