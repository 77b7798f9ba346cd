"""Editing what two people may have before them at once."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

from nithet.foundation.actions.door import change, nothing_changed
from nithet.foundation.actions.errors import Conflict

M = TypeVar("M", bound=models.Model)


def edited(record: M, version: int, new: Mapping[str, Any]) -> M:
    """Change fields of a record that has a `version`; `version` is the one that the writer had before them.

    Raises `Conflict` with both versions where somebody else was quicker. What is already so changes nothing.
    """
    fresh = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    now_at = int(fresh.version)  # type: ignore[attr-defined]
    if now_at != version:
        labels = {name: str(fresh._meta.get_field(name).verbose_name) for name in new}  # type: ignore[union-attr]
        raise Conflict(
            "record.changed_meanwhile",
            "Somebody else changed this meanwhile. Compare both versions and save again.",
            version=now_at,
            theirs={name: _words(getattr(fresh, name)) for name in new},
            yours={name: _words(value) for name, value in new.items()},
            labels=labels,
        )
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, **new, version=version + 1)
    return fresh


def _words(value: object) -> str:
    return "" if value is None else str(value)
