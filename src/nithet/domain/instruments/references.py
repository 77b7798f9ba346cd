"""What the fields of this package hold when an office is carried to another installation."""

from nithet.domain.instruments.files import NAMESPACE
from nithet.foundation.transfer.references import REFS, USER, WORDS, File, declare


def declare_references() -> None:
    """Declare them. A version keeps its XForm to the letter: devices compare its hash."""
    declare("instruments.instrument", form_id=WORDS, serves=REFS, made_by_id=USER)
    declare(
        "instruments.instrumentversion",
        definition=WORDS,
        xlsx_sha256=File(NAMESPACE),
        media=WORDS,
        warnings=WORDS,
    )
    declare("instruments.briefing", made_by_id=USER)
    declare("instruments.briefedperson", user_id=USER)
