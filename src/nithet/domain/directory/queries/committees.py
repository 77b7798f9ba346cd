"""Reading committees."""

from django.db.models import QuerySet

from nithet.domain.directory.models.committees import Committee
from nithet.domain.directory.policy.committees import visible_committees
from nithet.foundation.access.actors import Actor


def list_committees(actor: Actor) -> QuerySet[Committee]:
    """List the committees an actor may read, the newest first."""
    return visible_committees(actor).order_by("-starts_on", "name", "pk")
