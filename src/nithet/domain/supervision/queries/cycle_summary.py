"""What a year of supervision came to, of the records: a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Count, Q

from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.queries.needs import register_of
from nithet.domain.supervision.cycle_policy import visible_packs, visible_reviews
from nithet.domain.supervision.models.cycle import CycleStep, SupervisionCycle
from nithet.domain.supervision.models.plans import PlanChange, SupervisionPlanVersion
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_to
from nithet.domain.supervision.queries.counting import IN_PLAN
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.kernel.school_years import fiscal_year_period


@dataclass(frozen=True, slots=True)
class CycleSummary:
    """Figures of a fiscal year; visits are supervision visits, committee visits counted apart.

    `served` are needs of the year that a visit carried out or a project names.
    """

    steps: int
    finished: int
    packs: int
    plan_versions: int
    plan_changes: int
    planned: int
    planned_done: int
    visits: int
    schools: int
    committee_visits: int
    needs: int
    needs_open: int
    needs_met: int
    needs_served: int
    reviews: int
    reviews_changed: int


def summary_of(actor: Actor, year: int, cycle: SupervisionCycle | None) -> CycleSummary:
    """Return the figures of a fiscal year as they are now; seven queries."""
    period = fiscal_year_period(year)
    steps = list(cycle.steps.all()) if cycle else []
    done = Q(state=Visit.State.DONE)
    supervision = Q(kind=Visit.Kind.SUPERVISION)
    of_plan = IN_PLAN & Q(planned_for__range=(period.start, period.end))
    visits = visible_to(actor).aggregate(
        planned_done=Count("pk", filter=supervision & done & of_plan),
        visits=Count(
            "pk", filter=supervision & done & Q(visited_on__range=(period.start, period.end))
        ),
        schools=Count(
            "school",
            filter=supervision & done & Q(visited_on__range=(period.start, period.end)),
            distinct=True,
        ),
        committee_visits=Count(
            "pk",
            filter=Q(kind=Visit.Kind.COMMITTEE)
            & done
            & Q(visited_on__range=(period.start, period.end)),
        ),
        # The last: its name hides the relation of the same name from what follows.
        planned=Count("pk", filter=supervision & of_plan),
    )
    served = Q(visits_serving__visit__state=Visit.State.DONE) | Q(served_by__isnull=False)
    needs = (
        standing(register_of(actor, year))
        .order_by()
        .aggregate(
            needs=Count("pk", distinct=True),
            needs_open=Count("pk", filter=Q(state=Need.State.OPEN), distinct=True),
            needs_met=Count("pk", filter=Q(state=Need.State.MET), distinct=True),
            needs_served=Count("pk", filter=served, distinct=True),
        )
    )
    reviews = standing(visible_reviews(actor).filter(fiscal_year=year)).aggregate(
        reviews=Count("pk"), reviews_changed=Count("pk", filter=~Q(changed=""))
    )
    return CycleSummary(
        steps=len(steps),
        finished=sum(one.state == CycleStep.State.DONE for one in steps),
        packs=visible_packs(actor).filter(fiscal_year=year).count(),
        plan_versions=SupervisionPlanVersion.objects.filter(plan__fiscal_year=year).count(),
        plan_changes=PlanChange.objects.filter(plan__fiscal_year=year).count(),
        **visits,
        **needs,
        **reviews,
    )
