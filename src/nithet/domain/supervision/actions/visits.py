"""Every write about visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from nithet.domain.commitments.actions import take_back_commitment
from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.models.schools import School
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.agreements import undo_checks
from nithet.domain.supervision.actions.holding import hold, keep_version, refuse_closed
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit, Visitor, VisitPlace
from nithet.domain.supervision.queries.content import content_of
from nithet.domain.supervision.queries.visits import VISIT
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year
from nithet.kernel.text import collapse


@action("visit.record", event="visit.recorded", on="school")
def record_visit(
    *,
    actor: Actor,
    school: School,
    kind: Visit.Kind | str,
    visited_on: date,
    state: Visit.State | str = Visit.State.DONE,
    project: Project | None = None,
    need: str = "",
    source: str = "",
    visitors: Sequence[str] = (),
) -> Visit:
    """Record a visit, planned or done; the same school, kind and day is one visit, and the kept one is returned.

    A planned visit that is now reported as done becomes done and keeps its plan. `visitors` are names and positions as
    the record gives them; nobody is made up, so they stay empty where a source names none.
    """
    of_kind, reached = Visit.Kind(kind), Visit.State(state)
    _refuse_impossible(reached, visited_on)
    if project is not None:
        refuse_foreign(project, school.office_id)
    is_planned = reached is Visit.State.PLANNED
    about_visit = {
        "visited_on": visited_on.isoformat(),
        "kind": str(of_kind),
        "state": str(reached),
    }
    note(**about_visit, source=source, visitors=list(visitors))
    kept, was_made = (
        Visit.objects.exclude(state=Visit.State.CANCELLED)
        .select_for_update(of=("self",))
        .get_or_create(
            school=school,
            kind=of_kind,
            visited_on=visited_on,
            defaults={
                "office_id": school.office_id,
                "state": reached,
                "planned_for": visited_on if is_planned else None,
                "project": project,
                "need": collapse(need),
                "source": source,
            },
        )
    )
    if was_made:
        titles = [title for given in visitors if (title := collapse(given))]
        Visitor.objects.bulk_create(
            [Visitor(office_id=kept.office_id, visit=kept, title=title) for title in titles]
        )
    elif kept.state == Visit.State.PLANNED and reached is Visit.State.DONE:
        change(kept, state=Visit.State.DONE, version=kept.version + 1)
    else:
        nothing_changed()
    return kept


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """One visit of many, as a list has it; `was_planned` says that the plan named the same day, `findings` what was found."""

    school: School
    kind: Visit.Kind
    visited_on: date
    was_planned: bool = False
    project: Project | None = None
    need: str = ""
    visitors: tuple[str, ...] = ()
    findings: tuple[tuple[Finding.Kind, str], ...] = ()


@action("visit.record_many", event="visits.recorded")
def record_visits(*, actor: Actor, drafts: Sequence[VisitDraft], source: str) -> list[Visit]:
    """Record many visits that were carried out, from one list named by `source`; return those that are new.

    A visit that stands already (same school, kind and day) is left as it is. All or none: raises `RuleBroken` for a day that
    has not come yet and for a school or project of another office.
    """
    for draft in drafts:
        _refuse_impossible(Visit.State.DONE, draft.visited_on)
        if draft.school.office_id != actor.writes_in:
            raise RuleBroken(
                "school.foreign", "This school belongs to another office.", field="school"
            )
        if draft.project is not None:
            refuse_foreign(draft.project, actor.writes_in)
    stand = set(
        Visit.objects.exclude(state=Visit.State.CANCELLED).values_list(
            "school_id", "kind", "visited_on"
        )
    )
    new = {(d.school.pk, str(d.kind), d.visited_on): d for d in drafts}
    fresh = [draft for key, draft in new.items() if key not in stand]
    note(source=source, count=len(fresh))
    if not fresh:
        nothing_changed()
        return []
    made = Visit.objects.bulk_create([_visit_of(actor, draft, source) for draft in fresh])
    Visitor.objects.bulk_create(
        [
            Visitor(office_id=visit.office_id, visit=visit, title=collapse(title))
            for visit, draft in zip(made, fresh, strict=True)
            for title in draft.visitors
            if collapse(title)
        ]
    )
    Finding.objects.bulk_create(
        [
            Finding(
                office_id=visit.office_id,
                fiscal_year=fiscal_year(visit.visited_on),
                visit=visit,
                project=visit.project,
                kind=kind,
                text=collapse(text),
                source=source,
                position=place,
            )
            for visit, draft in zip(made, fresh, strict=True)
            for place, (kind, text) in enumerate(draft.findings)
        ]
    )
    return made


def _visit_of(actor: Actor, draft: VisitDraft, source: str) -> Visit:
    return Visit(
        office_id=actor.writes_in,
        school=draft.school,
        kind=draft.kind,
        state=Visit.State.DONE,
        visited_on=draft.visited_on,
        planned_for=draft.visited_on if draft.was_planned else None,
        project=draft.project,
        need=collapse(draft.need),
        source=source,
    )


def _refuse_impossible(state: Visit.State, day: date) -> None:
    if state is Visit.State.CANCELLED:
        raise RuleBroken("visit.state", "A visit is recorded as planned or as done.", field="state")
    if state is Visit.State.DONE and day > clock.today():
        raise RuleBroken(
            "visit.future", "A visit in the future can only be planned.", field="visited_on"
        )


def refuse_foreign(project: Project, office_id: int) -> None:
    """Raise `RuleBroken` where a project is not of the office that writes."""
    if project.office_id != office_id:
        raise RuleBroken(
            "project.foreign", "This project belongs to another office.", field="project"
        )


@action("visit.cancel", event="visit.cancelled", on="visit")
def cancel_visit(*, actor: Actor, visit: Visit, reason: str) -> Visit:
    """Cancel a planned visit with the reason; it stays in the plan as one that was not carried out."""
    words = reason.strip()
    if not words:
        raise RuleBroken(
            "visit.cancel_reason", "Please say why the visit is cancelled.", field="reason"
        )
    fresh = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("school__unit")
        .get(pk=visit.pk)
    )
    if fresh.state == Visit.State.DONE:
        raise RuleBroken("visit.done", "This visit was carried out, so it cannot be cancelled.")
    if fresh.state == Visit.State.CANCELLED:
        nothing_changed()
        return fresh
    note(reason=words)
    change(fresh, state=Visit.State.CANCELLED, version=fresh.version + 1)
    return fresh


@action("visitor.name", event="visitor.named", on="visit")
def name_visitor(*, actor: Actor, visit: Visit, title: str, user_id: int | None = None) -> Visitor:
    """Say who went on a visit, by name and position; the same words are kept once."""
    words = collapse(title)
    if not words:
        raise RuleBroken("visitor.title", "Write the name or the position.", field="title")
    about(visit)
    note(title=words)
    kept, was_made = Visitor.objects.get_or_create(
        visit=visit, title=words, defaults={"office_id": visit.office_id, "user_id": user_id}
    )
    if not was_made:
        nothing_changed()
    return kept


@action("visit.withdraw", event="visit.withdrawn", on="visit")
def withdraw_visit(*, actor: Actor, visit: Visit, version: int, reason: str) -> Visit:
    """Take back a visit that was recorded by mistake: a planned one stands as planned again, any other as cancelled.

    What was agreed on it is taken back with the same reason, and agreements that it found done are to do again. What it
    said is kept as a version; its row and its history stay.
    """
    why = collapse(reason)[:500]
    if not why:
        raise RuleBroken(
            "visit.withdraw_reason", "Please say why it is taken back.", field="reason"
        )
    fresh = hold(visit)
    refuse_closed(fresh)
    refuse_if_changed(fresh, version=version, new={"state": Visit.State.CANCELLED})
    if fresh.state != Visit.State.DONE:
        raise RuleBroken(
            "visit.not_made", "This visit was not carried out. Cancel it with a reason."
        )
    keep_version(actor, fresh, version, content_of(fresh), fresh.written_at)
    undo_checks(actor, fresh)
    agreed = Commitment.objects.filter(arose_from=f"{VISIT}:{fresh.pk}", taken_back_at__isnull=True)
    for one in agreed:
        take_back_commitment(actor=actor, commitment=one, reason=why)
    was_planned = fresh.planned_for is not None and not _is_taken(fresh, fresh.planned_for)
    note(reason=why)
    change(
        fresh,
        state=Visit.State.PLANNED if was_planned else Visit.State.CANCELLED,
        visited_on=fresh.planned_for if was_planned and fresh.planned_for else fresh.visited_on,
        version=version + 1,
    )
    return fresh


def _is_taken(visit: Visit, day: date) -> bool:
    same = Visit.objects.exclude(state=Visit.State.CANCELLED).filter(
        school_id=visit.school_id, kind=visit.kind, visited_on=day
    )
    return same.exclude(pk=visit.pk).exists()


@action("visit.note_place", event="visit.place_noted", on="visit")
def note_place(*, actor: Actor, visit: Visit, latitude: str, longitude: str) -> VisitPlace:
    """Keep where the visitor is, because the visitor turned it on; the event says so and not where.

    Decimal degrees as a device gives them. Raises `RuleBroken` for what is no place on earth.
    """
    refuse_closed(visit)
    about(visit)
    kept, _ = VisitPlace.objects.update_or_create(
        visit=visit,
        defaults={
            "office_id": visit.office_id,
            "latitude": _degrees(latitude, 90),
            "longitude": _degrees(longitude, 180),
            "noted_at": clock.now(),
            "noted_by_id": actor.user_id,
        },
    )
    return kept


def _degrees(text: str, most: int) -> str:
    try:
        value = Decimal(text.strip()[:24])
        if value.is_finite() and abs(value) <= most:
            return str(value.quantize(Decimal("0.00001")))
    except InvalidOperation:
        pass
    raise RuleBroken("visit.place", "The device gave no usable place.", field="latitude")


@action("visit.forget_place", event="visit.place_forgotten", on="visit")
def forget_place(*, actor: Actor, visit: Visit) -> None:
    """Delete the place that was kept with a visit."""
    about(visit)
    if not VisitPlace.objects.filter(visit=visit).delete()[0]:
        nothing_changed()
