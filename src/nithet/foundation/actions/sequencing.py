"""Queues behind every action the linking of its event and its way into the search: at most one waiting job an office."""

from datetime import time

from django_tasks import task

from nithet.foundation.actions.indexing import index_linked_events
from nithet.foundation.audit.chain import chain_name, link_new_events
from nithet.foundation.jobs.queueing import enqueue, is_queued
from nithet.foundation.jobs.rules import Daily
from nithet.foundation.jobs.schedules import register
from nithet.foundation.tenancy.queries import offices


@task()
def link_audit_events(office_id: int | None) -> int:
    """Link an office's committed events into its chain and let the search read them; return how many were linked."""
    linked = link_new_events(office_id)
    if office_id is not None:
        index_linked_events(office_id)
    return linked


@task()
def link_whole_histories() -> int:
    """Look through every history for events that were passed over; return how many were found."""
    # Each office's chain is its own, and the installation has one.
    chains: list[int | None] = [None, *offices().values_list("pk", flat=True)]
    return sum(link_new_events(one, whole=True) for one in chains)


def register_schedules() -> None:
    """Look through the whole histories at night, when nobody waits for it."""
    register("audit.whole", link_whole_histories, Daily(time(2, 20)))


def queue_linking(office_id: int | None) -> None:
    """Queue the linking of an office's events unless it waits already."""
    key = f"audit:{chain_name(office_id)}"
    if not is_queued(key):
        enqueue(link_audit_events, office_id, unique_key=key)
