"""The driver's connection and cursor, with the write lock around everything that may write."""

import os
import sqlite3
import weakref
from collections import deque
from collections.abc import Iterable
from typing import Any, Self

from nithet.foundation.database.sqlite.checkpoints import Checkpoints
from nithet.foundation.database.sqlite.statements import Kind, kind_of
from nithet.foundation.database.sqlite.write_lock import (
    Turn,
    WriteLock,
    check_writing_is_allowed,
    forget_locks,
)

_process = 0
_open: "weakref.WeakSet[LockedConnection]" = weakref.WeakSet()
_inherited: list["LockedConnection"] = []


def _after_fork() -> None:
    """A forked child must neither use nor close a connection of its parent: keep it, unused."""
    global _process
    _process += 1
    _inherited.extend(_open)
    _open.clear()
    forget_locks()


os.register_at_fork(after_in_child=_after_fork)


class LockedConnection(sqlite3.Connection):
    """A connection that holds the write lock exactly while it may be writing.

    That is from the first statement that may write (``BEGIN IMMEDIATE`` included) until no
    transaction is open any more. A single statement outside a transaction commits by itself,
    so it holds the lock for its own duration.
    """

    _turn: Turn | None = None
    _is_open = False

    def __init__(
        self,
        database: str,
        *args: Any,
        write_lock: WriteLock,
        lock_timeout_s: float,
        checkpoints: Checkpoints | None,
        **options: Any,
    ) -> None:
        self._write_lock = write_lock
        self._lock_timeout_s = lock_timeout_s
        self._checkpoints = checkpoints
        self._process = _process
        super().__init__(database, *args, **options)
        self._is_open = True
        _open.add(self)

    def cursor(self, factory: Any = None) -> Any:
        """A cursor that locks; ``factory`` must be a LockedCursor."""
        if self._process != _process:
            raise sqlite3.OperationalError(
                "this connection was opened before the process forked; open a new one"
            )
        return super().cursor(factory or LockedCursor)

    # The driver's own three shortcuts make a plain cursor, past the lock.

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """Run one statement on a new cursor."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Any:
        """Run one statement for each set of parameters on a new cursor."""
        return self.cursor().executemany(sql, parameters)

    def executescript(self, sql_script: str, /) -> Any:
        """Run several statements on a new cursor."""
        return self.cursor().executescript(sql_script)

    def belongs_to_this_process(self) -> bool:
        """False in a child that inherited the connection by forking."""
        return self._process == _process

    def take_turn(self) -> None:
        """Hold the write lock from here on; nothing to do when it is held already."""
        if self._turn is None:
            check_writing_is_allowed()
            self._turn = self._write_lock.acquire(self, self._lock_timeout_s)

    def give_turn_back(self) -> None:
        """Let the next writer in, unless a transaction is still open."""
        if self._turn is None or self.in_transaction:
            return
        try:
            if self._checkpoints is not None:
                self._checkpoints.after_commit(self)
        finally:
            turn, self._turn = self._turn, None
            self._write_lock.release(turn)

    def commit(self) -> None:
        """Commit, then let the next writer in."""
        try:
            super().commit()
        finally:
            self.give_turn_back()

    def rollback(self) -> None:
        """Roll back, then let the next writer in."""
        try:
            super().rollback()
        finally:
            self.give_turn_back()

    def __exit__(self, kind: Any, error: Any, trace: Any, /) -> Any:
        if error is None:
            self.commit()
        else:
            self.rollback()
        return False

    def close(self) -> None:
        """Close; an open transaction is rolled back and the lock given back.

        The last connection to close writes the log back into the database file, so the lock is
        taken when it is free. When it is not, another connection is open and this is not the
        last: closing does not touch the file then.
        """
        if not self.belongs_to_this_process():
            return
        turn = self._turn or (self._write_lock.try_acquire(self) if self._is_open else None)
        self._turn, self._is_open = None, False
        try:
            super().close()
        finally:
            if turn is not None:
                self._write_lock.release(turn)

    def blobopen(self, *args: Any, **options: Any) -> Any:
        """Not available: a blob handle would write past the lock."""
        raise sqlite3.NotSupportedError("blob handles write past the write lock")

    def __del__(self) -> None:
        if self._is_open:
            self.close()


class LockedCursor(sqlite3.Cursor):
    """Runs each statement under the lock when it may write, and freely when it only reads."""

    _rows: deque[Any] | None = None

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        """Run one statement."""
        kind = kind_of(sql)
        self._rows = None
        if kind is Kind.READ:
            return super().execute(sql, parameters)
        connection: LockedConnection = self.connection  # type: ignore[assignment]
        if kind is Kind.WRITE:
            connection.take_turn()
        try:
            super().execute(sql, parameters)
            self._finish_statement(connection)
        finally:
            connection.give_turn_back()
        return self

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Self:
        """Run one statement for each set of parameters, all in one turn."""
        connection: LockedConnection = self.connection  # type: ignore[assignment]
        self._rows = None
        connection.take_turn()
        try:
            return super().executemany(sql, parameters)
        finally:
            connection.give_turn_back()

    def executescript(self, sql_script: str, /) -> sqlite3.Cursor:
        """Run several statements in one turn."""
        connection: LockedConnection = self.connection  # type: ignore[assignment]
        self._rows = None
        connection.take_turn()
        try:
            return super().executescript(sql_script)
        finally:
            connection.give_turn_back()

    def _finish_statement(self, connection: LockedConnection) -> None:
        # Outside a transaction ``INSERT ... RETURNING`` commits when its last row is fetched:
        # fetch them all now, while the lock is held.
        if self.description is not None and not connection.in_transaction:
            self._rows = deque(super().fetchall())

    def fetchone(self) -> Any:
        """The next row, or None."""
        if self._rows is None:
            return super().fetchone()
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next ``size`` rows (``arraysize`` when not given)."""
        if self._rows is None:
            return super().fetchmany(self.arraysize if size is None else size)
        wanted = min(self.arraysize if size is None else size, len(self._rows))
        return [self._rows.popleft() for _ in range(wanted)]

    def fetchall(self) -> list[Any]:
        """All remaining rows."""
        if self._rows is None:
            return super().fetchall()
        rows, self._rows = list(self._rows), deque()
        return rows

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:
        if self._rows is None:
            return super().__next__()
        if not self._rows:
            raise StopIteration
        return self._rows.popleft()
