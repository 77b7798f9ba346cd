"""What the director is shown of a plan of visits: its figures, what goes beyond the limits, what changed since the last version."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class YearVisit:
    """A visit of the year: in the plan (`line`), or outside of it (`line` None). Goers are (key, title), the first leads.

    `semester` is (academic year, number). `closed` says why the school is closed on that day ("" it is open), `insisted` why it is
    visited all the same. `counts` False: called off, or not at the school, so that it covers no school.
    """

    day: date
    school: int
    name: str
    kind: str
    semester: tuple[int, int]
    goers: tuple[tuple[str, str], ...]
    line: int | None = None
    visit: int | None = None
    is_off: bool = False
    is_on_site: bool = True
    is_done: bool = False
    closed: str = ""
    insisted: str = ""

    @property
    def is_outside(self) -> bool:
        """Say whether it stands outside of the plan (นอกแผน)."""
        return self.line is None

    @property
    def counts(self) -> bool:
        """Say whether the school is covered by it."""
        return self.is_on_site and not self.is_off


@dataclass(frozen=True, slots=True)
class SemesterSum:
    """A semester: how many visits, which of the schools have one planned or done there (`covered` of `of`), who is `left`."""

    words: str
    visits: int
    covered: int
    of: int
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """What one supervisor has: visits by semester, days on the road, and how many of the visits stand outside of the plan."""

    title: str
    visits: tuple[int, ...]
    days: int
    outside: int

    @property
    def total(self) -> int:
        """Return the visits of the year."""
        return sum(self.visits)


@dataclass(frozen=True, slots=True)
class Crowded:
    """A day on which somebody has more schools than was set: `day`, who, where."""

    day: date
    title: str
    schools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """A visit on a day on which its school is closed, why, and why it stands there all the same ("" nobody said)."""

    day: date
    name: str
    why: str
    insisted: str
    line: int | None
    visit: int | None


@dataclass(frozen=True, slots=True)
class DateSums:
    """Where the days to come stand: agreed by schools, waiting for them, another asked for, kept after that, not asked yet."""

    agreed: int = 0
    waiting: int = 0
    asked_other: int = 0
    kept: int = 0
    not_asked: int = 0

    @property
    def total(self) -> int:
        """Return how many visits of the plan are still to come."""
        return self.agreed + self.waiting + self.asked_other + self.kept + self.not_asked


@dataclass(frozen=True, slots=True)
class Changed:
    """A line that is not as in the last version: `kind` added, dropped, moved or party; what stood before, what stands now."""

    kind: str
    name: str
    before: str
    after: str
    line: int

    @property
    def before_shown(self) -> date | None:
        """Return the day before, None where it is no day."""
        return date.fromisoformat(self.before) if self.before and self.kind != "party" else None

    @property
    def after_shown(self) -> date | None:
        """Return the day now, None where it is no day."""
        return date.fromisoformat(self.after) if self.after and self.kind != "party" else None


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """All of it. `since` is the number of the last version, None where there is none."""

    visits: int
    supervision: int
    committee: int
    outside: int
    semesters: tuple[SemesterSum, ...]
    loads: tuple[Load, ...]
    members: tuple[tuple[int, int], ...]
    dates: DateSums
    most_a_day: int
    crowded: tuple[Crowded, ...]
    closed: tuple[Closed, ...]
    since: int | None
    changes: tuple[Changed, ...]

    def plain(self) -> dict[str, Any]:
        """Return the figures as plain values, days as words of ISO, as a submission keeps them."""
        return _plain(asdict(self))  # type: ignore[no-any-return]

    @property
    def change_counts(self) -> dict[str, int]:
        """Count the changes by kind."""
        return {
            kind: sum(1 for one in self.changes if one.kind == kind)
            for kind in ("added", "moved", "party", "dropped")
        }

    @property
    def mean_load(self) -> float:
        """Return the visits a supervisor has on the mean, 0 where there is none."""
        return sum(one.total for one in self.loads) / len(self.loads) if self.loads else 0.0


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def semester_sums(
    visits: Sequence[YearVisit],
    schools: Mapping[int, str],
    semesters: Mapping[tuple[int, int], str],
) -> tuple[SemesterSum, ...]:
    """Count each semester's visits of supervision, and the schools that have one."""
    found = []
    for key, words in semesters.items():
        mine = [one for one in visits if one.semester == key and one.kind == "supervision"]
        has = {one.school for one in mine if one.counts}
        left = tuple(name for school, name in schools.items() if school not in has)
        count = sum(1 for one in mine if not one.is_off)
        found.append(SemesterSum(words, count, len(schools) - len(left), len(schools), left))
    return tuple(found)


def loads_of(
    visits: Sequence[YearVisit],
    people: Sequence[tuple[str, str]],
    semesters: Iterable[tuple[int, int]],
) -> tuple[Load, ...]:
    """Count what each of some people (key, title) has, in their order; companions of a committee have the day too."""
    parts = list(semesters)
    mine: dict[str, list[YearVisit]] = defaultdict(list)
    for one in visits:
        for key, _ in one.goers:
            if not one.is_off:
                mine[key].append(one)
    return tuple(
        Load(
            title,
            tuple(sum(1 for one in mine[key] if one.semester == part) for part in parts),
            len({one.day for one in mine[key]}),
            sum(1 for one in mine[key] if one.is_outside),
        )
        for key, title in people
    )


def crowded_days(visits: Iterable[YearVisit], most_a_day: int) -> tuple[Crowded, ...]:
    """Name the days on which somebody has more schools than was set, visits outside of the plan counted too."""
    days: dict[tuple[date, str], list[str]] = defaultdict(list)
    for one in visits:
        for _, title in one.goers:
            if not one.is_off and one.is_on_site and one.name not in days[one.day, title]:
                days[one.day, title].append(one.name)
    return tuple(
        Crowded(day, title, tuple(names))
        for (day, title), names in sorted(days.items())
        if len(names) > most_a_day
    )


def closed_days(visits: Iterable[YearVisit]) -> tuple[Closed, ...]:
    """Name the visits that stand on a day on which their school is closed; what was done is done."""
    return tuple(
        Closed(one.day, one.name, one.closed, one.insisted, one.line, one.visit)
        for one in sorted(visits, key=lambda one: (one.day, one.name))
        if one.closed and not one.is_off and not one.is_done
    )


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Changed, ...]:
    """Compare the lines of two contents: what was added, dropped, moved, given to somebody else; in the order of their days."""
    old = {one["id"]: one for one in before["lines"]}
    new = {one["id"]: one for one in after["lines"]}
    found = []
    for key, one in new.items():
        held, name = old.get(key), str(one["school"])
        if held is None:
            found.append(Changed("added", name, "", one["planned_on"], int(key)))
            continue
        if held["planned_on"] != one["planned_on"]:
            found.append(Changed("moved", name, held["planned_on"], one["planned_on"], int(key)))
        if held["party"] != one["party"]:
            were, are = ", ".join(held["party"]), ", ".join(one["party"])
            found.append(Changed("party", name, were, are, int(key)))
    found += [
        Changed("dropped", str(one["school"]), one["planned_on"], "", int(key))
        for key, one in old.items()
        if key not in new
    ]
    return tuple(found)
