"""Lists: paged and sorted by their address, at a fixed number of queries."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 30


def paged(request: HttpRequest, rows: "QuerySet[Any] | list[Any]") -> "Page[Any]":
    """Return the page of a list that the address asks for."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def sorted_by(
    request: HttpRequest, rows: "QuerySet[Any]", keys: Mapping[str, str], default: str
) -> "QuerySet[Any]":
    """Order rows by the `?sort=` of the address: a name of `keys` (name -> field), `-` before it for downwards.

    Anything else falls back to `default`, a name of `keys` too; the primary key settles what is equal.
    """
    asked = request.GET.get("sort", default)
    name = asked.removeprefix("-")
    if name not in keys:
        asked, name = default, default.removeprefix("-")
    sign = "-" if asked.startswith("-") else ""
    return rows.order_by(f"{sign}{keys[name]}", f"{sign}pk")
