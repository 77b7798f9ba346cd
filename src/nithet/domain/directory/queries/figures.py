"""Reading figures that documents state."""

from django.db.models import QuerySet

from nithet.domain.directory.models.figures import StatedFigure
from nithet.domain.directory.policy.figures import visible_figures
from nithet.foundation.access.actors import Actor


def list_figures(actor: Actor, fiscal_year: int) -> QuerySet[StatedFigure]:
    """List the figures that documents of a year state, in the order of the documents."""
    return visible_figures(actor).filter(fiscal_year=fiscal_year).order_by("source", "line", "pk")
