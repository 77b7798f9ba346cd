"""`nithet edition check FILE`: is an edition file good, and do its own cases hold."""

from argparse import ArgumentParser
from typing import Any

from nithet.console.command import NithetCommand, read_file
from nithet.console.words import both, say
from nithet.domain.frameworks.measures import known_measures
from nithet.domain.frameworks.rules.loading.edition import check_edition
from nithet.kernel.errors import BadInput, RuleBroken


class Command(NithetCommand):
    """Check an edition file."""

    summary = "Check an edition file, line by line, and run its own cases."
    uses_database = False

    def arguments(self, parser: ArgumentParser) -> None:
        """Take the verb and the file."""
        parser.add_argument("verb", choices=["check"])
        parser.add_argument("file")

    def work(self, *, verb: str, file: str, **_: Any) -> None:
        """Print every problem with its line; refuse where there is one."""
        try:
            text = read_file(file).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise BadInput("edition.encoding", "The file %(path)s is not UTF-8 text.", path=file) from error
        problems = check_edition(text, known_measures())
        for problem in problems:
            thai, english = both(problem.message, **dict(problem.params))
            print(f"{file}:{problem.line}:{problem.column}: {thai}\n    {english} [{problem.code}]")
        if problems:
            raise RuleBroken("edition.bad", "The edition has %(count)s problems.", count=len(problems))
        say("The edition is good and all of its cases hold.")
