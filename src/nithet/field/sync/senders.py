"""As whom a device sends: a record belongs to the office in which it was written, whatever its writer is today."""

from django.http import HttpRequest

from nithet.foundation.access.actors import Actor, Held, actor_for
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User
from nithet.foundation.refs.keys import row_key
from nithet.kernel import clock

FORMER = "field.former"
"""What a position that has ended is limited to: nothing is named so, so that it opens nothing."""


def sender_of(request: HttpRequest, actor: Actor) -> Actor | None:
    """Return who sends, in the office that the request names; None where they never held anything there.

    Somebody whose position has ended still delivers what the device holds. It arrives in their name and waits for a person
    of the office, because what they hold by now opens no form.
    """
    office_id = row_key(request.GET.get("office", "")) or actor.office_id
    if office_id == actor.office_id or not isinstance(request.user, User):
        return actor if actor.office_id is not None else None
    today = actor_for(request.user, clock.today(), office_id=office_id)
    if today.office_id == office_id:
        return today
    postings = Posting.objects.filter(user=request.user).select_related("unit").order_by("-pk")
    last = next((one for one in postings if one.unit.root_id == office_id), None)
    if last is None:
        return None
    unit = last.unit
    held = Held(Role(last.role), unit.pk, unit.kind, str(unit), last.title, limited_to=FORMER)
    return Actor(name=actor.name, office_id=office_id, held=(held,), user_id=request.user.pk)
