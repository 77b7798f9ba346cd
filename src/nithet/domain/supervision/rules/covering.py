"""นิเทศครบ n of N: which schools were visited in a semester, which are left, and how long there is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from nithet.foundation.thai_text.forms import sort_key
from nithet.kernel.school_years import Semester


@dataclass(frozen=True, slots=True)
class SchoolPlace:
    """A school as it is counted: its network and its own supervisor, "" where there is none."""

    key: int
    name: str
    network: str = ""
    supervisor: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A supervision visit that was carried out; `is_remote`: by telephone, online or from a recording."""

    school: int
    day: date
    is_remote: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """n of N in words and names: `left` were not visited on site; `remote_only` of them were reached another way."""

    name: str
    total: int
    left: tuple[SchoolPlace, ...]
    remote_only: tuple[SchoolPlace, ...]

    @property
    def count(self) -> int:
        """Return how many schools were visited on site."""
        return self.total - len(self.left)

    @property
    def is_whole(self) -> bool:
        """Say whether every school was visited."""
        return not self.left


@dataclass(frozen=True, slots=True)
class SemesterCover:
    """A semester: all schools, by network, by supervisor; visits on site and in other ways counted apart.

    `weeks_left` counts begun weeks until its last day; 0 when it is over. `has_begun` False: nothing can be said yet.
    `outside` is how many schools were visited that are not counted in N; `schools` are those that are.
    """

    semester: Semester
    schools: tuple[SchoolPlace, ...]
    all: Covered
    networks: tuple[Covered, ...]
    supervisors: tuple[Covered, ...]
    on_site: int
    remote: int
    outside: int
    weeks_left: int
    has_begun: bool


def cover(
    semester: Semester,
    last_day: date,
    schools: Sequence[SchoolPlace],
    done: Iterable[Done],
    today: date,
) -> SemesterCover:
    """Count a semester up to `last_day` (a fiscal year may end before it)."""
    inside = [one for one in done if one.day in semester.period]
    counted = {school.key for school in schools}
    visited = {one.school for one in inside if not one.is_remote}
    reached = {one.school for one in inside if one.is_remote}
    days = (last_day - today).days + 1
    return SemesterCover(
        semester=semester,
        schools=tuple(schools),
        all=_covered("", schools, visited, reached),
        networks=_by({s.key: s.network for s in schools}, schools, visited, reached),
        supervisors=_by({s.key: s.supervisor for s in schools}, schools, visited, reached),
        on_site=sum(1 for one in inside if not one.is_remote),
        remote=sum(1 for one in inside if one.is_remote),
        outside=len(visited - counted),
        weeks_left=max(0, ceil(days / 7)),
        has_begun=semester.period.start <= today,
    )


def _by(
    names: Mapping[int, str], schools: Sequence[SchoolPlace], visited: set[int], reached: set[int]
) -> tuple[Covered, ...]:
    groups: dict[str, list[SchoolPlace]] = {}
    for school in schools:
        groups.setdefault(names[school.key], []).append(school)
    order = sorted(groups, key=lambda name: (name == "", sort_key(name)))
    return tuple(_covered(name, groups[name], visited, reached) for name in order)


def _covered(
    name: str, schools: Sequence[SchoolPlace], visited: set[int], reached: set[int]
) -> Covered:
    left = tuple(school for school in schools if school.key not in visited)
    return Covered(
        name, len(schools), left, tuple(school for school in left if school.key in reached)
    )


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A month of plan and deed: planned for it, of these carried out and called off; carried out without a plan.

    `in_month` is what was carried out on the days of the month, whenever it was planned: all that can be said where no plan
    was approved.
    """

    first: date
    planned: int
    done: int
    cancelled: int
    unplanned: int
    in_month: int = 0

    @property
    def missing(self) -> int:
        """Return how many planned visits were neither carried out nor called off."""
        return self.planned - self.done - self.cancelled
