"""What the fields of this package hold when an office is carried to another installation."""

from nithet.domain.assessments.queries.rounds import ITEM, ROUND
from nithet.foundation.transfer.references import (
    KEPT,
    REF,
    REFS,
    USER,
    WORDS,
    alias,
    declare,
)


def declare_references() -> None:
    """Declare them. What was signed stays to the letter."""
    alias(ITEM, ROUND)
    declare("assessments.round", heading=WORDS)
    declare("assessments.itemassignment", user_id=USER)
    declare("assessments.narrativegroup", about=REF)
    declare("assessments.narrativeparagraph", cites=REFS, origin=WORDS)
    declare("assessments.paragraphproposal", cites=REFS, origin=WORDS)
    declare("assessments.comment", for_user_id=USER)
    declare(
        "assessments.signoff",
        judgement=KEPT,
        shown_digest=KEPT,
        signed_by_id=USER,
        request_key=KEPT,
    )
