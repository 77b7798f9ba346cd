"""The last check before an owned row is written: its office is the office in scope."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import pre_save

from nithet.foundation.tenancy.models import OfficeOwned
from nithet.foundation.tenancy.scope import required_office_id


def refuse_foreign_office(sender: type[Model], instance: Model, **_: Any) -> None:
    """Raise when a row of another office, or a row outside any scope, is about to be saved."""
    if not isinstance(instance, OfficeOwned):
        return
    office_id = required_office_id()
    if office_id is not None and instance.office_id != office_id:
        raise ValueError(f"a {sender.__name__} of another office was about to be written")


def connect() -> None:
    """Start guarding. A signal and not `save()`: it also sees rows saved by a form or a relation."""
    pre_save.connect(refuse_foreign_office, dispatch_uid="nithet.tenancy.guard")
