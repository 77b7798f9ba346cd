"""What one kind of work has to tell so that it can be killed and checked."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass


def _nothing() -> None:
    return None


def _nobody(stop: threading.Event) -> None:
    stop.wait()


@dataclass(frozen=True)
class Scenario:
    """One kind of work. All functions run in child processes with Django set up.

    The database is migrated and otherwise empty when ``prepare`` is called.
    """

    name: str
    prepare: Callable[[], None]
    """Called once, before the first operation: the office, the people, the tables it needs."""

    operate: Callable[[int], str]
    """Do operation ``i`` (0, 1, 2, ...) and return a word about it, without white space.

    Returning acknowledges: whatever the operation was to keep must be committed by then. After a
    kill an operation that was not acknowledged is called again with the same number, as a client
    would that got no answer, so it must recognise work that was committed after all. Called from
    several threads, never twice at a time with one number.
    """

    check: Callable[[Mapping[int, str]], list[str]]
    """Compare what is there with what was acknowledged (number: word); a sentence a fault.

    Look for what is lost, doubled, half there, or there although nobody asked for it. Called in a
    fresh process, after ``settle``.
    """

    settle: Callable[[], None] = _nothing
    """Called in a fresh process after the last kill: finish what would have been finished later."""

    beside: Callable[[threading.Event], None] = _nobody
    """Runs in a thread of its own beside the operations until it is told to stop: a worker."""

    threads: int = 2
    """How many threads do operations at the same time."""
