"""Reading findings."""

from django.db.models import QuerySet

from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.policy import visible_findings
from nithet.foundation.access.actors import Actor


def list_findings(
    actor: Actor, fiscal_year: int, project_id: int | None = None
) -> QuerySet[Finding]:
    """List the findings of a year that an actor may read, in order, with visit and school fetched."""
    rows = visible_findings(actor).filter(fiscal_year=fiscal_year)
    if project_id is not None:
        rows = rows.filter(project_id=project_id)
    return rows.select_related("visit__school__unit", "project").order_by("position", "pk")
