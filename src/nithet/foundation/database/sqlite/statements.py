"""Which SQL statements may write: a decision on the text alone.

A statement that is not surely a read counts as a write: the price of a mistake in that direction
is a short wait, in the other direction an unguarded write.
"""

import re
from enum import Enum, auto

_LEADING = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?(?:\*/|$)|;)*", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]+")
_WRITING_WORD = re.compile(r"\b(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_BEGIN_WRITING = re.compile(r"\b(?:IMMEDIATE|EXCLUSIVE)\b", re.IGNORECASE)
_VACUUM_INTO = re.compile(r"VACUUM\s+(?:\S+\s+)?INTO\b", re.IGNORECASE)
_PRAGMA = re.compile(r"PRAGMA\s+(?:\w+\s*\.\s*)?(\w+)\s*(=|\()?", re.IGNORECASE)

_READS = frozenset({"SELECT", "EXPLAIN", "VALUES", "SAVEPOINT", "DETACH"})
_ENDS = frozenset({"COMMIT", "END", "ROLLBACK", "RELEASE"})

# Setting one of these changes the connection and never the file.
_CONNECTION_PRAGMAS = frozenset(
    [
        "busy_timeout",
        "cache_size",
        "cache_spill",
        "case_sensitive_like",
        "defer_foreign_keys",
        "foreign_keys",
        "ignore_check_constraints",
        "journal_size_limit",
        "legacy_alter_table",
        "mmap_size",
        "query_only",
        "read_uncommitted",
        "recursive_triggers",
        "reverse_unordered_selects",
        "synchronous",
        "temp_store",
        "threads",
        "trusted_schema",
        "wal_autocheckpoint",
        "writable_schema",
    ]
)
# These take an argument and only read.
_QUESTION_PRAGMAS = frozenset(
    [
        "foreign_key_check",
        "foreign_key_list",
        "index_info",
        "index_list",
        "index_xinfo",
        "integrity_check",
        "quick_check",
        "table_info",
        "table_list",
        "table_xinfo",
    ]
)
# These act on the file although they may be written without an argument.
_ACTING_PRAGMAS = frozenset({"incremental_vacuum", "optimize", "wal_checkpoint"})


class Kind(Enum):
    """What a statement may do to the database file."""

    READ = auto()
    """Never changes the file."""
    WRITE = auto()
    """May change the file, or opens a transaction that will."""
    END = auto()
    """Ends or shortens a transaction; the lock may become free."""


_QUICK = {
    "SELECT ": Kind.READ,
    "INSERT ": Kind.WRITE,
    "UPDATE ": Kind.WRITE,
    "DELETE ": Kind.WRITE,
}


def kind_of(sql: str) -> Kind:
    """The kind of the (first) statement in ``sql``.

    >>> kind_of("SELECT 1"), kind_of("insert into t values (1)"), kind_of("COMMIT")
    (<Kind.READ: 1>, <Kind.WRITE: 2>, <Kind.END: 3>)
    """
    if quick := _QUICK.get(sql[:7]):  # nearly every statement of a page
        return quick
    start = _LEADING.match(sql)
    body = sql[start.end() :] if start else sql
    word = _WORD.match(body)
    first = word.group().upper() if word else ""
    if first in _READS:
        return Kind.READ
    if first in _ENDS:
        return Kind.END
    if first == "WITH":
        return Kind.WRITE if _WRITING_WORD.search(body) else Kind.READ
    if first == "BEGIN":
        return Kind.WRITE if _BEGIN_WRITING.search(body) else Kind.READ
    if first == "PRAGMA":
        return _kind_of_pragma(body)
    if first == "VACUUM" and _VACUUM_INTO.match(body):
        return Kind.READ  # reads one snapshot and writes another file
    return Kind.WRITE


def _kind_of_pragma(body: str) -> Kind:
    match = _PRAGMA.match(body)
    if match is None:
        return Kind.WRITE
    name = match.group(1).lower()
    if name in _ACTING_PRAGMAS:
        return Kind.WRITE
    if name in _CONNECTION_PRAGMAS or name in _QUESTION_PRAGMAS:
        return Kind.READ
    return Kind.WRITE if match.group(2) else Kind.READ
