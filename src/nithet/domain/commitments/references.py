"""What the fields of this package hold when an office is carried to another installation."""

from nithet.foundation.transfer.references import REF, USER, WORDS, declare


def declare_references() -> None:
    """Declare them."""
    declare(
        "commitments.commitment",
        owner_user_id=USER,
        about=REF,
        arose_from=REF,
        point=WORDS,
        closed_by_ref=REF,
    )
