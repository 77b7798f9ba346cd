"""Sentences of what happens to plans."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("plan.opened", "%(actor)s opened the action plan %(target)s."),
    Event("plan.approved", "%(actor)s approved version %(number)s of the plan %(target)s."),
    Event("plan.reviewed", "%(actor)s reviewed %(target)s."),
    Event("plan.review_edited", "%(actor)s edited the review of %(target)s."),
    Event("plan.review_taken_back", "%(actor)s took the review of %(target)s back."),
    Event(
        "plan.points_carried",
        "%(actor)s took %(count)s points of the way forward into %(target)s.",
    ),
    Event("plan.point_decided", "%(actor)s decided what becomes of the point %(target)s."),
    Event("plan.import_proposed", "%(actor)s brought the old plan %(target)s to be read."),
    Event("plan.import_confirmed", "%(actor)s took the old plan %(target)s over."),
    Event("plan.import_dropped", "%(actor)s dropped the old plan %(target)s."),
    Event("strategy.added", "%(actor)s added the strategy %(target)s."),
    Event("strategy.edited", "%(actor)s edited the strategy %(target)s."),
    Event("strategy.taken_back", "%(actor)s took the strategy %(target)s back."),
    Event("project.added", "%(actor)s added the project %(target)s."),
    Event("project.edited", "%(actor)s edited the project %(target)s."),
    Event("project.taken_back", "%(actor)s took the project %(target)s back."),
    Event(
        "project.item_served", "%(actor)s said that the project %(target)s serves item %(item)s."
    ),
    Event(
        "project.service_explained",
        "%(actor)s said why the project %(target)s counts for item %(item)s.",
    ),
    Event(
        "project.item_left",
        "%(actor)s took back that the project %(target)s serves item %(item)s.",
    ),
    Event("activity.added", "%(actor)s added the activity %(target)s."),
    Event("activity.edited", "%(actor)s edited the activity %(target)s."),
    Event("activity.reported", "%(actor)s said how far the activity %(target)s is."),
    Event("activity.taken_back", "%(actor)s took the activity %(target)s back."),
    Event("budget_line.added", "%(actor)s added the budget line %(target)s."),
    Event("budget_line.edited", "%(actor)s edited the budget line %(target)s."),
    Event("budget_line.taken_back", "%(actor)s took the budget line %(target)s back."),
    Event("target.added", "%(actor)s added the target %(target)s."),
    Event("target.edited", "%(actor)s edited the target %(target)s."),
    Event("target.taken_back", "%(actor)s took the target %(target)s back."),
    Event("policy.added", "%(actor)s added the policy %(target)s."),
    Event("policy.edited", "%(actor)s edited the policy %(target)s."),
    Event("policy.taken_back", "%(actor)s took the policy %(target)s back."),
    Event("policy.reported", "%(actor)s entered what the policy %(target)s had reached."),
    Event(
        "policy.report_taken_back",
        "%(actor)s took a figure of the policy %(target)s back.",
    ),
    Event("need.recorded", "%(actor)s entered a need of %(target)s: %(text)s"),
    Event("calendar.day_added", "%(actor)s entered %(target)s in the calendar."),
    Event("calendar.day_edited", "%(actor)s edited %(target)s in the calendar."),
    Event("calendar.day_taken_back", "%(actor)s took %(target)s out of the calendar."),
    Event("calendar.year_copied", "%(actor)s copied last year's calendar of %(target)s."),
)
