"""Statements that come with every small write: written once, planned once a connection, run without detours."""

from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

AFTER = 3
"""How often a statement is run before PostgreSQL keeps its plan."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement whose text is always the same; its places are written `%s` and it holds no other per cent sign."""

    sql: str
    sqlite: str = field(init=False)

    def __post_init__(self) -> None:
        """Write it as SQLite's driver wants it."""
        object.__setattr__(self, "sqlite", self.sql.replace("%s", "?"))


def run(statement: Statement, values: list[Any] | tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Run a statement in the open transaction, or on its own where there is none; return its rows, or [].

    Errors are those of `django.db`. Where queries are recorded they go the long way, so that a test that counts sees them.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    if connection.needs_rollback and connection.in_atomic_block:
        connection.validate_no_broken_transaction()
    if connection.queries_logged:
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, values)
            return list(cursor.fetchall()) if cursor.description else []
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            found = connection.connection.execute(statement.sqlite, values)
            return found.fetchall() if found.description else []
        return _by_psycopg(connection.connection, statement.sql, values)


def _by_psycopg(connection: Any, sql: str, values: Any) -> list[tuple[Any, ...]]:
    """Bind on the server, as Django's own cursor does not, so that the plan can be kept."""
    from psycopg import Cursor  # noqa: PLC0415  there only where PostgreSQL is used

    connection.prepare_threshold = AFTER
    with Cursor(connection) as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []
