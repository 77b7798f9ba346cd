"""How commitments are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from nithet.domain.commitments.policy import visible_to
from nithet.domain.commitments.queries import COMMITMENT
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import shown
from nithet.foundation.refs.registry import RecordRef, Resolved, register


def _commitments(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = shown(visible_to(actor)).filter(pk__in=[key for key in ids if key.isdecimal()])
    return {
        str(row.pk): Resolved(RecordRef(COMMITMENT, str(row.pk)), str(row), _address(row.pk))
        for row in found
    }


def _address(key: int) -> str | None:
    try:
        return reverse("rounds:commitment", args=[key])
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(COMMITMENT, _commitments)
