"""Who may read, bring and review evidence, with the reason."""

from django.db.models import QuerySet

from nithet.domain.evidence.models import Piece
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict, deny

READERS = (*sorted(OFFICE_STAFF), Role.ASSESSOR)


@policy("piece.bring")
def may_bring_piece(actor: Actor, target: object) -> Verdict:
    """Whoever does the work brings what proves it."""
    return by_role(actor, *RECORD_WRITERS)


@policy("piece.attach_file")
def may_attach_file(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work attaches files."""
    return by_role_over(actor, piece, *RECORD_WRITERS)


@policy("piece.describe")
def may_describe_piece(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work says what a piece is and where it is kept."""
    return by_role_over(actor, piece, *RECORD_WRITERS)


@policy("piece.use")
def may_use_piece(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work says what a piece proves."""
    return by_role_over(actor, piece, *RECORD_WRITERS)


@policy("piece.withdraw")
def may_withdraw_piece(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work withdraws a piece that was brought by mistake."""
    return by_role_over(actor, piece, *RECORD_WRITERS)


@policy("piece.answer_clarity")
def may_answer_clarity(actor: Actor, piece: Piece) -> Verdict:
    """A second reader (ผู้สอบทานหลักฐาน) reviews a piece: a person, and never the one who brought it."""
    verdict = by_role_over(actor, piece, *RECORD_WRITERS)
    if not verdict:
        return verdict
    if actor.user_id is None:
        return deny("Only a person can review evidence.")
    if actor.user_id == piece.brought_by_id:
        return deny("You brought this piece yourself, so a colleague reviews it.")
    return verdict


def may_see(actor: Actor, piece: Piece) -> Verdict:
    """Say whether an actor may read a piece of evidence."""
    return by_role_over(actor, piece, *READERS)


def visible_to(actor: Actor) -> QuerySet[Piece]:
    """Return the pieces of evidence that an actor may read, the withdrawn ones included."""
    pieces = Piece.objects.filter(office_id=actor.office_id)
    return pieces if by_role(actor, *READERS) else pieces.none()
