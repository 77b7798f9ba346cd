"""Reading visits."""

from django.db.models import Count, Prefetch, Q, QuerySet

from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.policy import visible_to
from nithet.foundation.access.actors import Actor
from nithet.kernel.school_years import fiscal_year_period

VISIT = "supervision.visit"
"""The kind under which references name a visit."""


def list_visits(
    actor: Actor,
    fiscal_year: int | None = None,
    *,
    kind: Visit.Kind | str | None = None,
    school_id: int | None = None,
    project_id: int | None = None,
) -> QuerySet[Visit]:
    """List the visits an actor may read by day, with school, project and visitors fetched (`finding_count` counts)."""
    rows = visible_to(actor)
    if fiscal_year is not None:
        period = fiscal_year_period(fiscal_year)
        rows = rows.filter(visited_on__range=(period.start, period.end))
    wanted = {"kind": kind, "school_id": school_id, "project_id": project_id}
    return (
        rows.filter(**{name: value for name, value in wanted.items() if value is not None})
        .select_related("school__unit", "project")
        .prefetch_related(Prefetch("visitors", queryset=Visitor.objects.order_by("pk")))
        .annotate(finding_count=Count("findings"))
        .order_by("visited_on", "pk")
    )


def find_visit(actor: Actor, visit_id: int) -> Visit | None:
    """Return a visit the actor may read, with its findings fetched; None where it is gone or not theirs to see."""
    findings = Prefetch("findings", queryset=Finding.objects.all())
    return list_visits(actor).prefetch_related(findings).filter(pk=visit_id).first()


def visits_without_visitors(actor: Actor, fiscal_year: int) -> QuerySet[Visit]:
    """List the visits done in a year for which nobody has recorded who went."""
    return list_visits(actor, fiscal_year).filter(state=Visit.State.DONE, visitors__isnull=True)


def visited_school_count(fiscal_year: int) -> int:
    """Return how many of the office's schools a visit was done to in a year."""
    period = fiscal_year_period(fiscal_year)
    done = Q(state=Visit.State.DONE, visited_on__range=(period.start, period.end))
    return Visit.objects.filter(done).values("school_id").distinct().order_by().count()
