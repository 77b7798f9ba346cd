"""What waits for somebody about days of visits: a school's answer, a planner's answer to a school."""

from django.db.models import Min
from django.urls import reverse

from nithet.domain.overview.waiting import Waits
from nithet.domain.supervision.models.dates import DateAnswer
from nithet.domain.supervision.policy import ANSWERING_SCHOOL, may_plan
from nithet.domain.supervision.queries.dates import list_answers
from nithet.foundation.access.actors import Actor


def school_answers(actor: Actor) -> Waits | None:
    """Return how many questions about days wait for a school's people."""
    if not actor.holds(*ANSWERING_SCHOOL):
        return None
    rows = list_answers(actor).filter(
        state=DateAnswer.State.WAITING, visit__school__unit__in=actor.school_ids
    )
    due = rows.order_by().aggregate(due=Min("answer_by"))["due"]
    return Waits(rows.count(), reverse("planner:dates"), due=due)


def wishes_to_settle(actor: Actor) -> Waits | None:
    """Return how many schools asked for another day and have no answer yet."""
    if actor.is_system or not may_plan(actor, None):
        return None
    rows = list_answers(actor).filter(state=DateAnswer.State.ASKED_OTHER)
    return Waits(rows.count(), reverse("planner:dates") + "?show=asked_other")
