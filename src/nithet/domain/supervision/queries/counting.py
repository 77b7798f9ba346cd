"""Plan against done, นิเทศครบ n of N, and the visits of each member of a committee. Fixed numbers of queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.directory.queries.populations import PopulationStatement, population_of
from nithet.domain.plans.rules.calendar import months_of
from nithet.domain.supervision.models.plans import SupervisionPlanVersion
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.policy import visible_supervision_plans, visible_to
from nithet.domain.supervision.queries.facts import (
    Person,
    committee_members,
    counted_schools,
    own_supervisors,
    supervisors,
)
from nithet.domain.supervision.queries.spoken import who_count
from nithet.domain.supervision.rules.covering import (
    Done,
    MonthCount,
    SchoolPlace,
    SemesterCover,
    cover,
)
from nithet.domain.supervision.rules.semesters import semesters_of
from nithet.foundation.access.actors import Actor
from nithet.kernel import clock
from nithet.kernel.periods import month_end
from nithet.kernel.school_years import Semester, fiscal_year_period

IN_PLAN = Q(planned__isnull=False)
"""Visits for which a plan of visits has a line."""


@dataclass(frozen=True, slots=True)
class YearCover:
    """The semesters of a fiscal year with what "every school" means under the figures."""

    year: int
    population: PopulationStatement
    semesters: tuple[SemesterCover, ...]


def counting_day(fiscal_year: int) -> date:
    """Return the day on which a year's schools and people are taken: today within the year, else its nearest day."""
    period = fiscal_year_period(fiscal_year)
    return min(max(clock.today(), period.start), period.end)


def year_cover(actor: Actor, fiscal_year: int) -> YearCover:
    """Count supervision visits done of a fiscal year by semester, network and supervisor."""
    day, period = counting_day(fiscal_year), fiscal_year_period(fiscal_year)
    own = own_supervisors(day)
    titles = {one.position_id: one.title for one in supervisors(actor, day)}
    schools = [
        SchoolPlace(
            one.pk,
            one.name,
            one.network.unit.name if one.network else "",
            titles.get(own.get(one.pk, 0), ""),
        )
        for one in counted_schools(actor, day)
    ]
    rows = visible_to(actor).filter(
        kind=Visit.Kind.SUPERVISION,
        state=Visit.State.DONE,
        visited_on__range=(period.start, period.end),
    )
    done = [
        Done(school, visited_on, mode != Visit.Mode.ON_SITE)
        for school, visited_on, mode in rows.order_by().values_list(
            "school_id", "visited_on", "mode"
        )
    ]
    today = clock.today()
    semesters = tuple(
        cover(one, min(one.period.end, period.end), schools, done, today)
        for one in semesters_of(fiscal_year)
    )
    return YearCover(fiscal_year, population_of(actor, day), semesters)


@dataclass(frozen=True, slots=True)
class VisitedSchools:
    """The counted schools that were visited at least once in a fiscal year, by name, and how many schools are counted."""

    schools: tuple[School, ...]
    of: int


def visited_schools(
    actor: Actor, fiscal_year: int, kind: Visit.Kind = Visit.Kind.SUPERVISION
) -> VisitedSchools:
    """Return which schools were visited at the school in a year; what is not counted in N is not counted in n either."""
    period = fiscal_year_period(fiscal_year)
    rows = visible_to(actor).filter(
        kind=kind,
        state=Visit.State.DONE,
        mode=Visit.Mode.ON_SITE,
        visited_on__range=(period.start, period.end),
    )
    visited = set(rows.order_by().values_list("school_id", flat=True).distinct())
    schools = counted_schools(actor, counting_day(fiscal_year))
    return VisitedSchools(tuple(one for one in schools if one.pk in visited), len(schools))


def plan_is_approved(actor: Actor, fiscal_year: int) -> bool:
    """Say whether a version of the plan of visits of a year was approved; without one nothing is told as planned."""
    return SupervisionPlanVersion.objects.filter(
        plan__in=visible_supervision_plans(actor).filter(fiscal_year=fiscal_year)
    ).exists()


def months_of_year(
    actor: Actor, fiscal_year: int, kind: Visit.Kind | str = Visit.Kind.SUPERVISION
) -> list[MonthCount]:
    """Count plan against done by month, October first; one query.

    In the plan is what the year's plan has a line for; a day agreed by hand alone is none, and such a visit counts as outside of
    it once it was carried out. A visit counts in the month that the plan named, also when it was carried out in another.
    `in_month` counts what was carried out by the day on which it was. Whether a plan was approved, `plan_is_approved` says.
    """
    period = fiscal_year_period(fiscal_year)
    rows = (
        visible_to(actor)
        .filter(kind=kind)
        .filter(
            IN_PLAN & Q(planned_for__range=(period.start, period.end))
            | Q(visited_on__range=(period.start, period.end))
        )
    )
    planned: Counter[tuple[int, int]] = Counter()
    done: Counter[tuple[int, int]] = Counter()
    cancelled: Counter[tuple[int, int]] = Counter()
    unplanned: Counter[tuple[int, int]] = Counter()
    in_month: Counter[tuple[int, int]] = Counter()
    for line, planned_for, visited_on, state in rows.order_by().values_list(
        "planned", "planned_for", "visited_on", "state"
    ):
        day = visited_on if line is None else planned_for or visited_on
        month = (day.year, day.month)
        in_month[visited_on.year, visited_on.month] += state == Visit.State.DONE
        if line is None:
            unplanned[month] += state == Visit.State.DONE
            continue
        planned[month] += 1
        done[month] += state == Visit.State.DONE
        cancelled[month] += state == Visit.State.CANCELLED
    return [
        MonthCount(
            first,
            planned[first.year, first.month],
            done[first.year, first.month],
            cancelled[first.year, first.month],
            unplanned[first.year, first.month],
            in_month[first.year, first.month],
        )
        for first in months_of(fiscal_year)
    ]


