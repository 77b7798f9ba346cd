"""`nithet demo`: the real return, read, rebuilt as records, judged, issued again, and served."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from nithet.console.command import NithetCommand, print_json
from nithet.console.demo.office import Demo, build_demo, build_examples
from nithet.console.demo.people import as_plain
from nithet.console.installation import set_up
from nithet.console.management.commands.serve import LOCAL, PORT
from nithet.console.papers import write_papers
from nithet.console.reports import describe_judgement, describe_reading
from nithet.console.server import refuse_taken_port, run_server
from nithet.console.words import say
from nithet.foundation.database.data_folder import writer_lock
from nithet.kernel.errors import RuleBroken


class Command(NithetCommand):
    """Show what the product does, on a real return."""

    summary = "Read the real return, rebuild the demo office, judge it, issue it again and serve. Safe to repeat."
    uses_database = False

    def arguments(self, parser: ArgumentParser) -> None:
        """Take what to do and where."""
        parser.add_argument("--no-serve", action="store_true", help="stop before serving")
        parser.add_argument("--out", help="folder for return-5.4.docx and return-5.4.pdf (default: in the data folder)")
        parser.add_argument(
            "--layer",
            choices=["document", "year"],
            default="year",
            help="document: the return alone; year (default): also the example year and the second example office",
        )
        parser.add_argument("--accounts", action="store_true", help="print how each role signs in, and stop")
        parser.add_argument("--json", action="store_true", dest="as_json", help="with --accounts: for programs")
        parser.add_argument("--port", type=int, default=PORT)

    def work(
        self, *, no_serve: bool, out: str | None, layer: str, accounts: bool, as_json: bool, port: int, **_: Any
    ) -> None:
        """Build, tell, serve."""
        serving = not (no_serve or accounts)
        if serving:
            refuse_taken_port(LOCAL, port)
        set_up(doing="demo")
        with writer_lock(settings.NITHET_DATA, doing="demo"):
            demo = build_demo()
            if accounts:
                _tell_accounts(demo, as_json=as_json)
                return
            folder = Path(out) if out else Path(settings.NITHET_DATA) / "demo"
            docx, pdf = folder / "return-5.4.docx", folder / "return-5.4.pdf"
            write_papers(demo.issued, docx, pdf)
            examples = build_examples() if layer == "year" else []
        _tell(demo, docx, pdf)
        for office in examples:
            say("Example office beside it: %(name)s", name=office.name)
        if not demo.reads_back:
            raise RuleBroken("demo.differs", "The rebuilt return does not read back as the original says.")
        if serving:
            say("Nithet answers at %(url)s (Ctrl-C stops it)", url=f"http://{LOCAL}:{port}/")
            run_server(LOCAL, port)


def _tell(demo: Demo, docx: Path, pdf: Path) -> None:
    describe_reading(demo.found)
    print()
    describe_judgement(demo.judgement, demo.tests)
    print()
    say("Issued as %(number)s.", number=demo.issued.number)
    say("Word: %(path)s", path=docx.resolve())
    say("PDF: %(path)s", path=pdf.resolve())
    if demo.reads_back:
        say("The Word file was read back: it says what the original says.")
    print()
    _tell_accounts(demo, as_json=False)


def _tell_accounts(demo: Demo, *, as_json: bool) -> None:
    if as_json:
        print_json(as_plain(demo.accounts))
        return
    say("How each role signs in (password for all of them on this machine: %(password)s)", password=demo.accounts[0].password)
    for account in demo.accounts:
        print(f"  {account.username:<24}{account.title}")
