"""Where a thing stands, and whether a piece may leave the office."""

from nithet.domain.evidence.actions.checking import locked, refuse_older
from nithet.domain.evidence.models import Piece
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


@action("piece.check_place", event="piece.place_checked", on="piece")
def check_place(
    *,
    actor: Actor,
    piece: Piece,
    version: int,
    found: bool,
    custodian: str | None = None,
    place: str | None = None,
    why: str = "",
) -> Piece:
    """Say that a physical thing was found (and perhaps moved: new custodian or place), or looked for and not found.

    What is not found needs a word why. `Conflict` where somebody else was quicker.
    """
    fresh = locked(piece)
    moved = {
        "custodian": None if custodian is None else collapse(custodian)[:200],
        "place": None if place is None else collapse(place)[:250],
    }
    new: dict[str, object] = {name: value for name, value in moved.items() if value is not None}
    refuse_older(fresh, version, new)
    if fresh.medium != Piece.Medium.PHYSICAL:
        raise RuleBroken(
            "piece.not_physical", "Only a physical thing stands at a place.", field="place"
        )
    words = collapse(why)[:500]
    if not found and not words:
        raise RuleBroken(
            "piece.lost_why", "Please say where it was looked for, and when.", field="why"
        )
    now = clock.now()
    seen = {"seen_at": now, "seen_by": actor.signature, "lost_at": None}
    note(found=found, why=words)
    change(fresh, version=version + 1, **new, **(seen if found else {"lost_at": now}))
    return fresh


@action("piece.confirm_sharing", event="piece.sharing_confirmed", on="piece")
def confirm_sharing(*, actor: Actor, piece: Piece, version: int, because: str) -> Piece:
    """Confirm that a piece on which children can be recognised may be shared, and on what ground."""
    fresh = locked(piece)
    refuse_older(fresh, version, {})
    words = collapse(because)[:500]
    if not fresh.shows_children:
        nothing_changed()
        return fresh
    if not words:
        raise RuleBroken(
            "piece.sharing_because",
            "Please say why it may be shared, such as the parents' consent.",
            field="because",
        )
    change(
        fresh,
        version=version + 1,
        sharing_confirmed_at=clock.now(),
        sharing_confirmed_by=actor.signature,
        sharing_confirmed_because=words,
    )
    return fresh
