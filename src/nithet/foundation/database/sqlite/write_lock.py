"""A fair lock per database file, shared by all connections of this process.

Writers are served in the order they asked. The holder is a connection, not a thread, because
Django may lend a connection to another thread. The lock keeps only weak references to it: a
connection that is dropped in the middle of a transaction gives its turn back.
"""

import gc
import logging
import os
import sqlite3
import threading
import time
import weakref
from collections import deque
from typing import Protocol
from urllib.parse import unquote, urlsplit

logger = logging.getLogger(__name__)

LOOK_AGAIN_S = 0.5
"""How often a waiting writer looks whether the holder's thread has died."""

PATIENCE_S = 0.1
"""A writer who has waited this long goes before everyone who asked later."""

LONG_HOLD_S = 5.0
"""Holding the lock longer than this is logged: everyone else's writes were waiting."""


class WriteLockTimeout(sqlite3.OperationalError):
    """The lock was not free in time. Django shows it as ``django.db.OperationalError``."""


class WritingRefused(sqlite3.OperationalError):
    """Raised by a write in a process that promised only to read (``data_folder.reading_only``)."""


class Holder(Protocol):
    """What the lock needs of a connection."""

    def close(self) -> None:
        """Roll back, close and give the turn back."""


class Turn:
    """One writer's place in the queue, later its hold of the lock.

    ``since`` is when it asked, and once it holds the lock, when it got it (monotonic seconds).
    """

    __slots__ = ("holder", "ready", "since", "thread", "thread_name")

    def __init__(self, holder: Holder) -> None:
        thread = threading.current_thread()
        self.holder = weakref.ref(holder)
        self.thread = weakref.ref(thread)
        self.thread_name = thread.name
        self.since = time.monotonic()
        self.ready = threading.Lock()
        self.ready.acquire()

    def thread_has_died(self) -> bool:
        """Whether the thread that took this turn is gone for good."""
        thread = self.thread()
        return thread is None or not thread.is_alive()


