"""Reading networks of schools."""

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, QuerySet

from nithet.domain.directory.models.schools import Network
from nithet.domain.directory.policy.schools import visible_networks
from nithet.foundation.access.actors import Actor

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Counted(TypedDict):
    """What a list of networks knows of each."""

    school_count: int


def list_networks(actor: Actor) -> "QuerySet[WithAnnotations[Network, Counted]]":
    """List the networks an actor may read by name, with the number of their schools (`school_count`)."""
    rows = visible_networks(actor).select_related("unit").annotate(school_count=Count("schools"))
    return rows.order_by("unit__name_key", "pk")
