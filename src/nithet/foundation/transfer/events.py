"""The sentences of the history."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("office.export_asked", "%(actor)s asked for the whole office as one file."),
    Event("office.export_made", "The whole office was written into one file (%(sha256)s)."),
    Event("office.export_failed", "The whole office could not be written into one file: %(why)s"),
    Event("office.export_taken", "%(actor)s downloaded the whole office as one file (%(sha256)s)."),
    Event("office.opened", "An office was opened from a file: %(target)s."),
    Event(
        "office.brought_here",
        "The office came here from another installation; its history until then has %(chain_length)s places.",
    ),
)
