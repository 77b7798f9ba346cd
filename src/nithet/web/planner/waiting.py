"""What waits for somebody about the plan and its days: the director's word, a planner's mending, answers about days."""

from django.db.models import Min
from django.urls import reverse

from nithet.domain.overview.waiting import Waits
from nithet.domain.supervision.models.dates import DateAnswer
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import ANSWERING_SCHOOL, may_plan
from nithet.domain.supervision.queries.dates import list_answers
from nithet.domain.supervision.queries.plan_summary import plans_sent_back, plans_waiting
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.roles import OFFICE_LEADERS
from nithet.kernel import clock


def plans_to_approve(actor: Actor) -> Waits | None:
    """Return how many plans of visits wait for the director, and where the oldest is decided."""
    if actor.is_system or not actor.holds(*sorted(OFFICE_LEADERS), unit_id=actor.office_id):
        return None
    plans = plans_waiting(actor)
    return Waits(len(plans), reverse("planner:approval", args=[plans[0].pk])) if plans else None


def plans_to_mend(actor: Actor) -> Waits | None:
    """Return how many plans of visits came back from the director to whoever put them."""
    if actor.is_system or actor.user_id is None or not may_plan(actor, None):
        return None
    plans = plans_sent_back(actor)
    return Waits(len(plans), reverse("planner:approval", args=[plans[0].pk])) if plans else None


def school_answers(actor: Actor) -> Waits | None:
    """Return how many questions about days wait for a school's people."""
    if not actor.holds(*ANSWERING_SCHOOL):
        return None
    rows = list_answers(actor).filter(
        state=DateAnswer.State.WAITING,
        visit__school__unit__in=actor.school_ids,
        visit__state=Visit.State.PLANNED,
        visit__visited_on__gte=clock.today(),
    )
    due = rows.order_by().aggregate(due=Min("answer_by"))["due"]
    return Waits(rows.count(), reverse("planner:dates"), due=due)


def wishes_to_settle(actor: Actor) -> Waits | None:
    """Return how many schools asked for another day and have no answer yet."""
    if actor.is_system or not may_plan(actor, None):
        return None
    rows = list_answers(actor).filter(state=DateAnswer.State.ASKED_OTHER)
    return Waits(rows.count(), reverse("planner:dates") + "?show=asked_other")
