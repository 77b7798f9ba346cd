"""The backend class that Django loads (it requires this module name)."""

import sqlite3
from functools import partial
from typing import Any

from django.db.backends.sqlite3 import base as django_sqlite
from django.db.utils import OperationalError

from nithet.foundation.database.sqlite.checkpoints import LARGEST_LOG_BYTES, checkpoints_of
from nithet.foundation.database.sqlite.connection import LockedConnection, LockedCursor
from nithet.foundation.database.sqlite.write_lock import WriteLock, path_of, write_lock_of

DEFAULT_TIMEOUT_S = 20.0
"""How long a writer waits for its turn, and SQLite for the locks of another process."""


class DjangoCursor(django_sqlite.SQLiteCursorWrapper, LockedCursor):
    """Django's placeholders, then the lock, then the driver."""


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """SQLite in WAL mode, synced at each commit, one writer at a time. See the package."""

    transaction_mode: str | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Opening a connection for each request costs more than most requests.
        self.settings_dict["CONN_MAX_AGE"] = None

    @property
    def write_lock(self) -> WriteLock:
        """The lock that all connections of this process to this database share."""
        return write_lock_of(str(self.settings_dict["NAME"]))

    def get_connection_params(self) -> dict[str, Any]:
        """Django's parameters, with our connection class and transactions that lock at once."""
        params: dict[str, Any] = super().get_connection_params()
        params["database"] = name = str(params["database"])
        params.setdefault("timeout", DEFAULT_TIMEOUT_S)
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        path = path_of(name)
        params["factory"] = partial(
            LockedConnection,
            write_lock=self.write_lock,
            lock_timeout_s=float(params["timeout"]),
            checkpoints=None if path is None else checkpoints_of(path),
        )
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> LockedConnection:
        """Open a connection on which a commit means: on the disk."""
        connection: LockedConnection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(f"PRAGMA journal_size_limit = {LARGEST_LOG_BYTES}")
        if path_of(conn_params["database"]) is None:
            # Connections that share memory (tests) know no snapshots: without this a reader
            # would be refused while another connection writes.
            connection.execute("PRAGMA read_uncommitted = ON")
        else:
            _use_write_ahead_log(connection)
        return connection

    def ensure_connection(self) -> None:
        """Open a connection if there is none, or only one inherited by forking."""
        connection: LockedConnection | None = self.connection
        if connection is not None and not connection.belongs_to_this_process():
            if self.in_atomic_block:
                raise OperationalError("the process forked inside a transaction")
            self.connection = None
        super().ensure_connection()

    def create_cursor(self, name: str | None = None) -> DjangoCursor:
        """A cursor that locks."""
        cursor: DjangoCursor = self.connection.cursor(factory=DjangoCursor)
        return cursor


def _use_write_ahead_log(connection: LockedConnection) -> None:
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        connection.close()
        raise sqlite3.OperationalError(
            "this file system cannot hold a SQLite write-ahead log; use a local disk"
        )
