"""Versions as devices are offered them."""

import re

from django.db.models import QuerySet

from nithet.domain.instruments.entity_lists import EntityList, named
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import audiences_of
from nithet.foundation.access.actors import Actor

_EXTERNAL = re.compile(r'src="jr://file(?:-csv)?/([A-Za-z0-9_-]+)\.csv"')


def offered_to(actor: Actor, *, every_version: bool = False) -> QuerySet[InstrumentVersion]:
    """Return the versions in use of the forms that an actor fills in, by title; with `every_version` the replaced ones too."""
    states = [InstrumentVersion.State.PUBLISHED]
    if every_version:
        states.append(InstrumentVersion.State.RETIRED)
    return (
        InstrumentVersion.objects.filter(
            office_id=actor.office_id,
            state__in=states,
            instrument__state=Instrument.State.PUBLISHED,
            instrument__taken_back_at__isnull=True,
            instrument__audience__in=audiences_of(actor),
        )
        .select_related("instrument")
        .order_by("instrument__title", "instrument_id", "-pk")
    )


def lists_of(version: InstrumentVersion) -> list[EntityList]:
    """Return the entity lists that a form names as external files and that do not lie beside it as files of its own."""
    own = {one["name"] for one in version.media}
    names = dict.fromkeys(_EXTERNAL.findall(version.xform))
    found = (named(name) for name in names)
    return [one for one in found if one is not None and one.file_name not in own]
