"""Nobody's work is lost when two people edit one record: the later one is shown both versions."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from nithet.foundation.actions.errors import Conflict


def refuse_if_changed(fresh: models.Model, *, version: int, new: Mapping[str, Any]) -> None:
    """Raise `Conflict` where a record has another version by now than the one its writer had before them.

    `fresh` is the record as it stands, read under a lock; `new` is what the writer wants by field name.
    """
    stands = fresh.version  # type: ignore[attr-defined]
    if stands == version:
        return
    raise Conflict(
        "record.changed_meanwhile",
        "Somebody else changed this meanwhile. Compare both versions and save again.",
        version=stands,
        theirs={name: _shown(fresh, name) for name in new},
        yours=dict(new),
        labels={name: _label(fresh, name) for name in new},
    )


def _shown(record: models.Model, name: str) -> Any:
    chosen = getattr(record, f"get_{name}_display", None)
    return chosen() if chosen else getattr(record, name, "")


def _label(record: models.Model, name: str) -> Any:
    try:
        return getattr(record._meta.get_field(name), "verbose_name", name)
    except FieldDoesNotExist:
        return name
