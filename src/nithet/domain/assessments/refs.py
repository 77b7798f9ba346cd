"""How records of this package are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from nithet.domain.assessments.policy import visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef, Resolved, register

KIND = "assessments.round"


def _rounds(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_to(actor).filter(pk__in=[int(key) for key in ids]).select_related("edition")
    return {
        str(row.pk): Resolved(RecordRef(KIND, str(row.pk)), str(row), _address(row.pk))
        for row in found
    }


def _address(key: int) -> str | None:
    try:
        return reverse("rounds:round", args=[key])
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(KIND, _rounds)
