"""Appending events. Imported by the door alone (import-linter protects it)."""

import uuid
from contextvars import ContextVar
from dataclasses import dataclass, field

from nithet.foundation.audit.events import event_named
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.database.inserting import insert
from nithet.kernel import clock

request_id: ContextVar[str] = ContextVar("nithet_request_id", default="")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who an event is by: the account (None for the system), the name kept, and who spoke at a school desk."""

    office_id: int | None
    user_id: int | None
    name: str
    speaker: str = ""


@dataclass(slots=True)
class Draft:
    """An event being made while its action runs."""

    name: str
    uid: uuid.UUID = field(default_factory=uuid.uuid4)
    target_kind: str = ""
    target_id: str = ""
    target_title: str = ""
    before: dict[str, object] = field(default_factory=dict)
    after: dict[str, object] = field(default_factory=dict)
    cause: uuid.UUID | None = None
    is_silent: bool = False
    has_caused: bool = False


def append(draft: Draft, by: Signature) -> AuditEvent:
    """Write one event in the open transaction."""
    event_named(draft.name)
    event = AuditEvent(
        uid=draft.uid,
        office_id=by.office_id,
        name=draft.name,
        actor_user_id=by.user_id,
        actor_name=by.name,
        speaker=by.speaker,
        target_kind=draft.target_kind,
        target_id=draft.target_id,
        target_title=draft.target_title[:300],
        before=draft.before,
        after=draft.after,
        cause=draft.cause,
        request_id=request_id.get(),
        at=clock.now(),
    )
    insert(event)
    return event
