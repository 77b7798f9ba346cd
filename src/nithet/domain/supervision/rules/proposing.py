"""A year of visits, proposed: the same facts always give the same plan, and each visit says why.

Order of decisions: whose school it is (their own schools first, then whoever has least to do), who lies near whom, on which day.
Days of examinations, holidays, meetings and of other bodies' visits stay free.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from nithet.domain.supervision.rules.distances import centre_of, great_circle_km
from nithet.domain.supervision.rules.reasons import SchoolFacts, reasons_of, weight_of
from nithet.kernel.thai_dates import format_date

SUPERVISION, COMMITTEE = "supervision", "committee"
SLACK = 0.15
"""How much more than an even share somebody keeps of their own schools before others take some over."""


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
    """A visit that stands already, done or planned: it is not proposed again, and who goes is busy on that day."""

    school: int
    kind: str
    day: date
    goers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the planner may turn. `near_km` is how far schools of one day may lie from each other, as the crow flies."""

    visits_per_semester: int = 1
    most_a_day: int = 2
    near_km: int = 15
    committee_party: int = 3


@dataclass(frozen=True, slots=True)
class Proposed:
    """A visit that is proposed. `goers` are keys, the first leads; `companion` goes along with a committee ("" nobody)."""

    school: int
    kind: str
    window: Window
    day: date
    goers: tuple[str, ...]
    weight: int
    group: int
    reasons: tuple[str, ...]
    companion: str = ""


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


def propose(asked: Question) -> Proposal:
    """Propose the visits that are missing in each window; nothing that stands is touched."""
    found = Proposal()
    busy: dict[str, set[date]] = defaultdict(set)
    taken: dict[int, set[date]] = defaultdict(set)
    before: dict[int, date] = {}
    for one in asked.standing:
        taken[one.school].add(one.day)
        for goer in one.goers:
            busy[goer].add(one.day)
    for window in sorted(asked.windows, key=lambda one: one.first):
        work = _Window(asked, window, busy, taken, before, found)
        work.place_supervision()
        work.place_committee()
        for visit in found.visits:
            if visit.window == window and visit.kind == SUPERVISION:
                before[visit.school] = max(visit.day, before.get(visit.school, visit.day))
    found.visits.sort(key=lambda one: (one.day, one.kind, one.school))
    return found


def open_days(window: Window, blocked: Mapping[date, str]) -> list[date]:
    """Return the days of a window on which schools are open and nothing is in the way: Monday to Friday."""
    length = (window.last - window.first).days + 1
    days = (window.first + timedelta(days=offset) for offset in range(max(0, length)))
    return [day for day in days if day.weekday() < 5 and day not in blocked]


