"""`nithet import-return FILE --office NAME --year 2555`: take an old return over as records."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from nithet.console.command import (
    NithetCommand,
    inside,
    must_be_set_up,
    office_named,
    print_json,
    read_file,
)
from nithet.console.reports import describe_import
from nithet.domain.frameworks.queries import get_edition
from nithet.domain.returns.actions.importing import confirm_import, propose_import
from nithet.domain.returns.queries import import_summary
from nithet.domain.returns.reader.reading import read_return
from nithet.foundation.access.actors import system_actor

DEFAULT_EDITION = "urn:nithet:edition:obec-return-2555:5.4"


class Command(NithetCommand):
    """Import a return."""

    summary = "Read an old return and take it over as records of an office."
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the office and the year."""
        parser.add_argument("file")
        parser.add_argument("--office", required=True)
        parser.add_argument("--year", type=int, required=True, help="fiscal year, พ.ศ.")
        parser.add_argument("--edition", default=DEFAULT_EDITION, help="URN of the edition that the return follows")
        parser.add_argument("--propose-only", action="store_true", help="leave the proposals for a person to confirm")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def work(
        self, *, file: str, office: str, year: int, edition: str, propose_only: bool, as_json: bool, **_: Any
    ) -> None:
        """Propose, and confirm in bulk unless asked not to."""
        data = read_file(file)
        read_return(data, Path(file).name)  # bad input is refused before anything is looked up or written
        must_be_set_up()
        unit = office_named(office)
        actor = system_actor("console", unit.pk)
        with inside(unit):
            kept = propose_import(actor=actor, data=data, file_name=Path(file).name, fiscal_year=year)
            if not propose_only:
                confirm_import(actor=actor, return_import=kept, edition=get_edition(edition))
            kept.refresh_from_db()
            summary = import_summary(kept)
        if as_json:
            print_json(summary)
        else:
            describe_import(summary)
