"""How records of this package are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from nithet.domain.evidence.policy import visible_to
from nithet.domain.evidence.queries.clarity import PIECE
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved, register


def _pieces(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_to(actor).filter(pk__in=row_keys(ids))
    return {
        str(row.pk): Resolved(RecordRef(PIECE, str(row.pk)), str(row), _address(row.pk))
        for row in found
    }


def _address(key: int) -> str | None:
    try:
        return reverse("evidence:evidence", args=[key])
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(PIECE, _pieces)
