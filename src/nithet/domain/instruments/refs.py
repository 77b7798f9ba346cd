"""How records of this package are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from nithet.domain.instruments.policy import visible_to, visible_versions
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved, register

INSTRUMENT = "instruments.instrument"
VERSION = "instruments.instrumentversion"


def _instruments(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): Resolved(
            RecordRef(INSTRUMENT, str(row.pk)), str(row), _address("instrument", row.pk)
        )
        for row in visible_to(actor).filter(pk__in=row_keys(ids))
    }


def _versions(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_versions(actor).filter(pk__in=row_keys(ids))
    return {
        str(row.pk): Resolved(
            RecordRef(VERSION, str(row.pk)), str(row), _address("version", row.pk)
        )
        for row in found.defer("xform", "definition")
    }


def _address(name: str, key: int) -> str | None:
    try:
        return reverse(f"instruments:{name}", args=[key])
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(INSTRUMENT, _instruments)
    register(VERSION, _versions)
