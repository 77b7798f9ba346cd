"""Visits held under a lock while they are written."""

from nithet.domain.supervision.models.visits import Visit
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
