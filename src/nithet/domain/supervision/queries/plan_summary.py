"""The figures under which a plan of visits is put to the director; a fixed number of queries, whatever the rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from nithet.domain.supervision.models.dates import DateAnswer
from nithet.domain.supervision.models.plan_submissions import PlanSubmission
from nithet.domain.supervision.models.plans import SupervisionPlan
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_supervision_plans
from nithet.domain.supervision.queries.counting import counting_day
from nithet.domain.supervision.queries.facts import counted_schools
from nithet.domain.supervision.queries.plan_year import PlanYear, year_of_plan
from nithet.domain.supervision.queries.planning import (
    AcceptedLine,
    content_of,
    settings_from,
    windows_of,
)
from nithet.domain.supervision.rules.plan_sums import (
    DateSums,
    PlanSummary,
    YearVisit,
    changes_between,
    closed_days,
    crowded_days,
    loads_of,
    semester_sums,
)
from nithet.foundation.access.actors import Actor
from nithet.kernel import clock


def summary_of(actor: Actor, plan: SupervisionPlan, year: PlanYear | None = None) -> PlanSummary:
    """Return the figures of a plan as it stands now; `year` saves reading its visits again."""
    found = year or year_of_plan(actor, plan)
    windows = {(one.academic_year, one.number): one.words for one in windows_of(plan.fiscal_year)}
    schools = {one.pk: one.name for one in counted_schools(actor, counting_day(plan.fiscal_year))}
    most_a_day = settings_from(plan.settings).most_a_day
    last = plan.versions.first()
    # What has passed cannot be planned otherwise any more.
    to_come = [one for one in found.visits if one.day >= clock.today()]
    # A committee's party goes to one school a day by its own rule; the limit is that of supervisors.
    supervised = {one.key for one in found.supervisors}
    of_supervisors = [
        _only(one, supervised) for one in to_come if any(key in supervised for key, _ in one.goers)
    ]
    in_plan = [one for one in found.visits if not one.is_outside and not one.is_off]
    return PlanSummary(
        visits=len(in_plan),
        supervision=sum(1 for one in in_plan if one.kind == Visit.Kind.SUPERVISION),
        committee=sum(1 for one in in_plan if one.kind == Visit.Kind.COMMITTEE),
        outside=len(found.outside),
        semesters=semester_sums(found.visits, schools, windows),
        loads=loads_of(found.visits, [(one.key, one.title) for one in found.supervisors], windows),
        members=_members(found, list(windows)),
        dates=_dates(plan, found.lines),
        most_a_day=most_a_day,
        crowded=crowded_days(of_supervisors, most_a_day),
        closed=closed_days(to_come),
        since=last.number if last else None,
        changes=changes_between(last.content, content_of(plan, found.lines)) if last else (),
    )


def _only(visit: YearVisit, keys: set[str]) -> YearVisit:
    return replace(visit, goers=tuple(one for one in visit.goers if one[0] in keys))


def _members(year: PlanYear, semesters: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return by semester how many of the committee's members have a visit, planned or done, and of how many."""
    seats = {one.key for one in year.members}
    return tuple(
        (
            len(
                {
                    key
                    for one in year.visits
                    if one.kind == Visit.Kind.COMMITTEE and one.semester == part and not one.is_off
                    for key, _ in one.goers
                }
                & seats
            ),
            len(seats),
        )
        for part in semesters
    )


def _dates(plan: SupervisionPlan, lines: Sequence[AcceptedLine]) -> DateSums:
    today = clock.today()
    to_come = {
        line.visit_id: line.visited_on
        for line in lines
        if line.visit_state == Visit.State.PLANNED
        and line.visited_on is not None
        and line.visited_on >= today
    }
    newest: dict[int, DateAnswer] = {}
    rows = DateAnswer.objects.filter(visit__planned__plan=plan).exclude(
        state=DateAnswer.State.WITHDRAWN
    )
    for row in rows.order_by("pk"):
        newest[row.visit_id] = row
    counted: Counter[str] = Counter()
    for visit, day in to_come.items():
        last = newest.get(visit or 0)
        where = _standing(last, is_of_day=last.asked_for == day) if last else "not_asked"
        counted[where] += 1
    return DateSums(**counted)


def _standing(row: DateAnswer, *, is_of_day: bool) -> str:
    if row.state == DateAnswer.State.ASKED_OTHER:
        return "asked_other"
    if not is_of_day:
        return "not_asked"
    return {
        DateAnswer.State.AGREED.value: "agreed",
        DateAnswer.State.SETTLED.value: "kept",
    }.get(row.state, "waiting")


def waiting_submission(plan: SupervisionPlan) -> PlanSubmission | None:
    """Return the plan as it waits for the director; None where it does not."""
    return plan.submissions.filter(state=PlanSubmission.State.WAITING).first()


def plans_waiting(actor: Actor) -> list[SupervisionPlan]:
    """List the plans that wait for the director of the actor's office, the oldest submission first."""
    rows = visible_supervision_plans(actor).filter(submissions__state=PlanSubmission.State.WAITING)
    return list(rows.order_by("submissions__submitted_at", "pk"))


def plans_sent_back(actor: Actor) -> list[SupervisionPlan]:
    """List the plans whose last submission was sent back, for whoever put them."""
    found = []
    rows = PlanSubmission.objects.filter(plan__in=visible_supervision_plans(actor))
    seen: set[int] = set()
    for row in rows.select_related("plan").order_by("plan_id", "-submitted_at", "-pk"):
        is_newest, is_mine = row.plan_id not in seen, row.submitted_by_id == actor.user_id
        if is_newest and is_mine and row.state == PlanSubmission.State.SENT_BACK:
            found.append(row.plan)
        seen.add(row.plan_id)
    return found
