"""Forms of which results are read, with their questions over the versions asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import may_read_results
from nithet.domain.instruments.queries.result_scope import Asked, countable, selected
from nithet.domain.instruments.rules.items import (
    Asks,
    Item,
    asks_of,
    countable_questions,
    items_of,
    private_names,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import shown

DRAFT = InstrumentVersion.State.DRAFT


def instruments_with_results(
    actor: Actor, fiscal_year: int | None = None
) -> list[tuple[Instrument, int]]:
    """List the instruments of which an actor reads results, by title, each with how many records they may count; two queries.

    `fiscal_year` counts the records of that year alone; None those of all.
    """
    of_year: QuerySet[Any] = selected(actor, Asked(year=fiscal_year))
    counted = dict(of_year.order_by().values_list("version__instrument_id").annotate(Count("pk")))
    rows = shown(Instrument.objects.filter(office_id=actor.office_id))
    if not may_read_results(actor):
        rows = rows.filter(pk__in=counted)
    return [(one, counted.get(one.pk, 0)) for one in rows.order_by("title", "pk")]


def find_instrument(actor: Actor, instrument_id: int) -> Instrument | None:
    """Return an instrument of which an actor reads results; None where there is none or it is not theirs."""
    rows = shown(Instrument.objects.filter(office_id=actor.office_id, pk=instrument_id))
    if may_read_results(actor):
        return rows.first()
    return rows.filter(pk__in=countable(actor).order_by().values("version__instrument_id")).first()


def versions_of(instrument: Instrument) -> list[InstrumentVersion]:
    """List the versions of an instrument that may have records, the newest first, without their long texts."""
    return [one for one in _every_version(instrument) if one.state != DRAFT]


def _every_version(instrument: Instrument) -> list[InstrumentVersion]:
    return list(
        InstrumentVersion.objects.filter(instrument=instrument)
        .only(
            "pk", "version", "title", "definition", "state", "published_at", "made_at", "instrument"
        )
        .order_by("-published_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Form:
    """An instrument's questions over the versions asked about.

    `names_person` says whether any version asks for a person's name, whichever were asked about: choosing another version must
    not open what this one closes.
    """

    versions: list[InstrumentVersion]
    items: list[Item]
    asks: dict[int, Asks]
    names_person: bool


def form_of(instrument: Instrument, version_id: int | None = None) -> Form:
    """Return the questions of an instrument, of one version or of all by their names; one query.

    What any version holds for private, a draft too, is a question of none.
    """
    every = _every_version(instrument)
    private = private_names(one.definition for one in every)
    versions = [one for one in every if one.state != DRAFT]
    asked = {
        one.pk: countable_questions(one.definition, private)
        for one in versions
        if version_id in (None, one.pk)
    }
    return Form(
        versions,
        items_of(asked.values()),
        {key: asks_of(definition) for key, definition in asked.items()},
        names_person=bool(private),
    )


def items_of_all(instruments: Sequence[Instrument]) -> dict[int, list[Item]]:
    """Return the items of several instruments over all their versions, by instrument; one query."""
    rows = (
        InstrumentVersion.objects.filter(instrument__in=[one.pk for one in instruments])
        .order_by("-published_at", "-pk")
        .values_list("instrument_id", "definition", "state")
    )
    found: dict[int, list[tuple[list[dict[str, Any]], str]]] = {}
    for instrument, definition, state in rows:
        found.setdefault(instrument, []).append((definition, state))
    items = {}
    for instrument, definitions in found.items():
        private = private_names(one for one, _ in definitions)
        items[instrument] = items_of(
            countable_questions(one, private) for one, state in definitions if state != DRAFT
        )
    return items
