"""What all commands share: the data folder, the lock of a writing command, and the scope of an office."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nithet.foundation.database.data_folder import reading_only, writer_lock
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.queries import find_office, offices
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import BadInput, RuleBroken

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE


class NithetCommand(BaseCommand):
    """A command of the product. Subclasses fill `arguments` and `work`, and say whether they write."""

    requires_system_checks: tuple[str, ...] = ()
    output_transaction = False
    writes = False
    uses_database = True
    summary = ""

    def run_from_console(self, program: str, arguments: list[str]) -> None:
        """Parse arguments and work under the right lock; what is wrong is raised, never printed here."""
        parser = ArgumentParser(prog=program, description=self.summary)
        self.arguments(parser)
        options = vars(parser.parse_args(arguments))
        with self._guarded():
            self.work(**options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse to be run past the console, which holds the locks."""
        raise BadInput("console", "Run this command as: nithet %(name)s", name=self.__module__.rsplit(".", 1)[-1])

    def arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""

    def work(self, *args: Any, **options: Any) -> None:
        """Do the work."""
        raise NotImplementedError

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        if not self.uses_database:
            yield
            return
        if not self.writes:
            _must_be_set_up()
            with reading_only():
                yield
            return
        with writer_lock(settings.NITHET_DATA, doing=self.__module__.rsplit(".", 1)[-1]):
            yield


def _must_be_set_up() -> None:
    """Refuse to read a database that is not there or is of another version."""
    missing = RuleBroken(
        "not_set_up",
        "The data folder %(folder)s holds no installation yet, or one of another version. Run: nithet serve (or nithet demo).",
        folder=settings.NITHET_DATA,
    )
    name = settings.DATABASES["default"]["NAME"]
    if connection.vendor == "sqlite" and not Path(str(name)).is_file():
        raise missing
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise missing


def must_be_set_up() -> None:
    """Refuse to work on an installation that is not set up (for commands that write)."""
    _must_be_set_up()


def office_named(name: str) -> Unit:
    """Find an office by name or code; the error lists the offices that there are."""
    if (office := find_office(name)) is None:
        names = ", ".join(str(known) for known in offices()[:10]) or "–"
        raise BadInput(
            "office.unknown",
            "There is no office “%(name)s” here. Offices of this installation: %(names)s",
            field="office",
            name=name,
            names=names,
        )
    return office


@contextmanager
def inside(office: Unit) -> Iterator[None]:
    """Open the scope of an office for a command."""
    with scope(office.pk):
        yield


def read_file(path: str) -> bytes:
    """Read a file given on the command line; a folder, a missing or an oversized file is bad input."""
    file = Path(path)
    if not file.is_file():
        raise BadInput("file.missing", "There is no file %(path)s.", field="file", path=path)
    if file.stat().st_size > LARGEST_FILE:
        raise BadInput(
            "file.too_large",
            "The file %(path)s is larger than %(limit)s MB. A return is far smaller; please choose the right file.",
            field="file",
            path=path,
            limit=LARGEST_FILE // MEGABYTE,
        )
    return file.read_bytes()


def print_json(value: object) -> None:
    """Print a value for other programs: UTF-8, indented, Thai as it is."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
