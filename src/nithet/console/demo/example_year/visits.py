"""The visits of the example year, on working days; the thirteen committee visits are the document's own and not made here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FIRST, LAST = date(2011, 10, 1), date(2012, 9, 30)
MONTHS = ((2011, 10), (2011, 11), (2011, 12), (2012, 1), (2012, 2), (2012, 3), (2012, 4), (2012, 5), (2012, 6), (2012, 7), (2012, 8), (2012, 9))
COUNTS = {
    "qa": (0, 30, 38, 18, 4, 6, 0, 0, 42, 48, 34, 6),
    "readiness": (0, 0, 0, 0, 0, 0, 0, 130, 0, 0, 0, 0),
    "inclusion": (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 24),
    "other": (6, 4, 2, 4, 2, 2, 2, 0, 4, 6, 4, 2),
}
"""Visits of each kind by month, October to September; with the 13 of the committee 431."""
NEEDS = {
    "qa": "การประกันคุณภาพภายในสถานศึกษา",
    "readiness": "ความพร้อมก่อนเปิดภาคเรียน",
    "inclusion": "การจัดการศึกษาเรียนร่วม",
    "other": "ตามที่สถานศึกษาขอรับการนิเทศ",
}
HOLIDAYS = frozenset(
    {
        date(2011, 10, 24),  # for Chulalongkorn Day, a Sunday
        date(2011, 12, 5),
        date(2011, 12, 12),  # for Constitution Day, a Saturday
        date(2012, 1, 2),
        date(2012, 1, 3),
        date(2012, 3, 7),
        date(2012, 4, 6),
        date(2012, 4, 13),
        date(2012, 4, 16),
        date(2012, 5, 7),
        date(2012, 6, 4),
        date(2012, 8, 2),
        date(2012, 8, 3),
        date(2012, 8, 13),
    }
)
SEMESTER_STARTS = date(2012, 5, 16)
AFTER_THE_TRAINING = date(2012, 9, 17)


@dataclass(frozen=True, slots=True)
class ExampleVisit:
    """One visit: which school (its place in the list), when, for what. `planned_for` is None where it was not planned."""

    school: int
    day: date
    purpose: str
    is_planned: bool
    supervisor: int

    @property
    def need(self) -> str:
        """Return the need that it serves, in words."""
        return NEEDS[self.purpose]


def working_days(year: int, month: int) -> list[date]:
    """Return the days of a month on which an office works; in May only those of the new semester."""
    day, found = date(year, month, 1), []
    while day.month == month:
        if day.weekday() < 5 and day not in HOLIDAYS:
            found.append(day)
        day += timedelta(days=1)
    return found


def _days(purpose: str, year: int, month: int) -> list[date]:
    days = working_days(year, month)
    if purpose == "readiness":
        return [day for day in days if day >= SEMESTER_STARTS]
    return [day for day in days if day >= AFTER_THE_TRAINING] if purpose == "inclusion" else days


def example_visits(supervisors: Sequence[int]) -> list[ExampleVisit]:
    """Return 418 visits in order of days; `supervisors` says who looks after each school.

    Coaching reaches 96 different schools in the second semester of 2554 and every school in the first of 2555. No school has
    two visits on one day.
    """
    found: list[ExampleVisit] = []
    taken: set[tuple[int, date]] = set()
    schools = len(supervisors)
    for purpose, counts in COUNTS.items():
        turn = 0
        for (year, month), number in zip(MONTHS, counts, strict=True):
            if purpose == "qa" and (year, month) == (2012, 6):
                turn = 0  # a new semester begins with the first school again
            days = _days(purpose, year, month)
            for index in range(number):
                school = turn * _STRIDE[purpose] % schools
                place = index * len(days) // number
                day = next(d for d in [*days[place:], *days[:place]] if (school, d) not in taken)
                taken.add((school, day))
                found.append(ExampleVisit(school, day, purpose, purpose in {"qa", "readiness"}, supervisors[school]))
                turn += 1
    return sorted(found, key=lambda visit: (visit.day, visit.school))


_STRIDE = {"qa": 7, "readiness": 1, "inclusion": 5, "other": 11}
"""How far apart neighbours in time lie in the list of schools; without a factor in common with 130, so that all are reached."""
