"""Where a piece stands, in one word, and lists of those that stand there."""

from collections.abc import Sequence
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from nithet.domain.evidence.models import Piece, Use
from nithet.domain.evidence.queries.clarity import PieceView, views_of_pieces


class State(StrEnum):
    """Where a piece stands."""

    CANCELLED = "cancelled"
    WAITING = "waiting"
    """Its file waits for the virus scanner."""
    LISTED = "listed"
    """A return names it; nobody has shown it."""
    UNUSED = "unused"
    """It is used for no item."""
    UNCLEAR = "unclear"
    """Some point of its checklist does not hold."""
    UNREVIEWED = "unreviewed"
    """No point fails, and one is still open."""
    CLEAR = "clear"


def state_of(piece: Piece, views: Sequence[PieceView]) -> State:
    """Return where a piece stands, given its standing uses with their checklists; no query."""
    if not piece.stands:
        return State.CANCELLED
    if piece.is_quarantined:
        return State.WAITING
    if piece.medium == Piece.Medium.LISTED:
        return State.LISTED
    if not views:
        return State.UNUSED
    answers = [point.holds for view in views for point in view.clarity]
    if False in answers:
        return State.UNCLEAR
    return State.UNREVIEWED if None in answers else State.CLEAR


def states_of(pieces: Sequence[Piece]) -> dict[int, State]:
    """Return piece id -> where it stands; three queries."""
    views = views_of_pieces(pieces)
    return {piece.pk: state_of(piece, views.get(piece.pk, ())) for piece in pieces}


def in_state(rows: QuerySet[Piece], state: State) -> QuerySet[Piece]:
    """Keep the pieces of a list that stand there.

    What follows from the checklist is worked out over the whole list, at four queries; the rest is asked of the database.
    """
    if state is State.CANCELLED:
        return rows.filter(taken_back_at__isnull=False)
    rows = rows.filter(taken_back_at__isnull=True)
    if state is State.WAITING:
        return rows.filter(is_quarantined=True)
    if state is State.LISTED:
        return rows.filter(medium=Piece.Medium.LISTED)
    used = Exists(Use.objects.filter(piece=OuterRef("pk"), taken_back_at__isnull=True))
    if state is State.UNUSED:
        return rows.exclude(medium=Piece.Medium.LISTED).filter(~used)
    found = states_of(list(rows.filter(used).prefetch_related(None)))
    return rows.filter(pk__in=[key for key, one in found.items() if one is state])
