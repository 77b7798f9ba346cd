"""Every visit of a plan's year: those in the plan, and those that were made or planned outside of it (นอกแผน)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from nithet.domain.supervision.models.plans import PlannedVisit, PlannedVisitor, SupervisionPlan
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.policy import visible_to
from nithet.domain.supervision.queries.facts import Person, committee_members, supervisors
from nithet.domain.supervision.queries.planning import (
    AcceptedLine,
    Known,
    accepted_lines,
    key_of,
    window_of,
)
from nithet.domain.supervision.queries.school_days import SchoolDays, school_days
from nithet.domain.supervision.rules.plan_sums import YearVisit
from nithet.foundation.access.actors import Actor
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year_period


@dataclass(frozen=True, slots=True)
class PlanYear:
    """The lines in the plan, the visits outside of it, and both as plain values with who can go."""

    lines: list[AcceptedLine]
    outside: list[Visit]
    visits: list[YearVisit]
    supervisors: list[Person]
    members: list[Person]


def outside_visits(actor: Actor, plan: SupervisionPlan) -> QuerySet[Visit]:
    """List the visits of a plan's year that no plan names, made or planned by hand, by day."""
    period = fiscal_year_period(plan.fiscal_year)
    return (
        visible_to(actor)
        .filter(planned__isnull=True, visited_on__range=(period.start, period.end))
        .exclude(state=Visit.State.CANCELLED)
        .select_related("school__unit", "school__network__unit")
        .prefetch_related(Prefetch("visitors", Visitor.objects.order_by("pk")))
        .order_by("visited_on", "pk")
    )


def outside_to_come(actor: Actor, plan: SupervisionPlan) -> QuerySet[Visit]:
    """List the visits outside of a plan that may be taken into it: planned, and still to come."""
    return outside_visits(actor, plan).filter(
        state=Visit.State.PLANNED, visited_on__gte=clock.today()
    )


def year_of_plan(actor: Actor, plan: SupervisionPlan) -> PlanYear:
    """Read all visits of a plan's year; a fixed number of queries, whatever the rows."""
    today = clock.today()
    period = fiscal_year_period(plan.fiscal_year)
    day = min(max(today, period.start), period.end)
    going, members = supervisors(actor, today), committee_members(actor, day)
    lines = accepted_lines(plan)
    outside = list(outside_visits(actor, plan))
    schools = {one.school_id for one in lines} | {one.school_id for one in outside}
    days = school_days(actor, schools, period)
    known = Known.of((*going, *members))
    visits = [_of_line(line, days) for line in lines]
    visits += [_of_visit(visit, plan.fiscal_year, known, days) for visit in outside]
    return PlanYear(lines, outside, visits, going, members)


def _of_line(line: AcceptedLine, days: SchoolDays) -> YearVisit:
    return YearVisit(
        line.planned_on,
        line.school_id,
        line.school,
        line.kind,
        (line.academic_year, line.semester),
        line.party,
        line=line.pk,
        visit=line.visit_id,
        is_off=line.visit_state == Visit.State.CANCELLED,
        is_on_site=line.visit_mode == Visit.Mode.ON_SITE,
        is_done=line.visit_state == Visit.State.DONE,
        closed=days.why_closed(line.school_id, line.planned_on),
        insisted=line.insisted_because,
    )


def _of_visit(visit: Visit, year: int, known: Known, days: SchoolDays) -> YearVisit:
    goers = tuple((known.key_of(one) or one.title, one.title) for one in visit.visitors.all())
    return YearVisit(
        visit.visited_on,
        visit.school_id,
        visit.school.name,
        visit.kind,
        window_of(year, visit.visited_on),
        goers,
        visit=visit.pk,
        is_on_site=visit.mode == Visit.Mode.ON_SITE,
        is_done=visit.state == Visit.State.DONE,
        closed=days.why_closed(visit.school_id, visit.visited_on),
    )


@dataclass(frozen=True, slots=True)
class Beyond:
    """What goes beyond the limits around some lines: how many schools their people have on their day, and closed schools.

    `crowded` maps a line to (who, schools); `closed` maps it to why its school is closed. Lines without either are left out.
    """

    crowded: dict[int, tuple[str, int]]
    closed: dict[int, str]
    outside: int


def beyond_limits(
    actor: Actor, plan: SupervisionPlan, lines: Iterable[PlannedVisit], most_a_day: int
) -> Beyond:
    """Look at lines, proposed or taken, beside everything else of the year: proposals, the plan, and visits outside of it."""
    asked = list(lines)
    year = year_of_plan(actor, plan)
    seats = {one.key for one in year.members}
    days: dict[tuple[date, str], set[int]] = defaultdict(set)
    for one in year.visits:
        for key, _ in one.goers:
            if not one.is_off and one.is_on_site and key not in seats:
                days[one.day, key].add(one.school)
    proposed = PlannedVisitor.objects.filter(
        line__plan=plan, line__state=PlannedVisit.State.PROPOSED, member__isnull=True
    ).select_related("line")
    for goer in proposed:
        days[goer.line.planned_on, key_of(goer)].add(goer.line.school_id)
    crowded, today = {}, clock.today()
    for line in asked:
        if line.planned_on < today:
            continue
        for goer in line.party.all():
            schools = len(days[line.planned_on, key_of(goer)])
            if goer.member_id is None and schools > most_a_day:
                crowded[line.pk] = (goer.title, schools)
    period = fiscal_year_period(plan.fiscal_year)
    open_days = school_days(actor, {line.school_id for line in asked}, period)
    whys = {line.pk: open_days.why_closed(line.school_id, line.planned_on) for line in asked}
    return Beyond(crowded, {key: why for key, why in whys.items() if why}, len(year.outside))


def schools_of_day(
    actor: Actor, day: date, keys: Iterable[str], people: Iterable[Person]
) -> dict[str, list[str]]:
    """Return which schools some people (keys) have on a day, by key: what stands as a visit, and what is proposed."""
    known, wanted = Known.of(people), set(keys)
    found: dict[str, list[str]] = {key: [] for key in wanted}
    visits = (
        visible_to(actor)
        .filter(visited_on=day, mode=Visit.Mode.ON_SITE)
        .exclude(state=Visit.State.CANCELLED)
        .select_related("school__unit")
        .prefetch_related(Prefetch("visitors", Visitor.objects.order_by("pk")))
    )
    for visit in visits.order_by("pk"):
        for key in wanted & {known.key_of(one) for one in visit.visitors.all()}:
            found[key].append(visit.school.name)
    lines = (
        PlannedVisit.objects.filter(
            office_id=actor.office_id, planned_on=day, state=PlannedVisit.State.PROPOSED
        )
        .select_related("school__unit")
        .prefetch_related(Prefetch("party", PlannedVisitor.objects.order_by("pk")))
    )
    for line in lines.order_by("pk"):
        for key in wanted & {key_of(one) for one in line.party.all()}:
            found[key].append(line.school.name)
    return found
