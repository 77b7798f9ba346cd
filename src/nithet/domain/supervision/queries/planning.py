"""Reading the plan of visits: what a proposal is made of, the lines, what a version freezes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from nithet.domain.supervision.models.plans import (
    PlannedVisit,
    PlannedVisitor,
    SupervisionPlan,
    SupervisionPlanVersion,
)
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.policy import visible_planned, visible_supervision_plans
from nithet.domain.supervision.queries.facts import (
    Person,
    blocked_days,
    committee_members,
    counted_schools,
    school_facts,
    supervisors,
)
from nithet.domain.supervision.rules.beside import decided_words
from nithet.domain.supervision.rules.proposing.question import (
    Goer,
    Question,
    Settings,
    Standing,
    Window,
)
from nithet.domain.supervision.rules.semesters import semesters_of
from nithet.foundation.access.actors import Actor
from nithet.kernel import clock
from nithet.kernel.digest import digest_of
from nithet.kernel.periods import Period
from nithet.kernel.school_years import fiscal_year_period

PLAN = "supervision.supervisionplan"


def plan_of_year(actor: Actor, year: int) -> SupervisionPlan | None:
    """Return the plan of visits of a fiscal year that the actor may read."""
    return visible_supervision_plans(actor).filter(fiscal_year=year).first()


def find_plan(actor: Actor, plan_id: int) -> SupervisionPlan | None:
    """Return a plan of visits the actor may read; None where it is gone or not theirs to see."""
    return visible_supervision_plans(actor).filter(pk=plan_id).first()


def list_lines(actor: Actor, plan: SupervisionPlan) -> QuerySet[PlannedVisit]:
    """List the lines of a plan that an actor may read by day, with school, network, visit and party fetched."""
    return (
        visible_planned(actor)
        .filter(plan=plan)
        .select_related("school__unit", "school__network__unit", "visit")
        .prefetch_related(Prefetch("party", PlannedVisitor.objects.order_by("pk")))
        .order_by("planned_on", "pk")
    )


def find_line(actor: Actor, line_id: int) -> PlannedVisit | None:
    """Return a line the actor may read; None where it is gone or not theirs to see."""
    rows = visible_planned(actor).filter(pk=line_id)
    return rows.select_related("plan", "school__unit", "school__network__unit", "visit").first()


def windows_of(year: int, since: date | None = None) -> list[Window]:
    """Return the semesters of a fiscal year as far as they lie in it; days before `since` are not planned any more."""
    period = fiscal_year_period(year)
    found = []
    for one in semesters_of(year):
        first = max(one.period.start, period.start, since or date.min)
        last = min(one.period.end, period.end)
        if first <= last:
            found.append(Window(one.academic_year, one.number, first, last))
    return found


def window_of(year: int, day: date) -> tuple[int, int]:
    """Return (academic year, number) of the semester of the fiscal year to which a day is counted: its own, else the nearest."""
    windows = windows_of(year)
    nearest = min(
        windows, key=lambda one: (max((one.first - day).days, (day - one.last).days, 0), one.first)
    )
    return nearest.academic_year, nearest.number


def settings_from(plain: dict[str, Any]) -> Settings:
    """Return settings from plain values; what is missing or odd is as usual."""
    usual = asdict(Settings())
    known = {name: int(plain[name]) for name in usual if str(plain.get(name, "")).isdecimal()}
    return Settings(**{**usual, **known})


@dataclass(frozen=True, slots=True)
class Basis:
    """What a proposal was asked with, and the people behind its keys."""

    question: Question
    people: dict[str, Person] = field(default_factory=dict)


def basis_of(actor: Actor, plan: SupervisionPlan, settings: Settings) -> Basis:
    """Gather what a year's proposal is made of; days before today are past planning."""
    today = clock.today()
    year = fiscal_year_period(plan.fiscal_year)
    windows = windows_of(plan.fiscal_year, today if today in year else None)
    schools = counted_schools(actor, max(min(today, year.end), year.start))
    going = supervisors(actor, today)
    members = committee_members(actor, min(max(today, year.start), year.end))
    people = {one.key: one for one in (*going, *members)}
    question = Question(
        schools=school_facts(actor, schools, year),
        supervisors=[Goer(one.key, one.title) for one in going],
        members=[Goer(one.key, one.title) for one in members],
        windows=windows,
        blocked=blocked_days(actor, year),
        standing=_standing(actor, plan, year, people.values()),
        settings=settings,
    )
    return Basis(question, people)


