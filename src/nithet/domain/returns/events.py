"""Sentences of what happens to returns."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event(
        "return.proposed",
        "%(actor)s brought the old return %(target)s; %(proposals)s records are proposed.",
    ),
    Event(
        "return.imported",
        "%(actor)s confirmed the import of %(target)s: %(accepted)s records, %(not_reproduced)s differences.",
    ),
    Event("return.proposal_dropped", "%(actor)s dropped %(count)s proposals of %(target)s."),
    Event("return.import_dropped", "%(actor)s dropped the import of %(target)s."),
    Event(
        "return.edited_brought",
        "%(actor)s brought %(target)s back from Word; %(differences)s differences are to be decided.",
    ),
    Event(
        "return.paragraph_taken",
        "%(actor)s took over a change of item %(item)s from %(target)s: %(after_words)s",
    ),
    Event(
        "return.paragraph_kept",
        "%(actor)s kept item %(item)s as it was against %(target)s: %(before_words)s",
    ),
    Event("return.sent", "%(actor)s marked the return %(target)s as sent to %(system)s."),
    Event("return.sent_taken_back", "%(actor)s took back that %(target)s was sent."),
    Event("return.issued", "%(actor)s issued the return %(number)s."),
)
