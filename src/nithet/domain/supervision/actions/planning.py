"""The year of visits is proposed, and what fits is taken into the plan: proposals, and visits planned outside of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Prefetch

from nithet.domain.plans.models.needs import Need
from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.approving import hold_plan, taken_back_by_edit
from nithet.domain.supervision.actions.parties import goes, visitor_of
from nithet.domain.supervision.models.plans import (
    PlanChange,
    PlannedVisit,
    PlannedVisitor,
    SupervisionPlan,
)
from nithet.domain.supervision.models.visits import Visit, VisitNeed, Visitor
from nithet.domain.supervision.queries.facts import Person, committee_members, supervisors
from nithet.domain.supervision.queries.plan_year import outside_to_come
from nithet.domain.supervision.queries.planning import (
    Known,
    basis_of,
    settings_from,
    window_of,
)
from nithet.domain.supervision.rules.proposing.question import Proposal, Proposed
from nithet.domain.supervision.rules.proposing.year import propose
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.taking_back import standing
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.text import collapse


@action("supervision_plan.open", event="supervision_plan.opened")
def open_supervision_plan(*, actor: Actor, fiscal_year: int, title: str = "") -> SupervisionPlan:
    """Open the plan of visits of a fiscal year (พ.ศ.), or return the one that is there."""
    if not 2500 <= fiscal_year <= 2700:
        raise RuleBroken("supervision_plan.year", "Write the fiscal year in พ.ศ.", field="year")
    kept, was_made = SupervisionPlan.objects.get_or_create(
        office_id=actor.writes_in,
        fiscal_year=fiscal_year,
        defaults={
            "title": collapse(title) or f"แผนการนิเทศ ปีงบประมาณ {fiscal_year}",
            "made_by": actor.signature,
        },
    )
    if not was_made:
        nothing_changed()
    return kept


@action("supervision_plan.propose", event="supervision_plan.proposed", on="plan")
def propose_year(
    *, actor: Actor, plan: SupervisionPlan, settings: Mapping[str, Any] | None = None
) -> Proposal:
    """Propose the visits that the year still lacks; earlier proposals that nobody touched make room.

    What a person edited, dropped or took into the plan stays as it is.
    """
    if fiscal_year_period(plan.fiscal_year).end < clock.today():
        raise RuleBroken(
            "supervision_plan.past", "This fiscal year is over, so nothing is proposed for it."
        )
    held = hold_plan(plan.pk)
    chosen = settings_from({**held.settings, **(settings or {})})
    held.lines.filter(
        state=PlannedVisit.State.PROPOSED, origin=PlannedVisit.Origin.PROPOSED, is_edited=False
    ).delete()
    basis = basis_of(actor, held, chosen)
    found = propose(basis.question)
    _write_lines(held, found.visits, basis.people)
    about(held)
    note(count=len(found.visits), unplaced=len(found.unplaced))
    change(held, settings=asdict(chosen))
    return found


def _write_lines(
    plan: SupervisionPlan, visits: Sequence[Proposed], people: Mapping[str, Person]
) -> None:
    now = clock.now()
    lines = PlannedVisit.objects.bulk_create(
        [
            PlannedVisit(
                office_id=plan.office_id,
                plan=plan,
                school_id=one.school,
                kind=one.kind,
                academic_year=one.window.academic_year,
                semester=one.window.number,
                planned_on=one.day,
                reasons=list(one.reasons),
                reasoned_on=clock.today(),
                why_who=one.why_who[:300],
                why_day=one.why_day[:600],
                why_beside=one.why_beside[:600],
                weight=one.weight,
                day_group=one.group,
                changed_at=now,
            )
            for one in visits
        ]
    )
    party = []
    for line, one in zip(lines, visits, strict=True):
        party += [goes(line, people[key]) for key in one.goers]
        if one.companion:
            party.append(goes(line, people[one.companion], is_companion=True))
    PlannedVisitor.objects.bulk_create(party)


@action("supervision_plan.accept", event="supervision_plan.accepted", on="plan")
def accept_lines(
    *, actor: Actor, plan: SupervisionPlan, line_ids: Iterable[int] | None = None, why: str = ""
) -> list[Visit]:
    """Take proposed lines (None: all) into the plan: each becomes a planned visit with its party and the needs it is planned for.

    Those are the school's open needs of the plan's fiscal year and of the year before, as its information pack lists them; that
    the visit served them is for its record to say.

    A visit of the kind that stands on the day already is the line's visit, and is not made twice. A plan that was approved
    needs a reason.
    """
    held = hold_plan(plan.pk)
    lines = held.lines.select_for_update(of=("self",)).filter(state=PlannedVisit.State.PROPOSED)
    if line_ids is not None:
        lines = lines.filter(pk__in=list(line_ids))
    chosen = list(lines.prefetch_related(Prefetch("party", PlannedVisitor.objects.order_by("pk"))))
    about(held)
    note(count=len(chosen))
    if not chosen:
        nothing_changed()
        return []
    words = why_of(held, why)
    visits = _make_visits(held, chosen)
    now = clock.now()
    for line, visit in zip(chosen, visits, strict=True):
        line.state, line.visit, line.changed_at = PlannedVisit.State.ACCEPTED, visit, now
        line.version += 1
    PlannedVisit.objects.bulk_update(
        chosen, ["state", "visit", "changed_at", "version"], batch_size=500
    )
    _record_added(actor, held, chosen, words)
    taken_back_by_edit(actor, held, f"นำรายการเข้าแผน {len(chosen)} ครั้ง")
    return visits


def why_of(plan: SupervisionPlan, why: str) -> str:
    """Return why a plan is changed; one that was never approved needs no reason."""
    words = collapse(why)[:500]
    if not words and plan.versions.exists():
        raise RuleBroken(
            "planned_visit.why", "The plan has been approved. Say why it is changed.", field="why"
        )
    return words


def _record_added(
    actor: Actor, plan: SupervisionPlan, lines: Sequence[PlannedVisit], words: str
) -> None:
    if not plan.versions.exists():
        return
    now = clock.now()
    PlanChange.objects.bulk_create(
        [
            PlanChange(
                office_id=plan.office_id,
                plan=plan,
                line=line,
                kind=PlanChange.Kind.ADDED,
                after_on=line.planned_on,
                why=words,
                made_at=now,
                made_by=actor.signature,
            )
            for line in lines
        ]
    )


def _make_visits(plan: SupervisionPlan, lines: Sequence[PlannedVisit]) -> list[Visit]:
    days = {line.planned_on for line in lines}
    there = {
        (one.school_id, one.kind, one.visited_on): one
        for one in Visit.objects.filter(visited_on__in=days, planned__isnull=True).exclude(
            state=Visit.State.CANCELLED
        )
    }
    needs: dict[int, list[Need]] = {}
    for need in standing(
        Need.objects.filter(
            state=Need.State.OPEN,
            school__in={line.school_id for line in lines},
            fiscal_year__in=(plan.fiscal_year - 1, plan.fiscal_year),
        )
    ):
        needs.setdefault(need.school_id, []).append(need)
    new = {
        line.pk: Visit(
            office_id=plan.office_id,
            school_id=line.school_id,
            kind=line.kind,
            state=Visit.State.PLANNED,
            visited_on=line.planned_on,
            planned_for=line.planned_on,
            purpose=line.purpose,
            need=needs[line.school_id][0].text[:500]
            if line.kind == Visit.Kind.SUPERVISION and line.school_id in needs
            else "",
            source=f"{plan.title}"[:250],
        )
        for line in lines
        if (line.school_id, line.kind, line.planned_on) not in there
    }
    Visit.objects.bulk_create(new.values())
    Visitor.objects.bulk_create(
        [
            visitor_of(new[line.pk], one)
            for line in lines
            if line.pk in new
            for one in line.party.all()
        ]
    )
    VisitNeed.objects.bulk_create(
        [
            VisitNeed(office_id=plan.office_id, visit=new[line.pk], need=need)
            for line in lines
            if line.pk in new and line.kind == Visit.Kind.SUPERVISION
            for need in needs.get(line.school_id, ())
        ]
    )
    return [new.get(line.pk) or there[line.school_id, line.kind, line.planned_on] for line in lines]


@action("supervision_plan.take_in", event="supervision_plan.took_in", on="plan")
def take_in_visits(
    *, actor: Actor, plan: SupervisionPlan, visit_ids: Iterable[int], why: str = ""
) -> list[PlannedVisit]:
    """Take visits that were planned outside of the plan into it, as they are: day, people and state stay.

    Only what is still to come is taken in; what was done without a plan stays without one. A plan that was approved needs a reason.
    """
    held = hold_plan(plan.pk)
    keys = outside_to_come(actor, held).filter(pk__in=list(visit_ids)).values_list("pk", flat=True)
    locked = Visit.objects.select_for_update(of=("self",)).filter(pk__in=list(keys))
    chosen = list(
        locked.select_related("school__unit")
        .prefetch_related(Prefetch("visitors", Visitor.objects.order_by("pk")))
        .order_by("visited_on", "pk")
    )
    about(held)
    note(count=len(chosen), visits=[one.pk for one in chosen])
    if not chosen:
        nothing_changed()
        return []
    words = why_of(held, why)
    days = {(one.school_id, one.kind, one.visited_on) for one in chosen}
    standing_lines = held.lines.exclude(state=PlannedVisit.State.DROPPED)
    for line in standing_lines.filter(state=PlannedVisit.State.PROPOSED, visit__isnull=True):
        if (line.school_id, line.kind, line.planned_on) in days:
            raise RuleBroken(
                "planned_visit.taken",
                "The school has a visit of this kind on this day already.",
            )
    known = {
        one.key: one
        for one in (*supervisors(actor, clock.today()), *committee_members(actor, clock.today()))
    }
    lines = PlannedVisit.objects.bulk_create([_line_of(held, visit, words) for visit in chosen])
    by = Known.of(known.values())
    PlannedVisitor.objects.bulk_create(
        [
            _planned_visitor(line, one, known.get(by.key_of(one)))
            for line, visit in zip(lines, chosen, strict=True)
            for one in visit.visitors.all()
        ]
    )
    for visit in chosen:
        if visit.planned_for is None:
            visit.planned_for = visit.visited_on
    Visit.objects.bulk_update(chosen, ["planned_for"])
    _record_added(actor, held, lines, words)
    taken_back_by_edit(actor, held, f"นำการนิเทศนอกแผนเข้าแผน {len(lines)} ครั้ง")
    return lines


def _line_of(plan: SupervisionPlan, visit: Visit, words: str) -> PlannedVisit:
    year, number = window_of(plan.fiscal_year, visit.visited_on)
    return PlannedVisit(
        office_id=plan.office_id,
        plan=plan,
        school_id=visit.school_id,
        kind=visit.kind,
        academic_year=year,
        semester=number,
        planned_on=visit.visited_on,
        purpose=visit.purpose,
        reasons=[words or "วางแผนไว้นอกแผน แล้วนำเข้าแผน"],
        reasoned_on=clock.today(),
        origin=PlannedVisit.Origin.OUTSIDE,
        state=PlannedVisit.State.ACCEPTED,
        visit=visit,
        is_edited=True,
        changed_at=clock.now(),
    )


def _planned_visitor(line: PlannedVisit, one: Visitor, person: Person | None) -> PlannedVisitor:
    """Return a visitor as one who is to go, under the position or seat that the planner knows, else by the very words."""
    return PlannedVisitor(
        office_id=line.office_id,
        line=line,
        position_id=person.position_id if person else None,
        member_id=one.member_id or (person.member_id if person else None),
        user_id=one.user_id or (person.user_id if person else None),
        title=one.title,
        is_companion=one.is_companion,
    )
