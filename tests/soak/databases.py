"""Databases for processes that will be killed: migrated once, copied for each scenario."""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.soak import harness

Environment = dict[str, str]


class SqliteDatabases:
    """A file that is copied."""

    def __init__(self, folder: Path) -> None:
        self.description = f"SQLite {sqlite3.sqlite_version}"
        self._migrated = folder / "migrated"
        self._migrated.mkdir()
        harness.run_to_end(self._environment(self._migrated), "migrate")

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[Environment]:
        """The environment of a process on a migrated database of its own."""
        folder.mkdir()
        shutil.copy(self._migrated / "nithet.sqlite3", folder)
        yield self._environment(folder)

    def close(self) -> None:
        """Nothing is left but files."""

    def _environment(self, folder: Path) -> Environment:
        return _environment(folder, f"sqlite:///{folder / 'nithet.sqlite3'}")


class PostgresDatabases:
    """A template database on the server of this run."""

    def __init__(self, folder: Path, address: str) -> None:
        import psycopg

        self._address = address
        self._admin = psycopg.connect(address, autocommit=True)
        self.description = f"PostgreSQL {self._admin.info.server_version // 10_000}"
        self._migrated = self._new_name()
        self._admin.execute(f'CREATE DATABASE "{self._migrated}"')
        (folder / "migrated").mkdir()
        harness.run_to_end(self._environment(folder / "migrated", self._migrated), "migrate")

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[Environment]:
        """The environment of a process on a migrated database of its own."""
        folder.mkdir()
        name = self._new_name()
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._migrated}"')
        try:
            yield self._environment(folder, name)
        finally:
            self._admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Remove the template."""
        self._admin.execute(f'DROP DATABASE "{self._migrated}" WITH (FORCE)')
        self._admin.close()

    def _new_name(self) -> str:
        return f"soak_{os.getpid()}_{time.monotonic_ns()}"

    def _environment(self, folder: Path, name: str) -> Environment:
        return _environment(folder, urlunsplit(urlsplit(self._address)._replace(path=f"/{name}")))


def databases_of_this_run(folder: Path) -> SqliteDatabases | PostgresDatabases:
    """Of the kind that the suite runs on (``--db``)."""
    address = os.environ.get("NITHET_DATABASE_URL", "")
    if address.startswith("postgres"):
        return PostgresDatabases(folder, address)
    return SqliteDatabases(folder)


def _environment(folder: Path, address: str) -> Environment:
    return {
        **os.environ,
        "NITHET_DATA": str(folder),
        "NITHET_DATABASE_URL": address,
        "NITHET_LOG_LEVEL": "CRITICAL",
        "PYTHONPATH": os.pathsep.join([str(harness.ROOT / "src"), str(harness.ROOT)]),
    }
