"""Lines of the plan of visits, edited by people: added, moved, left out, brought back, given to somebody else."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from nithet.domain.directory.models.schools import School
from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.approving import hold_plan, taken_back_by_edit
from nithet.domain.supervision.actions.line_days import refuse_closed, say_neighbours
from nithet.domain.supervision.actions.parties import goes, visitor_of
from nithet.domain.supervision.models.plans import (
    PlanChange,
    PlannedVisit,
    PlannedVisitor,
    SupervisionPlan,
)
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.queries.facts import Person
from nithet.domain.supervision.queries.planning import window_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.text import collapse
from nithet.kernel.thai_dates import format_date


@action("planned_visit.add", event="planned_visit.added", on="plan")
def add_line(
    *,
    actor: Actor,
    plan: SupervisionPlan,
    school: School,
    planned_on: date,
    people: Sequence[Person],
    kind: Visit.Kind | str = Visit.Kind.SUPERVISION,
    purpose: str = "",
    why: str = "",
    insist_because: str = "",
) -> PlannedVisit:
    """Add a visit by hand to the proposal; it becomes a visit when it is taken into the plan.

    A day on which the school is closed is refused, unless the planner says why it has to be that day (`insist_because`).
    """
    if school.office_id != actor.writes_in:
        raise RuleBroken("school.foreign", "This school belongs to another office.", field="school")
    hold_plan(plan.pk)
    _refuse_day(plan, planned_on)
    _refuse_taken(plan, school.pk, str(kind), planned_on)
    insisted = refuse_closed(actor, school.pk, planned_on, insist_because)
    year, number = window_of(plan.fiscal_year, planned_on)
    words = collapse(why)[:500]
    line = PlannedVisit.objects.create(
        office_id=plan.office_id,
        plan=plan,
        school=school,
        kind=Visit.Kind(kind),
        academic_year=year,
        semester=number,
        planned_on=planned_on,
        purpose=collapse(purpose)[:500],
        reasons=[words or "เพิ่มโดยผู้วางแผน"],
        reasoned_on=clock.today(),
        insisted_because=insisted,
        origin=PlannedVisit.Origin.BY_HAND,
        is_edited=True,
    )
    PlannedVisitor.objects.bulk_create([goes(line, one) for one in people])
    say_neighbours(plan, planned_on)
    about(line)
    note(day=planned_on.isoformat(), party=[one.title for one in people], insisted=insisted)
    return line


def _refuse_day(plan: SupervisionPlan, day: date) -> None:
    if day not in fiscal_year_period(plan.fiscal_year):
        raise RuleBroken(
            "planned_visit.other_year",
            "This day is not in fiscal year %(year)s.",
            field="planned_on",
            year=plan.fiscal_year,
        )


def _refuse_taken(
    plan: SupervisionPlan, school_id: int, kind: str, day: date, but: int = 0
) -> None:
    lines = plan.lines.filter(school=school_id, kind=kind, planned_on=day).exclude(pk=but)
    visits = Visit.objects.filter(school=school_id, kind=kind, visited_on=day).exclude(
        planned__pk=but
    )
    if (
        lines.exclude(state=PlannedVisit.State.DROPPED).exists()
        or visits.exclude(state=Visit.State.CANCELLED).exists()
    ):
        raise RuleBroken(
            "planned_visit.taken",
            "The school has a visit of this kind on this day already.",
            field="planned_on",
        )


def hold_line(line: PlannedVisit, version: int, **new: object) -> PlannedVisit:
    """Return the line as it stands, locked after its plan; raises `Conflict` where somebody changed it meanwhile."""
    hold_plan(line.plan_id)
    fresh = (
        PlannedVisit.objects.select_for_update(of=("self",))
        .select_related("plan", "school__unit")
        .get(pk=line.pk)
    )
    refuse_if_changed(fresh, version=version, new=new)
    return fresh


def _hold_visit(line: PlannedVisit) -> Visit | None:
    if line.visit_id is None:
        return None
    visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("school__unit")
        .get(pk=line.visit_id)
    )
    if visit.state == Visit.State.DONE:
        raise RuleBroken(
            "planned_visit.done", "This visit was carried out, so its plan stays as it was."
        )
    return visit


def _why(line: PlannedVisit, why: str) -> str:
    """Return why an approved plan is changed; a plan that was never approved needs no reason."""
    words = collapse(why)[:500]
    is_approved = line.visit_id is not None and line.plan.versions.exists()
    if is_approved and not words:
        raise RuleBroken(
            "planned_visit.why", "The plan has been approved. Say why it is changed.", field="why"
        )
    return words


def _record_change(
    actor: Actor, line: PlannedVisit, kind: PlanChange.Kind, why: str, **values: Any
) -> None:
    if not line.plan.versions.exists():
        return
    PlanChange.objects.create(
        office_id=line.office_id,
        plan=line.plan,
        line=line,
        kind=kind,
        why=why,
        made_at=clock.now(),
        made_by=actor.signature,
        **values,
    )


@action("planned_visit.move", event="planned_visit.moved", on="line")
def move_line(
    *,
    actor: Actor,
    line: PlannedVisit,
    version: int,
    planned_on: date,
    why: str = "",
    insist_because: str = "",
) -> PlannedVisit:
    """Give a visit another day. A day that was planned and has passed stays the planned one, so that a miss is not hidden.

    A day on which the school is closed is refused, unless the planner says why it has to be that day (`insist_because`).
    """
    fresh = hold_line(line, version, planned_on=planned_on)
    words = _why(fresh, why)
    if fresh.state == PlannedVisit.State.DROPPED:
        raise RuleBroken("planned_visit.dropped", "This visit was left out of the plan.")
    if fresh.planned_on == planned_on:
        nothing_changed()
        return fresh
    _refuse_day(fresh.plan, planned_on)
    _refuse_taken(fresh.plan, fresh.school_id, fresh.kind, planned_on, fresh.pk)
    insisted = refuse_closed(actor, fresh.school_id, planned_on, insist_because)
    visit, before = _hold_visit(fresh), fresh.planned_on
    year, number = window_of(fresh.plan.fiscal_year, planned_on)
    note(day=planned_on.isoformat(), why=words, insisted=insisted)
    moved = f"ผู้วางแผนเลื่อนจาก {format_date(before, 'short')}"
    change(
        fresh,
        planned_on=planned_on,
        why_day=(f"{moved} เพราะ{words}" if words else moved)[:600],
        why_beside="",
        insisted_because=insisted,
        day_group=0,
        academic_year=year,
        semester=number,
        is_edited=True,
        changed_at=clock.now(),
        version=fresh.version + 1,
    )
    if visit is not None:
        planned_for = visit.planned_for if visit.visited_on < clock.today() else planned_on
        change(visit, visited_on=planned_on, planned_for=planned_for, version=visit.version + 1)
        _record_change(
            actor, fresh, PlanChange.Kind.MOVED, words, before_on=before, after_on=planned_on
        )
        taken_back_by_edit(actor, fresh.plan, f"เลื่อนวันของ {fresh.school}")
    say_neighbours(fresh.plan, before, planned_on)
    fresh.refresh_from_db(fields=["why_beside"])
    return fresh


@action("planned_visit.drop", event="planned_visit.dropped", on="line")
def drop_line(*, actor: Actor, line: PlannedVisit, version: int, why: str) -> PlannedVisit:
    """Leave a visit out with the reason; one that was in the plan is cancelled, and its calendars say so."""
    fresh = hold_line(line, version, dropped_because=why)
    words = collapse(why)[:500]
    if not words:
        raise RuleBroken("planned_visit.drop_why", "Say why this visit is left out.", field="why")
    if fresh.state == PlannedVisit.State.DROPPED:
        nothing_changed()
        return fresh
    visit = _hold_visit(fresh)
    note(why=words)
    change(
        fresh,
        state=PlannedVisit.State.DROPPED,
        dropped_because=words,
        changed_at=clock.now(),
        version=fresh.version + 1,
    )
    if visit is not None:
        if visit.state == Visit.State.PLANNED:
            change(visit, state=Visit.State.CANCELLED, version=visit.version + 1)
        _record_change(actor, fresh, PlanChange.Kind.DROPPED, words, before_on=fresh.planned_on)
        taken_back_by_edit(actor, fresh.plan, f"ตัด {fresh.school} ออก")
    say_neighbours(fresh.plan, fresh.planned_on)
    return fresh


@action("planned_visit.restore", event="planned_visit.restored", on="line")
def restore_line(*, actor: Actor, line: PlannedVisit, version: int) -> PlannedVisit:
    """Bring back what was left out, as a proposal that is still to be taken into the plan."""
    fresh = hold_line(line, version)
    if fresh.state != PlannedVisit.State.DROPPED:
        nothing_changed()
        return fresh
    _refuse_taken(fresh.plan, fresh.school_id, fresh.kind, fresh.planned_on, fresh.pk)
    change(
        fresh,
        state=PlannedVisit.State.PROPOSED,
        dropped_because="",
        visit_id=None,
        is_edited=True,
        changed_at=clock.now(),
        version=fresh.version + 1,
    )
    say_neighbours(fresh.plan, fresh.planned_on)
    return fresh


@action("planned_visit.name_party", event="planned_visit.party_named", on="line")
def name_party(
    *, actor: Actor, line: PlannedVisit, version: int, people: Sequence[Person], why: str = ""
) -> PlannedVisit:
    """Say who goes: the first leads, a supervisor beside members of a committee is their companion."""
    fresh = hold_line(line, version)
    words = _why(fresh, why)
    if not people:
        raise RuleBroken("planned_visit.nobody", "Choose at least one who goes.", field="people")
    visit = _hold_visit(fresh)
    before = ", ".join(one.title for one in fresh.party.all())
    after = ", ".join(one.title for one in people)
    note(party=after)
    if before == after:
        nothing_changed()
        return fresh
    fresh.party.all().delete()
    party = PlannedVisitor.objects.bulk_create(
        [goes(fresh, one, is_companion=_is_companion(fresh, one)) for one in people]
    )
    named = f"ผู้วางแผนกำหนดผู้ไป เพราะ{words}" if words else "ผู้วางแผนกำหนดผู้ไป"
    change(
        fresh,
        why_who=named[:300],
        is_edited=True,
        changed_at=clock.now(),
        version=fresh.version + 1,
    )
    if visit is not None:
        visit.visitors.all().delete()
        Visitor.objects.bulk_create([visitor_of(visit, one) for one in party])
        change(visit, version=visit.version + 1)
        _record_change(
            actor,
            fresh,
            PlanChange.Kind.PARTY,
            words,
            before_party=before[:500],
            after_party=after[:500],
        )
        taken_back_by_edit(actor, fresh.plan, f"เปลี่ยนผู้ไป {fresh.school}")
    say_neighbours(fresh.plan, fresh.planned_on)
    fresh.refresh_from_db(fields=["why_beside"])
    return fresh


def _is_companion(line: PlannedVisit, person: Person) -> bool:
    return line.kind == Visit.Kind.COMMITTEE and person.member_id is None
