"""Sentences of what happens in the directory."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("school.registered", "%(actor)s registered the school %(target)s."),
    Event("network.created", "%(actor)s created the school network %(target)s."),
    Event("committee.created", "%(actor)s entered the committee %(target)s."),
    Event("figure.stated", "%(actor)s kept the figure %(target)s as stated in %(source)s."),
)
