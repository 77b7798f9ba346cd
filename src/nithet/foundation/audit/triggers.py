"""Database triggers that refuse to change or delete an event or a link, on both databases."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("audit_auditevent", "audit_auditlink")


def statements(vendor: str) -> tuple[list[str], list[str]]:
    """Return (install, remove) statements of a database vendor."""
    if vendor == "sqlite":
        install = [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END"
            for table in TABLES
            for verb in ("UPDATE", "DELETE")
        ]
        remove = [
            f"DROP TRIGGER IF EXISTS {table}_no_{verb}"
            for table in TABLES
            for verb in ("update", "delete")
        ]
        return install, remove
    install = [
        "CREATE OR REPLACE FUNCTION nithet_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit rows are never changed'; END $$"
    ]
    for table in TABLES:
        install.append(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}")
        install.append(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION nithet_refuse_audit_change()"
        )
        install.append(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
        install.append(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION nithet_refuse_audit_change()"
        )
    remove = [
        f"DROP TRIGGER IF EXISTS {table}_no_{what} ON {table}"
        for table in TABLES
        for what in ("change", "truncate")
    ]
    return install, remove


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; safe to repeat."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor)[0]:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for emptying a test database only."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor)[1]:
            cursor.execute(statement)


def install_by_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers as a migration step."""
    install(schema_editor.connection)


def remove_by_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers when the migration is undone."""
    remove(schema_editor.connection)
