"""Checking the history that an office had before it came here."""

import copy
from collections.abc import Iterator

from nithet.foundation.audit.chain import BATCH, ChainFault, event_digest
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.transfer.models import CarriedEvent, Opening

BROUGHT = "office.brought_here"


def check_carried(office_id: int) -> Iterator[ChainFault]:
    """Walk every chain that an office's history was part of before; yield the places that do not hold. The scope is open.

    Each event is put back as it was there, with the keys that it had; its digest must be the old one, and the end of the chain
    must be the one that was noted in the chain of this installation when the office came.
    """
    for opening in Opening.objects.filter(office_id=office_id):
        yield from _check(opening)


def _check(opening: Opening) -> Iterator[ChainFault]:
    previous, expected = "0" * 64, 0
    rows = CarriedEvent.objects.filter(opening=opening, place__isnull=False)
    for row in rows.select_related("event").order_by("place").iterator(chunk_size=BATCH):
        if row.place != expected:
            yield ChainFault(expected, "gap")
            expected = row.place or 0
        if row.previous != previous:
            yield ChainFault(expected, "order")
        if event_digest(row.previous, as_it_was(row)) != row.digest:
            yield ChainFault(expected, "digest")
        previous, expected = row.digest, expected + 1
    if (opening.chain_length, opening.chain_digest) != (expected, previous):
        yield ChainFault(expected, "head")
    if not _is_noted(opening):
        yield ChainFault(expected, "note")


def as_it_was(row: CarriedEvent) -> AuditEvent:
    """Return an event as it was where it came from; not to be saved."""
    event = copy.copy(row.event)
    event.office_id, event.actor_user_id, event.target_id = (
        row.their_office,
        row.their_actor,
        row.their_target,
    )
    return event


def _is_noted(opening: Opening) -> bool:
    """Say whether the chain of this installation has the same end of the old chain."""
    for event in AuditEvent.objects.filter(office_id=opening.office_id, name=BROUGHT):
        noted = (
            event.after.get("file"),
            event.after.get("chain_digest"),
            event.after.get("chain_length"),
        )
        if noted == (opening.file_digest, opening.chain_digest, opening.chain_length):
            return True
    return False
