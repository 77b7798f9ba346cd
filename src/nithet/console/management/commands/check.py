"""`nithet check`: is this installation safe to run."""

from typing import Any

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection

from nithet.console.command import NithetCommand
from nithet.console.words import both, say
from nithet.foundation.database.safety import find_dangers, is_safe
from nithet.kernel.errors import Busy


class Command(NithetCommand):
    """Check the installation."""

    summary = "Say whether this installation is safe to run: database, disk, settings."
    uses_database = False

    def work(self, **_: Any) -> None:
        """Print every finding; exit code 3 where something is not safe."""
        findings = find_dangers(connection, settings.NITHET_DATA)
        for finding in findings:
            thai, english = both(finding.message, **finding.params)
            print(f"[{finding.severity.value}] {thai}\n    {english}")
        faults = [one for one in run_checks(include_deployment_checks=settings.BEHIND_TLS) if one.is_serious()]
        for fault in faults:
            print(f"[error] {fault.msg} ({fault.id})")
        if not is_safe(findings) or faults:
            raise Busy("unsafe", "This installation is not safe to run. Mend what is marked as error above.")
        say("This installation is safe to run.")
