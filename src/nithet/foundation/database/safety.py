"""Is this installation safe to run: what a start-up and ``nithet check`` look at.

Every question is answered by the running database and file system, not by the settings.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from nithet.foundation.database.sqlite.write_lock import path_of

MINIMUM_POSTGRESQL = 150_000
"""PostgreSQL 15.0, as the server itself counts its versions."""

LOW_SPACE_BYTES = 500 * 1024 * 1024
"""Below this free space the folder is reported."""

NETWORK_FILE_SYSTEMS = frozenset(
    [
        "9p",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.ceph",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "gfs2",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "prl_fs",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
    ]
)
MEMORY_FILE_SYSTEMS = frozenset({"tmpfs", "ramfs"})


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """Not safe: the server must not start."""
    WARNING = "warning"
    """It works, but something an office relies on is missing or at risk."""
    INFO = "info"
    """Worth knowing."""


@dataclass(frozen=True)
class Finding:
    """One thing found. ``message`` is an English message id; ``params`` fill its places."""

    code: str
    severity: Severity
    message: str
    params: dict[str, Any] = field(default_factory=dict)


def find_dangers(
    database: BaseDatabaseWrapper, folder: Path, *, processes: int = 1
) -> list[Finding]:
    """Everything to say about a database and a data folder, the worst first.

    ``processes`` is how many processes are meant to write at the same time. Opens a connection
    and changes nothing.
    """
    found = list(_of_folder(folder))
    if database.vendor == "sqlite":
        found += _of_sqlite(database, processes)
    elif database.vendor == "postgresql":
        found += _of_postgresql(database)
    else:
        found.append(
            Finding(
                "database.unknown",
                Severity.ERROR,
                "Nithet runs on SQLite and PostgreSQL, not on %(vendor)s.",
                {"vendor": database.vendor},
            )
        )
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))


def is_safe(findings: Iterable[Finding]) -> bool:
    """Whether nothing found forbids to start."""
    return all(finding.severity is not Severity.ERROR for finding in findings)


def can_corrupt_a_log(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can corrupt a WAL database when two connections write at once.

    3.7.0 to 3.51.2 can; the fault was mended in 3.51.3 and, for those who stay on older lines,
    in 3.50.7 and 3.44.6.

    >>> can_corrupt_a_log((3, 40, 1)), can_corrupt_a_log((3, 44, 6)), can_corrupt_a_log((3, 51, 3))
    (True, False, False)
    """
    if version >= (3, 51, 3) or version < (3, 7, 0):
        return False
    mended = {(3, 44): 6, (3, 50): 7}
    least = mended.get((version[0], version[1]))
    return least is None or version[2] < least


