"""What is known of schools, people and days before a year of visits is planned. A fixed number of queries, whatever the rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max, Q

from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.models.census import TestResult
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.models.staff import Assignment, Position, PositionHolder
from nithet.domain.directory.queries.listing import newest_censuses
from nithet.domain.directory.queries.populations import members_of, open_on, population_of
from nithet.domain.directory.queries.school_pages import scheme_of
from nithet.domain.plans.models.calendar import CalendarDay
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.rules.calendar import public_holidays
from nithet.domain.supervision.models.dates import OtherBodysVisit
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.teams import member_words, members_who_visit
from nithet.domain.supervision.rules.reasons import SchoolFacts, Span
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.thai_text.forms import sort_key
from nithet.kernel import clock
from nithet.kernel.periods import Period
from nithet.kernel.school_years import fiscal_year

BLOCKING = (
    CalendarDay.Kind.HOLIDAY,
    CalendarDay.Kind.EXAM,
    CalendarDay.Kind.MEETING,
    CalendarDay.Kind.OTHER_BODY,
)
"""Days of the office's calendar on which no visit is proposed."""


@dataclass(frozen=True, slots=True)
class Person:
    """A supervisor or a member as plans name them. `key` is "p5" (position), "u5" (account) or "m5" (seat)."""

    key: str
    title: str
    user_id: int | None = None
    position_id: int | None = None
    member_id: int | None = None


def supervisors(actor: Actor, day: date) -> list[Person]:
    """List the office's supervisors on a day: their positions with whoever holds them, else the accounts posted as supervisors."""
    positions = [
        one
        for one in standing(
            Position.objects.filter(role=Role.SUPERVISOR, unit_id=actor.office_id or 0)
        ).order_by("title", "pk")
        if one.holds_on(day)
    ]
    holders = {
        one.position_id: one.posting.user
        for one in PositionHolder.objects.filter(
            position__in=positions,
            posting__in=Posting.objects.on(day),
            posting__user__is_active=True,
        ).select_related("posting__user")
    }
    found = []
    for one in positions:
        user = holders.get(one.pk)
        title = (user.display_name or user.username) if user else one.title
        found.append(Person(f"p{one.pk}", title, user.pk if user else None, position_id=one.pk))
    if found:
        return sorted(found, key=lambda one: (sort_key(one.title), one.key))
    rows = (
        Posting.objects.on(day)
        .filter(
            role=Role.SUPERVISOR, unit_id=actor.office_id or 0, user__is_active=True, limited_to=""
        )
        .select_related("user")
        .order_by("user__display_name", "user_id")
    )
    users = {row.user_id: row.user for row in rows}
    return [
        Person(f"u{key}", user.display_name or user.username, key) for key, user in users.items()
    ]


def committee_members(actor: Actor, day: date) -> list[Person]:
    """List the members who visit schools on a day, in the order of the official list."""
    return [
        Person(f"m{one.pk}", member_words(one), one.user_id, member_id=one.pk)
        for one in members_who_visit(actor.office_id or 0, day)
    ]


def counted_schools(actor: Actor, day: date) -> list[School]:
    """List the schools that "every school" means on a day, with unit and network, by name."""
    population = population_of(actor, day)
    rows = School.objects.filter(office_id=actor.office_id).select_related("unit", "network__unit")
    if population.population_id is None:
        rows = rows.filter(open_on(day))
    else:
        rows = rows.filter(pk__in=members_of(population.population_id))
    return list(rows.order_by("unit__name_key", "pk"))


def own_supervisors(day: date) -> dict[int, int]:
    """Return the position of each school's own supervisor on a day, by school id."""
    rows = standing(
        Assignment.objects.filter(
            kind=Assignment.Kind.SCHOOL_SUPERVISOR, position__taken_back_at__isnull=True
        )
    ).order_by("-pk")
    return {
        one.school_id: one.position_id
        for one in rows
        if one.school_id is not None and one.holds_on(day)
    }


def blocked_days(actor: Actor, period: Period) -> dict[date, str]:
    """Return the days on which nobody goes anywhere, each with its reason: holidays, examinations, meetings, other bodies."""
    found: dict[date, str] = {}
    for year in range(fiscal_year(period.start), fiscal_year(period.end) + 1):
        for entry in public_holidays(year):
            found.setdefault(entry.starts_on, entry.title)
    rows = standing(
        CalendarDay.objects.filter(
            office_id=actor.office_id,
            kind__in=BLOCKING,
            starts_on__lte=period.end,
            ends_on__gte=period.start,
        )
    )
    for row in rows:
        day = max(row.starts_on, period.start)
        while day <= min(row.ends_on, period.end):
            found.setdefault(day, row.title)
            day += timedelta(days=1)
    return {day: words for day, words in found.items() if day in period}


