"""Who may read the history of use (ประวัติการใช้งาน): leaders and administrators all of it, the staff that of what they see."""

from django.db.models import QuerySet

from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role
from nithet.foundation.access.roles import OFFICE_LEADERS, OFFICE_STAFF, Role
from nithet.foundation.access.verdicts import Verdict, deny
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import history, history_of
from nithet.foundation.refs.registry import RecordRef, Resolved, kinds, resolve


def may_read_history(actor: Actor) -> Verdict:
    """Leaders and administrators read the history of their office."""
    if actor.office_id is None:
        return deny("You hold no position in any office.")
    return by_role(actor, *sorted(OFFICE_LEADERS), Role.ADMINISTRATOR)


def readable_history(actor: Actor) -> QuerySet[AuditEvent]:
    """Return the events that an actor may read, newest first: all of the office, or none."""
    if actor.office_id is None or not may_read_history(actor):
        return AuditEvent.objects.none()
    return history(actor.office_id)


def record_seen(actor: Actor, ref: RecordRef) -> Resolved | None:
    """Return a record whose history an actor may read: they are of the office's staff and may see the record."""
    if actor.office_id is None or not by_role(actor, *sorted(OFFICE_STAFF)):
        return None
    return resolve(actor, [ref]).get(ref) if ref.kind in kinds() else None


def record_history(actor: Actor, ref: RecordRef) -> QuerySet[AuditEvent]:
    """Return the events of one record, newest first; ask `record_seen` before."""
    if actor.office_id is None:
        return AuditEvent.objects.none()
    return history_of(actor.office_id, ref.kind, ref.id)
