"""A visit as plain values: what its versions keep, what closing freezes, and what the school signs."""

from typing import Any

from django.db.models import Q

from nithet.domain.commitments.models import Commitment
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.visits import VISIT
from nithet.domain.supervision.rules.chain import chain_of
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.digest import digest_of

Content = dict[str, Any]


def visit_ref(visit: Visit) -> RecordRef:
    """Return the reference by which other records name a visit."""
    return RecordRef(VISIT, str(visit.pk))


def agreements_of(visit: Visit) -> list[Commitment]:
    """List what was agreed on a visit (ข้อตกลงร่วมกันหลังการนิเทศ), in the order it was entered; whoever asks may see the visit."""
    rows = standing(Commitment.objects.filter(arose_from=str(visit_ref(visit))))
    return list(rows.order_by("pk"))


def content_of(visit: Visit) -> Content:
    """Return all that a visit says, without place and time of day of its writing; nine queries."""
    return {
        "school": str(visit.school),
        "kind": visit.kind,
        "state": visit.state,
        "mode": visit.mode,
        "visited_on": visit.visited_on.isoformat(),
        "planned_for": visit.planned_for.isoformat() if visit.planned_for else None,
        "starts_at": f"{visit.starts_at:%H:%M}" if visit.starts_at else "",
        "ends_at": f"{visit.ends_at:%H:%M}" if visit.ends_at else "",
        "project": visit.project.title if visit.project else "",
        "need": visit.need,
        "needs": [
            one.need.text for one in visit.needs_served.select_related("need").order_by("pk")
        ],
        "purpose": visit.purpose,
        "link": visit.link,
        "instruments": [
            one.instrument.title
            for one in visit.instruments_used.select_related("instrument").order_by("pk")
        ],
        "visitors": [
            {"title": one.title, "companion": one.is_companion}
            for one in visit.visitors.order_by("is_companion", "pk")
        ],
        "findings": [
            {
                "kind": one.kind,
                "text": one.text,
                "said_by": one.said_by,
                "written_by": one.written_by,
            }
            for one in visit.findings.all()
        ],
        "lesson_notes": [{"at": one.at, "text": one.text} for one in visit.lesson_notes.all()],
        "checks": [
            {"agreement": str(one.agreement), "answer": one.answer, "note": one.note}
            for one in visit.agreement_checks.select_related("agreement")
        ],
        "agreements": [
            {
                "text": one.text,
                "owner": one.owner_title,
                "due_on": one.due_on.isoformat() if one.due_on else None,
            }
            for one in agreements_of(visit)
        ],
        "development": [
            {
                "topic": one.development.topic,
                "step": one.step,
                "words": chain_of(one.development.chain).words_of(one.step).th,
                "note": one.note,
            }
            for one in visit.development_steps.select_related("development")
        ],
        "qa_in_work": visit.qa_in_work,
        "qa_seen": visit.qa_seen,
        "written_by": visit.written_by,
        "written_for": visit.written_for,
    }


def digest_of_visit(visit: Visit) -> str:
    """Return the digest of what a visit says now."""
    return digest_of(content_of(visit))


def open_agreements(school_id: int, *, before: Visit | None = None) -> list[Commitment]:
    """List what is agreed with a school and still to do, the earliest due first; those of `before` itself are left out.

    Whoever asks may see the visits to the school: agreements return at the next visit, whoever makes it. One query.
    """
    rows = standing(
        Commitment.objects.filter(
            kind=Commitment.Kind.PROMISE,
            state=Commitment.State.OPEN,
            about=f"directory.school:{school_id}",
        )
    )
    if before is not None:
        rows = rows.exclude(arose_from=str(visit_ref(before)))
    return list(rows)


def agreements_to_look_at(visit: Visit) -> list[Commitment]:
    """List the agreements that a visit looks back on: those open, and those that it has answered already."""
    answered = Q(checks_on_visits__visit=visit)
    still = Q(state=Commitment.State.OPEN)
    rows = Commitment.objects.filter(
        answered | still,
        kind=Commitment.Kind.PROMISE,
        about=f"directory.school:{visit.school_id}",
    ).exclude(arose_from=str(visit_ref(visit)))
    return list(standing(rows).distinct())
