"""`nithet judge --office NAME --year 2555 --edition URN [--json]`: the level, with reasons."""

from argparse import ArgumentParser
from typing import Any

from nithet.console.command import NithetCommand, inside, office_named, print_json
from nithet.console.reports import describe_judgement, tests_of
from nithet.domain.assessments.queries.rounds import round_of
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.frameworks.rules.contract import to_contract_json
from nithet.kernel.errors import RuleBroken


class Command(NithetCommand):
    """Judge a round."""

    summary = "Judge an office's round by its edition and say why."

    def arguments(self, parser: ArgumentParser) -> None:
        """Take office, year and edition."""
        parser.add_argument("--office", required=True)
        parser.add_argument("--year", type=int, required=True, help="fiscal year, พ.ศ.")
        parser.add_argument("--edition", required=True, help="URN of the edition")
        parser.add_argument("--months", type=int, choices=[6, 12], default=12)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def work(self, *, office: str, year: int, edition: str, months: int, as_json: bool, **_: Any) -> None:
        """Judge and print."""
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
            standing = standing_of(reporting_round)
            report = to_contract_json(standing.edition, standing.judgement, standing.facts)
        if as_json:
            print_json(report)
        else:
            describe_judgement(report, tests_of(standing.edition))
