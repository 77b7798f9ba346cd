"""What a person hands over (การส่งมอบงานในหน้าที่), and the registry by which packages above add what is open with them.

    from nithet.domain.directory import handover
    handover.register("plans", _("Projects"), open_projects)          # lines only
    handover.register("rounds", _("Items"), open_items, pass_items_on)  # moved to the successor as well

`lines(actor, user)` returns `Line`s; `pass_on(actor, user, successor)` moves what it listed inside the handover's own
transaction and returns how many. Registering a name again replaces it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from nithet.foundation.access.actors import Actor
from nithet.foundation.accounts.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in somebody's hands; `moves` says whether confirming the handover passes it on by itself."""

    title: str
    detail: str = ""
    url: str = ""
    moves: bool = True


Lines = Callable[[Actor, User], Iterable[Line]]
PassOn = Callable[[Actor, User, User], int]


@dataclass(frozen=True, slots=True)
class Source:
    """Where lines come from."""

    name: str
    label: str | Promise
    lines: Lines
    pass_on: PassOn | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one source as they stand now."""

    label: str
    lines: tuple[Line, ...]


_sources: dict[str, Source] = {}


def register(
    name: str, label: str | Promise, lines: Lines, pass_on: PassOn | None = None
) -> None:
    """Add what is open with a person in a package's own records."""
    _sources[name] = Source(name, label, lines, pass_on)


def sources() -> tuple[Source, ...]:
    """Return every source in the order of registration."""
    return tuple(_sources.values())


def sections(actor: Actor, user: User) -> list[Section]:
    """List what a person holds, source by source; a source with nothing is left out."""
    found = [Section(str(one.label), tuple(one.lines(actor, user))) for one in sources()]
    return [section for section in found if section.lines]
