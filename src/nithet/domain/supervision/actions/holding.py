"""Visits held under a lock while they are written, and what stood in them before."""

from datetime import datetime

from nithet.domain.supervision.models.visits import Visit, VisitVersion
from nithet.domain.supervision.queries.content import Content
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import note
from nithet.kernel import clock
from nithet.kernel.digest import digest_of
from nithet.kernel.errors import RuleBroken


def hold(visit: Visit) -> Visit:
    """Return a visit as it stands, locked until the action ends, with its school and project."""
    rows = Visit.objects.select_for_update(of=("self",)).select_related("school__unit", "project")
    return rows.get(pk=visit.pk)


def refuse_closed(visit: Visit) -> None:
    """Refuse to write into a visit that was closed or cancelled."""
    if visit.closed_at is not None:
        raise RuleBroken(
            "visit.closed",
            "This visit is closed and stands as evidence. Open it again with a reason to correct it.",
        )
    if visit.state == Visit.State.CANCELLED:
        raise RuleBroken(
            "visit.cancelled", "This visit was cancelled, so nothing is written into it."
        )


def keep_version(
    actor: Actor, fresh: Visit, number: int, before: Content, written_at: datetime | None
) -> None:
    """Keep what stood before a correction as version `number`, with who had written it and when."""
    VisitVersion.objects.create(
        office_id=fresh.office_id,
        visit=fresh,
        number=number,
        content=before,
        content_digest=digest_of(before),
        written_by=str(before["written_by"]),
        written_at=written_at,
        replaced_by=actor.signature,
        replaced_at=clock.now(),
    )
    note(replaces=number)
