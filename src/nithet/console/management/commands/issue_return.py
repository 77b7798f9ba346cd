"""`nithet issue-return --office NAME --year 2555 --edition URN --docx F --pdf F`: issue and keep a return."""

import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from nithet.console.command import NithetCommand, inside, must_be_set_up, office_named, print_json
from nithet.console.papers import write_papers
from nithet.console.words import say
from nithet.domain.assessments.queries.rounds import round_of
from nithet.domain.returns.actions.issuing import issue_return
from nithet.foundation.access.actors import system_actor
from nithet.kernel.errors import RuleBroken


class Command(NithetCommand):
    """Issue a return."""

    summary = "Number, freeze and keep a round's return, and write its DOCX and PDF."
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        """Take the round and the files to write."""
        parser.add_argument("--office", required=True)
        parser.add_argument("--year", type=int, required=True, help="fiscal year, พ.ศ.")
        parser.add_argument("--edition", required=True, help="URN of the edition")
        parser.add_argument("--months", type=int, choices=[6, 12], default=12)
        parser.add_argument("--docx", help="where to write the Word file")
        parser.add_argument("--pdf", help="where to write the PDF")
        parser.add_argument("--key", default="", help="a key of your own: the same key issues once")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def work(
        self,
        *,
        office: str,
        year: int,
        edition: str,
        months: int,
        docx: str | None,
        pdf: str | None,
        key: str,
        as_json: bool,
        **_: Any,
    ) -> None:
        """Issue, then copy the kept files."""
        must_be_set_up()
        unit = office_named(office)
        with inside(unit):
            reporting_round = round_of(edition, year, months)
            if reporting_round is None:
                raise RuleBroken(
                    "round.missing",
                    "%(office)s has no round of %(edition)s in fiscal year %(year)s.",
                    office=str(unit),
                    edition=edition,
                    year=year,
                )
            issued = issue_return(
                actor=system_actor("console", unit.pk), round=reporting_round, request_key=key or uuid.uuid4().hex
            )
            write_papers(issued, Path(docx) if docx else None, Path(pdf) if pdf else None)
        if as_json:
            print_json({"number": issued.number, "docx_sha256": issued.docx_sha256, "pdf_sha256": issued.pdf_sha256})
        else:
            say("Issued as %(number)s.", number=issued.number)
