"""`nithet read-return FILE [--json]`: what an old return holds. Writes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from nithet.console.command import NithetCommand, print_json, read_file
from nithet.console.reports import describe_reading
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.summary import to_json


class Command(NithetCommand):
    """Read a return."""

    summary = "Read an old return (text or DOCX) and print what it holds."
    uses_database = False

    def arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the form of the answer."""
        parser.add_argument("file")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def work(self, *, file: str, as_json: bool, **_: Any) -> None:
        """Read and print."""
        found = to_json(read_return(read_file(file), Path(file).name))
        if as_json:
            print_json(found)
        else:
            describe_reading(found)
