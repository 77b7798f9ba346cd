"""What single roles see on their home, beyond what waits for everybody. Each a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.policy.schools import visible_to as visible_schools
from nithet.domain.directory.queries.listing import newest_censuses
from nithet.domain.directory.queries.schools import known_school_count
from nithet.domain.directory.queries.staff import list_people, schools_with_desks
from nithet.domain.plans.models.importing import PlanImport
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.queries.plans import plan_of
from nithet.domain.plans.queries.standing import PlanOfYear, plan_of_year
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import open_agreements
from nithet.domain.supervision.queries.visits import list_visits
from nithet.foundation.access.actors import Actor
from nithet.foundation.jobs.models import Job
from nithet.foundation.jobs.rules import Status
from nithet.kernel.school_years import Semester, semester


@dataclass(frozen=True, slots=True)
class OwnSchool:
    """A school as its own people see it: what the office holds about it, its last visits, the next ones, what was agreed."""

    school: School
    census: Census | None
    visits: list[Visit]
    coming: list[Visit]
    visit_count: int
    agreements: list[Commitment]


def own_schools(actor: Actor, today: date) -> list[OwnSchool]:
    """Return the actor's own schools, nearly always one."""
    rows = visible_schools(actor).filter(unit__in=actor.school_ids)
    schools = list(rows.select_related("unit", "network__unit").order_by("pk"))
    censuses = newest_censuses(schools, today)
    return [_own(actor, school, censuses.get(school.pk)) for school in schools]


def _own(actor: Actor, school: School, census: Census | None) -> OwnSchool:
    rows = list_visits(actor, school_id=school.pk).exclude(state=Visit.State.CANCELLED)
    visits = list(rows.order_by("-visited_on", "-pk"))
    done = [one for one in visits if one.state == Visit.State.DONE]
    coming = [one for one in reversed(visits) if one.state == Visit.State.PLANNED]
    return OwnSchool(
        school, census, done[:3], coming[:3], len(visits), open_agreements(school.pk)[:8]
    )


@dataclass(frozen=True, slots=True)
class OwnVisits:
    """The visits on which somebody went this semester, as recorded with their account."""

    semester: Semester | None
    schools: int
    visits: list[Visit]


def visits_gone_on(actor: Actor, today: date) -> OwnVisits:
    """Return the visits of the present semester on which the actor went; between semesters, of none."""
    part = semester(today)
    rows = list_visits(actor).filter(visitors__user_id=actor.user_id or 0, state=Visit.State.DONE)
    if not isinstance(part, Semester):
        return OwnVisits(None, 0, list(rows.order_by("-visited_on")[:5]))
    period = part.period
    gone = list(rows.filter(visited_on__range=(period.start, period.end)).order_by("-visited_on"))
    return OwnVisits(part, len({row.school_id for row in gone}), gone[:5])


def plan_home(actor: Actor, fiscal_year: int) -> PlanOfYear | None:
    """Return how the plan of a year stands; None where there is none."""
    plan = plan_of(fiscal_year)
    return plan_of_year(actor, plan) if plan else None


@dataclass(frozen=True, slots=True)
class InstallationHome:
    """What the administrator looks after: who cannot sign in yet, and work that failed in the background."""

    people: int
    never_signed_in: int
    unguarded: int
    schools: int
    schools_without_desk: int
    failed_jobs: int
    waiting_jobs: int


def installation_home(actor: Actor) -> InstallationHome:
    """Return the administrator's figures; six queries."""
    people = list_people(actor).filter(is_active=True).prefetch_related(None)
    desks = schools_with_desks(actor)
    jobs = Job.objects.filter(Q(office_id=actor.office_id) | Q(office__isnull=True))
    return InstallationHome(
        people=people.count(),
        never_signed_in=people.filter(last_login__isnull=True).count(),
        unguarded=people.filter(Q(("guarded", False)), access_postings__role="administrator")
        .distinct()
        .count(),
        schools=desks.count(),
        schools_without_desk=desks.filter(Q(("has_desk", False))).count(),
        failed_jobs=jobs.filter(status=Status.FAILED.value).count(),
        waiting_jobs=jobs.filter(status=Status.READY.value).count(),
    )


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an office that is just beginning has not done yet."""

    needs_schools: bool
    needs_plan: bool

    def __bool__(self) -> bool:
        """Say whether anything is left to begin with."""
        return self.needs_schools or self.needs_plan


def beginning() -> Beginning:
    """Say what an office has not brought yet: its schools, its plan; three queries."""
    has_plan = Plan.objects.exists() or PlanImport.objects.exists()
    return Beginning(not known_school_count(), not has_plan)
