"""Databases of these tests' own: files on disk, beside whatever database the run uses."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

OURS = "nithet.foundation.database.sqlite"
DJANGOS = "django.db.backends.sqlite3"


def register(alias: str, path: Path, engine: str = OURS, **options: Any) -> None:
    """Make a database known to Django under an alias, as settings.DATABASES would."""
    databases = {alias: {"ENGINE": engine, "NAME": str(path), "OPTIONS": options}}
    connections.settings[alias] = connections.configure_settings(
        {"default": {"ENGINE": "django.db.backends.dummy"}, **databases}
    )[alias]


def forget(alias: str) -> None:
    """Undo ``register`` and close this thread's connection."""
    if hasattr(connections._connections, alias):
        connections[alias].close()
        del connections[alias]
    del connections.settings[alias]


@pytest.fixture
def trial(tmp_path: Path, django_db_blocker: Any) -> Iterator[BaseDatabaseWrapper]:
    """A new SQLite file with one table, reached under the alias ``trial``."""
    register("trial", tmp_path / "trial.sqlite3", timeout=5)
    with django_db_blocker.unblock():
        with connections["trial"].cursor() as cursor:
            cursor.execute(
                "CREATE TABLE note (id integer PRIMARY KEY AUTOINCREMENT,"
                " writer integer, number integer, text varchar, UNIQUE (writer, number))"
            )
        yield connections["trial"]
        forget("trial")


@pytest.fixture
def databases() -> SimpleNamespace:
    """The means to register further databases."""
    return SimpleNamespace(register=register, forget=forget, OURS=OURS, DJANGOS=DJANGOS)
