"""`nithet check`: is this installation safe to run, and is its history whole."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection

from nithet.console.command import NithetCommand
from nithet.console.words import both, say
from nithet.foundation.audit.chain import ChainFault, check_chain
from nithet.foundation.audit.models import AuditHead
from nithet.foundation.database.safety import find_dangers, is_safe
from nithet.foundation.search.indexing import rebuild
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.queries import offices
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.transfer.carried import check_carried
from nithet.foundation.transfer.models import Opening
from nithet.kernel.errors import Busy


class Command(NithetCommand):
    """Check the installation."""

    summary = "Say whether this installation is safe to run: database, disk, settings, and whether its history is whole."
    uses_database = False

    def arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's arguments."""
        parser.add_argument("--reindex", action="store_true", help="make the search of every office anew")

    def run_from_console(self, program: str, arguments: list[str]) -> None:
        """Ask for the lock of a writing command where the search is made anew; a check alone runs beside the server."""
        self.writes = self.uses_database = "--reindex" in arguments
        super().run_from_console(program, arguments)

    def work(self, *, reindex: bool = False, **_: Any) -> None:
        """Print every finding; exit code 3 where something is not safe."""
        findings = find_dangers(connection, settings.NITHET_DATA)
        for finding in findings:
            thai, english = both(finding.message, **finding.params)
            print(f"[{finding.severity.value}] {thai}\n    {english}")
        faults = [one for one in run_checks(include_deployment_checks=settings.BEHIND_TLS) if one.is_serious()]
        for fault in faults:
            print(f"[error] {fault.msg} ({fault.id})")
        broken = self._broken_chains()
        if reindex:
            self._reindex()
        if not is_safe(findings) or faults or broken:
            raise Busy("unsafe", "This installation is not safe to run. Mend what is marked as error above.")
        say("This installation is safe to run.")

    def _broken_chains(self) -> int:
        """Walk every chain of the history and print where one does not hold; return how many do not."""
        if AuditHead._meta.db_table not in connection.introspection.table_names():
            return 0
        broken = 0
        for office in [None, *offices()]:
            fault = next(self._faults(office), None)
            if fault is not None:
                broken += 1
                name = str(office) if office else "installation"
                thai, english = both(
                    "The history of %(office)s does not hold at place %(place)s (%(kind)s). Restore a backup and compare.",
                    office=name,
                    place=fault.index,
                    kind=fault.kind,
                )
                print(f"[error] {thai}\n    {english}")
        return broken

    def _faults(self, office: Unit | None) -> Iterator[ChainFault]:
        """Yield what does not hold: of the chain here, and of the chains that an office that moved here had before."""
        yield from check_chain(office.pk if office else None)
        if office is not None and Opening._meta.db_table in connection.introspection.table_names():
            with scope(office.pk):
                yield from list(check_carried(office.pk))

    def _reindex(self) -> None:
        for office in offices():
            with scope(office.pk):
                written = rebuild()
            say("The search of %(office)s was made anew: %(count)s entries changed.", office=str(office), count=written)
