"""The year, semester by semester: what is missing is proposed, nothing that stands is touched."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from nithet.domain.supervision.rules.beside import Neighbour, beside_words
from nithet.domain.supervision.rules.proposing.days import choose_day, neighbours
from nithet.domain.supervision.rules.proposing.question import (
    COMMITTEE,
    SUPERVISION,
    Goer,
    Proposal,
    Proposed,
    Question,
    Unplaced,
    Window,
    open_days,
)
from nithet.domain.supervision.rules.proposing.sharing import Share, share_out
from nithet.domain.supervision.rules.reasons import SchoolFacts, reasons_of, weight_of
from nithet.kernel.thai_dates import format_date

NO_SUPERVISOR = "สำนักงานยังไม่มีตำแหน่งศึกษานิเทศก์ในระบบ"
NO_DAY = "ไม่มีวันว่างเหลือในภาคเรียนสำหรับผู้ที่รับผิดชอบ"
EVERY_MEMBER = "กรรมการทุกคนตรวจเยี่ยมอย่างน้อยภาคเรียนละ 1 ครั้ง"


def propose(asked: Question) -> Proposal:
    """Propose the visits that are missing in each window; nothing that stands is touched."""
    found = Proposal()
    busy: dict[str, set[date]] = defaultdict(set)
    taken: dict[int, set[date]] = defaultdict(set)
    for one in asked.standing:
        taken[one.school].add(one.day)
        for goer in one.goers:
            busy[goer].add(one.day)
    for window in sorted(asked.windows, key=lambda one: one.first):
        work = _Window(asked, window, busy, taken, found)
        work.place_supervision()
        work.place_committee()
    found.visits.sort(key=lambda one: (one.day, one.kind, one.school))
    return found


class _Window:
    """The work on one semester."""

    def __init__(
        self,
        asked: Question,
        window: Window,
        busy: dict[str, set[date]],
        taken: dict[int, set[date]],
        found: Proposal,
    ) -> None:
        self.asked, self.window, self.found = asked, window, found
        self.busy, self.taken = busy, taken
        self.days = open_days(window, asked.blocked)
        self.titles = {one.key: one.title for one in (*asked.supervisors, *asked.members)}
        self.by_key = {one.key: one for one in asked.schools}
        self.group = max((one.group for one in found.visits), default=0)
        goers = asked.supervisors
        # Supervisors begin one after another, so that the office and its cars are not all away on one day.
        self.begin = {one.key: (at + 0.5) / len(goers) for at, one in enumerate(goers)}
        self.before = self._planned_before()

    def _planned_before(self) -> dict[int, date]:
        """Return the last day before this semester on which a school is to be visited, by the plan or outside of it."""
        found: dict[int, date] = {}
        stands = [
            (one.school, one.day)
            for one in self.asked.standing
            if one.kind == SUPERVISION and one.is_on_site and one.is_to_come
        ]
        proposed = [(one.school, one.day) for one in self.found.visits if one.kind == SUPERVISION]
        for school, day in (*stands, *proposed):
            if day < self.window.first:
                found[school] = max(day, found.get(school, day))
        return found

    def _is_inside(self, day: date) -> bool:
        return self.window.first <= day <= self.window.last

    # supervision

    def place_supervision(self) -> None:
        """Propose what is missing of the visits that every school is to have."""
        missing = self._missing()
        if not missing:
            return
        if not self.asked.supervisors:
            self.found.unplaced += [
                Unplaced(one.key, self.window, NO_SUPERVISOR) for one in missing
            ]
            return
        load = Counter(
            goer
            for one in self.asked.standing
            if one.kind == SUPERVISION and self._is_inside(one.day)
            for goer in one.goers
        )
        for goer, share in share_out(missing, self.asked.supervisors, load).items():
            self._place(goer, share)

    def _missing(self) -> list[SchoolFacts]:
        """Return each school once for every visit it lacks, the weightiest first; only being there counts as a visit."""
        stands = Counter(
            one.school
            for one in self.asked.standing
            if one.kind == SUPERVISION and one.is_on_site and self._is_inside(one.day)
        )
        lacking = [
            school
            for school in self.asked.schools
            for _ in range(max(0, self.asked.settings.visits_per_semester - stands[school.key]))
        ]
        return sorted(lacking, key=self._order)

    def _order(self, school: SchoolFacts) -> tuple[int, str, int]:
        return -self._weight(school), school.name, school.key

    def _weight(self, school: SchoolFacts) -> int:
        return weight_of(school, self.window.first, self.before.get(school.key))

    def _place(self, goer: str, share: Share) -> None:
        ordered = sorted(share, key=lambda one: self._order(one[0]))
        groups = neighbours(ordered, self.asked.settings)
        free = [day for day in self.days if day not in self.busy[goer]]
        for number, group in enumerate(groups):
            schools = [school for school, _ in group]
            at = (number + self.begin[goer]) / len(groups)
            day, why_day = choose_day(self.days, free, at, schools, self.taken)
            if day is None:
                self.found.unplaced += [Unplaced(one.key, self.window, NO_DAY) for one in schools]
                continue
            free.remove(day)
            self.busy[goer].add(day)
            self.group += 1
            for school, why_who in group:
                others = [_neighbour(one) for one in schools if one.key != school.key]
                reasons = reasons_of(school, self.window.first, self.before.get(school.key))
                self._add(
                    school,
                    SUPERVISION,
                    day,
                    (goer,),
                    reasons,
                    why_who=why_who,
                    why_day=why_day,
                    why_beside=beside_words(_neighbour(school), others),
                )

    def _add(
        self,
        school: SchoolFacts,
        kind: str,
        day: date,
        goers: tuple[str, ...],
        reasons: tuple[str, ...],
        **more: str,
    ) -> None:
        self.taken[school.key].add(day)
        weight = self._weight(school)
        self.found.visits.append(
            Proposed(school.key, kind, self.window, day, goers, weight, self.group, reasons, **more)
        )

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
            self._place_party(party, (number + 0.5) / len(parties))

    def _place_party(self, party: Sequence[Goer], at: float) -> None:
        keys = tuple(one.key for one in party)
        for school in self._for_committee():
            companion = school.supervisor if school.supervisor in self.titles else ""
            goers = (*keys, companion) if companion else keys
            free = [day for day in self.days if not any(day in self.busy[key] for key in goers)]
            day, why_day = choose_day(self.days, free, at, [school], self.taken)
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
            self._add(
                school,
                COMMITTEE,
                day,
                keys,
                (EVERY_MEMBER, since),
                companion=companion,
                why_day=why_day,
            )
            return

    def _for_committee(self) -> list[SchoolFacts]:
        """Return schools in the order in which a committee should see them: longest not seen, networks in turn."""
        chosen = [self.by_key[one.school] for one in self.found.visits if one.kind == COMMITTEE]
        used = Counter(school.network for school in chosen)
        keys = {one.key for one in chosen}
        rest = [one for one in self.asked.schools if one.key not in keys]
        return sorted(
            rest or list(self.asked.schools),
            key=lambda one: (
                used[one.network],
                one.last_committee_visit or date.min,
                one.name,
                one.key,
            ),
        )


def _neighbour(school: SchoolFacts) -> Neighbour:
    return Neighbour(school.name, school.place, school.network)
