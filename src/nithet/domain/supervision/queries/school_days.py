"""Which days of schools are days for a visit. Two queries, whatever the number of schools."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nithet.domain.supervision.models.dates import OtherBodysVisit
from nithet.domain.supervision.queries.facts import blocked_days
from nithet.domain.supervision.rules.reasons import Span
from nithet.domain.supervision.rules.school_days import nearest_open, why_closed
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.kernel.periods import Period

AROUND = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """What stands in the way of visits within a span of days: for every school, and for single ones."""

    blocked: dict[date, str]
    spans: dict[int, list[Span]]

    def why_closed(self, school_id: int, day: date) -> str:
        """Say why a school is not visited on a day, "" where it may be."""
        return why_closed(day, self.blocked, self.spans.get(school_id, ()))

    def is_open(self, school_id: int, day: date) -> bool:
        """Say whether a school may be visited on a day."""
        return not self.why_closed(school_id, day)

    def nearest_open(self, school_id: int, day: date) -> date | None:
        """Return the nearest day on which a school may be visited."""
        return nearest_open(day, lambda near: self.is_open(school_id, near))


def school_days(actor: Actor, school_ids: Iterable[int], period: Period) -> SchoolDays:
    """Read what stands in the way within a period."""
    spans: dict[int, list[Span]] = {}
    rows = standing(
        OtherBodysVisit.objects.filter(
            office_id=actor.office_id,
            school__in=list(school_ids),
            starts_on__lte=period.end,
            ends_on__gte=period.start,
        )
    )
    for row in rows.order_by("starts_on", "pk"):
        spans.setdefault(row.school_id, []).append(Span(row.starts_on, row.ends_on, row.words))
    return SchoolDays(blocked_days(actor, period), spans)


def days_around(actor: Actor, school_id: int, day: date) -> SchoolDays:
    """Read what stands in the way at one school around a day, far enough to name another one."""
    return school_days(actor, [school_id], Period(day - AROUND, day + AROUND, ""))
