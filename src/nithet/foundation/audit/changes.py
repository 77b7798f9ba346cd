"""What an event changed, value by value, in words: the name of the field, what it was, what it is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext

from nithet.foundation.audit.events import is_personal
from nithet.foundation.audit.models import AuditEvent

NOT_SHOWN = frozenset({"version", "request_key", "shown_digest", "token", "token_digest"})
"""Values that keep the program honest and tell a person nothing."""

Shown = str | int | date | datetime
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Change:
    """One value: `before` None where there was none before, `after` None where it was taken away."""

    label: Words
    before: Shown | None
    after: Shown | None


def changes_of(event: AuditEvent) -> list[Change]:
    """List what an event changed or noted, in the order in which it was kept."""
    fields = _fields(event.target_kind)
    names = [*event.after, *(name for name in event.before if name not in event.after)]
    return [
        Change(
            _label(fields.get(name), name),
            _value(fields.get(name), event.before.get(name)),
            _value(fields.get(name), event.after.get(name)),
        )
        for name in names
        if name not in NOT_SHOWN and not is_personal(event.name, name)
    ]


def in_words(event: AuditEvent) -> dict[str, object]:
    """Return the new values of an event as its sentence shows them: codes of choices in their words, all else as kept."""
    fields = _fields(event.target_kind)
    return {name: _chosen(fields.get(name), value) for name, value in event.after.items()}


def _chosen(field: Any, value: object) -> object:
    if field is None or not field.choices or not isinstance(value, str):
        return value
    return str(dict(field.flatchoices).get(value, value))


def _fields(kind: str) -> dict[str, Any]:
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return {}
    return {
        field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)
    }


def _label(field: Any, name: str) -> Words:
    """The field's own words; what has none is called by its name."""
    label: Words = field.verbose_name if field is not None else name.replace("_", " ")
    return label


def _value(field: Any, value: object) -> Shown | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list | dict):
        return ", ".join(str(part) for part in value)
    if isinstance(value, str):
        return _moment(value) or str(_chosen(field, value))
    return value if isinstance(value, int) else str(value)


def _moment(text: str) -> date | datetime | None:
    try:
        if len(text) == 10:
            return parse_date(text)
        found = parse_datetime(text) if len(text) > 18 and text[4:5] == "-" else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else None
