"""What the visits of a year cover, semester by semester."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from nithet.domain.frameworks.measures import Sentence
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_to
from nithet.domain.supervision.queries.spoken import who_count
from nithet.domain.supervision.queries.teams import member_words, members_who_visit
from nithet.domain.supervision.rules.semesters import semesters_of
from nithet.foundation.access.actors import Actor
from nithet.kernel import clock
from nithet.kernel.messages import msgid
from nithet.kernel.school_years import Gap, Semester, fiscal_year_period, semester

NO_VISITS = msgid("No committee visit is recorded in semester %(semester)s.")
VISITORS_UNKNOWN = msgid(
    "Semester %(semester)s: %(visits)s visits to %(schools)s schools; who went is not recorded for %(unnamed)s of them, "
    "so visits of each member cannot be shown."
)
VISITORS_KNOWN = msgid(
    "Semester %(semester)s: %(visits)s visits to %(schools)s schools; who went is recorded for every visit."
)
MEMBERS_ALL = msgid(
    "Semester %(semester)s: all %(of)s members of the committee visited schools, %(schools)s schools in all."
)
MEMBERS_LEFT = msgid(
    "Semester %(semester)s: %(n)s of %(of)s members of the committee visited schools; not yet: %(left)s."
)


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """A semester, or the days between two, with the visits done in it."""

    part: Semester | Gap
    visits: int
    schools: int


def visits_by_semester(
    actor: Actor, fiscal_year: int, kind: Visit.Kind | str | None = None
) -> list[PartOfYear]:
    """Count a year's visits done, by semester, in order; every semester of the year stands there, also an empty one.

    Days between semesters have an entry only where a visit falls in them.
    """
    done = visible_to(actor).filter(state=Visit.State.DONE)
    period = fiscal_year_period(fiscal_year)
    rows = done.filter(visited_on__range=(period.start, period.end))
    if kind is not None:
        rows = rows.filter(kind=kind)
    found: dict[Semester | Gap, list[int]] = {part: [] for part in semesters_of(fiscal_year)}
    for day, school in rows.values_list("visited_on", "school_id"):
        found.setdefault(semester(day), []).append(school)
    parts = [PartOfYear(part, len(schools), len(set(schools))) for part, schools in found.items()]
    return sorted(parts, key=lambda one: one.part.period.start)


@dataclass(frozen=True, slots=True)
class CommitteeSemester:
    """What the records show of the committee's visits in a semester.

    `is_shown` None where visits are there but nobody recorded who went, so that "every member" cannot be told;
    False where no visit is recorded at all.
    """

    semester: Semester
    visits: int
    schools: int
    days: tuple[date, ...]
    unnamed: int
    is_shown: bool | None
    because: Sentence


def committee_coverage(actor: Actor, fiscal_year: int) -> list[CommitteeSemester]:
    """Say semester by semester of a year what is recorded of the committee's visits to schools, and of its members.

    A semester without a visit stands there and says so. Where a visit does not name who went, members cannot be counted; where
    all do and the seats of the committee are known, every member is looked for. One query, three where members are counted.
    """
    period = fiscal_year_period(fiscal_year)
    rows = list(
        visible_to(actor)
        .filter(
            kind=Visit.Kind.COMMITTEE,
            state=Visit.State.DONE,
            visited_on__range=(period.start, period.end),
        )
        .annotate(visitor_count=Count("visitors"))
        .values_list("visited_on", "school_id", "visitor_count", "pk")
    )
    return [_committee_semester(actor, one, rows) for one in semesters_of(fiscal_year)]


def _committee_semester(
    actor: Actor, one: Semester, rows: list[tuple[date, int, int, int]]
) -> CommitteeSemester:
    mine = [row for row in rows if row[0] in one.period]
    schools = len({row[1] for row in mine})
    unnamed = sum(1 for row in mine if not row[2])
    values: dict[str, object] = {
        "semester": f"{one.number}/{one.academic_year}",
        "visits": len(mine),
        "schools": schools,
        "unnamed": unnamed,
    }
    shown: bool | None
    if not mine:
        shown, message = False, NO_VISITS
    elif unnamed:
        shown, message = None, VISITORS_UNKNOWN
    else:
        shown, message = True, VISITORS_KNOWN
        seats, left = _members_left(actor, one, [row[3] for row in mine])
        if seats:
            values |= {"n": seats - len(left), "of": seats, "left": ", ".join(left)}
            shown, message = not left, MEMBERS_LEFT if left else MEMBERS_ALL
    return CommitteeSemester(
        semester=one,
        visits=len(mine),
        schools=schools,
        days=tuple(sorted({row[0] for row in mine})),
        unnamed=unnamed,
        is_shown=shown,
        because=Sentence(message, values),
    )


def _members_left(actor: Actor, one: Semester, visits: list[int]) -> tuple[int, list[str]]:
    """Return how many seats the visiting committees had in a semester, and who of them went on none of some visits."""
    if actor.office_id is None:
        return 0, []
    day = min(one.period.end, max(one.period.start, clock.today()))
    seats = members_who_visit(actor.office_id, day)
    if not seats:
        return 0, []
    went = who_count().filter(visit__in=visits)
    gone = set(went.values_list("member_id", flat=True)), set(went.values_list("title", flat=True))
    left = [
        member_words(seat)
        for seat in seats
        if seat.pk not in gone[0] and member_words(seat) not in gone[1]
    ]
    return len(seats), left
