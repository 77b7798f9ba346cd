"""An empty database set up from the models is the one that the migrations make."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.migrate import Command as SlowMigrate
from django.db import connection

from nithet.foundation.database.fresh import create_from_models, is_empty

LEFT_OUT = {settings.CACHES["default"]["LOCATION"], "auth_group_permissions"}
"""The cache is no migration's; Django's own migration gives the other one (which we never write) a wider key than its model."""


def everything() -> dict[str, object]:
    """Return tables with columns and constraints, triggers and indexes, as the database itself tells them."""
    found: dict[str, object] = {}
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - LEFT_OUT
        for table in sorted(tables):
            columns = connection.introspection.get_table_description(cursor, table)
            constraints = connection.introspection.get_constraints(cursor, table).values()
            found[table] = (
                sorted((c.name, str(c.type_code), c.null_ok, str(c.default)) for c in columns),
                sorted(
                    (tuple(c["columns"] or ()), c["primary_key"], c["unique"], str(c["foreign_key"]), c["check"], c["index"])
                    for c in constraints
                ),
            )
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname")
        found["triggers"] = cursor.fetchall()
        applied = "SELECT app, name FROM django_migrations ORDER BY app, name"
        cursor.execute(applied)
        found["applied"] = cursor.fetchall()
    return found


def empty() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
            return
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TABLE IF EXISTS "{name}"')


@pytest.mark.timeout(600)
@pytest.mark.django_db(transaction=True)
def test_the_short_way_leads_where_the_long_one_does() -> None:
    short = everything()
    empty()
    assert is_empty(connection)
    SlowMigrate().execute(
        app_label=None, migration_name=None, database=connection.alias, verbosity=0, interactive=False, run_syncdb=False,
        fake=False, fake_initial=False, plan=False, check_unapplied=False, prune=False, skip_checks=True,
        force_color=False, no_color=True, stdout=None, stderr=None,
    )  # fmt: skip
    long = everything()
    try:
        for name in sorted(set(short) | set(long)):
            assert short.get(name) == long.get(name), name
    finally:
        empty()
        create_from_models(connection)
        call_command("createcachetable", verbosity=0)
