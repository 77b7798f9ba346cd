"""Sentences of what happens to folders and frozen rounds."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("folder.proposed", "%(actor)s put %(target)s before %(addressee)s to be signed."),
    Event("folder.approved", "%(actor)s approved %(target)s and signed the declared level %(declared_level)s."),
    Event("folder.returned", "%(actor)s sent %(target)s back with a note: %(answer)s"),
    Event("folder.withdrawn", "%(actor)s withdrew %(target)s."),
    Event("round.frozen", "%(actor)s froze %(target)s for assessors (copy %(number)s)."),
    Event("assessor.invited", "%(actor)s invited %(title)s to %(target)s until %(ends_on)s."),
    Event("assessor.withdrawn", "%(actor)s ended the invitation of %(title)s to %(target)s."),
    Event("assessor.noted", "%(actor)s wrote a note on item %(item)s of %(target)s."),
    Event("assessor.judged", "%(actor)s gave %(target)s the assessor's level %(level)s."),
)
