"""What visits offer as needs of schools: findings that name a need, a problem or a point to develop; three queries."""

from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.queries.need_offers import OfferedNeed, without_recorded
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.policy import visible_findings
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.thai_dates import format_date

FINDING = "supervision.finding"
OFFERING = (Finding.Kind.NEED, Finding.Kind.PROBLEM, Finding.Kind.TO_DEVELOP)


def visit_offers(actor: Actor, year: int) -> list[OfferedNeed]:
    """List what visits of a fiscal year and of the year before found and the register of the year does not hold, newest first."""
    first, last = fiscal_year_period(year - 1).start, fiscal_year_period(year).end
    rows = (
        visible_findings(actor)
        .filter(kind__in=OFFERING, visit__visited_on__range=(first, last))
        .select_related("visit__school__unit", "visit__school__network__unit")
        .order_by("-visit__visited_on", "position", "pk")
    )
    offers = [
        OfferedNeed(
            school=row.visit.school,
            kind=Need.Kind.VISIT,
            area="",
            text=row.text[:1000],
            because=f"ข้อค้นพบจากการออกโรงเรียนวันที่ {format_date(row.visit.visited_on, 'short')}",
            source=str(RecordRef(FINDING, str(row.pk))),
            point="",
        )
        for row in rows
        if row.visit is not None
    ]
    return without_recorded(offers, year)
