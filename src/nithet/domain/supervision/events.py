"""Sentences of what happens on visits."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("visit.recorded", "%(actor)s recorded a visit to %(target)s on %(day)s."),
    Event("visits.recorded", "%(actor)s recorded %(count)s visits from %(source)s."),
    Event("visit.cancelled", "%(actor)s cancelled the visit to %(target)s because: %(reason)s"),
    Event("visitor.named", "%(actor)s named a visitor of %(target)s: %(title)s."),
    Event("finding.recorded", "%(actor)s recorded a finding: %(target)s"),
)
