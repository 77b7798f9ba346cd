"""What the directory offers as needs of schools: a fixed number of queries for all schools of an office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nithet.domain.directory.models.census import TestResult
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.queries.listing import newest_censuses
from nithet.domain.directory.queries.populations import open_on
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.plans.models.needs import Need, NeedSettings
from nithet.domain.plans.queries.needs import held_in
from nithet.domain.plans.rules.needs import (
    TESTS,
    Offer,
    StaffFigures,
    TestFigures,
    head_offer,
    results_offer,
    size_offer,
    staffing_offers,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.thai_dates import format_date

CENSUS, RESULT, SCHOOL = "directory.census", "directory.testresult", "directory.school"


@dataclass(frozen=True, slots=True)
class OfferedNeed:
    """A need that a record suggests for a school, with the record; `key` names it in a form."""

    school: School
    kind: Need.Kind
    area: str
    text: str
    because: str
    source: str
    point: str

    @property
    def key(self) -> str:
        """Return a name that is the same as long as the record is."""
        return f"{self.school.pk}/{self.source}/{self.point}"


def settings_of() -> NeedSettings:
    """Return what the office chose, or what holds while it has chosen nothing (version 0)."""
    return NeedSettings.objects.first() or NeedSettings(version=0)


def directory_offers(actor: Actor, year: int) -> list[OfferedNeed]:
    """List what figures of the directory suggest for a fiscal year and the register does not hold yet, by school.

    Figures count as they were at the end of the year (today, while it runs), results of the newest academic year up to it.
    """
    until = min(fiscal_year_period(year).end, clock.today())
    schools = list(list_schools(actor).filter(open_on(until)))
    settings = settings_of()
    found = [
        *_of_figures(schools, settings, until),
        *_of_results(schools, settings, year),
    ]
    return without_recorded(sorted(found, key=_order), year)


def _order(one: OfferedNeed) -> tuple[str, int, str, str]:
    return (one.school.name, one.school.pk, str(one.kind), one.point)


def without_recorded(offers: list[OfferedNeed], year: int) -> list[OfferedNeed]:
    """Leave out what the register of a year holds already, carried needs among it; one query."""
    rows = standing(Need.objects.filter(held_in(year)).exclude(source=""))
    kept = set(rows.values_list("school_id", "source", "point"))
    return [one for one in offers if (one.school.pk, one.source, one.point) not in kept]


def _offered(school: School, kind: Need.Kind, offer: Offer, source: RecordRef) -> OfferedNeed:
    return OfferedNeed(
        school, kind, offer.area, offer.text, offer.because, str(source), offer.point
    )


def _of_figures(
    schools: list[School], settings: NeedSettings, until: date
) -> Iterator[OfferedNeed]:
    censuses = newest_censuses(schools, until)
    for school in schools:
        if offer := head_offer(school.head_status):
            own = RecordRef(SCHOOL, str(school.pk))
            yield _offered(school, Need.Kind.STAFFING, offer, own)
        census = censuses.get(school.pk)
        if census is None:
            continue
        as_at, source = format_date(census.as_at, "short"), RecordRef(CENSUS, str(census.pk))
        if offer := size_offer(census.pupils, settings.pupils_below, as_at):
            yield _offered(school, Need.Kind.SIZE, offer, source)
        staff = StaffFigures(
            as_at,
            census.teachers,
            census.teachers_entitled,
            census.teacher_per_class,
            census.teachers_on_major,
            census.janitors,
        )
        for offer in staffing_offers(staff):
            yield _offered(school, Need.Kind.STAFFING, offer, source)


def _of_results(schools: list[School], settings: NeedSettings, year: int) -> Iterator[OfferedNeed]:
    if settings.results_below is None:
        return
    known = {school.pk: school for school in schools}
    rows = standing(TestResult.objects.filter(school__in=known, academic_year__lte=year))
    newest: dict[tuple[int, str, str], TestResult] = {}
    for row in rows.order_by("academic_year", "pk"):
        newest[(row.school_id, row.test, row.subject)] = row
    for row in newest.values():
        figures = TestFigures(
            TESTS.get(row.test, row.test),
            row.academic_year,
            row.subject,
            row.tested,
            row.mean,
            row.full_marks,
        )
        offer = results_offer(figures, settings.results_below, settings.tested_at_least)
        if offer:
            source = RecordRef(RESULT, str(row.pk))
            yield _offered(known[row.school_id], Need.Kind.RESULTS, offer, source)
