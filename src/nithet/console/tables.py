"""Every table of a PostgreSQL database as files, of one moment, and back into an empty database.

Written with COPY inside one repeatable-read transaction, so that it needs no tool of PostgreSQL on this machine.
"""

import json
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

LIST = "tables.json"


def dump_tables(database: BaseDatabaseWrapper, folder: Path) -> None:
    """Write each table to `<name>.copy`, all of the same snapshot."""
    folder.mkdir(parents=True, exist_ok=True)
    database.close()
    database.ensure_connection()
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        names = sorted(database.introspection.table_names(cursor))
        columns = {}
        for name in names:
            columns[name] = [c.name for c in database.introspection.get_table_description(cursor, name)]
            listed = ", ".join(database.ops.quote_name(c) for c in columns[name])
            quoted = database.ops.quote_name(name)
            with (folder / f"{name}.copy").open("wb") as file, cursor.copy(f"COPY {quoted} ({listed}) TO STDOUT") as copy:
                for block in copy:
                    file.write(block)
    (folder / LIST).write_text(json.dumps(columns), "utf-8")


def load_tables(database: BaseDatabaseWrapper, folder: Path) -> None:
    """Make the tables by migration, then fill them in one transaction; foreign keys are checked at its end."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    columns: dict[str, list[str]] = json.loads((folder / LIST).read_text("utf-8"))
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        # What migrations themselves have written is part of the backup too.
        for name in columns:
            if name in FILLED_BY_MIGRATION:
                cursor.execute(f"DELETE FROM {database.ops.quote_name(name)}")  # noqa: S608  one of our own three
        for name, fields in columns.items():
            listed = ", ".join(database.ops.quote_name(c) for c in fields)
            with cursor.copy(f"COPY {database.ops.quote_name(name)} ({listed}) FROM STDIN") as copy:
                copy.write((folder / f"{name}.copy").read_bytes())
        _reset_sequences(database, cursor)


FILLED_BY_MIGRATION = ("django_migrations", "django_content_type", "auth_permission")


def _reset_sequences(database: BaseDatabaseWrapper, cursor: CursorWrapper) -> None:
    for name in database.introspection.table_names(cursor):
        for one in database.introspection.get_sequences(cursor, name):
            table, column = database.ops.quote_name(one["table"]), database.ops.quote_name(one["column"])
            # Names of tables and columns come from the database itself and are quoted.
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), COALESCE((SELECT MAX({column}) FROM {table}), 1), "  # noqa: S608
                f"(SELECT MAX({column}) FROM {table}) IS NOT NULL)",
                [one["table"], one["column"]],
            )
