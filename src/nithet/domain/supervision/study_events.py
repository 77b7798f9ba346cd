"""Sentences of what happens to studies and to a supervisor's own page of work."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("study.opened", "%(actor)s opened the study %(target)s."),
    Event("study.edited", "%(actor)s edited the study %(target)s."),
    Event("study.published", "%(actor)s published the study %(target)s: %(where)s."),
    Event("study.reopened", "%(actor)s opened the study %(target)s again because: %(reason)s"),
    Event("study.taken_back", "%(actor)s took the study %(target)s back."),
    Event("study_cycle.added", "%(actor)s added a cycle to the study: %(target)s."),
    Event("study_cycle.edited", "%(actor)s edited a cycle of the study: %(target)s."),
    Event("study_cycle.taken_back", "%(actor)s took a cycle of the study back: %(target)s."),
    Event("study_measure.added", "%(actor)s entered values before and after: %(target)s."),
    Event("study_measure.edited", "%(actor)s edited values before and after: %(target)s."),
    Event("study_measure.taken_back", "%(actor)s took values before and after back: %(target)s."),
    Event("work.entered", "%(actor)s entered something of their own development."),
    Event("work.edited", "%(actor)s edited an entry of their own development."),
    Event("work.taken_back", "%(actor)s took an entry of their own development back."),
    Event("work.shared", "%(actor)s opened their page of work to %(target)s."),
    Event("work.share_ended", "%(actor)s closed their page of work to %(target)s."),
)
