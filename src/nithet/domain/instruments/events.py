"""Sentences of what happens to instruments."""

from nithet.foundation.audit.events import Event

EVENTS: tuple[Event, ...] = ()
