"""Backup and restore: the database at one moment, then the files, with a manifest of digests.

Order matters: the database first, then the files. Files are only ever added, so a file too many is harmless and none that
a row names can be missing. A backup is verified whole before a restore writes anything.
"""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from nithet import __version__
from nithet.console.tables import dump_tables, load_tables
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken

MANIFEST = "manifest.json"
SQLITE_COPY = "nithet.sqlite3"
TABLES = "tables"
FILES = "files"
KEPT_BESIDE = ("secret-key", "demo-accounts.json")
CHUNK = 1024 * 1024


def write_backup(data: Path, target: Path) -> dict[str, Any]:
    """Write a backup into an empty folder; return its manifest. The manifest is written last: without it, no backup."""
    if target.exists() and any(target.iterdir()):
        raise BadInput("backup.not_empty", "The folder %(folder)s is not empty; choose a new one.", folder=target)
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    _copy_database(connection, target)
    if (data / FILES).is_dir():
        shutil.copytree(data / FILES, target / FILES, ignore=shutil.ignore_patterns("*.part", ".*"))
    for name in KEPT_BESIDE:
        if (data / name).is_file():
            shutil.copy2(data / name, target / name)
    manifest = {
        "made_by": f"nithet {__version__}",
        "made_at": clock.now().isoformat(),
        "database": connection.vendor,
        "files": [_entry(path, target) for path in sorted(_files(target))],
    }
    (target / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    return manifest


def _copy_database(database: BaseDatabaseWrapper, target: Path) -> None:
    if database.vendor == "sqlite":
        database.ensure_connection()
        with sqlite3.connect(target / SQLITE_COPY) as copy:
            database.connection.backup(copy)
        copy.close()
    else:
        dump_tables(database, target / TABLES)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)


def _entry(path: Path, folder: Path) -> dict[str, Any]:
    return {
        "path": path.relative_to(folder).as_posix(),
        "size": path.stat().st_size,
        "sha256": _digest(path),
    }


def _digest(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            total.update(chunk)
    return total.hexdigest()


def verified(source: Path) -> dict[str, Any]:
    """Return a backup's manifest after every file of it was found whole; name the first that is not."""
    try:
        manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text("utf-8"))
        entries = [(str(one["path"]), int(one["size"]), str(one["sha256"])) for one in manifest["files"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            "backup.no_manifest", "The folder %(folder)s holds no whole backup (no manifest).", folder=source
        ) from error
    for name, size, digest in entries:
        path = (source / name).resolve()
        if not path.is_relative_to(source.resolve()) or not path.is_file():
            raise RuleBroken("backup.missing", "The backup is not whole: %(name)s is missing.", name=name)
        if path.stat().st_size != size or _digest(path) != digest:
            raise RuleBroken("backup.changed", "The backup is damaged: %(name)s is not what was written.", name=name)
    return manifest


def restore_backup(source: Path, data: Path) -> dict[str, Any]:
    """Restore a verified backup into an empty installation; return its manifest.

    Raises `RuleBroken` where the installation holds something already: a restore never writes over records.
    """
    manifest = verified(source)
    if manifest["database"] != connection.vendor:
        raise RuleBroken(
            "backup.other_database",
            "This backup is of %(theirs)s and this installation runs on %(ours)s.",
            theirs=manifest["database"],
            ours=connection.vendor,
        )
    _refuse_full(data)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (source / FILES).is_dir():
        shutil.copytree(source / FILES, data / FILES, dirs_exist_ok=True)
    for name in KEPT_BESIDE:
        if (source / name).is_file():
            shutil.copy2(source / name, data / name)
    if connection.vendor == "sqlite":
        place = Path(str(connection.settings_dict["NAME"]))
        neighbour = place.with_suffix(".restoring")
        shutil.copy2(source / SQLITE_COPY, neighbour)
        neighbour.replace(place)
    else:
        load_tables(connection, source / TABLES)
    return manifest


def _refuse_full(data: Path) -> None:
    full = RuleBroken(
        "restore.full", "The data folder %(folder)s holds an installation already; restore into an empty one.", folder=data
    )
    if connection.vendor == "sqlite":
        if Path(str(connection.settings_dict["NAME"])).exists():
            raise full
    elif connection.introspection.table_names():
        raise full
