"""Sentences of what happens on visits."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("visit.recorded", "%(actor)s recorded a visit to %(target)s on %(day)s."),
    Event("visits.recorded", "%(actor)s recorded %(count)s visits from %(source)s."),
    Event("visit.cancelled", "%(actor)s cancelled the visit to %(target)s because: %(reason)s"),
    Event("visitor.named", "%(actor)s named a visitor of %(target)s: %(title)s."),
    Event("finding.recorded", "%(actor)s recorded a finding: %(target)s"),
    Event("supervision_plan.opened", "%(actor)s opened the plan of visits %(target)s."),
    Event("supervision_plan.proposed", "%(actor)s had %(count)s visits proposed for %(target)s."),
    Event("supervision_plan.accepted", "%(actor)s took %(count)s visits into %(target)s."),
    Event("supervision_plan.approved", "%(actor)s approved %(target)s as version %(number)s."),
    Event("planned_visit.added", "%(actor)s added a visit to %(target)s for %(day)s to the plan."),
    Event("planned_visit.moved", "%(actor)s moved the visit to %(target)s to %(day)s: %(why)s"),
    Event("planned_visit.dropped", "%(actor)s left the visit to %(target)s out of the plan: %(why)s"),
    Event("planned_visit.restored", "%(actor)s brought the visit to %(target)s back into the proposal."),
    Event("planned_visit.party_named", "%(actor)s said who goes to %(target)s: %(party)s."),
    Event("dates.asked", "%(actor)s asked %(count)s schools about the day of their visit."),
    Event("date.agreed", "%(actor)s agreed to the visit to %(target)s on %(day)s."),
    Event("date.other_asked", "%(actor)s asked for another day for the visit to %(target)s: %(reason)s"),
    Event("date.settled", "%(actor)s answered the school about the day of the visit to %(target)s: %(settlement)s"),
    Event("date.withdrawn", "%(actor)s no longer asks %(target)s about the day of the visit."),
    Event("other_body.recorded", "%(actor)s recorded that %(target)s comes to a school."),
    Event("other_body.edited", "%(actor)s edited the visit of %(target)s."),
    Event("other_body.taken_back", "%(actor)s took the visit of %(target)s back."),
    Event("feed.made", "%(actor)s made an address for the calendar %(target)s."),
    Event("feed.renewed", "%(actor)s gave the calendar %(target)s a new address."),
    Event("feed.revoked", "%(actor)s ended the address of the calendar %(target)s."),
)
