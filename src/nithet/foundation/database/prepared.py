"""A cursor for the statements that come with every small write: PostgreSQL plans each once a connection, then only runs it."""

from typing import Any

from django.db import connection

AFTER = 3
"""How often a statement is run before the server keeps its plan."""


def prepared_cursor() -> Any:
    """Return a cursor of Django for statements whose text is always the same; on SQLite, which keeps them anyway, a plain one."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    from psycopg import Cursor  # noqa: PLC0415  there only where PostgreSQL is used

    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.prepare_threshold = AFTER
        return connection._prepare_cursor(Cursor(connection.connection))
