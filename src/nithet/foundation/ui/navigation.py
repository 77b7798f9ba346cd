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


@dataclass(frozen=True, slots=True)
class SectionTab:
    """One of the pages side by side in a section of the menu, each an area of its own."""

    label: str | Promise
    url_name: str
    visible: Visible = everyone
    order: int = 100
    keeps_year: bool = True


_entries: dict[str, Entry] = {}
_tabs: dict[str, dict[str, SectionTab]] = {}


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


def register_tab(
    section: str,
    label: str | Promise,
    url_name: str,
    visible: Visible = everyone,
    *,
    order: int = 100,
    keeps_year: bool = True,
) -> None:
    """Put a page into the tab bar of a section, so that areas stand side by side without knowing one another.

    The menu has one line a section; registering an address again replaces it. `label` as in `register`, but short.
    `keeps_year`: the page knows fiscal years, so the one that is shown goes along.
    """
    tab = SectionTab(label, url_name, visible, order, keeps_year)
    _tabs.setdefault(section, {})[url_name] = tab


def tabs_of(section: str, actor: Any, path: str) -> list[tuple[SectionTab, str, bool]]:
    """List the tabs of a section that an actor sees: the tab, its address, whether the page at `path` lies below it."""
    found = [
        (tab, reverse(tab.url_name))
        for tab in sorted(_tabs.get(section, {}).values(), key=lambda t: (t.order, t.url_name))
        if tab.visible(actor)
    ]
    here = max((href for _, href in found if path.startswith(href)), key=len, default="")
    return [(tab, href, href == here) for tab, href in found]
