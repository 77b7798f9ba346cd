"""Which records a reader counts where a form names persons: others' only in clusters, each of them whole."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.policy import may_see_answers
from nithet.domain.instruments.queries.filled_at import with_filled_at
from nithet.domain.instruments.queries.result_scope import (
    Asked,
    countable,
    networks_of,
    of_peers,
)
from nithet.domain.instruments.rules.clusters import Path, clusters_of
from nithet.foundation.access.actors import Actor
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year, semester

FEWEST_OF_PERSONS = 5
"""Where a form names a person, fewer records than these are never counted by themselves for others."""


class Shield:
    """The clusters of an instrument's records for one reader, the same whatever they choose.

    What the reader wrote, and what was written at the school that they head, they see anyway; it stands outside.
    """

    def __init__(self, own: Collection[int], clusters: Iterable[frozenset[int]]) -> None:
        """Remember what is the reader's own and how the rest is put together."""
        self.own = frozenset(own)
        self._clusters = list(clusters)

    def counted(self, chosen: Collection[int]) -> frozenset[int]:
        """Return those of the chosen records that are counted: one's own, and the clusters that lie wholly among them."""
        inside = frozenset(chosen)
        found = set(inside & self.own)
        for cluster in self._clusters:
            if cluster <= inside:
                found |= cluster
        return frozenset(found)


def shield_of(actor: Actor, instrument: Instrument, *, for_others: bool = False) -> Shield:
    """Put the records of a form that names persons together for a reader; two queries.

    `for_others`: what is made of it will be read by others, so nothing is the reader's own.
    """
    networks = networks_of(actor)
    own: set[int] = set()
    atoms: dict[Path, list[int]] = defaultdict(list)
    rows: QuerySet[Any] = with_filled_at(
        countable(actor).filter(version__instrument=instrument)
    )
    for pk, version, school, unit, user, moment in rows.order_by("pk").values_list(
        "pk", "version_id", "school_id", "school__unit_id", "user_id", "filled_at"
    ):
        if not for_others and may_see_answers(actor, user_id=user, school_unit_id=unit):
            own.add(pk)
            continue
        network = networks.get(school or 0, 0)
        atoms[(*_time(moment), network, school or 0, version)].append(pk)
    return Shield(own, clusters_of(atoms, FEWEST_OF_PERSONS))


def peers_shield(
    actor: Actor, instrument: Instrument, schools: frozenset[int], fewest: int
) -> Shield:
    """Put the records of schools like one's own together, so many *schools* at least in each cluster; one query."""
    atoms: dict[Path, list[int]] = defaultdict(list)
    school_of: dict[int, int] = {}
    rows = of_peers(actor, Asked(), schools).filter(version__instrument=instrument)
    for pk, version, school, moment in rows.order_by("pk").values_list(
        "pk", "version_id", "school_id", "filled_at"
    ):
        atoms[(*_time(moment), version)].append(pk)
        school_of[pk] = school
    return Shield((), clusters_of(atoms, fewest, school_of.__getitem__))


def _time(moment: datetime) -> tuple[int, str]:
    """Return the fiscal year and the piece of it that lies in one semester: every choice of time is made of such pieces."""
    day = clock.day_of(moment)
    return fiscal_year(day), str(semester(day))