def school_facts(actor: Actor, schools: list[School], period: Period) -> list[SchoolFacts]:
    """Return what the planner weighs of each school; ten queries at most, whatever the number of schools."""
    today = clock.today()
    keys = [school.pk for school in schools]
    censuses = newest_censuses(schools)
    scheme = scheme_of(actor)
    smallest = next(iter(scheme.scheme.classes)).key if scheme.scheme.classes else ""
    agreements, overdue = _agreements(today)
    needs = _needs(keys, fiscal_year(period.end))
    below = _below(keys)
    supervised, seen = _last_visits(keys)
    own = own_supervisors(today)
    closed = _closed(keys, period)
    found = []
    for school in schools:
        census = censuses.get(school.pk)
        pupils = census.pupils if census else None
        size = scheme.size_of(pupils)
        position = own.get(school.pk)
        found.append(
            SchoolFacts(
                key=school.pk,
                name=school.name,
                network=school.network.unit.name if school.network else "",
                place=_place(school),
                district=school.district,
                pupils=pupils,
                is_small=size is not None and size.key == smallest,
                last_visit=supervised.get(school.pk),
                last_committee_visit=seen.get(school.pk),
                agreements=agreements[school.pk],
                overdue=overdue[school.pk],
                needs=tuple(words for words, _ in needs[school.pk]),
                need_strength=sum(strength for _, strength in needs[school.pk]),
                below=tuple(below[school.pk]),
                lacks_head=school.head_status == School.Head.VACANT,
                supervisor=f"p{position}" if position else "",
                closed=tuple(closed[school.pk]),
            )
        )
    return found


def _place(school: School) -> tuple[float, float] | None:
    if school.latitude is None or school.longitude is None:
        return None
    return float(school.latitude), float(school.longitude)


def _agreements(today: date) -> tuple[dict[int, int], dict[int, int]]:
    rows = standing(
        Commitment.objects.filter(
            kind=Commitment.Kind.PROMISE,
            state=Commitment.State.OPEN,
            about__startswith="directory.school:",
        )
    ).values_list("about", "due_on")
    counted: dict[int, int] = defaultdict(int)
    late: dict[int, int] = defaultdict(int)
    for about, due_on in rows:
        key = int(about.rpartition(":")[2])
        counted[key] += 1
        late[key] += due_on is not None and due_on < today
    return counted, late


def _needs(keys: list[int], year: int) -> dict[int, list[tuple[str, int]]]:
    """Return the open needs of a plan's year and of the year before, as the information for planning tells them."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = standing(
        Need.objects.filter(
            state=Need.State.OPEN, school__in=keys, fiscal_year__in=(year - 1, year)
        )
    ).order_by("-strength", "pk")
    for key, text, strength in rows.values_list("school_id", "text", "strength"):
        found[key].append((text, strength))
    return found


def _below(keys: list[int]) -> dict[int, list[str]]:
    """Name each school's results of the newest year that lie below the office's mean, weighted by pupils tested."""
    newest = standing(TestResult.objects.all()).aggregate(year=Max("academic_year"))["year"]
    found: dict[int, list[str]] = defaultdict(list)
    if newest is None:
        return found
    rows = list(
        standing(TestResult.objects.filter(academic_year=newest, tested__gt=0)).order_by(
            "test", "subject", "pk"
        )
    )
    sums: dict[tuple[str, str, int], tuple[Decimal, int]] = {}
    for row in rows:
        series = (row.test, row.subject, row.full_marks)
        total, tested = sums.get(series, (Decimal(0), 0))
        sums[series] = (total + row.mean * row.tested, tested + row.tested)
    wanted = set(keys)
    for row in rows:
        total, tested = sums[row.test, row.subject, row.full_marks]
        mean = total / tested
        if row.school_id in wanted and row.mean < mean:
            name = str(TestResult.Test(row.test).value).upper().replace("_", " ")
            found[row.school_id].append(
                f"{_TESTS.get(row.test, name)} {row.subject} {row.mean:.2f} (เขต {mean:.2f}, สอบ {row.tested} คน)"
            )
    return found


_TESTS = {
    "rt_p1": "RT ป.1",
    "nt_p3": "NT ป.3",
    "onet_p6": "O-NET ป.6",
    "onet_m3": "O-NET ม.3",
    "onet_m6": "O-NET ม.6",
}


def _last_visits(keys: list[int]) -> tuple[dict[int, date], dict[int, date]]:
    """Return the day of the last visit done on site, of supervisors and of committees, by school id."""
    rows = (
        Visit.objects.filter(school__in=keys, state=Visit.State.DONE, mode=Visit.Mode.ON_SITE)
        .order_by()
        .values("school_id")
        .annotate(
            supervised=Max("visited_on", filter=Q(kind=Visit.Kind.SUPERVISION)),
            seen=Max("visited_on", filter=Q(kind=Visit.Kind.COMMITTEE)),
        )
        .values_list("school_id", "supervised", "seen")
    )
    supervised, seen = {}, {}
    for key, one, other in rows:
        if one:
            supervised[key] = one
        if other:
            seen[key] = other
    return supervised, seen


def _closed(keys: Iterable[int], period: Period) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    rows = standing(
        OtherBodysVisit.objects.filter(
            school__in=keys, starts_on__lte=period.end, ends_on__gte=period.start
        )
    )
    for row in rows.order_by("starts_on", "pk"):
        found[row.school_id].append(Span(row.starts_on, row.ends_on, row.words))
    return found
