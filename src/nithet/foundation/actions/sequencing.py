"""Queues the linking of audit events behind every action: at most one waiting job an office."""

from django_tasks import task

from nithet.foundation.audit.chain import chain_name, link_new_events
from nithet.foundation.jobs.queueing import enqueue


@task()
def link_audit_events(office_id: int | None) -> int:
    """Link an office's committed events into its chain; return how many."""
    return link_new_events(office_id)


def queue_linking(office_id: int | None) -> None:
    """Queue the linking of an office's events unless it waits already."""
    enqueue(link_audit_events, office_id, unique_key=f"audit:{chain_name(office_id)}")
