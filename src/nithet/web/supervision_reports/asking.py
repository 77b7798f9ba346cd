"""What the address of a report asks for, read with care."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest

from nithet.domain.plans.rules.calendar import months_of
from nithet.domain.supervision.queries.reports.semester import (
    BODIES,
    semester_of,
    year_of_semester,
)
from nithet.domain.supervision.queries.reports.subjects import (
    Subject,
    month_subject,
    semester_subject,
    year_subject,
)
from nithet.domain.supervision.rules.semesters import semesters_of
from nithet.kernel import clock
from nithet.kernel.numerals import to_arabic
from nithet.kernel.school_years import Semester, fiscal_year
from nithet.web.shared.years import EARLIEST, LATEST, keep_year, shown_year

Kind = Literal["year", "semester", "month"]
One = TypeVar("One")


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

    @property
    def subject(self) -> Subject:
        """What is asked for, as the domain names it."""
        if self.kind == "year":
            return year_subject(self.year)
        if self.kind == "semester":
            return semester_subject(self.part, self.body)
        return month_subject(self.month)


def asked(request: HttpRequest, kind: str) -> Asked:
    """Read what is asked; what cannot be read asks for the last of the year that the page shows, up to today."""
    body = request.GET.get("body", "")
    part, month = _semester(request.GET.get("semester", "")), _month(request.GET.get("month", ""))
    if kind == "semester" and part is not None:
        year = keep_year(request, year_of_semester(part))
    elif kind == "month" and month is not None:
        year = keep_year(request, fiscal_year(month))
    else:
        year = shown_year(request)
    return Asked(
        kind="semester" if kind == "semester" else "month" if kind == "month" else "year",
        year=year,
        part=part
        or _last(
            [one for one in semesters_of(year) if _has_begun(one.period.start)], semesters_of(year)
        ),
        body=body if body in BODIES else "monitoring",
        month=month or _last([one for one in months_of(year) if _has_begun(one)], months_of(year)),
    )


def _has_begun(day: date) -> bool:
    return day <= clock.today()


def _last(begun: "Sequence[One]", every: "Sequence[One]") -> One:
    """The last one that has begun; the first one of a year that is still to come."""
    return begun[-1] if begun else every[0]


def _semester(text: str) -> Semester | None:
    number, _, typed = to_arabic(text).partition("/")
    if number not in {"1", "2"} or not (typed.isdecimal() and len(typed) == len("2555")):
        return None
    return semester_of(int(typed), int(number)) if EARLIEST <= int(typed) <= LATEST else None


def _month(text: str) -> date | None:
    year, _, month = text.partition("-")
    if not (year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) == 2):
        return None
    fits = EARLIEST - 543 <= int(year) <= LATEST - 543 and 1 <= int(month) <= 12
    return date(int(year), int(month), 1) if fits else None


@dataclass(frozen=True, slots=True)
class Offered:
    """The semesters and months of a fiscal year, in order."""

    semesters: list[Semester]
    months: list[date]


def offered(year: int) -> Offered:
    """Offer the semesters and months of the year that is shown; another year is chosen above."""
    return Offered(list(semesters_of(year)), list(months_of(year)))
