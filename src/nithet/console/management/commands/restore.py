"""`nithet restore DIR`: bring a backup back into an empty installation, verified by hash."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from nithet.console.backup import restore_backup, verified
from nithet.console.command import NithetCommand
from nithet.console.words import say
from nithet.foundation.audit.chain import check_chain
from nithet.foundation.database.data_folder import writer_lock
from nithet.foundation.tenancy.queries import offices
from nithet.kernel.errors import RuleBroken


class Command(NithetCommand):
    """Restore."""

    summary = "Restore a backup into an empty data folder; every file is verified first."
    uses_database = False

    def arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("folder")
        parser.add_argument("--verify-only", action="store_true", help="only say whether the backup is whole")

    def work(self, *, folder: str, verify_only: bool, **_: Any) -> None:
        """Verify, restore, bring to this version, check the chains of the history."""
        source = Path(folder).resolve()
        if verify_only:
            say("The backup is whole: %(count)s files.", count=len(verified(source)["files"]))
            return
        verified(source)
        with writer_lock(settings.NITHET_DATA, doing="restore"):
            manifest = restore_backup(source, Path(settings.NITHET_DATA))
            call_command("migrate", verbosity=0, interactive=False)
            chains: list[tuple[int | None, str]] = [(None, "nithet"), *((o.pk, str(o)) for o in offices())]
            for office_id, name in chains:
                for fault in check_chain(office_id):
                    raise RuleBroken(
                        "restore.chain",
                        "The history of %(office)s does not hold at place %(index)s (%(kind)s).",
                        office=name,
                        index=fault.index,
                        kind=fault.kind,
                    )
        say("Restored the backup of %(when)s: %(count)s files.", when=manifest["made_at"], count=len(manifest["files"]))
