"""When a form was filled in: the same moment for results, figures and one's own work."""

from datetime import time

from django.db.models import Case, DateTimeField, F, QuerySet, When

from nithet.domain.instruments.models.submissions import Submission
from nithet.kernel import clock
from nithet.kernel.periods import Period


def with_filled_at(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Return the records each with `filled_at`.

    That is the device's own time, unless its clock ran ahead of ours; then the time at which it arrived.
    """
    return rows.annotate(filled_at=_filled_at())


def filled_in(rows: QuerySet[Submission], period: Period) -> QuerySet[Submission]:
    """Return the records that were filled in on a day of a period, whenever they arrived, each with `filled_at`."""
    start, end = clock.at(period.start, time.min), clock.at(period.end, time.max)
    return rows.annotate(filled_at=_filled_at()).filter(filled_at__range=(start, end))


def _filled_at() -> Case:
    return Case(
        When(ended_at__lte=F("received_at"), then=F("ended_at")),
        default=F("received_at"),
        output_field=DateTimeField(),
    )
