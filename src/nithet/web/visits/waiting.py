"""What waits for people about visits: visits to write up, records to close, answers of schools to read, copies to sign, agreements that are late."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nithet.domain.commitments.models import Commitment
from nithet.domain.overview import waiting
from nithet.domain.overview.waiting import Waits
from nithet.domain.supervision.queries.agreements import late_agreements, list_agreements
from nithet.domain.supervision.queries.pages import (
    answered_by_school,
    not_closed,
    to_be_signed,
    to_write,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.roles import Role
from nithet.kernel import clock

MOST = 100


def _first_or_list(keys: list[int], query: str) -> Waits:
    """Return one visit's own page, or the list of several."""
    if len(keys) == 1:
        return Waits(1, reverse("visits:visit", args=keys))
    return Waits(len(keys), reverse("visits:visits") + query)


def _to_write(actor: Actor) -> Waits | None:
    rows = to_write(actor, clock.today()).values_list("pk", "visited_on")[:MOST]
    found = list(rows)
    if len(found) == 1:
        return Waits(1, reverse("visits:write", args=[found[0][0]]), due=found[0][1])
    listed = reverse("visits:visits") + "?todo=write"
    return Waits(len(found), listed, due=found[0][1]) if found else None


def _to_close(actor: Actor) -> Waits | None:
    keys = list(not_closed(actor).values_list("pk", flat=True)[:MOST])
    return _first_or_list(keys, "?todo=close") if keys else None


def _answers(actor: Actor) -> Waits | None:
    keys = list(answered_by_school(actor).values_list("pk", flat=True)[:MOST])
    return _first_or_list(keys, "?todo=answers") if keys else None


def _to_sign(actor: Actor) -> Waits | None:
    if not actor.holds(Role.SCHOOL_HEAD, Role.SCHOOL_CLERK):
        return None
    keys = list(to_be_signed(actor).values_list("pk", flat=True)[:MOST])
    return _first_or_list(keys, "?todo=sign") if keys else None


def _agreed(actor: Actor) -> Waits | None:
    """What was agreed with the reader's own school and is still to do."""
    if not actor.school_ids or actor.is_of_staff:
        return None
    rows = list_agreements(actor).filter(state=Commitment.State.OPEN)
    dues = list(rows.values_list("due_on", flat=True)[:MOST])
    due = min((one for one in dues if one), default=None)
    return Waits(len(dues), reverse("visits:agreements"), due=due) if dues else None


def _late(actor: Actor) -> Waits | None:
    if not actor.holds(Role.SUPERVISOR):
        return None
    late = late_agreements(actor, clock.today(), mine=True)
    return Waits(late, f"{reverse('visits:agreements')}?mine=1&late=1") if late else None


def register_all() -> None:
    """Register the lines."""
    lines = (
        ("visits.write", _("Write up visits whose day has passed"), _to_write, "edit"),
        ("visits.sign", _("Read and sign visit records"), _to_sign, "sign"),
        ("visits.agreed", _("Do what was agreed with the office"), _agreed, "check"),
        ("visits.answers", _("Read what schools answered"), _answers, "comment"),
        ("visits.close", pgettext_lazy("waiting", "Close visits"), _to_close, "lock"),
        ("visits.late", _("Follow up late agreements"), _late, "clock"),
    )
    for order, (kind, verb, find, icon) in enumerate(lines):
        waiting.register(kind, verb, find, icon=icon, order=20 + order)
