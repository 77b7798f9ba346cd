"""Sentences of what happens to instruments."""

from nithet.foundation.audit.events import Event

EVENTS: tuple[Event, ...] = (
    Event("submission.received", "%(actor)s sent a filled-in form: %(target)s."),
    Event("submission.received_many", "%(actor)s sent %(count)s filled-in forms at once."),
    Event("submission.attached", "%(actor)s sent files that belong to %(target)s."),
    Event("submission.handed_over", "%(actor)s took %(target)s over into the records."),
    Event("submission.edits_joined", "%(actor)s joined changed forms to what they change."),
    Event("submission.files_checked", "%(actor)s checked files that came with filled-in forms."),
    Event("submission.accepted", "%(actor)s accepted a filled-in form that waited: %(target)s."),
    Event("submission.set_aside", "%(actor)s set a filled-in form aside: %(target)s (%(decision)s)."),
    Event("device.added", "%(actor)s added a device: %(target)s."),
    Event("device.revoked", "%(actor)s revoked a device: %(target)s."),
    Event("device.used", "%(actor)s used a device: %(target)s."),
)
