"""The facts that papers of a visit say, read from its records."""

from nithet.domain.evidence.models import Piece
from nithet.domain.evidence.queries.pieces import pieces_about
from nithet.domain.papers.models.papers import Paper
from nithet.domain.supervision.models.answers import SchoolAnswer
from nithet.domain.supervision.models.visit_papers import VisitPaper
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import content_of, open_agreements, visit_ref
from nithet.domain.supervision.rules.paper_facts import Agreed, VisitFacts
from nithet.foundation.access.actors import Actor


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
        school_words=answer.words if answer else "",
        school_signed_by=answer.signed_by if answer else "",
        photos=len(photos_of(actor, visit)),
    )


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
