"""The information on which a year's supervision is planned, gathered from the records: a fixed number of queries."""

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet

from nithet.domain.directory.models.census import Census, TestResult
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.queries.listing import newest_censuses
from nithet.domain.directory.queries.populations import open_on
from nithet.domain.directory.queries.school_pages import ChosenScheme, scheme_of
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.queries.need_offers import settings_of
from nithet.domain.plans.queries.needs import list_needs
from nithet.domain.plans.rules.needs import TESTS
from nithet.domain.supervision.cycle_policy import visible_packs
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.information_packs import InformationPack
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.rules.information import Content, totals
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year_period

PACK = "supervision.informationpack"
"""The kind under which references name a frozen pack."""
MOST_FINDINGS = 5


def information_of(actor: Actor, year: int) -> Content:
    """Return the information for planning a fiscal year as plain values, school by school in the order of their names.

    Facts count as they are today, while the year has not ended, else as at its end. Needs are those of the year and those
    still open of the year before; findings are those of the last visit that was carried out.
    """
    until = min(fiscal_year_period(year).end, clock.today())
    schools = list(list_schools(actor).filter(open_on(until)))
    censuses, scheme = newest_censuses(schools, until), scheme_of(actor)
    needs, results = _needs(actor, year), _results(schools, year)
    visits = _last_visits(schools, until)
    findings = _findings(visits)
    settings = settings_of()
    rows = [
        _line(school, censuses.get(school.pk), scheme)
        | {
            "needs": needs[school.pk],
            "results": results[school.pk],
            "last_visit": _visit(visits.get(school.pk), findings),
        }
        for school in schools
    ]
    office = Unit.objects.filter(pk=actor.office_id or 0).first()
    return {
        "fiscal_year": year,
        "office": office.name if office else "",
        "as_at": until.isoformat(),
        "scheme": scheme.scheme.thai,
        "results_below": str(settings.results_below) if settings.results_below is not None else "",
        "totals": totals(rows),
        "schools": rows,
    }


def _line(school: School, census: Census | None, scheme: ChosenScheme) -> Content:
    size = scheme.size_of(census.pupils) if census else None
    return {
        "school": school.pk,
        "name": school.name,
        "code": school.code,
        "network": school.network.unit.name if school.network else "",
        "is_example": school.is_example,
        "head": school.head_status,
        "as_at": census.as_at.isoformat() if census else "",
        "pupils": census.pupils if census else None,
        "size": size.thai if size else "",
        "teachers": census.teachers if census else None,
        "teachers_entitled": census.teachers_entitled if census else None,
        "teacher_per_class": census.teacher_per_class if census else None,
        "teachers_on_major": census.teachers_on_major if census else None,
        "janitors": census.janitors if census else None,
    }


def _needs(actor: Actor, year: int) -> dict[int, list[Content]]:
    rows: QuerySet[Need] = standing(list_needs(actor)).filter(
        fiscal_year__in=(year - 1, year), state=Need.State.OPEN
    )
    found: dict[int, list[Content]] = defaultdict(list)
    for row in rows:
        found[row.school_id].append(
            {
                "need": row.pk,
                "kind": row.kind,
                "area": row.area,
                "text": row.text,
                "strength": row.strength,
                "because": row.because,
                "fiscal_year": row.fiscal_year,
            }
        )
    return found


def _results(schools: list[School], year: int) -> dict[int, list[Content]]:
    """The newest result of each test and subject, up to the academic year of the same number."""
    rows = standing(TestResult.objects.filter(school__in=schools, academic_year__lte=year))
    newest: dict[tuple[int, str, str], TestResult] = {}
    for row in rows.order_by("academic_year", "pk"):
        newest[(row.school_id, row.test, row.subject)] = row
    found: dict[int, list[Content]] = defaultdict(list)
    for (school, test, subject), row in sorted(newest.items()):
        found[school].append(
            {
                "test": TESTS.get(test, test),
                "subject": subject,
                "academic_year": row.academic_year,
                "mean": str(row.mean),
                "full_marks": row.full_marks,
                "tested": row.tested,
            }
        )
    return found


def _last_visits(schools: list[School], until: date) -> dict[int, Visit]:
    rows = Visit.objects.filter(
        school__in=schools, state=Visit.State.DONE, visited_on__lte=until
    ).order_by("visited_on", "pk")
    return {row.school_id: row for row in rows.only("school_id", "visited_on", "kind", "office_id")}


def _findings(visits: dict[int, Visit]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = defaultdict(list)
    for row in Finding.objects.filter(visit__in=[one.pk for one in visits.values()]):
        if row.visit_id is not None:
            found[row.visit_id].append(row)
    return found


def _visit(visit: Visit | None, findings: dict[int, list[Finding]]) -> Content | None:
    if visit is None:
        return None
    return {
        "visit": visit.pk,
        "day": visit.visited_on.isoformat(),
        "kind": visit.kind,
        "findings": [
            {"kind": one.kind, "text": one.text} for one in findings[visit.pk][:MOST_FINDINGS]
        ],
    }


def list_packs(actor: Actor, year: int | None = None) -> QuerySet[InformationPack]:
    """List the frozen packs, the newest first, without their content."""
    rows = visible_packs(actor).defer("content")
    return rows if year is None else rows.filter(fiscal_year=year)


def find_pack(actor: Actor, pack_id: int) -> InformationPack | None:
    """Return a frozen pack with its content; None where there is none."""
    return visible_packs(actor).filter(pk=pack_id).first()
