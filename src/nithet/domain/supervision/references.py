"""What the fields of this package hold when an office is carried to another installation."""

from nithet.foundation.transfer.references import USER, WORDS, declare


def declare_references() -> None:
    """Declare them."""
    declare("supervision.visit", source=WORDS, purpose=WORDS, link=WORDS, closed_by_id=USER)
    declare("supervision.visitor", user_id=USER)
    declare("supervision.finding", source=WORDS)
