"""How records of this package are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from nithet.domain.papers.policy import visible_publications, visible_to
from nithet.domain.papers.queries import PAPER, PUBLICATION
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef, Resolved, register


def _keys(ids: Iterable[str]) -> list[str]:
    return [key for key in ids if key.isdecimal()]


def _papers(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): Resolved(
            RecordRef(PAPER, str(row.pk)), str(row), _address("papers:paper", row.pk)
        )
        for row in visible_to(actor).filter(pk__in=_keys(ids))
    }


def _publications(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): Resolved(
            RecordRef(PUBLICATION, str(row.pk)), str(row), _address("papers:publications")
        )
        for row in visible_publications(actor).filter(pk__in=_keys(ids))
    }


def _address(name: str, *arguments: int) -> str | None:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(PAPER, _papers)
    register(PUBLICATION, _publications)
