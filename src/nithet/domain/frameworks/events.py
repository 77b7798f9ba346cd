"""Sentences of what happens to editions."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("edition.added", "%(actor)s added version %(version)s of the edition %(target)s."),
    Event("edition.frozen", "%(actor)s froze the edition %(target)s, because a round uses it."),
)
