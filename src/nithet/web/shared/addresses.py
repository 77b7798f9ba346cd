"""Addresses that leave this page: links to paste, codes to print."""

from django.http import HttpRequest

from nithet.foundation.tenancy.queries import public_address


def absolute(request: HttpRequest, path: str, office_id: int | None = None) -> str:
    """Return an address of ours as somebody outside would type it: with the office's public address where it has one."""
    return f"{public_address(office_id, request)}{path}"
