"""Sentences of what happens in a round."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("round.opened", "%(actor)s opened the reporting round %(target)s."),
    Event("round.closed", "%(actor)s closed the reporting round %(target)s."),
    Event(
        "round.reopened",
        "%(actor)s reopened the reporting round %(target)s because: %(reopened_because)s",
    ),
    Event("round.signed", "%(actor)s signed the declared level %(declared_level)s of %(target)s."),
    Event("test.answered", "%(actor)s answered the test “%(test_name)s” of item %(item)s."),
    Event("test.cleared", "%(actor)s took back the answer to the test “%(test_name)s” of item %(item)s."),
    Event(
        "proposals.accepted",
        "%(actor)s confirmed what the records show in %(count)s tests of %(target)s.",
    ),
    Event(
        "level.stated",
        "%(actor)s noted level %(stated_level)s as printed in the old return for item %(item)s.",
    ),
    Event(
        "narrative.written",
        "%(actor)s wrote the narrative of item %(item)s (%(paragraphs)s paragraphs).",
    ),
    Event("paragraph.edited", "%(actor)s edited a paragraph of item %(item)s."),
    Event("paragraph.added", "%(actor)s added a paragraph to item %(item)s."),
    Event("paragraph.removed", "%(actor)s removed a paragraph of item %(item)s."),
    Event("paragraph.moved", "%(actor)s moved a paragraph of item %(item)s."),
    Event(
        "narrative_group.added", "%(actor)s added the narrative group “%(title)s” to item %(item)s."
    ),
    Event(
        "narrative_group.renamed", "%(actor)s named a narrative group of item %(item)s “%(title)s”."
    ),
    Event(
        "narrative_group.moved", "%(actor)s moved the narrative group “%(title)s” of item %(item)s."
    ),
    Event(
        "narrative_group.removed",
        "%(actor)s removed the narrative group “%(title)s” of item %(item)s.",
    ),
    Event("draft.accepted", "%(actor)s accepted a draft of item %(item)s."),
    Event(
        "draft.made_again", "%(actor)s had a paragraph of item %(item)s drafted again (%(origin)s)."
    ),
    Event("proposal.decided", "%(actor)s decided on proposed words for item %(item)s."),
    Event("round.withdrawn", "%(actor)s took back the reporting round %(target)s, opened by mistake."),
    Event("round.due_set", "%(actor)s set the day by which %(target)s is due."),
    Event("item.assigned", "%(actor)s gave item %(item)s to %(who)s."),
    Event("item.reassigned", "%(actor)s changed the day by which %(who)s has item %(item)s ready."),
    Event("item.unassigned", "%(actor)s took item %(item)s back from %(who)s."),
    Event("comment.said", "%(actor)s commented on item %(item)s: %(text)s"),
    Event("comment.resolved", "%(actor)s settled a comment on item %(item)s: %(text)s"),
    Event("comment.taken_back", "%(actor)s took back a comment on item %(item)s."),
    Event("assessor_level.given", "%(actor)s gave %(target)s the assessor's level %(level)s."),
)
