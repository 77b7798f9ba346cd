"""Sentences of what happens to plans."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("plan.opened", "%(actor)s opened the action plan %(target)s."),
    Event("project.added", "%(actor)s added the project %(target)s."),
    Event("project.edited", "%(actor)s edited the project %(target)s."),
    Event(
        "project.item_served", "%(actor)s said that the project %(target)s serves item %(item)s."
    ),
    Event("activity.added", "%(actor)s added the activity %(target)s."),
    Event("policy.added", "%(actor)s added the policy %(target)s."),
)
