"""What the fields of this package hold when an office is carried to another installation."""

from typing import Any

from nithet.domain.returns.files import NAMESPACE
from nithet.foundation.transfer.references import (
    KEPT,
    REF,
    WORDS,
    File,
    Nested,
    Translate,
    declare,
)

_PARAGRAPH = "assessments.narrativeparagraph"


def declare_references() -> None:
    """Declare them. What was issued stays to the letter, with the word in its QR."""
    declare(
        "returns.returnimport",
        file_sha256=File(NAMESPACE),
        document=WORDS,
        found=WORDS,
        not_reproduced=WORDS,
    )
    declare("returns.proposal", key=WORDS, needs=WORDS, payload=WORDS, record=REF)
    declare(
        "returns.issuedreturn",
        document=KEPT,
        judgement=KEPT,
        content_digest=KEPT,
        docx_sha256=File(NAMESPACE),
        pdf_sha256=File(NAMESPACE),
        token=KEPT,
        request_key=KEPT,
    )
    declare("returns.editedfile", file_sha256=File(NAMESPACE))
    declare("returns.editedparagraph", place=Nested(_place), figures=Nested(_figures), record=REF)


def _place(place: Any, translate: Translate) -> Any:
    new = dict(place)
    if "refs" in place:
        new["refs"] = [translate.ref(one) for one in place["refs"]]
    if "anchors" in place:
        new["anchors"] = [translate.key(_PARAGRAPH, one) for one in place["anchors"]]
    return new


def _figures(figures: Any, translate: Translate) -> Any:
    return [{**one, "records": [translate.ref(ref) for ref in one["records"]]} for one in figures]
