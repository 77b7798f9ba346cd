"""Queues behind every action the linking of its event and its way into the search: at most one waiting job an office."""

from django_tasks import task

from nithet.foundation.actions.indexing import index_linked_events
from nithet.foundation.audit.chain import chain_name, link_new_events
from nithet.foundation.jobs.queueing import enqueue, is_queued


@task()
def link_audit_events(office_id: int | None) -> int:
    """Link an office's committed events into its chain and let the search read them; return how many were linked."""
    linked = link_new_events(office_id)
    if office_id is not None:
        index_linked_events(office_id)
    return linked


def queue_linking(office_id: int | None) -> None:
    """Queue the linking of an office's events unless it waits already."""
    key = f"audit:{chain_name(office_id)}"
    if not is_queued(key):
        enqueue(link_audit_events, office_id, unique_key=key)
