"""Who may read and keep figures that documents state, with the reason."""

from django.db.models import QuerySet

from nithet.domain.directory.models.figures import StatedFigure
from nithet.domain.directory.policy.readers import FIGURE_READERS
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import RECORD_WRITERS
from nithet.foundation.access.verdicts import Verdict


@policy("figure.state")
def may_state_figure(actor: Actor, target: object) -> Verdict:
    """Whoever enters plans, visits and evidence keeps figures that documents state."""
    return by_role(actor, *RECORD_WRITERS)


def may_see_figure(actor: Actor, figure: StatedFigure) -> Verdict:
    """Say whether an actor may read a stated figure."""
    return by_role_over(actor, figure, *FIGURE_READERS)


def visible_figures(actor: Actor) -> QuerySet[StatedFigure]:
    """Return the stated figures that an actor may read."""
    figures = StatedFigure.objects.filter(office_id=actor.office_id)
    return figures if by_role(actor, *FIGURE_READERS) else figures.none()
