"""What the fields of this package hold when an office is carried to another installation."""

import secrets

from nithet.foundation.transfer.references import KEPT, REF, REFS, USER, WORDS, Secret, declare


def declare_references() -> None:
    """Declare them."""
    declare(
        "supervision.visit",
        source=WORDS,
        purpose=WORDS,
        link=WORDS,
        closed_by_id=USER,
        written_by_id=USER,
    )
    declare("supervision.visitor", user_id=USER)
    declare("supervision.cyclestep", piece=REF, code=WORDS)
    declare("supervision.steplink", ref=REF)
    declare("supervision.systemreview", changed_in=REF)
    declare("supervision.cyclemodel", content=WORDS)
    declare("supervision.supervisioncycle", model_key=WORDS, model=WORDS)
    declare("supervision.informationpack", content=KEPT, digest=KEPT, plan=REF, piece=REF)
    declare("supervision.finding", source=WORDS)
    _declare_records()
    _declare_planning()
    _declare_studies()
    _declare_papers()


def _declare_records() -> None:
    """What a visit was and what was frozen of it stay to the letter; links led elsewhere, so their words are no longer good."""
    declare("supervision.visitversion", content=KEPT, content_digest=KEPT)
    declare("supervision.visitclosing", content=KEPT, content_digest=KEPT, evidence=REF)
    declare("supervision.visitaddition", content=KEPT, content_digest=KEPT, evidence=REF)
    declare("supervision.visitplace", noted_by_id=USER)
    declare("supervision.schoolanswer", signed_by_id=USER, signed_digest=KEPT, signature_ref=REF)
    declare("supervision.schoollink", code=Secret(lambda: secrets.token_hex(16)))
    declare("supervision.committeeinvitation", code=Secret(lambda: secrets.token_hex(16)))


def _declare_planning() -> None:
    """An approved plan stays to the letter; words of links and feeds are no longer good, as they led elsewhere."""
    declare("supervision.supervisionplan", settings=WORDS)
    declare("supervision.plannedvisit", reasons=WORDS, origin=WORDS)
    declare("supervision.plannedvisitor", user_id=USER)
    declare("supervision.supervisionplanversion", content=KEPT, digest=KEPT, information_pack=REF)
    declare("supervision.plansubmission", summary=KEPT, digest=KEPT, submitted_by_id=USER)
    declare("supervision.dateanswer", asked_by_id=USER, nonce=Secret(lambda: secrets.token_hex(16)))
    declare("supervision.otherbodysvisit", source=WORDS)
    declare(
        "supervision.calendarfeed",
        user_id=USER,
        made_by_id=USER,
        token_digest=Secret(lambda: secrets.token_hex(32)),
    )


def _declare_studies() -> None:
    """Studies and what a supervisor enters of their own development; who leads and who reads are accounts."""
    declare("supervision.study", owner_id=USER)
    declare("supervision.studymeasure", source=WORDS, values=WORDS)
    declare("supervision.workentry", user_id=USER)
    declare("supervision.workshare", owner_id=USER, reader_id=USER)


def _declare_papers() -> None:
    """Papers of visits; the approval of photo news stands on a digest. What was issued stays to the letter."""
    declare("supervision.visitnews", photos=REFS, approved_digest=KEPT, picture=REF)
    declare("supervision.issuedreport", content=KEPT, digest=KEPT, code=KEPT, subject=WORDS)
    declare("supervision.issuedreportfile", sha256=KEPT, piece=REF)
    declare("supervision.issuedreportsource", ref=REF, digest=KEPT)
