"""Who may review what, and what waits to be reviewed."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from nithet.domain.evidence.models import ClarityAnswer, Piece, PieceFile, ReviewTask, Use
from nithet.domain.evidence.policy import visible_to
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import RECORD_WRITERS
from nithet.kernel import clock


def possible_reviewers(piece: Piece) -> list[tuple[int, str]]:
    """List (user id, name) of who may review a piece, by name: people of the office's work who did not bring it."""
    brought = {piece.made_by_id, *piece.files.values_list("added_by_id", flat=True)}
    postings = (
        Posting.objects.filter(
            unit_id=piece.office_id, role__in=RECORD_WRITERS, user__is_active=True
        )
        .on(clock.today())
        .select_related("user")
    )
    names = {row.user_id: row.user.display_name or row.user.username for row in postings}
    rest = [(key, name) for key, name in names.items() if key not in brought]
    return sorted(rest, key=lambda one: one[1])


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many pieces wait: for this person by name, for anybody, and all of them."""

    mine: int
    free: int
    everything: int


def waiting_for_review(actor: Actor) -> QuerySet[Piece]:
    """List pieces that are used and on which a point for a person is unanswered, oldest first; one query of its own.

    Pieces named in a return and not shown yet are left out: there is nothing to look at.
    """
    pieces = visible_to(actor).filter(taken_back_at__isnull=True)
    return pieces.exclude(medium=Piece.Medium.LISTED).filter(unanswered()).order_by("made_at", "pk")


def unanswered() -> Q:
    """Return what finds pieces with a standing use and a point that a person has not answered; asks for the editions."""
    used = Use.objects.filter(piece=OuterRef("pk"), taken_back_at__isnull=True)
    found = Q(pk__in=[])
    for edition in Edition.objects.filter(Exists(used_editions())):
        points = [one.id for one in rules_of(edition).clarity if one.measure is None]
        for point in points:
            answered = ClarityAnswer.objects.filter(
                piece=OuterRef("pk"), criterion=point, reopened_at__isnull=True
            )
            found |= Q(Exists(used.filter(edition=edition))) & ~Q(Exists(answered))
    return found


def used_editions() -> QuerySet[Use]:
    """Return the standing uses of an edition in the office, for a question about editions."""
    return Use.objects.filter(edition=OuterRef("pk"), taken_back_at__isnull=True)


def may_be_mine(actor: Actor, pieces: QuerySet[Piece]) -> QuerySet[Piece]:
    """Leave out what this person brought, and what somebody else is asked to review."""
    brought = PieceFile.objects.filter(piece=OuterRef("pk"), added_by_id=actor.user_id)
    others = ReviewTask.objects.filter(piece=OuterRef("pk")).exclude(reviewer_id=actor.user_id or 0)
    return pieces.exclude(made_by_id=actor.user_id).filter(~Exists(brought)).filter(~Exists(others))


def review_queue(actor: Actor, which: str = "mine") -> QuerySet[Piece]:
    """List what waits, oldest first: `mine` (asked of me by name), `free` (of nobody, and not mine), else everything."""
    rows = waiting_for_review(actor).select_related("review_task")
    if which == "mine":
        return rows.filter(review_task__reviewer_id=actor.user_id or 0)
    if which == "free":
        return may_be_mine(actor, rows).filter(review_task__isnull=True)
    return rows


def queue_counts(actor: Actor) -> QueueCounts:
    """Count what waits, for tabs and the home page."""
    return QueueCounts(
        review_queue(actor, "mine").count(),
        review_queue(actor, "free").count(),
        review_queue(actor, "all").count(),
    )


def next_to_review(actor: Actor, after: Piece | None = None) -> Piece | None:
    """Return the oldest piece that this person may review: asked of them first, then of nobody; None where none waits."""
    rows = may_be_mine(actor, waiting_for_review(actor))
    if after is not None:
        rows = rows.exclude(pk=after.pk)
    mine = rows.filter(review_task__reviewer_id=actor.user_id or 0).first()
    return mine or rows.filter(review_task__isnull=True).first()
