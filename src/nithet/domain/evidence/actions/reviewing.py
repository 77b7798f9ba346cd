"""Who reviews a piece, and what they answer about its clarity."""

from datetime import date

from nithet.domain.evidence.actions.checking import locked, refuse_withdrawn
from nithet.domain.evidence.models import ClarityAnswer, Piece, ReviewTask
from nithet.domain.evidence.queries.clarity import PIECE, open_criteria
from nithet.domain.evidence.queries.reviewing import possible_reviewers
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about as is_about
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.notices.sending import tell
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

ASKED = "evidence.review_asked"
NOT_CLEAR = "evidence.not_clear"


@action("piece.assign_reviewer", event="piece.reviewer_assigned", on="piece")
def assign_reviewer(
    *, actor: Actor, piece: Piece, reviewer: int, due_on: date | None = None
) -> ReviewTask:
    """Ask a colleague to review a piece by a day; asking another person takes the task from the first.

    Raises `RuleBroken` "review.nobody" for somebody who may not review it: of another office, without a position that
    includes the work, or who brought the piece or a version of its file.
    """
    fresh = locked(piece)
    names = dict(possible_reviewers(fresh))
    if reviewer not in names:
        raise RuleBroken(
            "review.nobody",
            "This person cannot review this piece. Choose somebody who did not bring it.",
            field="reviewer",
        )
    is_about(fresh)
    note(reviewer=names[reviewer], due_on=due_on)
    before = ReviewTask.objects.select_for_update().filter(piece=fresh).first()
    if before and (before.reviewer_id, before.due_on) == (reviewer, due_on):
        nothing_changed()
        return before
    task, _ = ReviewTask.objects.update_or_create(
        piece=fresh,
        defaults={
            "office_id": fresh.office_id,
            "reviewer_id": reviewer,
            "reviewer": names[reviewer],
            "due_on": due_on,
            "assigned_by": actor.signature,
            "assigned_at": clock.now(),
        },
    )
    tell(actor=actor, to=[reviewer], kind=ASKED, ref=ref_of(fresh))
    return task


@action("piece.answer_clarity", event="piece.reviewed", on="piece")
def answer_clarity(
    *, actor: Actor, piece: Piece, criterion: str, holds: bool, reason: str = ""
) -> ClarityAnswer:
    """Answer one point of a piece's clarity checklist as its second reader; a later answer takes its place.

    A no needs its reason, and is told to the one who brought the piece. Raises `RuleBroken` "clarity.unknown" for a point
    that no edition asks of this piece, or that the records answer by themselves.
    """
    refuse_withdrawn(piece)
    if criterion not in open_criteria(piece):
        raise RuleBroken(
            "clarity.unknown",
            "This point is not open to an answer for this piece.",
            field="criterion",
        )
    words = reason.strip()[:500]
    if not holds and not words:
        raise RuleBroken(
            "clarity.reason",
            "Please say what is missing, so that it can be mended.",
            field="reason",
        )
    kept = (
        ClarityAnswer.objects.select_for_update().filter(piece=piece, criterion=criterion).first()
    )
    newest = piece.files.first()
    is_about(piece)
    note(criterion=criterion, holds=holds, reason=words, before=kept.holds if kept else None)
    answered, _ = ClarityAnswer.objects.update_or_create(
        piece=piece,
        criterion=criterion,
        defaults={
            "office_id": piece.office_id,
            "holds": holds,
            "reason": words,
            "answered_by_id": actor.user_id,
            "answered_by": actor.signature,
            "answered_at": clock.now(),
            "file_number": newest.number if newest else 0,
            "reopened_at": None,
        },
    )
    if not holds:
        bringers = {piece.made_by_id, newest.added_by_id if newest else None} - {None}
        tell(
            actor=actor,
            to=[key for key in bringers if key is not None],
            kind=NOT_CLEAR,
            ref=ref_of(piece),
            reason=words,
        )
    return answered


def ref_of(piece: Piece) -> RecordRef:
    """Return how references name a piece."""
    return RecordRef(PIECE, str(piece.pk))
