"""What the fields of this package hold when an office is carried to another installation."""

import secrets

from nithet.foundation.transfer.references import KEPT, USER, Key, Secret, declare


def declare_references() -> None:
    """Declare them. A frozen round stays to the letter; the link of a folder is no longer good, as it led elsewhere."""
    declare(
        "reviews.folder",
        shown_digest=KEPT,
        token_digest=Secret(lambda: secrets.token_hex(32)),
        addressee_id=USER,
        proposed_by_id=USER,
        sign_off_id=Key("assessments.signoff"),
    )
    declare("reviews.frozenround", content=KEPT, digest=KEPT)
    declare("reviews.assessornote", written_by_id=USER)
