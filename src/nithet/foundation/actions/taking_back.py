"""A mistake is taken back: within a day as if it had not been made, later marked as cancelled with a reason (ยกเลิก).

The row always stays, and so does its history. What was taken back within the day is hidden everywhere; what was cancelled
later is struck through in lists with its reason, and counts nowhere.
"""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import change, note
from nithet.foundation.actions.errors import Conflict
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

FREE_FOR = timedelta(days=1)
"""How long a mistake is taken back without a reason, from the moment the record was made."""


class TakenBack(models.Model):
    """What every record knows that can be taken back.

    `made_by_id` is the account that made it (None: the system). `taken_back_because` is empty where it was taken back within
    the day.
    """

    made_at = models.DateTimeField(default=clock.now, editable=False)
    made_by_id = models.BigIntegerField(null=True, blank=True, editable=False)
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_back_by = models.CharField(max_length=300, blank=True, editable=False)
    taken_back_because = models.CharField(_("Why it is cancelled"), max_length=500, blank=True)

    class Meta:
        """Abstract."""

        abstract = True

    @property
    def stands(self) -> bool:
        """Say whether the record counts."""
        return self.taken_back_at is None

    @property
    def was_cancelled(self) -> bool:
        """Say whether it was cancelled with a reason, and so is still shown, struck through."""
        return self.taken_back_at is not None and bool(self.taken_back_because)


M = TypeVar("M", bound=TakenBack)


def standing(rows: "models.QuerySet[M]") -> "models.QuerySet[M]":
    """Keep the rows that count."""
    return rows.filter(taken_back_at__isnull=True)


def shown(rows: "models.QuerySet[M]") -> "models.QuerySet[M]":
    """Keep the rows that a list shows: those that count, and those that were cancelled with a reason."""
    return rows.exclude(taken_back_at__isnull=False, taken_back_because="")


def needs_reason(record: TakenBack, now: datetime) -> bool:
    """Say whether the day in which a mistake is free has passed."""
    return now - record.made_at >= FREE_FOR


def made_by(actor: Actor) -> dict[str, Any]:
    """Return the values with which an action makes a record that can be taken back."""
    return {"made_at": clock.now(), "made_by_id": actor.user_id}


def take_back(record: TakenBack, *, actor: Actor, reason: str = "") -> bool:
    """Take a record back inside an action of the package that owns it; say whether it was hidden (True) or cancelled.

    Raises `Conflict` where it was taken back already, `RuleBroken` where a reason is needed and none is given.
    """
    fresh = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if not fresh.stands:
        raise Conflict(
            "taking_back.done_already",
            "This was taken back already by %(who)s.",
            who=fresh.taken_back_by,
        )
    now, why = clock.now(), collapse(reason)[:500]
    if needs_reason(fresh, now) and not why:
        raise RuleBroken(
            "taking_back.needs_reason",
            "More than a day has passed, so it is marked as cancelled. Please say why.",
            field="reason",
        )
    new = {"taken_back_at": now, "taken_back_by": actor.signature, "taken_back_because": why}
    change(fresh, **new)
    for name, value in new.items():
        setattr(record, name, value)
    note(reason=why)
    return not why
