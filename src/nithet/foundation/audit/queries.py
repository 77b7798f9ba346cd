"""Reading the history."""

from django.db.models import QuerySet

from nithet.foundation.audit.events import sentence
from nithet.foundation.audit.models import AuditEvent


def history_of(office_id: int, target_kind: str, target_id: str) -> QuerySet[AuditEvent]:
    """List the events of one record in an office, newest first."""
    return AuditEvent.objects.filter(
        office_id=office_id, target_kind=target_kind, target_id=target_id
    ).order_by("-id")


def history(office_id: int) -> QuerySet[AuditEvent]:
    """List all events of an office, newest first."""
    return AuditEvent.objects.filter(office_id=office_id).order_by("-id")


def say(event: AuditEvent) -> str:
    """Say an event as a sentence in the reader's language."""
    actor = f"{event.actor_name} · {event.speaker}" if event.speaker else event.actor_name
    return sentence(event.name, actor, event.target_title, event.after)
