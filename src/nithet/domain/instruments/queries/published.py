"""Versions that are in use."""

from django.db.models import QuerySet

from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import audiences_of
from nithet.foundation.access.actors import Actor


def published_for(actor: Actor) -> QuerySet[InstrumentVersion]:
    """Return the version in use of every instrument that is published to an actor, in the order of their titles."""
    return (
        InstrumentVersion.objects.filter(
            office_id=actor.office_id,
            state=InstrumentVersion.State.PUBLISHED,
            instrument__taken_back_at__isnull=True,
            instrument__audience__in=audiences_of(actor),
        )
        .select_related("instrument")
        .order_by("instrument__title", "instrument_id")
    )
