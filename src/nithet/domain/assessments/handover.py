"""The items somebody answers for in open rounds pass to their successor (การส่งมอบงานในหน้าที่)."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nithet.domain.assessments.actions.assigning import assign_item, take_back_assignment
from nithet.domain.assessments.models.assigning import ItemAssignment
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.directory import handover
from nithet.domain.directory.handover import Line
from nithet.foundation.access.actors import Actor
from nithet.foundation.accounts.models import User


def _open(user: User) -> "list[ItemAssignment]":
    rows = ItemAssignment.objects.filter(
        user_id=user.pk, taken_back_at__isnull=True, round__state=Round.State.OPEN
    )
    return list(rows.select_related("round__edition").order_by("round", "item"))


def _lines(actor: Actor, user: User) -> Iterable[Line]:
    for one in _open(user):
        title = gettext("Item %(item)s of %(round)s") % {"item": one.item, "round": str(one.round)}
        yield Line(title, "", reverse("rounds:item", args=[one.round_id, one.item]))


def _pass_on(actor: Actor, user: User, successor: User) -> int:
    rows = _open(user)
    for one in rows:
        reason = gettext("Handed over to %(who)s") % {"who": str(successor)}
        take_back_assignment(actor=actor, assignment=one, reason=reason)
        assign_item(actor=actor, round=one.round, item=one.item, user_id=successor.pk, due_on=one.due_on)
    return len(rows)


def register() -> None:
    """Add items of rounds to what is handed over."""
    handover.register("assessments", _("Items of rounds"), _lines, _pass_on)
