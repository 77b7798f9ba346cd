"""Running numbers by year, with the office's own code before them (เลขที่หนังสือ คำสั่ง บันทึกข้อความ)."""

from nithet.foundation.tenancy.models import NumberSeries
from nithet.foundation.tenancy.queries import settings_of


def next_number(office_id: int, series: str, year: int) -> int:
    """Give the next number of a series ("letter", "order", "memo") in a year (พ.ศ.), from 1.

    To be called inside an action: the number is given for good with its transaction, or not at all, and two who ask at the
    same moment wait for each other.
    """
    NumberSeries.objects.get_or_create(office_id=office_id, series=series, year=year)
    row = NumberSeries.objects.select_for_update().get(
        office_id=office_id, series=series, year=year
    )
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def letter_number(office_id: int, number: int, *, circular: bool = False) -> str:
    """Write a letter's number as the office does: its code, "ว" before a circular's number, Arabic digits."""
    mark = "ว" if circular else ""
    return f"{settings_of(office_id).letter_prefix}{mark}{number}"
