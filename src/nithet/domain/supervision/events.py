"""Sentences of what happens on visits."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("visit.recorded", "%(actor)s recorded a visit to %(target)s on %(day)s."),
    Event("visits.recorded", "%(actor)s recorded %(count)s visits from %(source)s."),
    Event("visit.cancelled", "%(actor)s cancelled the visit to %(target)s because: %(reason)s"),
    Event("visit.written", "%(actor)s wrote the record of the visit to %(target)s."),
    Event("visit.withdrawn", "%(actor)s took back the visit to %(target)s because: %(reason)s"),
    Event(
        "visit.closed", "%(actor)s closed the visit to %(target)s; its copy is kept as evidence."
    ),
    Event("visit.reopened", "%(actor)s opened the visit to %(target)s again because: %(reason)s"),
    Event("visit.place_noted", "%(actor)s kept the place with the visit to %(target)s."),
    Event(
        "visit.place_forgotten", "%(actor)s deleted the place kept with the visit to %(target)s."
    ),
    Event("visit.copy_read", "%(actor)s read the copy of the visit to %(target)s."),
    Event("visit.answered", "%(actor)s answered the visit to %(target)s for the school."),
    Event(
        "visit.photo_added",
        "%(actor)s added a photograph that came after the visit to %(target)s was closed.",
    ),
    Event("visit.signed", "%(signed_by)s signed the visit to %(target)s for the school."),
    Event(
        "visit.signature_kept", "%(actor)s kept the drawn signature with the visit to %(target)s."
    ),
    Event(
        "visit.opinion_said", "%(actor)s said what the school thinks of the visit to %(target)s."
    ),
    Event("visit.link_made", "%(actor)s made a link to the visit to %(target)s for the school."),
    Event("visit.link_revoked", "%(actor)s ended the links to the visit to %(target)s."),
    Event("visit.member_invited", "%(actor)s invited %(target)s to visits by a link."),
    Event("visit.invitation_opened", "%(target)s opened the invitation to visits."),
    Event("visit.invitation_revoked", "%(actor)s ended the link of the invitation of %(target)s."),
    Event(
        "visit.member_answered", "%(actor)s wrote what %(title)s said of the visit to %(target)s."
    ),
    Event("visitor.named", "%(actor)s named a visitor of %(target)s: %(title)s."),
    Event("finding.recorded", "%(actor)s recorded a finding: %(target)s"),
    Event("supervision_plan.opened", "%(actor)s opened the plan of visits %(target)s."),
    Event("supervision_plan.proposed", "%(actor)s had %(count)s visits proposed for %(target)s."),
    Event("supervision_plan.accepted", "%(actor)s took %(count)s visits into %(target)s."),
    Event("supervision_plan.took_in", "%(actor)s took %(count)s visits planned outside of it into %(target)s."),
    Event("supervision_plan.submitted", "%(actor)s put %(target)s to the director."),
    Event("supervision_plan.sent_back", "%(actor)s sent %(target)s back to be mended: %(words)s"),
    Event("supervision_plan.taken_back", "%(actor)s took %(target)s back from the director."),
    Event("supervision_plan.approved", "%(actor)s approved %(target)s as version %(number)s."),
    Event("planned_visit.added", "%(actor)s added a visit to %(target)s for %(day)s to the plan."),
    Event("planned_visit.moved", "%(actor)s moved the visit to %(target)s to %(day)s: %(why)s"),
    Event(
        "planned_visit.dropped", "%(actor)s left the visit to %(target)s out of the plan: %(why)s"
    ),
    Event(
        "planned_visit.restored",
        "%(actor)s brought the visit to %(target)s back into the proposal.",
    ),
    Event("planned_visit.party_named", "%(actor)s said who goes to %(target)s: %(party)s."),
    Event("dates.asked", "%(actor)s asked %(count)s schools about the day of their visit."),
    Event("date.agreed", "%(actor)s agreed to the visit to %(target)s on %(day)s."),
    Event(
        "date.other_asked",
        "%(actor)s asked for another day for the visit to %(target)s: %(reason)s",
    ),
    Event(
        "date.settled",
        "%(actor)s answered the school about the day of the visit to %(target)s: %(settlement)s",
    ),
    Event("date.withdrawn", "%(actor)s no longer asks %(target)s about the day of the visit."),
    Event("other_body.recorded", "%(actor)s recorded that %(target)s comes to a school."),
    Event("other_body.edited", "%(actor)s edited the visit of %(target)s."),
    Event("other_body.taken_back", "%(actor)s took the visit of %(target)s back."),
    Event("feed.made", "%(actor)s made an address for the calendar %(target)s."),
    Event("feed.renewed", "%(actor)s gave the calendar %(target)s a new address."),
    Event("feed.revoked", "%(actor)s ended the address of the calendar %(target)s."),
    Event("cycle_model.saved", "%(actor)s entered the model of supervision %(target)s."),
    Event("cycle_model.edited", "%(actor)s edited the model of supervision %(target)s."),
    Event("cycle_model.taken_back", "%(actor)s took the model of supervision %(target)s back."),
    Event(
        "cycle.model_chosen",
        "%(actor)s chose the model of supervision of fiscal year %(fiscal_year)s: %(model)s.",
    ),
    Event("cycle_step.written", "%(actor)s wrote what was done in the step %(target)s."),
    Event("cycle_step.finished", "%(actor)s finished the step %(target)s."),
    Event("cycle_step.reopened", "%(actor)s opened the step %(target)s again because: %(reason)s"),
    Event("cycle_step.linked", "%(actor)s put %(record)s to the step %(target)s."),
    Event("cycle_step.unlinked", "%(actor)s took a record away from the step %(target)s."),
    Event("system_review.recorded", "%(actor)s reviewed the system of supervision."),
    Event("system_review.edited", "%(actor)s edited a review of the system of supervision."),
    Event("system_review.taken_back", "%(actor)s took a review of the system of supervision back."),
    Event(
        "information_pack.frozen",
        "%(actor)s froze the information for planning %(target)s.",
    ),
    Event("supervision_report.issued", "%(actor)s issued the report %(target)s."),
    Event("supervision_report.taken_back", "%(actor)s took the report %(target)s back."),
    Event("visit_paper.made", "%(actor)s made the paper %(paper)s for the visit to %(target)s."),
    Event("visit_paper.many_made", "%(actor)s made papers of %(count)s visits at once."),
    Event("visit_paper.made_again", "%(actor)s made the paper %(target)s again from the visit."),
    Event(
        "visit_paper.numbered",
        "%(actor)s gave the paper %(target)s of a visit the number %(number)s.",
    ),
    Event("visit_paper.printed", "%(actor)s printed the paper %(target)s of a visit."),
    Event("visit_news.written", "%(actor)s wrote the photo news of the visit to %(target)s."),
    Event("visit_news.approved", "%(actor)s approved the photo news of the visit to %(target)s."),
)
