"""What comes to a visit after it was closed: added beside what was frozen, never into it."""

from typing import Any

from nithet.domain.evidence.models import Piece
from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.holding import hold
from nithet.domain.supervision.models.visits import Visit, VisitAddition
from nithet.domain.supervision.queries.content import visit_ref
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, note, nothing_changed
from nithet.kernel import clock
from nithet.kernel.digest import digest_of
from nithet.kernel.errors import RuleBroken


@action("visit.add_late_photo", event="visit.photo_added", on="visit")
def add_late_photo(*, actor: Actor, visit: Visit, piece: Piece) -> VisitAddition | None:
    """Add a photograph that arrived after the visit was closed, once; None for one that is not of this visit or not closed."""
    fresh = hold(visit)
    about(fresh)
    if piece.about != str(visit_ref(fresh)):
        raise RuleBroken("visit.photo_other", "This photograph belongs to another record.")
    ref = f"evidence.piece:{piece.pk}"
    if fresh.closed_at is None or fresh.additions.filter(evidence=ref).exists():
        nothing_changed()
        return None
    content = {"title": piece.title, "file": piece.file_name, "sha256": piece.file_sha256}
    kept = add_to_closed(fresh, VisitAddition.Kind.PHOTO, content, by=actor.signature, evidence=ref)
    note(number=kept.number, content_digest=kept.content_digest)
    return kept


def add_to_closed(
    fresh: Visit, kind: VisitAddition.Kind, content: dict[str, Any], *, by: str, evidence: str = ""
) -> VisitAddition:
    """Add something to a closed visit that is held; its digest covers the digest of the closing, number and arrival."""
    closing = fresh.closings.first()
    if closing is None:
        raise RuleBroken("visit.not_closed", "This visit is not closed.")
    last = fresh.additions.last()
    number = last.number + 1 if last else 1
    now = clock.now()
    covered = {
        "closing": closing.content_digest,
        "number": number,
        "kind": str(kind),
        "content": content,
        "by": by,
        "at": now.isoformat(),
    }
    return VisitAddition.objects.create(
        office_id=fresh.office_id,
        visit=fresh,
        closing=closing,
        number=number,
        kind=kind,
        content=content,
        content_digest=digest_of(covered),
        evidence=evidence,
        added_by=by,
        added_at=now,
    )
