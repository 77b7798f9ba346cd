"""The hash chain: linking committed events, and checking the links.

digest(n) = SHA-256( digest(n-1) || canonical JSON of the event ), starting from 64 zeros. Events are linked in the order
in which the sequencer finds them committed, so a writer never waits for another writer's link.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from nithet.foundation.audit.models import AuditEvent, AuditHead, AuditLink
from nithet.kernel.digest import canonical_json, sha256_hex

INSTALLATION = "installation"
BATCH = 100
"""Events in one transaction; on SQLite everybody else's writes wait for it."""
LOOK_BACK = 1000


def chain_name(office_id: int | None) -> str:
    """Return the key of an office's chain."""
    return INSTALLATION if office_id is None else str(office_id)


def event_digest(previous: str, event: AuditEvent) -> str:
    """Return the digest that places an event behind `previous`; every stored field counts."""
    body = {
        "uid": str(event.uid),
        "office": event.office_id,
        "name": event.name,
        "actor_user": event.actor_user_id,
        "actor": event.actor_name,
        "speaker": event.speaker,
        "target": [event.target_kind, event.target_id, event.target_title],
        "before": event.before,
        "after": event.after,
        "cause": str(event.cause) if event.cause else None,
        "request": event.request_id,
        "at": event.at.isoformat(timespec="microseconds"),
    }
    return sha256_hex(previous.encode() + canonical_json(body))


def link_new_events(office_id: int | None, *, whole: bool = False) -> int:
    """Link every committed event of an office that has no place yet; return how many were linked.

    Events older than the last thousand places are passed over unless the `whole` history is to be looked through: only an
    action that was under way while a thousand others of its office ended could leave one there.
    Safe to call from several processes: the head row is locked, and a place is unique.
    """
    linked, batch = 0, BATCH
    while batch == BATCH:
        batch = _link_batch(office_id, whole=whole)
        linked += batch
    return linked


def _link_batch(office_id: int | None, *, whole: bool) -> int:
    with transaction.atomic():
        AuditHead.objects.get_or_create(chain=chain_name(office_id))
        head = AuditHead.objects.select_for_update().get(chain=chain_name(office_id))
        after = 0 if whole else _looked_back(head)
        unlinked = AuditEvent.objects.filter(office_id=office_id, link__isnull=True, id__gt=after)
        events = list(unlinked.order_by("id")[:BATCH])
        links = []
        for event in events:
            digest = event_digest(head.digest, event)
            links.append(
                AuditLink(event=event, chain=head, index=head.length, previous=head.digest, digest=digest)
            )
            head.length, head.digest = head.length + 1, digest
        AuditLink.objects.bulk_create(links)
        if links:
            head.save(update_fields=["length", "digest"])
        return len(links)


def _looked_back(head: AuditHead) -> int:
    """Return the id of the event so many places back, behind which new ones lie; 0 in a short chain."""
    place = AuditLink.objects.filter(chain=head, index=head.length - LOOK_BACK)
    return place.values_list("event_id", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where a chain does not hold: the place and what is wrong ("digest", "gap", "head", "order")."""

    index: int
    kind: str


def check_chain(office_id: int | None) -> Iterator[ChainFault]:
    """Walk an office's chain from its start and yield every place that does not hold; nothing means whole."""
    head = AuditHead.objects.filter(chain=chain_name(office_id)).first()
    previous, expected = "0" * 64, 0
    links = AuditLink.objects.filter(chain_id=chain_name(office_id)).select_related("event")
    for link in links.order_by("index").iterator(chunk_size=BATCH):
        if link.index != expected:
            yield ChainFault(expected, "gap")
            expected = link.index
        if link.previous != previous:
            yield ChainFault(link.index, "order")
        if event_digest(link.previous, link.event) != link.digest:
            yield ChainFault(link.index, "digest")
        previous, expected = link.digest, expected + 1
    if head is not None and (head.length != expected or head.digest != previous):
        yield ChainFault(expected, "head")
