"""Sentences of what happens to commitments."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("commitment.made", "%(actor)s noted what will be done: %(target)s (%(owner)s)."),
    Event("commitment.edited", "%(actor)s changed what will be done: %(target)s."),
    Event("commitment.closed", "%(actor)s closed as done: %(target)s."),
    Event("commitment.dropped", "%(actor)s dropped %(target)s because: %(reason)s"),
    Event("commitment.reopened", "%(actor)s opened again: %(target)s."),
    Event("commitment.handed_over", "%(actor)s handed over to %(owner)s: %(target)s."),
    Event("commitment.taken_back", "%(actor)s took back: %(target)s."),
)
