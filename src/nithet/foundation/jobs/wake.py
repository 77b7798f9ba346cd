"""Tells the workers of this process that a job has just been committed, so they need not poll."""

import threading

_changed = threading.Condition()
_count = 0


def notify() -> None:
    """A job may be waiting now."""
    global _count
    with _changed:
        _count += 1
        _changed.notify_all()


def count() -> int:
    """How often ``notify`` has been called; to be asked before looking for a job."""
    return _count


def wait(seen: int, timeout_s: float) -> None:
    """Wait until ``count()`` is more than ``seen``, at most so long."""
    with _changed:
        _changed.wait_for(lambda: _count > seen, timeout_s)
