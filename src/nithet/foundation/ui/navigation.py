"""The menu of the product: every area of pages registers its own entries in its `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Visible = Callable[[Any], bool]


def everyone(actor: Any) -> bool:
    """Show an entry to everyone who is signed in."""
    return True


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. `order` sorts (smaller first); `visible` is asked with the actor of the request."""

    area: str
    label: str | Promise
    url_name: str
    icon: str
    visible: Visible = everyone
    order: int = 100


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as one reader sees it, with its address and whether the reader is there."""

    area: str
    label: str | Promise
    href: str
    icon: str
    current: bool


_entries: dict[str, Entry] = {}


def register(
    area: str,
    label: str | Promise,
    url_name: str,
    icon: str,
    visible: Visible = everyone,
    *,
    order: int = 100,
) -> None:
    """Put an area of pages into the menu. `area` is the URL namespace of the area; registering it again replaces it.

    `label` is a lazy message id in the catalogue of the registering package; `icon` is an id of `frontend/icons.svg`.
    """
    _entries[area] = Entry(area, label, url_name, icon, visible, order)


def lines_for(actor: Any, current_area: str = "", path: str = "") -> list[Line]:
    """List the entries that an actor sees, in order. An entry whose address needs more than a name is left out.

    The reader is at the entry below whose address the page at `path` lies; several entries may share one namespace of
    addresses, so `current_area` decides only where no address does.
    """
    found = []
    for entry in sorted(_entries.values(), key=lambda e: (e.order, e.area)):
        if not entry.visible(actor):
            continue
        try:
            href = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        found.append((entry, href))
    above = [href for _, href in found if href != "/" and path.startswith(href)]
    here = max(above, key=len, default="")
    return [
        Line(entry.area, entry.label, href, entry.icon, href == here if here else entry.area == current_area)
        for entry, href in found
    ]
