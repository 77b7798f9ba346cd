"""When the write-ahead log is written back into the database file.

SQLite's own automatic checkpoint is off. The connection that has just committed does it, still
holding the write lock, about every ``TARGET_PAGES`` pages of log.
"""

import logging
import os
import sqlite3
from pathlib import Path

logger = logging.getLogger(__name__)

TARGET_PAGES = 1000
"""About how long the log may grow before it is written back (4 MB with pages of 4 kB)."""

LARGEST_LOG_BYTES = 64 * 1024 * 1024
"""A log file that one large import has blown up is cut back to this."""


class Checkpoints:
    """Counts the commits of one database; only touched by the holder of its write lock.

    SQLite tells the length of the log only when a checkpoint is made, so the number of commits
    to wait is derived from the pages per commit seen last time, and a log *file* that has grown
    by the target is a reason to act at once.
    """

    def __init__(self, path: str) -> None:
        self._log = Path(f"{path}-wal")
        self._commits = 0
        self._wait_for = 100
        self._bytes_then = 0

    def after_commit(self, connection: sqlite3.Connection) -> None:
        """Make a checkpoint if one is due. The caller holds the write lock."""
        self._commits += 1
        if self._commits >= self._wait_for or self._grown_bytes() >= TARGET_PAGES * 4096:
            self.make(connection)

    def make(self, connection: sqlite3.Connection, mode: str = "PASSIVE") -> bool:
        """Write the log back as far as readers allow. False when it has to be tried again.

        A cursor of this connection that is still being read makes it impossible: that is no
        fault, a later commit will do it. The caller holds the write lock.
        """
        cursor = sqlite3.Cursor(connection)
        try:
            _busy, pages, written = cursor.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
        except sqlite3.OperationalError as error:
            logger.debug("checkpoint of %s put off: %s", self._log, error)
            return False
        finally:
            cursor.close()
        if pages > 0:
            per_commit = max(1.0, pages / max(1, self._commits))
            self._wait_for = max(1, int(TARGET_PAGES / per_commit))
        self._commits = 0
        self._bytes_then = self._bytes()
        return bool(pages == written)

    def _grown_bytes(self) -> int:
        return self._bytes() - self._bytes_then

    def _bytes(self) -> int:
        try:
            return self._log.stat().st_size
        except FileNotFoundError:
            return 0


_counters: dict[str, Checkpoints] = {}


def checkpoints_of(path: str) -> Checkpoints:
    """The counter of the database file at ``path``, shared by its connections."""
    real = os.path.realpath(path)
    return _counters.setdefault(real, Checkpoints(real))
