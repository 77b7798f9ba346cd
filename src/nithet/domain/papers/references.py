"""What the fields of this package hold when an office is carried to another installation."""

from nithet.domain.papers.files import NAMESPACE
from nithet.foundation.transfer.references import KEPT, REF, WORDS, File, declare


def declare_references() -> None:
    """Declare them. The code of a paper stands in its QR and never changes."""
    declare("papers.letterhead", emblem_sha256=File(NAMESPACE))
    declare("papers.templateversion", sha256=File(NAMESPACE))
    declare("papers.paper", source=WORDS, about=REF, printout_code=KEPT)
    declare("papers.paperversion", sha256=File(NAMESPACE), data=WORDS, origin=WORDS)
    declare("papers.publication", about=REF)
    declare("papers.publicationversion", sha256=File(NAMESPACE))
