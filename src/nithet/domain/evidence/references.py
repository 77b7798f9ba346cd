"""What the fields of this package hold when an office is carried to another installation."""

from nithet.domain.evidence.files import NAMESPACE
from nithet.foundation.transfer.references import KEPT, REF, USER, WORDS, File, declare


def declare_references() -> None:
    """Declare them. The code of a printed paper stands in its QR and never changes."""
    declare(
        "evidence.piece",
        about=REF,
        source=WORDS,
        file_sha256=File(NAMESPACE),
        sharing_confirmed_because=WORDS,
    )
    declare("evidence.alsoabout", about=REF)
    declare("evidence.piecefile", sha256=File(NAMESPACE), added_by_id=USER)
    declare("evidence.use", printed_body=WORDS)
    declare("evidence.clarityanswer", answered_by_id=USER)
    declare("evidence.reviewtask", reviewer_id=USER)
    declare("evidence.printout", code=KEPT, about=REF, sha256=KEPT, printed_by_id=USER)
