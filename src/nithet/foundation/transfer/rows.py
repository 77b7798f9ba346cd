"""Which rows are an office's, and how a row is written as a line and read back."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from nithet.foundation.access.models import Invitation, Posting, Power
from nithet.foundation.accounts.models import User
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import NumberSeries, OfficeOwned, OfficeSettings, Unit
from nithet.foundation.transfer.references import Key, Row, Secret, declared, left_out, shared
from nithet.kernel import clock

BATCH = 500
USERS, UNITS, EVENTS = "accounts.user", "tenancy.unit", "audit.auditevent"
_OF_AN_OFFICE: tuple[type[models.Model], ...] = (
    Unit,
    OfficeSettings,
    NumberSeries,
    User,
    Posting,
    Power,
    Invitation,
    AuditEvent,
)


def label_of(model: type[models.Model]) -> str:
    """Return "app.model"."""
    return model._meta.label_lower


def carried_models() -> dict[str, type[models.Model]]:
    """Return every model whose rows go along, by name."""
    owned = [model for model in apps.get_models() if issubclass(model, OfficeOwned)]
    together = [apps.get_model(label) for label in shared()]
    found = {label_of(model): model for model in (*_OF_AN_OFFICE, *owned, *together)}
    return {label: found[label] for label in sorted(found) if label not in left_out()}


def rows_of(model: type[models.Model], office_id: int) -> QuerySet[Any]:
    """Return the rows of a model that belong to the office in scope, by key."""
    rows = model._default_manager.order_by("pk")
    if issubclass(model, OfficeOwned) or model in (OfficeSettings, NumberSeries, AuditEvent):
        return rows.filter(office_id=office_id)
    if model is Unit:
        return rows.filter(Q(pk=office_id) | Q(office_id=office_id))
    if model in (Posting, Power):
        return rows.filter(Q(unit_id=office_id) | Q(unit__office_id=office_id))
    if model is Invitation:
        is_open = Q(accepted_at=None, withdrawn_at=None, expires_on__gte=clock.today())
        return rows.filter(office_id=office_id).exclude(is_open)
    return rows.filter(pk__in=_named(label_of(model), office_id))


def _named(label: str, office_id: int) -> list[int]:
    """List the keys of a model that rows of the office name, by foreign key or by a bare one."""
    found: set[int] = set()
    for other in carried_models().values():
        if label_of(other) == label or label_of(other) in shared() or other is User:
            continue
        for name in _fields_naming(other, label):
            values = rows_of(other, office_id).exclude(**{name: None}).order_by()
            found.update(values.values_list(name, flat=True).distinct())
    return sorted(found)


def _fields_naming(model: type[models.Model], label: str) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        target = field.related_model
        if isinstance(target, type) and label_of(target) == label:
            yield field.attname
    for name, how in declared(label_of(model)).items():
        if isinstance(how, Key) and how.model == label:
            yield name


def written_fields(model: type[models.Model]) -> list[Any]:
    """Return the fields that a line holds: all but the secret ones."""
    said = declared(label_of(model))
    return [
        field
        for field in model._meta.concrete_fields
        if not isinstance(said.get(field.name), Secret)
    ]


def read_rows(model: type[models.Model], office_id: int) -> Iterator[Row]:
    """Yield the rows as plain values, by key; a few hundred are held at a time."""
    names = [field.attname for field in written_fields(model)]
    yield from rows_of(model, office_id).values(*names).iterator(chunk_size=BATCH)


def as_line(row: Row) -> bytes:
    """Write a row as one line of JSON: the same row is the same line on both databases."""
    plain = {name: _plain(value) for name, value in row.items()}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, float) or value is None or isinstance(value, str | int | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def from_line(model: type[models.Model], line: bytes) -> Row:
    """Read a row back as the values of its fields. Raises ValueError for what is no row of the model."""
    read = json.loads(line)
    fields = {field.attname: field for field in written_fields(model)}
    if not isinstance(read, dict) or read.keys() != fields.keys():
        raise ValueError("not a row of this model")
    return {name: _value(fields[name], value) for name, value in read.items()}


def _value(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    return (field.target_field if field.is_relation else field).to_python(value)
