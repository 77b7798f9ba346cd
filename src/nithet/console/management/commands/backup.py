"""`nithet backup DIR`: everything of this installation in a folder, with digests. Runs beside a server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from nithet.console.backup import write_backup
from nithet.console.command import NithetCommand
from nithet.console.words import say


class Command(NithetCommand):
    """Back up."""

    summary = "Write the database at this moment and all files into an empty folder."

    def arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("folder")

    def work(self, *, folder: str, **_: Any) -> None:
        """Write and say what was written."""
        manifest = write_backup(Path(settings.NITHET_DATA), Path(folder).resolve())
        size = sum(one["size"] for one in manifest["files"]) // 1024
        say(
            "Backed up %(count)s files (%(size)s KB) into %(folder)s. Keep it on another disk.",
            count=len(manifest["files"]),
            size=size,
            folder=folder,
        )
