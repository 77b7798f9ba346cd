"""How records of this package are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from nithet.domain.supervision.policy import visible_findings, visible_to
from nithet.domain.supervision.queries.visits import VISIT
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved, register

FINDING = "supervision.finding"


def _visits(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_to(actor).filter(pk__in=row_keys(ids)).select_related("school__unit")
    return {
        str(row.pk): Resolved(RecordRef(VISIT, str(row.pk)), str(row), _address(row.pk))
        for row in found
    }


def _findings(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_findings(actor).filter(pk__in=row_keys(ids))
    return {
        str(row.pk): Resolved(
            RecordRef(FINDING, str(row.pk)),
            str(row),
            _address(row.visit_id) if row.visit_id else None,
        )
        for row in found
    }


def _address(key: int) -> str | None:
    try:
        return reverse("visits:visit", args=[key])
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(VISIT, _visits)
    register(FINDING, _findings)