class WriteLock:
    """Nearly first come, first served; with a time limit; surviving dead holders.

    A lock handed strictly to the longest waiter makes every commit wait for a thread to wake up,
    which halves the throughput of a busy machine (measured: 1,000 instead of 2,000 a second). So
    a running thread may go before a waiter, until the first in the queue has waited
    ``PATIENCE_S``; from then on the lock is handed over in the order of asking.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        # Re-entrant, because the garbage collector may drop a holder, and so call ``release``,
        # in a thread that is inside one of these short sections.
        self._mutex = threading.RLock()
        self._waiting: deque[Turn] = deque()
        self._current: Turn | None = None

    def is_held(self) -> bool:
        """Whether some connection of this process holds the lock now."""
        return self._current is not None

    def count_waiting(self) -> int:
        """How many writers are waiting now."""
        return len(self._waiting)

    def try_acquire(self, holder: Holder) -> Turn | None:
        """The turn if the lock is free, otherwise None at once."""
        turn = Turn(holder)
        with self._mutex:
            return turn if self._take(turn) else None

    def acquire(self, holder: Holder, timeout_s: float) -> Turn:
        """Wait for the turn.

        Raises WriteLockTimeout after ``timeout_s`` seconds, and at once when this very thread
        holds the lock through another connection, since waiting could never end.
        """
        turn = Turn(holder)
        with self._mutex:
            if self._take(turn):
                return turn
            current = self._current
            if current is not None and current.thread() is threading.current_thread():
                raise WriteLockTimeout(
                    f"this thread already writes to {self.name} through another connection"
                )
            self._waiting.append(turn)
            self._wake_first()
        self._wait(turn, timeout_s)
        return turn

    def release(self, turn: Turn) -> None:
        """Give the turn back; a turn that is not the current one changes nothing."""
        with self._mutex:
            if self._current is not turn:
                return
            held_s = time.monotonic() - turn.since
            self._current = None
            self._wake_first()
        if held_s > LONG_HOLD_S:
            logger.warning(
                "the write lock of %s was held for %.1f s by thread %s",
                self.name,
                held_s,
                turn.thread_name,
            )

    def _take(self, turn: Turn) -> bool:
        """Take the free lock, unless someone in the queue before ``turn`` has lost patience."""
        if self._current is not None:
            return False
        first = self._waiting[0] if self._waiting else turn
        now = time.monotonic()
        if first is not turn and now - first.since > PATIENCE_S:
            return False
        if first is turn and self._waiting:
            self._waiting.popleft()
        turn.since = now
        self._current = turn
        return True

    def _wake_first(self) -> None:
        """Tell the first in the queue that the lock is free. Called whenever it becomes free."""
        if self._current is None and self._waiting and self._waiting[0].ready.locked():
            self._waiting[0].ready.release()

    def _wait(self, turn: Turn, timeout_s: float) -> None:
        collected = False
        try:
            while True:
                waited_s = time.monotonic() - turn.since
                left_s = timeout_s - waited_s
                if turn.ready.acquire(timeout=max(0.0, min(LOOK_AGAIN_S, left_s))):
                    with self._mutex:
                        if self._take(turn):
                            return
                    continue
                self._free_if_abandoned()
                if not collected and waited_s > timeout_s / 2:
                    # A connection whose thread ended lies in a reference cycle of Django's.
                    gc.collect()
                    collected = True
                if left_s <= 0:
                    raise WriteLockTimeout(self._why_not(timeout_s))
        except BaseException:
            self._withdraw(turn)
            raise

    def _withdraw(self, turn: Turn) -> None:
        with self._mutex:
            if self._current is turn:
                self.release(turn)
            elif turn in self._waiting:
                self._waiting.remove(turn)
                self._wake_first()

    def _free_if_abandoned(self) -> None:
        turn = self._current
        if turn is None or not turn.thread_has_died():
            return
        logger.error(
            "thread %s ended inside a transaction on %s; it is rolled back",
            turn.thread_name,
            self.name,
        )
        holder = turn.holder()
        if holder is not None:
            holder.close()
        self.release(turn)

    def _why_not(self, timeout_s: float) -> str:
        turn = self._current
        by = "nobody" if turn is None else f"thread {turn.thread_name}"
        held_s = 0.0 if turn is None else time.monotonic() - turn.since
        return (
            f"the write lock of {self.name} was not free within {timeout_s:g} s "
            f"(held by {by} for {held_s:.1f} s, {len(self._waiting)} waiting)"
        )


_locks: dict[str, WriteLock] = {}
_locks_mutex = threading.Lock()


def write_lock_of(name: str) -> WriteLock:
    """The lock of the database called ``name``, the same for every connection to it.

    ``name`` is what Django's NAME says: a path or a ``file:`` address. Two spellings of one
    path share a lock; every ``:memory:`` database has its own.
    """
    if name in {"", ":memory:"}:
        return WriteLock("a private database in memory")
    path = path_of(name)
    key = name if path is None else os.path.realpath(path)
    with _locks_mutex:
        return _locks.setdefault(key, WriteLock(key))


def path_of(name: str) -> str | None:
    """The path of the file that ``name`` (a path or ``file:`` address) stands for.

    None for a database in memory.
    """
    if name == ":memory:" or "mode=memory" in name:
        return None
    if not name.startswith("file:"):
        return name
    return unquote(urlsplit(name).path)


def forget_locks() -> None:
    """Start afresh in a forked child, where the threads that held locks do not exist."""
    global _locks_mutex
    _locks_mutex = threading.Lock()
    _locks.clear()


_refusals = 0


def refuse_writing() -> None:
    """From here on no connection of this process may write; undone by ``allow_writing``."""
    global _refusals
    _refusals += 1


def allow_writing() -> None:
    """Take one ``refuse_writing`` back."""
    global _refusals
    _refusals -= 1


def check_writing_is_allowed() -> None:
    """Raise WritingRefused in a process that has promised only to read."""
    if _refusals:
        raise WritingRefused("this command only reads, but something in it tried to write")
