"""`nithet instruments import FILE.xlsx --office NAME`: take a form over and publish it to the office's supervisors."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import translation

from nithet.console.command import (
    NithetCommand,
    inside,
    must_be_set_up,
    office_named,
    print_json,
    read_file,
)
from nithet.console.words import say
from nithet.domain.instruments.actions.forms import Medium, bring_form
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.queries.telling import said
from nithet.domain.instruments.rules.definition import asked
from nithet.foundation.access.actors import system_actor


class Command(NithetCommand):
    """Import of instruments."""

    summary = "Take a form (XLSForm) over: instruments import FILE.xlsx --office NAME"
    writes = True

    def arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, with which files, for which office."""
        ways = parser.add_subparsers(dest="way", required=True)
        into = ways.add_parser("import", help="take a form over and publish it")
        into.add_argument("file")
        into.add_argument("--office", required=True)
        into.add_argument(
            "--draft", action="store_true", help="keep it as a draft; publish nothing"
        )
        into.add_argument(
            "--media",
            action="append",
            default=[],
            metavar="FILE",
            help="a file that the form names",
        )
        into.add_argument("--json", action="store_true", dest="as_json")

    def work(
        self, *, file: str, office: str, draft: bool, media: list[str], as_json: bool, **_: Any
    ) -> None:
        """Take the form over; print what it became."""
        must_be_set_up()
        found = office_named(office)
        data = read_file(file)
        beside = [Medium(Path(one).name, read_file(one)) for one in media]
        with inside(found):
            version = bring_form(
                actor=system_actor("console", found.pk),
                data=data,
                file_name=Path(file).name,
                media=beside,
                publish=not draft,
            )
            form_id = version.instrument.form_id
        with translation.override("th"):
            warnings = [said(one) for one in version.warnings]
        questions = len(asked(version.definition))
        if as_json:
            print_json(
                {
                    "form_id": form_id,
                    "version": version.version,
                    "questions": questions,
                    "warnings": warnings,
                }
            )
            return
        if version.state == InstrumentVersion.State.DRAFT:
            say(
                "The form %(form)s, version %(version)s, is kept as a draft with %(questions)s questions.",
                form=form_id,
                version=version.version,
                questions=questions,
            )
        else:
            say(
                "The form %(form)s, version %(version)s, is published with %(questions)s questions.",
                form=form_id,
                version=version.version,
                questions=questions,
            )
        for one in warnings:
            print(f"- {one}")
