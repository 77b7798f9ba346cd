"""Records of planning by the id in the address; not there and not theirs are answered alike."""

from django.http import Http404, HttpRequest

from nithet.domain.supervision.models.dates import DateAnswer, OtherBodysVisit
from nithet.domain.supervision.models.plans import PlannedVisit, SupervisionPlan
from nithet.domain.supervision.policy import may_plan, may_read_supervision_plan
from nithet.domain.supervision.queries.dates import find_answer, find_other_body
from nithet.domain.supervision.queries.planning import find_line, find_plan
from nithet.foundation.access.actors import Actor
from nithet.web.shared import years
from nithet.web.shared.requests import actor_of


def shown_year(request: HttpRequest) -> int:
    """Return the year that the page shows (`years.shown_year`)."""
    return years.shown_year(request)


def reader_of(request: HttpRequest) -> Actor:
    """Return the actor, who must be of the office's staff."""
    actor = actor_of(request)
    if actor.office_id is None or not may_read_supervision_plan(actor):
        raise Http404
    return actor


def planner_of(request: HttpRequest) -> Actor:
    """Return the actor, who must be one of those for whom proposals are meant."""
    actor = actor_of(request)
    if actor.office_id is None or not may_plan(actor, None):
        raise Http404
    return actor


def plan_or_404(request: HttpRequest, plan_id: int) -> SupervisionPlan:
    """Return a plan of visits the reader may see."""
    if (found := find_plan(actor_of(request), plan_id)) is None:
        raise Http404
    years.keep_year(request, found.fiscal_year)
    return found


def line_or_404(request: HttpRequest, line_id: int) -> PlannedVisit:
    """Return a line the reader may see."""
    if (found := find_line(actor_of(request), line_id)) is None:
        raise Http404
    years.keep_year(request, found.plan.fiscal_year)
    return found


def answer_or_404(request: HttpRequest, answer_id: int) -> DateAnswer:
    """Return a question about a day the reader may see."""
    if (found := find_answer(actor_of(request), answer_id)) is None:
        raise Http404
    return found


def other_body_or_404(request: HttpRequest, record_id: int) -> OtherBodysVisit:
    """Return the visit of another body the reader may see."""
    if (found := find_other_body(actor_of(request), record_id)) is None:
        raise Http404
    return found
