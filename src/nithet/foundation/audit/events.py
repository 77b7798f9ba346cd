"""The registry of events: a name, and the sentence a person reads. An unknown name is an error, never silence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a package: `noun.past`, and its sentence as an English message id.

    The sentence may use %(actor)s and %(target)s and any key of the event's new values. `personal` names the keys whose
    values are personal data and are blanked when a subject is erased.
    """

    name: str
    sentence: str
    personal: frozenset[str] = frozenset()


_events: dict[str, Event] = {}


def register(events: Iterable[Event]) -> None:
    """Make a package's events known; each name once."""
    for event in events:
        if event.name in _events and _events[event.name] != event:
            raise ValueError(f"the event {event.name!r} is registered twice")
        _events[event.name] = event


def event_named(name: str) -> Event:
    """Return a registered event; raises LookupError for an unknown one."""
    if (event := _events.get(name)) is None:
        raise LookupError(f"the event {name!r} is not registered")
    return event


def event_names() -> frozenset[str]:
    """Return every registered name."""
    return frozenset(_events)


def is_personal(name: str, key: str) -> bool:
    """Say whether a value of an event is personal data; of an event that no package knows any more every value is."""
    event = _events.get(name)
    return event is None or key in event.personal


class _Blanks(dict[str, object]):
    """Values of a sentence; what is missing shows as a dash rather than breaking the page."""

    def __missing__(self, key: str) -> str:
        return "–"


def sentence(name: str, actor: str, target: str, values: dict[str, object]) -> str:
    """Say an event in the reader's language; one that no package knows any more is named as it was."""
    if name not in _events:
        return f"{actor}: {name} {target}"
    return gettext(event_named(name).sentence) % _Blanks(values, actor=actor, target=target)
