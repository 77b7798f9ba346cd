"""What waits for a person: a registry, so that every area adds its own line with its verb (รอฉัน).

An area of pages registers in its `apps.ready()`; the function is asked once for each home that is shown, so it costs one
query, or few:

    waiting.register("reviews.folders", _("Sign"), find, icon="sign", order=10)

`find(actor)` answers how many wait, where they are done and by when, or None where nothing waits for this actor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from nithet.foundation.access.actors import Actor


@dataclass(frozen=True, slots=True)
class Waits:
    """How many wait, out of how many where that is known, and the address where they are done; `due` is the earliest day."""

    count: int
    url: str
    of: int | None = None
    due: date | None = None


Find = Callable[[Actor], Waits | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as its reader sees it: the verb and what waits."""

    kind: str
    verb: str | Promise
    icon: str
    waits: Waits


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    verb: str | Promise
    find: Find
    icon: str
    order: int


_entries: dict[str, _Entry] = {}


def register(
    kind: str, verb: str | Promise, find: Find, *, icon: str = "check", order: int = 100
) -> None:
    """Add a line to what waits; each kind once. `verb` says what to do ("ลงนาม"), `order` sorts, the smallest first."""
    if kind in _entries:
        raise ValueError(f"{kind!r} waits twice")
    _entries[kind] = _Entry(kind, verb, find, icon, order)


def waiting_for(actor: Actor) -> list[Line]:
    """List what waits for an actor, in order; lines with nothing waiting are left out."""
    found = []
    for entry in sorted(_entries.values(), key=lambda one: (one.order, one.kind)):
        waits = entry.find(actor)
        if waits is not None and waits.count:
            found.append(Line(entry.kind, entry.verb, entry.icon, waits))
    return found
