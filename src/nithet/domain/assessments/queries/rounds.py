"""Which rounds there are, and what was decided in them."""

from django.db.models import QuerySet

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.models.signing import AssessorLevel, SignOff
from nithet.domain.assessments.policy import visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef

ROUND = "assessments.round"
ITEM = "assessments.item"
"""The kinds under which references name a round, and an item of one ("5/4": item 4 of round 5)."""


def visible_rounds(actor: Actor) -> QuerySet[Round]:
    """List the rounds an actor may read, newest first."""
    return visible_to(actor).select_related("edition")


def find_round(actor: Actor, round_id: int) -> Round | None:
    """Return a round the actor may read; None where there is none or it is not theirs to see."""
    return visible_rounds(actor).filter(pk=round_id).first()


def round_of(edition_urn: str, fiscal_year: int, months: int = 12) -> Round | None:
    """Return the office's round of an edition and year; None where it has not been opened."""
    return (
        Round.objects.filter(edition__urn=edition_urn, fiscal_year=fiscal_year, months=months)
        .select_related("edition", "office")
        .first()
    )


def declared_of(reporting_round: Round) -> SignOff | None:
    """Return the sign-off that holds (the newest); None where nobody has signed."""
    return reporting_round.sign_offs.first()


def assessor_level_of(reporting_round: Round) -> AssessorLevel | None:
    """Return the assessor's level that holds (the newest); None where none was given."""
    return reporting_round.assessor_levels.first()


def round_ref(round_id: int) -> RecordRef:
    """Return the reference of a round."""
    return RecordRef(ROUND, str(round_id))


def item_ref(round_id: int, item: str) -> RecordRef:
    """Return the reference of an item of a round."""
    return RecordRef(ITEM, f"{round_id}/{item}")
