"""Sentences of what happens to instruments."""

from nithet.foundation.audit.events import Event

EVENTS: tuple[Event, ...] = (
    Event("instrument.brought", "%(actor)s brought the form %(target)s."),
    Event("instrument.published", "%(actor)s published the form %(target)s."),
    Event("instrument.draft_dropped", "%(actor)s dropped a draft of the form %(target)s."),
    Event(
        "instrument.edited", "%(actor)s said whom the form %(target)s is for and what it serves."
    ),
    Event("instrument.retired", "%(actor)s put the form %(target)s away."),
    Event("instrument.reopened", "%(actor)s took the form %(target)s into use again."),
    Event("briefing.recorded", "%(actor)s recorded a briefing on the form %(target)s."),
    Event("briefing.edited", "%(actor)s corrected a briefing on the form %(target)s."),
    Event("briefing.taken_back", "%(actor)s took a briefing on the form %(target)s back."),
    Event("submission.received", "%(actor)s sent a filled-in form: %(target)s."),
    Event("submission.received_many", "%(actor)s sent %(count)s filled-in forms at once."),
    Event("submission.attached", "%(actor)s sent files that belong to %(target)s."),
    Event("submission.handed_over", "%(actor)s took %(target)s over into the records."),
    Event("submission.edits_joined", "%(actor)s joined changed forms to what they change."),
    Event("submission.files_checked", "%(actor)s checked files that came with filled-in forms."),
    Event("submission.accepted", "%(actor)s accepted a filled-in form that waited: %(target)s."),
    Event(
        "submission.set_aside", "%(actor)s set a filled-in form aside: %(target)s (%(decision)s)."
    ),
    Event("device.added", "%(actor)s added a device: %(target)s."),
    Event("device.revoked", "%(actor)s revoked a device: %(target)s."),
    Event("device.used", "%(actor)s used a device: %(target)s."),
)