SHOWN = ("planned", "done", "missing", "cancelled", "unplanned", "in_month")


def visits_of_month(actor: Actor, first: date, shown: str, kind: str) -> QuerySet[Visit]:
    """List the visits behind a figure of plan against done: `shown` is one of `SHOWN`."""
    last = month_end(first.year, first.month)
    rows = visible_to(actor).filter(kind=kind)
    if shown == "unplanned":
        rows = rows.filter(~IN_PLAN, visited_on__range=(first, last), state=Visit.State.DONE)
    elif shown == "in_month":
        rows = rows.filter(visited_on__range=(first, last), state=Visit.State.DONE)
    else:
        rows = rows.filter(IN_PLAN, planned_for__range=(first, last))
        states = {
            "done": Visit.State.DONE,
            "missing": Visit.State.PLANNED,
            "cancelled": Visit.State.CANCELLED,
        }
        if shown in states:
            rows = rows.filter(state=states[shown])
    return with_team(rows)


def visits_of_semester(
    actor: Actor, fiscal_year: int, semester: Semester, *, kind: str, remote: bool | None = None
) -> QuerySet[Visit]:
    """List the visits done of a semester as far as it lies in the fiscal year; `remote` tells on site and other ways apart."""
    period = fiscal_year_period(fiscal_year)
    first, last = max(semester.period.start, period.start), min(semester.period.end, period.end)
    rows = visible_to(actor).filter(
        kind=kind, state=Visit.State.DONE, visited_on__range=(first, last)
    )
    if remote is not None:
        on_site = Q(mode=Visit.Mode.ON_SITE)
        rows = rows.filter(~on_site if remote else on_site)
    return with_team(rows)


def with_team(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """Order visits by day and fetch what a list of them shows."""
    return (
        rows.select_related("school__unit", "school__network__unit")
        .prefetch_related(Prefetch("visitors", Visitor.objects.order_by("pk")))
        .order_by("visited_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class MemberSemester:
    """A member of a committee in a semester: the visits carried out on which they are named."""

    semester: Semester
    visits: tuple[int, ...]
    has_begun: bool

    @property
    def count(self) -> int:
        """Return how many."""
        return len(self.visits)


@dataclass(frozen=True, slots=True)
class MemberCover:
    """A member and their semesters."""

    member: Person
    semesters: tuple[MemberSemester, ...]


@dataclass(frozen=True, slots=True)
class CommitteeCover:
    """Every member, every semester. `unnamed` counts visits of which nobody recorded who went, by semester in order."""

    members: tuple[MemberCover, ...]
    semesters: tuple[Semester, ...]
    unnamed: tuple[int, ...]

    def count_of(self, at: int) -> int:
        """Return how many members have a visit in the semester at a place."""
        return sum(1 for one in self.members if one.semesters[at].count)


def committee_cover(actor: Actor, fiscal_year: int) -> CommitteeCover:
    """Count the committee's visits of each member and semester; a member is known by the seat, the account, else the very title.

    Only words count (`who_count`): whoever stands in the team of a visit and has said nothing is not counted.
    """
    period = fiscal_year_period(fiscal_year)
    semesters = semesters_of(fiscal_year)
    members = committee_members(actor, counting_day(fiscal_year))
    rows = (
        visible_to(actor)
        .filter(
            kind=Visit.Kind.COMMITTEE,
            state=Visit.State.DONE,
            visited_on__range=(period.start, period.end),
        )
        .prefetch_related(
            "visitors", Prefetch("visitors", who_count(), to_attr="visitors_who_count")
        )
        .order_by("visited_on", "pk")
    )
    by_user = {one.user_id: one.key for one in members if one.user_id is not None}
    by_title = {one.title: one.key for one in members}
    found: dict[tuple[str, Semester], list[int]] = defaultdict(list)
    unnamed: Counter[Semester] = Counter()
    for visit in rows:
        part = next((one for one in semesters if visit.visited_on in one.period), None)
        if part is None:
            continue
        unnamed[part] += all(one.is_companion for one in visit.visitors.all())
        keys = {
            (f"m{one.member_id}" if one.member_id else None)
            or by_user.get(one.user_id or 0)
            or by_title.get(one.title)
            for one in visit.visitors_who_count
        }
        for key in keys - {None}:
            found[str(key), part].append(visit.pk)
    today = clock.today()
    return CommitteeCover(
        tuple(
            MemberCover(
                one,
                tuple(
                    MemberSemester(part, tuple(found[one.key, part]), part.period.start <= today)
                    for part in semesters
                ),
            )
            for one in members
        ),
        semesters,
        tuple(unnamed[part] for part in semesters),
    )
