"""Which visits say themselves which need of the school they serve."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from nithet.domain.supervision.models.plans import PlannedVisit
from nithet.domain.supervision.models.visits import Visit, VisitNeed


def names_a_need() -> Q:
    """Say which visits name a need in their own record: from the register, or in words.

    A plan ties the open needs of a school to the visit that it makes. That is an intention: it counts once somebody wrote the
    record of the visit, where the ties stand to be ticked, and not before.
    """
    key = OuterRef("pk")
    in_register = Exists(VisitNeed.objects.filter(visit=key))
    of_a_plan = Exists(PlannedVisit.objects.filter(visit=key))
    only_planned = Q(written_at__isnull=True) & Q(of_a_plan)
    return (~Q(need="") | Q(in_register)) & ~only_planned


def naming_a_need(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Keep the visits that name a need in their own record."""
    return visits.filter(names_a_need())