def file_system_of(path: Path, mounts: str) -> str:
    """The type of the file system that holds ``path``; empty when it cannot be told.

    ``mounts`` is the text of ``/proc/self/mountinfo``.
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields, said = before.split(), after.split()
        if len(fields) < 5 or not said:
            continue
        place = Path(fields[4].encode().decode("unicode_escape"))
        # Of two mounts on one place the later one lies on top.
        if path.is_relative_to(place) and len(place.parts) >= best:
            best, kind = len(place.parts), said[0]
    return kind


def _of_folder(folder: Path) -> Iterator[Finding]:
    place = folder.resolve()
    while not place.exists():
        place = place.parent
    if not os.access(place, os.W_OK | os.X_OK):
        yield Finding(
            "folder.not_writable",
            Severity.ERROR,
            "The data folder %(folder)s cannot be written to by this account.",
            {"folder": str(folder)},
        )
    free = shutil.disk_usage(place).free
    if free < LOW_SPACE_BYTES:
        yield Finding(
            "folder.low_space",
            Severity.WARNING,
            "Only %(megabytes)s MB are free for the data folder %(folder)s.",
            {"megabytes": free // (1024 * 1024), "folder": str(folder)},
        )
    kind = file_system_of(place, _mounts())
    if kind in MEMORY_FILE_SYSTEMS:
        yield Finding(
            "folder.in_memory",
            Severity.WARNING,
            "The data folder %(folder)s lies in memory and is lost when the machine restarts.",
            {"folder": str(folder)},
        )


def _mounts() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""  # not Linux: nothing can be told


def _of_sqlite(database: BaseDatabaseWrapper, processes: int) -> Iterator[Finding]:
    version, shown = sqlite3.sqlite_version_info, sqlite3.sqlite_version
    if processes > 1 and can_corrupt_a_log(version):
        yield Finding(
            "sqlite.more_than_one_process",
            Severity.ERROR,
            "SQLite %(version)s can damage its database when more than one process writes. Run "
            "one process, or use SQLite 3.51.3 or newer, or PostgreSQL.",
            {"version": shown},
        )
    elif processes > 1:
        yield Finding(
            "sqlite.processes_wait_unfairly",
            Severity.WARNING,
            "Several processes that write to one SQLite database wait for each other by "
            "polling; PostgreSQL serves them better.",
        )
    if can_corrupt_a_log(version):
        yield Finding(
            "sqlite.guarded_version",
            Severity.INFO,
            "SQLite %(version)s needs the write lock of this program: no other program may write "
            "to its database.",
            {"version": shown},
        )
    name = str(database.settings_dict["NAME"])
    path = path_of(name)
    if path is None:
        yield Finding(
            "sqlite.in_memory",
            Severity.WARNING,
            "The database lives in memory and is lost when the process ends.",
        )
    else:
        yield from _of_sqlite_place(Path(path).resolve())
    if path is None or Path(path).is_file():  # asking must not create the file
        yield from _of_sqlite_connection(database)


def _of_sqlite_place(path: Path) -> Iterator[Finding]:
    kind = file_system_of(path, _mounts())
    if kind in NETWORK_FILE_SYSTEMS:
        yield Finding(
            "sqlite.network_file_system",
            Severity.ERROR,
            "The SQLite database lies on a network file system (%(kind)s), which cannot keep it "
            "safe. Move the data folder to a local disk, or use PostgreSQL.",
            {"kind": kind},
        )


def _of_sqlite_connection(database: BaseDatabaseWrapper) -> Iterator[Finding]:
    expected: dict[str, tuple[set[Any], str]] = {
        "journal_mode": ({"wal", "memory"}, "WAL"),
        "synchronous": ({2, 3}, "FULL"),
        "foreign_keys": ({1}, "ON"),
        "wal_autocheckpoint": ({0}, "0"),
    }
    with database.cursor() as cursor:
        for setting, (allowed, shown) in expected.items():
            cursor.execute(f"PRAGMA {setting}")
            value = cursor.fetchone()[0]
            if value not in allowed:
                yield Finding(
                    f"sqlite.{setting}",
                    Severity.ERROR,
                    "SQLite runs with %(setting)s = %(value)s instead of %(expected)s, so a "
                    "saved record may be lost.",
                    {"setting": setting, "value": value, "expected": shown},
                )


def _of_postgresql(database: BaseDatabaseWrapper) -> Iterator[Finding]:
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
            " current_setting('fsync'), current_setting('synchronous_commit'),"
            " current_setting('full_page_writes'), current_setting('server_encoding'),"
            " EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm')"
        )
        number, shown, fsync, commit, full_pages, encoding, trigrams = cursor.fetchone()
    if number < MINIMUM_POSTGRESQL:
        yield Finding(
            "postgresql.too_old",
            Severity.ERROR,
            "PostgreSQL %(version)s is too old; 15 or newer is needed.",
            {"version": shown},
        )
    for setting, value in (("fsync", fsync), ("full_page_writes", full_pages)):
        if value != "on":
            yield _unsafe_postgresql(setting, value)
    if commit == "off":
        yield _unsafe_postgresql("synchronous_commit", commit)
    if encoding != "UTF8":
        yield Finding(
            "postgresql.encoding",
            Severity.ERROR,
            "The PostgreSQL database is encoded in %(encoding)s; Thai needs UTF8.",
            {"encoding": encoding},
        )
    if not trigrams:
        yield Finding(
            "postgresql.no_trigrams",
            Severity.WARNING,
            "The PostgreSQL server does not offer pg_trgm; search works but is slow on many "
            "records. Install the server's contrib package.",
        )


def _unsafe_postgresql(setting: str, value: str) -> Finding:
    return Finding(
        f"postgresql.{setting}",
        Severity.ERROR,
        "PostgreSQL runs with %(setting)s = %(value)s, so a saved record may be lost. Set it "
        "to on.",
        {"setting": setting, "value": value},
    )
