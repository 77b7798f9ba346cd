"""Of which fiscal years something is recorded, so that every page of supervision shows the same one."""

from typing import Any

from django.db.models import QuerySet

from nithet.domain.plans.policy import visible_needs, visible_plans, visible_surveys
from nithet.domain.supervision.cycle_policy import visible_cycles, visible_packs, visible_reviews
from nithet.domain.supervision.policy import visible_supervision_plans, visible_to
from nithet.foundation.access.actors import Actor
from nithet.kernel.school_years import fiscal_year


def years_of_records(actor: Actor) -> frozenset[int]:
    """Return the fiscal years (พ.ศ.) of the visits, needs, plans, surveys and steps that an actor may read; two queries.

    A need that is still open counts for the year in which it was written down, not for the years into which it is carried.
    """
    if actor.office_id is None:
        return frozenset()
    days = visible_to(actor).order_by().values_list("visited_on", flat=True).distinct()
    rows: list[QuerySet[Any, Any]] = [
        one.order_by().values_list("fiscal_year", flat=True)
        for one in (
            visible_needs(actor),
            visible_plans(actor),
            visible_surveys(actor),
            visible_supervision_plans(actor),
            visible_cycles(actor),
            visible_reviews(actor),
            visible_packs(actor),
        )
    ]
    first, *others = rows
    return frozenset({*map(fiscal_year, days), *first.union(*others)})
