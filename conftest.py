"""Chooses the database before Django reads its settings: `--db=sqlite` (default) or `--db=postgres`."""

import os
import sqlite3
import sys
import tempfile
from pathlib import Path

import django
import pytest
from django.conf import settings

from tests import postgres_server

_server: postgres_server.PostgresServer | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=["sqlite", "postgres"], default="sqlite", help="which database the suite runs on")


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {os.environ.get('NITHET_TEST_SERVER', 'SQLite')}"


def _prepare() -> None:
    global _server
    if "NITHET_TEST_PREPARED" in os.environ:
        return
    os.environ["NITHET_TEST_PREPARED"] = "1"
    os.environ["NITHET_DATA"] = tempfile.mkdtemp(prefix="nithet-test-")
    os.environ["NITHET_SECRET_KEY"] = "only-for-tests-" + "x" * 40
    if any(a == "--db=postgres" for a in sys.argv) or os.environ.get("NITHET_TEST_DB") == "postgres":
        if dsn := os.environ.get("NITHET_TEST_PG_DSN"):
            os.environ["NITHET_TEST_SERVER"] = "PostgreSQL named by NITHET_TEST_PG_DSN"
        else:
            _server = postgres_server.start()
            dsn = _server.url
            os.environ["NITHET_TEST_SERVER"] = _server.description
        os.environ["NITHET_DATABASE_URL"] = dsn
    else:
        os.environ["NITHET_DATABASE_URL"] = f"sqlite:///{Path(os.environ['NITHET_DATA']) / 'nithet.sqlite3'}"
        os.environ["NITHET_TEST_SERVER"] = f"SQLite {sqlite3.sqlite_version}"


_prepare()
# Named here and not in the configuration: Django would be set up before this file has chosen the database.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nithet.config.settings")
django.setup()
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite"):
    # A real file, so that the suite runs on the same locks and the same log as an office does.
    settings.DATABASES["default"]["TEST"]["NAME"] = f"{os.environ['NITHET_DATA']}/test.sqlite3"


# Argon2 is slow on purpose; ten people a test would cost more than the tests. One test signs in with the real one.
settings.PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    *settings.PASSWORD_HASHERS,
]


def pytest_unconfigure(config: pytest.Config) -> None:
    if _server is not None and not hasattr(config, "workerinput"):
        _server.stop()
