"""How records of this package are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from nithet.domain.returns.policy import visible_imports, visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef, Resolved, register

IMPORT = "returns.returnimport"
ISSUED = "returns.issuedreturn"


def _imports(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): Resolved(RecordRef(IMPORT, str(row.pk)), str(row), _address("import", row.pk))
        for row in visible_imports(actor).filter(pk__in=_keys(ids))
    }


def _issued(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): Resolved(RecordRef(ISSUED, str(row.pk)), str(row), _address("issued", row.pk))
        for row in visible_to(actor).filter(pk__in=_keys(ids))
    }


def _keys(ids: Iterable[str]) -> list[str]:
    return [key for key in ids if key.isdecimal()]


def _address(page: str, key: int) -> str | None:
    try:
        return reverse(f"returns:{page}", args=[key])
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(IMPORT, _imports)
    register(ISSUED, _issued)
