"""Marking one's own notices as read."""

from collections.abc import Collection

from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import policy
from nithet.foundation.access.verdicts import Verdict, allow, deny
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.audit.events import Event
from nithet.foundation.notices.models import Notice
from nithet.kernel import clock

EVENTS = (Event("notices.were_read", "%(actor)s marked %(count)s notices as read."),)


@policy("notices.read")
def may_read_notices(actor: Actor, target: object) -> Verdict:
    """Everybody who holds a position reads what they themselves were told."""
    if actor.user_id is None or actor.office_id is None:
        return deny("You hold no position in any office.")
    return allow("These notices are your own.")


@action("notices.read", event="notices.were_read")
def read_notices(*, actor: Actor, only: Collection[int] | None = None) -> int:
    """Mark the actor's own unread notices as read (`only` these, by id; None: all); return how many were unread.

    Ids of other people's notices change nothing.
    """
    unread = Notice.objects.filter(user_id=actor.user_id or 0, read_at__isnull=True)
    if only is not None:
        unread = unread.filter(pk__in=only)
    count: int = unread.update(read_at=clock.now())
    if not count:
        nothing_changed()
    note(count=count)
    return count
