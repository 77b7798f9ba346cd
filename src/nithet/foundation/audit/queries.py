"""Reading the history."""

from datetime import date, time, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext

from nithet.foundation.audit.changes import in_words
from nithet.foundation.audit.events import sentence
from nithet.foundation.audit.models import AuditEvent
from nithet.kernel import clock

_MIDNIGHT = time(0)


def history_of(office_id: int, target_kind: str, target_id: str) -> QuerySet[AuditEvent]:
    """List the events of one record in an office, newest first."""
    return AuditEvent.objects.filter(
        office_id=office_id, target_kind=target_kind, target_id=target_id
    ).order_by("-id")


def history(office_id: int) -> QuerySet[AuditEvent]:
    """List all events of an office, newest first."""
    return AuditEvent.objects.filter(office_id=office_id).order_by("-id")


def between(
    events: QuerySet[AuditEvent], first: date | None, last: date | None
) -> QuerySet[AuditEvent]:
    """Keep the events from a day to a day of Thailand, both included; None leaves that side open."""
    if first is not None:
        events = events.filter(at__gte=clock.at(first, _MIDNIGHT))
    if last is not None:
        events = events.filter(at__lt=clock.at(last + timedelta(days=1), _MIDNIGHT))
    return events


def people_of(office_id: int) -> list[tuple[int, str]]:
    """List (account, name as last kept) of everybody who did something in an office, by name; one query."""
    rows = AuditEvent.objects.filter(office_id=office_id, actor_user_id__isnull=False)
    names = dict(rows.order_by("pk").values_list("actor_user_id", "actor_name").distinct())
    return sorted(((pk, name) for pk, name in names.items() if pk), key=lambda pair: pair[1])


def kinds_of(office_id: int) -> frozenset[str]:
    """Return the kinds of record that events of an office are about; one query."""
    rows = AuditEvent.objects.filter(office_id=office_id).exclude(target_kind="")
    return frozenset(rows.order_by().values_list("target_kind", flat=True).distinct())


def who(event: AuditEvent) -> str:
    """Name who did it: the person, with who spoke at a school desk; the system under one name."""
    if event.actor_user_id is None and event.actor_name.startswith("system:"):
        return gettext("The system")
    return f"{event.actor_name} · {event.speaker}" if event.speaker else event.actor_name


def say(event: AuditEvent) -> str:
    """Say an event as a sentence in the reader's language; a value that is a code of a choice is said in its words."""
    return sentence(event.name, who(event), event.target_title, in_words(event))
