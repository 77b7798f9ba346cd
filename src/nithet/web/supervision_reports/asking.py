"""What the address of a report asks for, read with care."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from django.http import HttpRequest

from nithet.domain.supervision.queries.reports.month import Month, month_report
from nithet.domain.supervision.queries.reports.reading import visited_between
from nithet.domain.supervision.queries.reports.semester import (
    BODIES,
    semester_of,
    semester_report,
)
from nithet.domain.supervision.queries.reports.year import year_report
from nithet.domain.supervision.rules.reports.model import Report
from nithet.foundation.access.actors import Actor
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.numerals import to_arabic
from nithet.kernel.school_years import Semester, academic_year, fiscal_year
from nithet.kernel.school_years import semester as semester_on

Kind = Literal["year", "semester", "month"]
EARLIEST, LATEST = 2490, 2690
"""Years (พ.ศ.) of which a report may be asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A report that was asked for."""

    kind: Kind
    year: int
    part: Semester
    body: str
    month: date

    @property
    def query(self) -> str:
        """The address's words that ask for it again."""
        if self.kind == "year":
            return urlencode({"report": "year", "year": self.year})
        if self.kind == "month":
            return urlencode({"report": "month", "month": self.month.isoformat()[:7]})
        named = f"{self.part.number}/{self.part.academic_year}"
        return urlencode({"report": "semester", "semester": named, "body": self.body})

    def build(self, actor: Actor, office: Unit, *, with_pictures: bool = False) -> Report:
        """Make the report."""
        if self.kind == "year":
            return year_report(actor, office, self.year, with_pictures=with_pictures)
        if self.kind == "semester":
            return semester_report(actor, office, self.part, self.body)
        return self.whole_month(actor, office).report

    def whole_month(self, actor: Actor, office: Unit) -> Month:
        """Make the report of the month with its parts."""
        return month_report(actor, office, self.month)


def asked(request: HttpRequest, kind: str) -> Asked:
    """Read what is asked; what cannot be read asks for now."""
    body = request.GET.get("body", "")
    return Asked(
        kind="semester" if kind == "semester" else "month" if kind == "month" else "year",
        year=_year(request.GET.get("year", "")) or fiscal_year(clock.today()),
        part=_semester(request.GET.get("semester", "")),
        body=body if body in BODIES else "monitoring",
        month=_month(request.GET.get("month", "")),
    )


def _year(text: str) -> int | None:
    typed = to_arabic(text)
    if not (typed.isdecimal() and len(typed) == len("2555")):
        return None
    return int(typed) if EARLIEST <= int(typed) <= LATEST else None


def _semester(text: str) -> Semester:
    number, _, year = to_arabic(text).partition("/")
    if number in {"1", "2"} and (known := _year(year)):
        return semester_of(known, int(number))
    now = semester_on(clock.today())
    if isinstance(now, Semester):
        return now
    return semester_of(now.academic_year, now.after)


def _month(text: str) -> date:
    year, _, month = text.partition("-")
    now = clock.today().replace(day=1)
    if not (year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) == 2):
        return now
    fits = EARLIEST - 543 <= int(year) <= LATEST - 543 and 1 <= int(month) <= 12
    return date(int(year), int(month), 1) if fits else now


MOST_OFFERED = 40


@dataclass(frozen=True, slots=True)
class Offered:
    """The years, semesters and months of which there is something to report, the newest first, and the chosen one."""

    years: list[int]
    semesters: list[Semester]
    months: list[date]


def offered(actor: Actor, chosen: Asked | None = None) -> Offered:
    """Offer from now back to the first recorded visit; months of a year before now and before the last visit."""
    today = clock.today()
    first, last = visited_between(actor) or (today, today)
    now = fiscal_year(today)
    years = list(range(now, max(fiscal_year(min(first, today)), now - MOST_OFFERED) - 1, -1))
    newest = academic_year(today)
    oldest = max(academic_year(min(first, today)), newest - MOST_OFFERED)
    parts = [semester_of(year, n) for year in range(newest, oldest - 1, -1) for n in (2, 1)]
    months = {*_year_before(today), *_year_before(min(last, today))}
    if chosen is not None:
        years += [chosen.year] if chosen.year not in years else []
        known = {str(one) for one in parts}
        parts += [chosen.part] if str(chosen.part) not in known else []
        months.add(chosen.month)
    return Offered(years, parts, sorted(months, reverse=True))


def _year_before(day: date) -> list[date]:
    whole = day.year * 12 + day.month - 1
    return [date((whole - step) // 12, (whole - step) % 12 + 1, 1) for step in range(12)]
