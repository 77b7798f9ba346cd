"""What the fields of this package hold when an office is carried to another installation."""

import secrets

from nithet.domain.instruments.files import NAMESPACE
from nithet.foundation.transfer.references import (
    KEPT,
    REF,
    REFS,
    USER,
    WORDS,
    File,
    Secret,
    declare,
)


def declare_references() -> None:
    """Declare them. A version keeps its XForm to the letter, for devices compare its hash; so does what they sent."""
    declare("instruments.instrument", form_id=WORDS, serves=REFS, made_by_id=USER)
    declare(
        "instruments.instrumentversion",
        definition=WORDS,
        xlsx_sha256=File(NAMESPACE),
        media=WORDS,
        warnings=WORDS,
    )
    declare("instruments.instrumentmedium", sha256=File(NAMESPACE))
    declare("instruments.briefing", made_by_id=USER)
    declare("instruments.briefedperson", user_id=USER)
    declare("instruments.device", user_id=USER, token_sha256=Secret(lambda: secrets.token_hex(32)))
    declare(
        "instruments.submission",
        form_id=WORDS,
        instance_id=WORDS,
        deprecated_id=WORDS,
        about=REF,
        user_id=USER,
        body=KEPT,
        sha256=KEPT,
        answers=KEPT,
        entities=KEPT,
        expected=WORDS,
    )
    declare("instruments.submissionattachment", sha256=File(NAMESPACE))
