"""What runs after an action has committed: jobs queued in its own transaction, so that neither is ever without the other."""

from collections.abc import Callable

Follow = Callable[[int | None], None]
_after_every_action: list[Follow] = []


def after_every_action(queue: Follow) -> None:
    """Register a function that queues a job (it gets the office's id) inside each outermost action."""
    if queue not in _after_every_action:
        _after_every_action.append(queue)


def queue_all(office_id: int | None) -> None:
    """Queue every follow-up of an action that is about to commit."""
    for queue in _after_every_action:
        queue(office_id)
