"""How records of this package are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from nithet.domain.reviews.policy import FROZEN, visible_folders, visible_frozen
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef, Resolved, register

FOLDER = "reviews.folder"


def _folders(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    rows = visible_folders(actor).filter(pk__in=[int(key) for key in ids]).select_related("round__edition")
    return {
        str(row.pk): Resolved(RecordRef(FOLDER, str(row.pk)), str(row), reverse("reviews:folder", args=[row.pk]))
        for row in rows
    }


def _frozen(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    rows = visible_frozen(actor).filter(pk__in=[int(key) for key in ids]).select_related("round__edition")
    return {
        str(row.pk): Resolved(RecordRef(FROZEN, str(row.pk)), str(row), reverse("reviews:frozen", args=[row.pk]))
        for row in rows
    }


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(FOLDER, _folders)
    register(FROZEN, _frozen)
