"""Sentences of what happens to evidence."""

from nithet.foundation.audit.events import Event
from nithet.kernel.messages import msgid

NOTICES = {
    "evidence.review_asked": msgid("%(actor)s asks you to review the evidence %(title)s."),
    "evidence.not_clear": msgid("%(actor)s finds the evidence %(title)s not clear: %(reason)s"),
}
"""Kinds of notice with their sentences."""

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
    Event("pieces.brought", "%(actor)s brought %(count)s pieces of evidence in one go."),
    Event(
        "piece.file_released",
        "%(actor)s had the file %(file_name)s of the evidence %(target)s checked; it can be opened.",
    ),
    Event("piece.place_checked", "%(actor)s looked for the evidence %(target)s at its place."),
    Event(
        "piece.sharing_confirmed",
        "%(actor)s confirmed that the evidence %(target)s may be shared because: %(sharing_confirmed_because)s",
    ),
    Event("piece.use_edited", "%(actor)s changed how item %(item)s lists the evidence %(target)s."),
    Event(
        "piece.use_withdrawn", "%(actor)s stopped using the evidence %(target)s for item %(item)s."
    ),
    Event("piece.serves_too", "%(actor)s let the evidence %(target)s prove a further record."),
    Event(
        "piece.used_in_return",
        "%(actor)s used the evidence %(target)s in %(report)s of fiscal year %(fiscal_year)s.",
    ),
    Event(
        "piece.left_return",
        "%(actor)s took the evidence %(target)s out of %(report)s of fiscal year %(fiscal_year)s.",
    ),
    Event(
        "piece.reviewer_assigned", "%(actor)s asked %(reviewer)s to review the evidence %(target)s."
    ),
    Event("printout.registered", "%(actor)s printed %(target)s."),
    Event("printout.withdrawn", "%(actor)s declared the paper %(target)s to count no more."),
    Event("printout.scan_filed", "%(actor)s filed the signed copy of a paper: %(target)s."),
    Event(
        "printout.authority_decided",
        "%(actor)s decided which copy of %(target)s counts because: %(authority_because)s",
    ),
    Event("piece.withdrawn", "%(actor)s withdrew the evidence %(target)s because: %(reason)s"),
)
