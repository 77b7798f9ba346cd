"""What the fields of this package hold when an office is carried to another installation."""

from nithet.foundation.transfer.references import USER, WORDS, File, declare


def declare_references() -> None:
    """Declare them; foreign keys need none."""
    declare("directory.school", source=WORDS, smis_code=WORDS, levels=WORDS)
    declare("directory.schoolcode", code=WORDS)
    declare("directory.jointlearningpartner", classes=WORDS)
    declare("directory.census", pupils_by_level=WORDS, source=WORDS)
    declare("directory.testresult", subject=WORDS, source=WORDS)
    declare("directory.statedfigure", source=WORDS)
    declare("directory.schoollist", sha256=File("school_lists"), matches=WORDS, brought_by_id=USER)
    declare("directory.population", source=WORDS)
    declare("directory.handover", lines=WORDS)
