"""A database that other threads and processes can reach too."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection


@pytest.fixture
def real_database(transactional_db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment in which another process finds the database of this test.

    On SQLite the tests' database lies in memory: it is copied into a file for this test.
    """
    environment = {**os.environ, "NITHET_DATA": str(tmp_path)}
    if connection.vendor != "sqlite":
        parts: dict[str, Any] = connection.settings_dict
        place = f"{parts['HOST'] or 'localhost'}:{parts['PORT'] or 5432}/{parts['NAME']}"
        who = parts["USER"] + (f":{parts['PASSWORD']}" if parts["PASSWORD"] else "")
        yield {**environment, "NITHET_DATABASE_URL": f"postgresql://{who}@{place}"}
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "jobs.sqlite3"
    with sqlite3.connect(file) as copied:
        memory.backup(copied)
    copied.close()
    connection.connection = None
    connection.settings_dict["NAME"] = str(file)
    try:
        yield {**environment, "NITHET_DATABASE_URL": f"sqlite:///{file}"}
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.connection = memory