def _standing(
    actor: Actor, plan: SupervisionPlan, year: Period, people: Iterable[Person]
) -> list[Standing]:
    """Return the visits that stand in a year, in the plan or outside of it, and lines that a person has worked on, with who goes."""
    today, known = clock.today(), Known.of(people)
    team = Prefetch("visitors", Visitor.objects.order_by("pk"))
    rows = (
        Visit.objects.filter(office_id=actor.office_id, visited_on__range=(year.start, year.end))
        .exclude(state=Visit.State.CANCELLED)
        .prefetch_related(team)
    )
    found = []
    for visit in rows.order_by("visited_on", "pk"):
        keys = [known.key_of(one) for one in visit.visitors.all()]
        found.append(
            Standing(
                visit.school_id,
                visit.kind,
                visit.visited_on,
                tuple(key for key in keys if key),
                is_on_site=visit.mode == Visit.Mode.ON_SITE,
                is_to_come=visit.state == Visit.State.PLANNED and visit.visited_on >= today,
            )
        )
    # A school that a person left out is not proposed again in that semester; whoever was to go is free.
    dropped = Q(state=PlannedVisit.State.DROPPED, kind=Visit.Kind.SUPERVISION)
    worked_on = Q(state=PlannedVisit.State.PROPOSED, is_edited=True)
    for line in plan.lines.filter(worked_on | dropped).prefetch_related("party"):
        goes = line.party.all() if line.state == PlannedVisit.State.PROPOSED else ()
        found.append(
            Standing(
                line.school_id,
                line.kind,
                line.planned_on,
                tuple(key_of(one) for one in goes),
                is_to_come=line.state == PlannedVisit.State.PROPOSED and line.planned_on >= today,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """The office's people, by what a visitor is known by."""

    by_user: dict[int, str]
    by_title: dict[str, str]
    by_member: dict[int, str]

    @classmethod
    def of(cls, people: Iterable[Person]) -> "Known":
        """Gather them."""
        held = list(people)
        return cls(
            {one.user_id: one.key for one in held if one.user_id is not None},
            {one.title: one.key for one in held},
            {one.member_id: one.key for one in held if one.member_id is not None},
        )

    def key_of(self, one: Visitor) -> str:
        """Return the key under which the planner knows a visitor: by the seat, the account, else the very words; "" if unknown."""
        return (
            self.by_member.get(one.member_id or 0)
            or self.by_user.get(one.user_id or 0)
            or self.by_title.get(one.title, "")
        )


def key_of(one: PlannedVisitor) -> str:
    """Return the key under which the planner knows who goes."""
    return _key(one.position_id, one.member_id, one.user_id)


def _key(position: int | None, member: int | None, user: int | None) -> str:
    if member is not None:
        return f"m{member}"
    return f"p{position}" if position is not None else f"u{user}"


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """A line in the plan as plain values, with where its visit stands; `party` are (key, title), the first leads."""

    pk: int
    visit_id: int | None
    school_id: int
    school: str
    network: str
    kind: str
    academic_year: int
    semester: int
    planned_on: date
    purpose: str
    reasons: list[str]
    insisted_because: str
    visit_state: str
    visit_mode: str
    visited_on: date | None
    party: tuple[tuple[str, str], ...]


_COLUMNS = (
    "pk",
    "visit_id",
    "school_id",
    "school__unit__name",
    "school__network__unit__name",
    "kind",
    "academic_year",
    "semester",
    "planned_on",
    "purpose",
    "reasons",
    "why_who",
    "why_day",
    "insisted_because",
    "visit__state",
    "visit__mode",
    "visit__visited_on",
)


def accepted_lines(plan: SupervisionPlan) -> list[AcceptedLine]:
    """Read the lines that were taken into a plan, by day: two queries and no records, as a year has hundreds."""
    accepted = plan.lines.filter(state=PlannedVisit.State.ACCEPTED)
    party: dict[int, list[tuple[str, str]]] = defaultdict(list)
    goers = PlannedVisitor.objects.filter(line__in=accepted).order_by("pk")
    columns = ("line_id", "position_id", "member_id", "user_id", "title")
    for line, position, member, user, title in goers.values_list(*columns):
        party[line].append((_key(position, member, user), title))
    rows = accepted.order_by("planned_on", "pk").values_list(*_COLUMNS, named=True)
    return [
        AcceptedLine(
            pk=row.pk,
            visit_id=row.visit_id,
            school_id=row.school_id,
            school=row.school__unit__name,
            network=row.school__network__unit__name or "",
            kind=row.kind,
            academic_year=row.academic_year,
            semester=row.semester,
            planned_on=row.planned_on,
            purpose=row.purpose,
            reasons=[
                *row.reasons,
                # Which neighbours share the day follows from the other lines, proposals too; nobody decides it here.
                *decided_words(row.why_who, "", row.why_day, row.insisted_because),
            ],
            insisted_because=row.insisted_because,
            visit_state=row.visit__state or "",
            visit_mode=row.visit__mode or "",
            visited_on=row.visit__visited_on,
            party=tuple(party.get(row.pk, ())),
        )
        for row in rows
    ]


def content_of(
    plan: SupervisionPlan, accepted: Iterable[AcceptedLine] | None = None
) -> dict[str, Any]:
    """Return the plan as plain values, as a version freezes it: the lines that were taken into it, by day.

    `accepted` are these lines where they have been read already.
    """
    return {
        "fiscal_year": plan.fiscal_year,
        "title": plan.title,
        "lines": [
            {
                "id": str(line.pk),
                "visit": str(line.visit_id),
                "school_id": line.school_id,
                "school": line.school,
                "network": line.network,
                "kind": line.kind,
                "semester": f"{line.semester}/{line.academic_year}",
                "planned_on": line.planned_on.isoformat(),
                "purpose": line.purpose,
                "party": [title for _, title in line.party],
                "reasons": line.reasons,
            }
            for line in (accepted_lines(plan) if accepted is None else accepted)
        ],
    }


# Names are kept for readers; the school is its key, so that a new name of a school or network changes no plan.
_NAMES = frozenset({"school", "network"})


def digest_of_content(content: Mapping[str, Any]) -> str:
    """Return the digest of what `content_of` gave: of all that it says but the names of schools and networks."""
    lines = [
        {key: value for key, value in line.items() if key not in _NAMES}
        for line in content["lines"]
    ]
    return digest_of({**content, "lines": lines})


def digest_of_plan(plan: SupervisionPlan) -> str:
    """Return the digest of the plan as it stands; equal to that of a version where nothing has changed since."""
    return digest_of_content(content_of(plan))


def newest_version(plan: SupervisionPlan) -> SupervisionPlanVersion | None:
    """Return the version that was approved last."""
    return plan.versions.defer("content").first()
