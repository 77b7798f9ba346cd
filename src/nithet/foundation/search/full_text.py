"""The trigram index behind the table of entries: FTS5 on SQLite, pg_trgm on PostgreSQL where the extension may be made.

SQLite keeps the index without a copy of the text and in step by triggers. Without pg_trgm PostgreSQL finds the same, slower.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.transaction import atomic
from django.db.utils import DatabaseError

SHORTEST = 3
"""Characters below which a trigram index knows nothing and the texts themselves are read."""

_REMOVE = "INSERT INTO search_fts(search_fts, rowid, form) VALUES ('delete', old.id, old.form)"
_ADD = "INSERT INTO search_fts(rowid, form) VALUES (new.id, new.form)"
_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5("
    "form, content='search_searchentry', content_rowid='id', tokenize='trigram case_sensitive 1')",
    f"CREATE TRIGGER IF NOT EXISTS search_fts_add AFTER INSERT ON search_searchentry BEGIN {_ADD}; END",
    f"CREATE TRIGGER IF NOT EXISTS search_fts_remove AFTER DELETE ON search_searchentry BEGIN {_REMOVE}; END",
    "CREATE TRIGGER IF NOT EXISTS search_fts_change AFTER UPDATE OF form ON search_searchentry "
    f"BEGIN {_REMOVE}; {_ADD}; END",
)
_SQLITE_UNDO = (
    "DROP TRIGGER IF EXISTS search_fts_add",
    "DROP TRIGGER IF EXISTS search_fts_remove",
    "DROP TRIGGER IF EXISTS search_fts_change",
    "DROP TABLE IF EXISTS search_fts",
)
_POSTGRES = "CREATE INDEX IF NOT EXISTS search_entry_trigrams ON search_searchentry USING gin (form gin_trgm_ops)"
_POSTGRES_UNDO = "DROP INDEX IF EXISTS search_entry_trigrams"


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index; safe to repeat. On PostgreSQL nothing happens where the extension is missing and may not be made."""
    if connection.vendor == "sqlite":
        _run(connection, *_SQLITE)
    elif _has_trigrams(connection):
        _run(connection, _POSTGRES)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the index."""
    _run(connection, *(_SQLITE_UNDO if connection.vendor == "sqlite" else (_POSTGRES_UNDO,)))


def _has_trigrams(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            return True
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        if not cursor.fetchone():
            return False
    try:
        with atomic():
            _run(connection, "CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return False
    return True


def _run(connection: BaseDatabaseWrapper, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def install_by_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index as a migration step."""
    install(schema_editor.connection)


def remove_by_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the index when the migration is undone."""
    remove(schema_editor.connection)
