"""Reading networks of schools."""

from django.db.models import Count, QuerySet

from nithet.domain.directory.models.schools import Network
from nithet.domain.directory.policy.schools import visible_networks
from nithet.foundation.access.actors import Actor


def list_networks(actor: Actor) -> QuerySet[Network]:
    """List the networks an actor may read by name, with the number of their schools (`school_count`)."""
    rows = visible_networks(actor).select_related("unit").annotate(school_count=Count("schools"))
    return rows.order_by("unit__name", "pk")
