"""What a proposal is asked with and what it answers, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from nithet.domain.supervision.rules.reasons import SchoolFacts

SUPERVISION, COMMITTEE = "supervision", "committee"


@dataclass(frozen=True, slots=True)
class Goer:
    """Somebody who goes: a supervisor or a member of a committee; `key` tells them apart, `title` names them."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a semester that can still be planned, both ends included."""

    academic_year: int
    number: int
    first: date
    last: date

    @property
    def words(self) -> str:
        """Return its name in Thai."""
        return f"ภาคเรียนที่ {self.number}/{self.academic_year}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit that stands already, done or planned, in the plan or outside of it: who goes is busy on that day and has it as load.

    One by telephone or online (`is_on_site` False) leaves the school to be visited. `is_to_come` False: it was, or was missed,
    so it is not the last visit before one that is proposed.
    """

    school: int
    kind: str
    day: date
    goers: tuple[str, ...] = ()
    is_on_site: bool = True
    is_to_come: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """What the planner may turn. `near_km` is how far schools of one day may lie from each other, as the crow flies."""

    visits_per_semester: int = 1
    most_a_day: int = 2
    near_km: int = 15
    committee_party: int = 3


@dataclass(frozen=True, slots=True)
class Proposed:
    """A visit that is proposed. `goers` are keys, the first leads; `companion` goes along with a committee ("" nobody).

    `reasons` speak of the school; who goes, why this day and with which neighbours stand apart, because a person may change them.
    """

    school: int
    kind: str
    window: Window
    day: date
    goers: tuple[str, ...]
    weight: int
    group: int
    reasons: tuple[str, ...]
    companion: str = ""
    why_who: str = ""
    why_day: str = ""
    why_beside: str = ""

    @property
    def every_reason(self) -> tuple[str, ...]:
        """Return all of them as they are shown."""
        decided = (self.why_who, self.why_beside, self.why_day)
        return (*self.reasons, *(one for one in decided if one))


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A school that found no day in a semester, and why."""

    school: int
    window: Window
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """Everything a proposal is made of. `blocked` maps days on which nobody goes anywhere to the reason."""

    schools: Sequence[SchoolFacts]
    supervisors: Sequence[Goer]
    members: Sequence[Goer]
    windows: Sequence[Window]
    blocked: Mapping[date, str]
    standing: Sequence[Standing] = ()
    settings: Settings = Settings()


@dataclass(slots=True)
class Proposal:
    """The visits proposed, in the order of their days, and the schools that found none."""

    visits: list[Proposed] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)


def open_days(window: Window, blocked: Mapping[date, str]) -> list[date]:
    """Return the days of a window on which schools are open and nothing is in the way: Monday to Friday."""
    length = (window.last - window.first).days + 1
    days = (window.first + timedelta(days=offset) for offset in range(max(0, length)))
    return [day for day in days if day.weekday() < 5 and day not in blocked]
