"""What somebody has promised passes to their successor (การส่งมอบงานในหน้าที่)."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nithet.domain.commitments.actions import hand_over
from nithet.domain.commitments.models import Commitment
from nithet.domain.directory import handover
from nithet.domain.directory.handover import Line
from nithet.foundation.access.actors import Actor
from nithet.foundation.accounts.models import User
from nithet.kernel.thai_dates import format_date


def _open(user: User) -> "list[Commitment]":
    rows = Commitment.objects.filter(
        owner_user_id=user.pk, state=Commitment.State.OPEN, taken_back_at__isnull=True
    )
    return list(rows.order_by("due_on", "pk"))


def _lines(actor: Actor, user: User) -> Iterable[Line]:
    for one in _open(user):
        due = format_date(one.due_on, "short") if one.due_on else ""
        yield Line(str(one), due, reverse("rounds:commitment", args=[one.pk]))


def _pass_on(actor: Actor, user: User, successor: User) -> int:
    rows = _open(user)
    for one in rows:
        hand_over(actor=actor, commitment=one, version=one.version, owner_user_id=successor.pk)
    return len(rows)


def register() -> None:
    """Add commitments to what is handed over."""
    handover.register("commitments", _("What was agreed to be done"), _lines, _pass_on)
