"""Sentences of what happens to evidence."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("piece.brought", "%(actor)s brought the evidence %(target)s."),
    Event("piece.described", "%(actor)s said more of the evidence %(target)s."),
    Event(
        "piece.file_attached",
        "%(actor)s attached the file %(file_name)s to the evidence %(target)s.",
    ),
    Event("piece.used", "%(actor)s used the evidence %(target)s for item %(item)s."),
    Event(
        "piece.reviewed", "%(actor)s answered the point %(criterion)s of the evidence %(target)s."
    ),
    Event("piece.withdrawn", "%(actor)s withdrew the evidence %(target)s because: %(reason)s"),
)
