"""What a report is of, and the report made of it: as plain values, as files, with the records that it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nithet.domain.directory.models.schools import School
from nithet.domain.supervision.models.issued_reports import IssuedReport
from nithet.domain.supervision.queries.reports.brief import (
    Brief,
    brief_document,
    brief_of,
    brief_report,
)
from nithet.domain.supervision.queries.reports.month import Month, month_report
from nithet.domain.supervision.queries.reports.semester import (
    semester_of,
    semester_report,
    year_of_semester,
)
from nithet.domain.supervision.queries.reports.year import year_report
from nithet.domain.supervision.rules.reports.marks import Issue
from nithet.domain.supervision.rules.reports.model import Report
from nithet.domain.supervision.rules.reports.paper import report_document
from nithet.domain.supervision.rules.reports.slides import month_slides
from nithet.foundation.access.actors import Actor
from nithet.foundation.documents.model import Document
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.numerals import Numerals
from nithet.kernel.periods import Period, month_end
from nithet.kernel.school_years import Semester, fiscal_year, fiscal_year_period
from nithet.kernel.thai_dates import MONTHS, be_year

Kind = IssuedReport.Kind


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is of; `words` as in `IssuedReport.subject`, `period` the days it tells of (a brief: the day it is made)."""

    kind: IssuedReport.Kind
    words: str
    period: Period
    school: School | None = None

    @property
    def fiscal_year(self) -> int:
        """The fiscal year (พ.ศ.) to which it counts."""
        if self.kind == Kind.SEMESTER:
            return year_of_semester(_part_and_body(self.words)[0])
        return fiscal_year(self.period.end)


def year_subject(year: int) -> Subject:
    """Return the subject of a year report."""
    return Subject(Kind.YEAR, str(year), fiscal_year_period(year))


def semester_subject(part: Semester, body: str) -> Subject:
    """Return the subject of a committee's semester report."""
    return Subject(Kind.SEMESTER, f"{body} {part.number}/{part.academic_year}", part.period)


def _part_and_body(words: str) -> tuple[Semester, str]:
    """Read the subject of a semester report, as `semester_subject` writes it."""
    body, _, part = words.partition(" ")
    number, _, year = part.partition("/")
    return semester_of(int(year), int(number)), body


def month_subject(first: date) -> Subject:
    """Return the subject of what is told of a month, by its first day."""
    label = f"{MONTHS[first.month - 1]} {be_year(first.year)}"
    period = Period(first, month_end(first.year, first.month), label)
    return Subject(Kind.MONTH, first.isoformat()[:7], period)


def brief_subject(school: School) -> Subject:
    """Return the subject of a school's brief; it tells of the day on which it is made."""
    today = clock.today()
    return Subject(Kind.BRIEF, "", Period(today, today, ""), school)


def subject_of(issued: IssuedReport) -> Subject:
    """Return what an issued report was of."""
    if issued.school is not None:
        return brief_subject(issued.school)
    if issued.kind == Kind.SEMESTER:
        return semester_subject(*_part_and_body(issued.subject))
    if issued.kind == Kind.MONTH:
        return month_subject(date.fromisoformat(f"{issued.subject}-01"))
    return year_subject(int(issued.subject))


@dataclass(frozen=True)
class Made:
    """A report as the records stand, with what its files need beside it."""

    report: Report
    month: Month | None = None
    brief: Brief | None = None
    front: bool = False

    @cached_property
    def name(self) -> str:
        """What its files are called, without an ending."""
        return f"{self.report.title} {self.report.subtitle}"[:120]

    def document(self, numerals: Numerals, issue: Issue | None = None) -> Document:
        """Lay it out for Word and PDF; without an issue as a draft."""
        if self.brief is not None:
            return brief_document(self.brief, self.report.office, numerals, issue=issue)
        return report_document(self.report, numerals, front=self.front, issue=issue)

    def slides(self, numerals: Numerals, issue: Issue | None = None) -> bytes | None:
        """Return the three slides of a month as PPTX; None for other reports."""
        if (month := self.month) is None:
            return None
        return month_slides(
            month.report, month.good, month.to_think, month.due, month.coming, numerals, issue=issue
        )


def made_of(actor: Actor, office: Unit, subject: Subject, *, with_pictures: bool = False) -> Made:
    """Make the report of a subject as the records stand now."""
    if subject.school is not None:
        brief = brief_of(actor, subject.school)
        return Made(brief_report(brief, office.name), brief=brief)
    if subject.kind == Kind.SEMESTER:
        return Made(semester_report(actor, office, *_part_and_body(subject.words)))
    if subject.kind == Kind.MONTH:
        month = month_report(actor, office, subject.period.start)
        return Made(month.report, month=month)
    year_of = int(subject.words)
    return Made(year_report(actor, office, year_of, with_pictures=with_pictures), front=True)