class _Window:
    """The work on one semester."""

    def __init__(
        self,
        asked: Question,
        window: Window,
        busy: dict[str, set[date]],
        taken: dict[int, set[date]],
        before: dict[int, date],
        found: Proposal,
    ) -> None:
        self.asked, self.window, self.busy, self.taken = asked, window, busy, taken
        self.before, self.found = before, found
        self.days = open_days(window, asked.blocked)
        self.titles = {one.key: one.title for one in (*asked.supervisors, *asked.members)}
        self.by_key = {one.key: one for one in asked.schools}
        self.group = max((one.group for one in found.visits), default=0)
        goers = asked.supervisors
        self.rank = {one.key: (at + 0.5) / len(goers) for at, one in enumerate(goers)}

    # supervision

    def place_supervision(self) -> None:
        """Propose what is missing of the visits that every school is to have."""
        missing = self._missing()
        if not missing:
            return
        if not self.asked.supervisors:
            why = "สำนักงานยังไม่มีตำแหน่งศึกษานิเทศก์ในระบบ"
            self.found.unplaced += [Unplaced(one.key, self.window, why) for one in missing]
            return
        for goer, schools in self._shared_out(missing).items():
            self._place(goer, schools)

    def _missing(self) -> list[SchoolFacts]:
        """Return each school once for every visit it lacks, the weightiest first."""
        stands: dict[int, int] = defaultdict(int)
        for one in self.asked.standing:
            if one.kind == SUPERVISION and self._is_inside(one.day):
                stands[one.school] += 1
        lacking = [
            school
            for school in self.asked.schools
            for _ in range(max(0, self.asked.settings.visits_per_semester - stands[school.key]))
        ]
        return sorted(lacking, key=lambda one: (-self._weight(one), one.name, one.key))

    def _is_inside(self, day: date) -> bool:
        return self.window.first <= day <= self.window.last

    def _weight(self, school: SchoolFacts) -> int:
        return weight_of(school, self.window.first, self.before.get(school.key))

    def _shared_out(self, missing: list[SchoolFacts]) -> dict[str, list[tuple[SchoolFacts, str]]]:
        """Give each school to somebody, with the reason: own schools first, up to a fair share, then whoever has least."""
        goers = [one.key for one in self.asked.supervisors]
        fair = len(missing) / len(goers)
        most = ceil(fair * (1 + SLACK))
        shares: dict[str, list[tuple[SchoolFacts, str]]] = {key: [] for key in goers}
        left: list[SchoolFacts] = []
        for school in missing:
            own = shares.get(school.supervisor)
            if own is not None and len(own) < most:
                own.append((school, "ศึกษานิเทศก์ประจำโรงเรียน"))
            else:
                left.append(school)
        centres = {
            key: centre_of([one.place for one, _ in held if one.place])
            for key, held in shares.items()
        }
        for school in left:
            key = min(
                goers, key=lambda one: (len(shares[one]), _far(school.place, centres[one]), one)
            )
            if school.supervisor in shares:
                why = f"แบ่งจาก {self.titles[school.supervisor]} ซึ่งมีภาระเกินส่วนเฉลี่ย"
            else:
                why = "โรงเรียนยังไม่มีศึกษานิเทศก์ประจำโรงเรียน มอบผู้ที่มีภาระน้อยที่สุด"
            shares[key].append((school, why))
        return shares

    def _place(self, goer: str, share: list[tuple[SchoolFacts, str]]) -> None:
        groups = self._groups(share)
        free = [day for day in self.days if day not in self.busy[goer]]
        # Supervisors begin one after another, so that the office and its cars are not all away on one day.
        begin = self.rank[goer]
        for number, group in enumerate(groups):
            schools = [school for school, _ in group]
            day, moved = self._day(free, number, len(groups), schools, begin)
            if day is None:
                why = "ไม่มีวันว่างเหลือในภาคเรียนสำหรับผู้ที่รับผิดชอบ"
                self.found.unplaced += [Unplaced(one.key, self.window, why) for one, _ in group]
                continue
            free.remove(day)
            self.busy[goer].add(day)
            self.group += 1
            for school, whose in group:
                others = [one for one, _ in group if one.key != school.key]
                reasons = (
                    *reasons_of(school, self.window.first, self.before.get(school.key)),
                    whose,
                    *_beside(school, others),
                    *moved,
                )
                self._add(school, SUPERVISION, day, (goer,), reasons)

    def _add(
        self,
        school: SchoolFacts,
        kind: str,
        day: date,
        goers: tuple[str, ...],
        reasons: tuple[str, ...],
        companion: str = "",
    ) -> None:
        self.taken[school.key].add(day)
        self.found.visits.append(
            Proposed(
                school.key,
                kind,
                self.window,
                day,
                goers,
                self._weight(school),
                self.group,
                reasons,
                companion,
            )
        )

    def _groups(self, share: list[tuple[SchoolFacts, str]]) -> list[list[tuple[SchoolFacts, str]]]:
        """Put neighbours on one day: the weightiest school first, beside it those that lie nearest."""
        waiting = sorted(share, key=lambda one: (-self._weight(one[0]), one[0].name, one[0].key))
        groups = []
        while waiting:
            first, *waiting = waiting
            near = sorted(
                (one for one in waiting if self._is_near(first[0], one[0])),
                key=lambda one: (_far(first[0].place, one[0].place), one[0].name, one[0].key),
            )
            chosen: list[tuple[SchoolFacts, str]] = [first]
            for one in near:
                if len(chosen) < self.asked.settings.most_a_day and one[0].key not in {
                    c[0].key for c in chosen
                }:
                    chosen.append(one)
            waiting = [one for one in waiting if not any(one is c for c in chosen)]
            groups.append(chosen)
        return groups

    def _is_near(self, first: SchoolFacts, second: SchoolFacts) -> bool:
        if first.place and second.place:
            return great_circle_km(first.place, second.place) <= self.asked.settings.near_km
        return (
            bool(first.network)
            and first.network == second.network
            and first.district == second.district
        )

    def _day(
        self,
        free: Sequence[date],
        number: int,
        of: int,
        schools: Iterable[SchoolFacts],
        begin: float = 0.5,
    ) -> tuple[date | None, tuple[str, ...]]:
        """Return the day for a group: spread evenly over the days, else the nearest later or earlier one that suits all."""
        held = list(schools)
        if not free:
            return None, ()
        wanted = self.days[min(len(self.days) - 1, int((number + begin) * len(self.days) / of))]
        order = sorted(free, key=lambda day: (day < wanted, abs((day - wanted).days)))
        moved: tuple[str, ...] = ()
        for day in order:
            clash = self._clash(held, day)
            if clash is None:
                return day, moved
            if not moved and clash:
                moved = (f"เว้นวันที่ {format_date(day, 'short')} เพราะ{clash}",)
        return None, ()

    def _clash(self, schools: Iterable[SchoolFacts], day: date) -> str | None:
        """Say why a day does not suit some schools: "" where a visit stands on it, None where it suits."""
        for school in schools:
            if day in self.taken[school.key]:
                return ""
            for span in school.closed:
                if span.starts_on <= day <= span.ends_on:
                    return f"{span.words} เข้าโรงเรียน"
        return None

    # the committee

    def place_committee(self) -> None:
        """Propose a visit for every member who has none in this window, members together in small parties."""
        has = {
            goer
            for one in self.asked.standing
            if one.kind == COMMITTEE and self._is_inside(one.day)
            for goer in one.goers
        }
        lacking = [one for one in self.asked.members if one.key not in has]
        size = max(1, self.asked.settings.committee_party)
        parties = [lacking[at : at + size] for at in range(0, len(lacking), size)]
        for number, party in enumerate(parties):
            self._place_party(party, number, len(parties))

    def _place_party(self, party: Sequence[Goer], number: int, of: int) -> None:
        keys = tuple(one.key for one in party)
        for school in self._for_committee():
            goers = (*keys, school.supervisor) if school.supervisor in self.titles else keys
            free = [day for day in self.days if not any(day in self.busy[key] for key in goers)]
            day, moved = self._day(free, number, of, [school])
            if day is None:
                continue
            for key in goers:
                self.busy[key].add(day)
            self.group += 1
            last = school.last_committee_visit
            since = (
                f"คณะกรรมการตรวจเยี่ยมครั้งล่าสุด {format_date(last, 'short')}"
                if last
                else "ยังไม่มีบันทึกว่าคณะกรรมการเคยตรวจเยี่ยม"
            )
            rule = "กรรมการทุกคนตรวจเยี่ยมอย่างน้อยภาคเรียนละ 1 ครั้ง"
            companion = school.supervisor if school.supervisor in self.titles else ""
            self._add(school, COMMITTEE, day, keys, (rule, since, *moved), companion)
            return

    def _for_committee(self) -> list[SchoolFacts]:
        """Return schools in the order in which a committee should see them: longest not seen, networks in turn."""
        chosen = [self.by_key[one.school] for one in self.found.visits if one.kind == COMMITTEE]
        used: dict[str, int] = defaultdict(int)
        for school in chosen:
            used[school.network] += 1
        keys = {one.key for one in chosen}
        rest = [one for one in self.asked.schools if one.key not in keys] or list(
            self.asked.schools
        )
        return sorted(
            rest,
            key=lambda one: (
                used[one.network],
                one.last_committee_visit or date.min,
                one.name,
                one.key,
            ),
        )


def _far(first: tuple[float, float] | None, second: tuple[float, float] | None) -> float:
    """Return the distance of two places; of unknown ones a distance beyond all."""
    return great_circle_km(first, second) if first and second else 1e6


def _beside(school: SchoolFacts, others: Sequence[SchoolFacts]) -> tuple[str, ...]:
    if not others:
        return ()
    named = []
    for other in others:
        if school.place and other.place:
            named.append(f"{other.name} ห่าง {great_circle_km(school.place, other.place):.1f} กม.")
        else:
            named.append(f"{other.name} (เครือข่ายเดียวกัน)")
    return ("ไปวันเดียวกับ " + ", ".join(named),)
