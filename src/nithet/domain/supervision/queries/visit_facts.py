"""The facts that papers of a visit say, read from its records."""

from datetime import datetime

from nithet.domain.evidence.files import open_file
from nithet.domain.evidence.models import Piece
from nithet.domain.evidence.queries.pieces import pieces_about
from nithet.domain.papers.files import small_picture
from nithet.domain.papers.models.papers import Paper
from nithet.domain.supervision.models.answers import SchoolAnswer
from nithet.domain.supervision.models.visit_papers import VisitPaper
from nithet.domain.supervision.models.visits import Visit, VisitAddition
from nithet.domain.supervision.queries.content import (
    content_of,
    digest_of_visit,
    open_agreements,
    visit_ref,
)
from nithet.domain.supervision.rules.paper_facts import Agreed, VisitFacts
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.keys import row_key
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.thai_dates import format_date

_SIGNATURE_PIXELS = 900


def facts_of(actor: Actor, visit: Visit) -> VisitFacts:
    """Return all that papers say of a visit; some fifteen queries."""
    answer = SchoolAnswer.objects.filter(visit=visit).first()
    order = _order_of(visit)
    return VisitFacts(
        content=content_of(visit),
        district=visit.school.district,
        province=visit.school.province,
        open_agreements=tuple(
            Agreed(one.text, one.owner_title, one.due_on)
            for one in open_agreements(visit.school_id, before=visit)
        ),
        order_number=order.number if order else "",
        order_dated=order.dated if order else None,
        school_words=_school_words(visit, answer),
        school_signed_by=answer.signed_by if answer else "",
        photos=len(photos_of(actor, visit)),
    )


def school_signature(visit: Visit) -> bytes | None:
    """Return the signature that the school drew on a screen as a picture of its own; None where there is none to print.

    Where the record was corrected after it, it is not printed: it would stand below what the school did not sign.
    """
    answer = SchoolAnswer.objects.filter(visit=visit).exclude(signature_ref="").first()
    if answer is None or answer.signed_digest != digest_of_visit(visit):
        return None
    key = row_key(answer.signature_ref.partition(":")[2])
    piece = standing(Piece.objects.filter(pk=key)).first() if key else None
    if piece is None or piece.is_quarantined:
        return None
    try:
        with open_file(piece) as file:
            return small_picture(file.read(), longest=_SIGNATURE_PIXELS)
    except (BadInput, RuleBroken):
        return None


def _school_words(visit: Visit, answer: SchoolAnswer | None) -> str:
    """The answer of the school as papers print it: which version it is, and what was added after the closing with its day."""
    said = []
    if answer is not None and answer.words:
        number = answer.versions.count() + 1
        which = f" (คำตอบฉบับที่ {number} {_day(answer.answered_at)})" if number > 1 else ""
        said.append(f"{answer.words}{which}")
    said += [
        f"เพิ่มเติม {_day(one.added_at)}: {one.content['words']}"
        for one in visit.additions.filter(kind=VisitAddition.Kind.WORDS)
    ]
    return " ".join(said)


def _day(moment: datetime | None) -> str:
    return format_date(clock.day_of(moment), "short") if moment else ""


def _order_of(visit: Visit) -> Paper | None:
    """The newest order that sent the team and has its number."""
    return (
        Paper.objects.filter(
            visits_told__visit=visit,
            visits_told__card=VisitPaper.Card.ORDER,
            taken_back_at__isnull=True,
        )
        .exclude(number="")
        .order_by("-pk")
        .first()
    )


def photos_of(actor: Actor, visit: Visit) -> list[Piece]:
    """List the photographs kept with a visit, in the order of their titles."""
    ref = visit_ref(visit)
    return [
        one
        for one in pieces_about(actor, ref)[ref]
        if one.medium == Piece.Medium.FILE
        and one.media_type.startswith("image/")
        and one.kind != "photo_report"
    ]
