"""The evidence somebody was asked to review stands in what they hand over; who reviews it next is chosen piece by piece."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory import handover
from nithet.domain.directory.handover import Line
from nithet.domain.evidence.models import ReviewTask
from nithet.foundation.access.actors import Actor
from nithet.foundation.accounts.models import User


def _lines(actor: Actor, user: User) -> Iterable[Line]:
    # A successor may have brought the piece, and nobody reviews what they brought: so a person chooses.
    rows = ReviewTask.objects.filter(reviewer_id=user.pk, piece__taken_back_at__isnull=True)
    for one in rows.select_related("piece").order_by("due_on", "pk"):
        detail = gettext("choose another reviewer")
        yield Line(one.piece.title, detail, reverse("evidence:evidence", args=[one.piece_id]), moves=False)


def register() -> None:
    """Add reviews to what is handed over."""
    handover.register("evidence", _("Evidence to review"), _lines)
