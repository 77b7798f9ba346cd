"""The running year's plan of visits of the example office: proposed by the planner's own rule, its first weeks taken into the plan."""

from datetime import timedelta

from nithet.domain.supervision.actions.planning import (
    accept_lines,
    open_supervision_plan,
    propose_year,
)
from nithet.domain.supervision.models.plans import PlannedVisit, SupervisionPlan
from nithet.foundation.access.actors import Actor
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year

TAKEN_FOR = timedelta(weeks=10)
"""How far ahead lines are in the plan; those beyond wait as proposals, so that a newcomer sees both."""


def show_visit_plan(actor: Actor) -> SupervisionPlan:
    """Open the plan of the year that runs, have it proposed and take its first weeks; or find what was made before."""
    plan = open_supervision_plan(actor=actor, fiscal_year=fiscal_year(clock.today()))
    if plan.lines.exists():
        return plan
    propose_year(actor=actor, plan=plan)
    until = clock.today() + TAKEN_FOR
    near = plan.lines.filter(state=PlannedVisit.State.PROPOSED, planned_on__lte=until)
    accept_lines(actor=actor, plan=plan, line_ids=list(near.values_list("pk", flat=True)))
    return plan
