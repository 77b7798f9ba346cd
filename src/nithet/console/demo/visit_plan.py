"""The running year's plan of visits of the example office: proposed by the planner's own rule, taken into the plan, put to the director.

Schools have been asked about the days of the next weeks. The director's word is left to
whoever looks at the demo.
"""

from datetime import timedelta

from nithet.domain.supervision.actions.approving import submit_plan
from nithet.domain.supervision.actions.dates import ask_dates
from nithet.domain.supervision.actions.planning import (
    accept_lines,
    open_supervision_plan,
    propose_year,
)
from nithet.domain.supervision.models.plans import SupervisionPlan
from nithet.domain.supervision.queries.planning import digest_of_plan
from nithet.foundation.access.actors import Actor
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year

ASKED_FOR = timedelta(weeks=3)
"""How far ahead schools have been asked about their days."""


def show_visit_plan(actor: Actor) -> SupervisionPlan:
    """Open the plan of the year that runs, have it proposed and take it over; or find what was made before."""
    plan = open_supervision_plan(actor=actor, fiscal_year=fiscal_year(clock.today()))
    if plan.lines.exists():
        return plan
    propose_year(actor=actor, plan=plan)
    accept_lines(actor=actor, plan=plan)
    soon = plan.lines.filter(
        planned_on__gt=clock.today(),
        planned_on__lte=clock.today() + ASKED_FOR,
        visit__isnull=False,
    )
    ask_dates(actor=actor, visit_ids=[line.visit_id or 0 for line in soon])
    return plan


def put_visit_plan(actor: Actor, plan: SupervisionPlan) -> None:
    """Put the plan to the director, once everything else of the year stands; what was put before stays."""
    if plan.lines.exists() and not plan.submissions.exists():
        words = "ครบทุกโรงเรียนทั้งสองภาคเรียน วันนัดของเดือนนี้ถามโรงเรียนแล้ว (ข้อมูลตัวอย่าง)"
        submit_plan(actor=actor, plan=plan, shown=digest_of_plan(plan), words=words)
