"""The number of a paper: counted by the office through the calendar year, as its registers are kept."""

from django.db.models import F

from nithet.foundation.tenancy.models import NumberSeries
from nithet.foundation.tenancy.queries import settings_of
from nithet.kernel import clock
from nithet.kernel.thai_dates import be_year

ORDERS = "order"


def next_number(office_id: int, book: str) -> str:
    """Give the next number of a book inside an action: "12/2555" for an order, "ศธ 04000/12" for letters and memoranda."""
    year = be_year(clock.today().year)
    series, _ = NumberSeries.objects.select_for_update().get_or_create(
        office_id=office_id, series=f"papers.{book}", year=year
    )
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    series.refresh_from_db()
    if book == ORDERS:
        return f"{series.last}/{year}"
    prefix = settings_of(office_id).letter_prefix.strip().rstrip("/")
    return f"{prefix}/{series.last}" if prefix else f"{series.last}/{year}"
