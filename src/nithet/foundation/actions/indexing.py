"""Keeps the search fresh behind every action: what an event names is read again, in the order of the audit chain.

An event names its target and, among its values, whatever else the action noted as a reference ("plans.project:5"). The place
up to which an office's chain has been read is kept, so nothing is left out when a job dies, and an installation that gets the
search later reads its whole history once.
"""

from collections.abc import Iterator
from datetime import time

from django.db import transaction
from django_tasks import task

from nithet.foundation.audit.chain import chain_name
from nithet.foundation.audit.models import AuditEvent, AuditLink
from nithet.foundation.jobs.queueing import enqueue
from nithet.foundation.jobs.rules import Daily
from nithet.foundation.jobs.schedules import register
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.search.indexing import rebuild, reindex
from nithet.foundation.search.models import SearchCursor
from nithet.foundation.tenancy.queries import offices
from nithet.foundation.tenancy.scope import scope

BATCH = 100


def index_linked_events(office_id: int) -> int:
    """Read what the linked events of an office name into the search; return how many events were read."""
    read = 0
    while batch := _index_batch(office_id):
        read += batch
    return read


def _index_batch(office_id: int) -> int:
    SearchCursor.objects.get_or_create(office_id=office_id)
    with scope(office_id), transaction.atomic():
        cursor = SearchCursor.objects.select_for_update().get(office_id=office_id)
        links = list(
            AuditLink.objects.filter(chain_id=chain_name(office_id), index__gte=cursor.next_place)
            .select_related("event")
            .order_by("index")[:BATCH]
        )
        if links:
            reindex({ref for link in links for ref in named_by(link.event)})
            cursor.next_place = links[-1].index + 1
            cursor.save(update_fields=["next_place"])
        return len(links)


def named_by(event: AuditEvent) -> Iterator[RecordRef]:
    """Yield every record that an event names: its target, and the references among its values."""
    if event.target_kind and event.target_id:
        yield RecordRef(event.target_kind, event.target_id)
    for values in (event.before, event.after):
        yield from _references(list(values.values()))


def _references(values: list[object]) -> Iterator[RecordRef]:
    for value in values:
        if isinstance(value, list):
            yield from _references(value)
        elif isinstance(value, str) and "." in value and len(value) < 160:
            kind, separator, key = value.partition(":")
            if separator and key.isdecimal() and kind.replace(".", "").isidentifier():
                yield RecordRef(kind, key)


@task()
def rebuild_office(office_id: int) -> int:
    """Make the search of one office anew; return how many entries were written."""
    return rebuild()


@task()
def rebuild_every_office() -> int:
    """Queue the making anew of every office's search; return how many offices."""
    waiting = list(offices().values_list("pk", flat=True))
    for office_id in waiting:
        enqueue(rebuild_office, office_id, office_id=office_id, unique_key=f"search:{office_id}")
    return len(waiting)


def register_schedules() -> None:
    """Make every search anew at night: what an event did not name is found the next morning at the latest."""
    register("search.rebuild", rebuild_every_office, Daily(time(2, 40)))
