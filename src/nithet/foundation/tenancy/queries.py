"""Reads about units."""

from django.db.models import Q, QuerySet

from nithet.foundation.tenancy.models import OfficeSettings, Unit


def find_office(name: str) -> Unit | None:
    """Find an office by its full name, short name or code; None where there is none."""
    wanted = " ".join(name.split())
    return (
        Unit.objects.filter(kind=Unit.Kind.OFFICE)
        .filter(Q(name=wanted) | Q(short_name=wanted) | (Q(code=wanted) & ~Q(code="")))
        .order_by("pk")
        .first()
    )


def offices() -> QuerySet[Unit]:
    """List all offices of this installation by name."""
    return Unit.objects.filter(kind=Unit.Kind.OFFICE).order_by("name")


def settings_of(office_id: int) -> OfficeSettings:
    """Return an office's settings, the defaults (unsaved) where it has chosen nothing."""
    kept = OfficeSettings.objects.filter(office_id=office_id).first()
    return kept or OfficeSettings(office_id=office_id)
