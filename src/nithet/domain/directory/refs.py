"""How records of this package are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from nithet.domain.directory.policy.figures import visible_figures
from nithet.domain.directory.policy.schools import visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved, register

SCHOOL = "directory.school"
FIGURE = "directory.statedfigure"


def _schools(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = (
        visible_to(actor)
        .filter(pk__in=row_keys(ids))
        .select_related("unit")
    )
    return {
        str(row.pk): Resolved(RecordRef(SCHOOL, str(row.pk)), str(row), _address(row.pk))
        for row in found
    }


def _figures(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    """A stated figure is shown by its own words; it has no page."""
    found = visible_figures(actor).filter(pk__in=row_keys(ids))
    return {str(row.pk): Resolved(RecordRef(FIGURE, str(row.pk)), str(row), None) for row in found}


def _address(key: int) -> str | None:
    try:
        return reverse("directory:school", args=[key])
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(SCHOOL, _schools)
    register(FIGURE, _figures)
