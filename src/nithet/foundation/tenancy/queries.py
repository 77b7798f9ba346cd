"""Reads about units."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest

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


def public_address(office_id: int | None, request: HttpRequest | None = None) -> str:
    """Return scheme and host ("https://nithet.example.go.th", no slash at the end) that printed QR codes begin with.

    The office's own choice first, then the first of NITHET_ORIGINS, then the address at which the request came in; "" where
    nothing is known, so that a code holds the path alone.
    """
    if office_id is not None and (chosen := settings_of(office_id).public_address):
        return chosen.rstrip("/")
    origins = getattr(settings, "CSRF_TRUSTED_ORIGINS", None) or []
    if origins:
        return str(origins[0]).rstrip("/")
    return f"{request.scheme}://{request.get_host()}" if request is not None else ""
