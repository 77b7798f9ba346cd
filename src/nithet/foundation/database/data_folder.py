"""The lock of the data folder: on SQLite one process writes, the others read or wait.

The lock is an advisory lock of the operating system on ``serve.lock``. It ends with the process,
however the process ends, so there is never a stale one to clear away. What the file says (process,
since when, doing what) is for people only.
"""

import fcntl
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from nithet.foundation.database.sqlite.write_lock import allow_writing, refuse_writing
from nithet.kernel import clock
from nithet.kernel.errors import Busy

LOCK_FILE = "serve.lock"


@dataclass(frozen=True)
class Holder:
    """Who holds a data folder."""

    pid: int
    since: str
    """ISO 8601 moment in UTC."""
    doing: str
    """The command, such as ``serve``."""


_held: dict[Path, int] = {}
_mutex = threading.RLock()


class hold_exclusively:
    """Keep every other process from writing in ``folder`` for the length of a block.

    Within one process it may be nested. Entering raises Busy, naming the holder, when another
    process has the folder. A server enters and never leaves: the hold does not depend on this
    object being kept, and the operating system ends it with the process.
    """

    def __init__(self, folder: Path, *, doing: str = "serve") -> None:
        self._folder = folder.resolve()
        self._doing = doing
        self._is_outermost = False

    def __enter__(self) -> None:
        with _mutex:
            if self._folder not in _held:
                _held[self._folder] = _lock(self._folder, self._doing)
                self._is_outermost = True

    def __exit__(self, *_: object) -> None:
        with _mutex:
            if self._is_outermost:
                _unlock(_held.pop(self._folder))
                self._is_outermost = False


@contextmanager
def writer_lock(folder: Path, *, doing: str) -> Iterator[None]:
    """Around a command that writes: on SQLite no server and no other such command may run.

    Raises Busy (exit code 3) with what to do. On PostgreSQL nothing is locked, because any
    number of processes may write.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with hold_exclusively(folder, doing=doing):
        yield


@contextmanager
def reading_only() -> Iterator[None]:
    """Around a command that only reads and may run beside a server.

    On SQLite a write inside the block fails, for the whole process, so that a slip cannot touch
    a database that a server is writing. Other databases need no such guard.
    """
    refuse_writing()
    try:
        yield
    finally:
        allow_writing()


def current_holder(folder: Path) -> Holder | None:
    """Which process holds the folder now (this one included), or None."""
    path = folder.resolve() / LOCK_FILE
    if folder.resolve() in _held:
        return _read(path)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(path)
    finally:
        os.close(handle)
    return None


def _lock(folder: Path, doing: str) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOCK_FILE
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if not _try_lock(handle):
        os.close(handle)
        raise _busy(_read(path))
    said = {"pid": os.getpid(), "since": clock.now().isoformat(), "doing": doing}
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(said).encode(), 0)
    return handle


def _try_lock(handle: int) -> bool:
    # More than once, because ``current_holder`` of another process holds the lock for an instant.
    for _ in range(5):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def _unlock(handle: int) -> None:
    os.ftruncate(handle, 0)
    os.close(handle)  # the lock goes with the handle


def _read(path: Path) -> Holder:
    try:
        said = json.loads(path.read_text())
        return Holder(int(said["pid"]), str(said["since"]), str(said["doing"]))
    except (OSError, ValueError, KeyError, TypeError):
        # The holder is just writing or clearing the note; that it holds the lock is certain.
        return Holder(0, "", "")


def _busy(holder: Holder) -> Busy:
    return Busy(
        "data_folder.in_use",
        "Nithet is already working with this data folder (process %(pid)s: %(doing)s, since "
        "%(since)s). Stop it and try again, or move to PostgreSQL, where commands may write "
        "while the server runs.",
        pid=holder.pid or "?",
        doing=holder.doing or "?",
        since=holder.since or "?",
    )
