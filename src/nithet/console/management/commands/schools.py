"""`nithet schools import FILE --office NAME` and `nithet schools export --office NAME --csv FILE`."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from nithet.console.command import (
    NithetCommand,
    inside,
    must_be_set_up,
    office_named,
    print_json,
    read_file,
)
from nithet.console.papers import write_whole
from nithet.console.words import say
from nithet.domain.directory.actions.importing import ListHasFaults, import_schools
from nithet.domain.directory.queries.importing import ListPlan, plan_schools, remembered_matches
from nithet.domain.directory.queries.listing import list_columns, list_rows, without_code
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.directory.rules.list_columns import is_heading
from nithet.domain.directory.rules.school_lists import guessed_matches, read_schools
from nithet.foundation.access.actors import system_actor
from nithet.foundation.documents.sheets import write_csv, write_xlsx
from nithet.foundation.documents.tables import Table, read_table
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken


class Command(NithetCommand):
    """Import and export of schools."""

    summary = "Take a list of schools (XLSX or CSV) over, or write it out."
    writes = True

    def run_from_console(self, program: str, arguments: list[str]) -> None:
        """A list that goes out, and a dry run, only read: they work beside a running server."""
        self.writes = "export" not in arguments[:1] and "--dry-run" not in arguments
        super().run_from_console(program, arguments)

    def arguments(self, parser: ArgumentParser) -> None:
        """Take what to do and with which file."""
        ways = parser.add_subparsers(dest="way", required=True)
        into = ways.add_parser("import", help="take a list over: all of it or nothing")
        into.add_argument("file")
        into.add_argument("--office", required=True)
        into.add_argument("--dry-run", action="store_true", help="say what would be done; write nothing")
        into.add_argument("--example", action="store_true", help="mark new schools as example data")
        into.add_argument("--json", action="store_true", dest="as_json")
        out = ways.add_parser("export", help="write a list that import takes back")
        out.add_argument("--office", required=True)
        out.add_argument("--csv", type=Path)
        out.add_argument("--xlsx", type=Path)

    def work(self, *, way: str, **options: Any) -> None:
        """Import or export."""
        if way == "import":
            _import(**options)
        else:
            _export(**options)


def _import(*, file: str, office: str, dry_run: bool, example: bool, as_json: bool, **_: Any) -> None:
    try:
        table = read_table(read_file(file), Path(file).name, is_known=is_heading)
        must_be_set_up()
        unit = office_named(office)
    except BadInput as problem:
        if as_json:
            print_json({**_said(None), "error": _thai(problem)})
        raise
    with inside(unit):
        plan, refused = _plan(table, unit, Path(file).name, dry_run=dry_run, example=example)
    if as_json:
        print_json(_said(plan))
    else:
        _tell(plan)
    if refused:
        raise refused


def _plan(
    table: Table, office: Unit, name: str, *, dry_run: bool, example: bool
) -> tuple[ListPlan, ListHasFaults | None]:
    """Return what was or would be done, and the refusal where the list has faults."""
    reading = read_schools(table, guessed_matches(table.headers, remembered_matches()))
    if dry_run:
        plan = plan_schools(reading, clock.today())
        return plan, ListHasFaults(plan) if plan.faults else None
    try:
        actor = system_actor("console", office.pk)
        return import_schools(actor=actor, reading=reading, source=name, is_example=example), None
    except ListHasFaults as refused:
        return refused.plan, refused


def _said(plan: ListPlan | None) -> dict[str, object]:
    if plan is None:
        return {"rows": 0, "created": 0, "updated": 0, "unchanged": 0, "errors": [], "unmapped": []}
    return {
        "rows": plan.rows,
        "created": len(plan.created),
        "updated": len(plan.updated),
        "unchanged": plan.unchanged,
        "errors": [
            {"row": fault.row, "column": fault.column, "message": _thai(fault.problem)} for fault in plan.faults
        ],
        "unmapped": plan.unmapped,
    }


def _thai(problem: RuleBroken) -> str:
    with translation.override("th"):
        params: Mapping[str, object] = problem.params
        return gettext(problem.message) % params if params else gettext(problem.message)


def _tell(plan: ListPlan) -> None:
    say(
        "Rows: %(rows)s. New: %(created)s, changed: %(updated)s, unchanged: %(unchanged)s.",
        rows=plan.rows,
        created=len(plan.created),
        updated=len(plan.updated),
        unchanged=plan.unchanged,
    )
    for fault in plan.faults:
        print(f"{fault.row}\t{fault.column}\t{_thai(fault.problem)}")
    if plan.unmapped:
        say("Columns that were passed over: %(names)s.", names=", ".join(plan.unmapped))


def _export(*, office: str, csv: Path | None, xlsx: Path | None, **_: Any) -> None:
    if csv is None and xlsx is None:
        raise BadInput("schools.where", "Say where the list shall go: --csv FILE or --xlsx FILE.", field="csv")
    unit = office_named(office)
    with inside(unit):
        schools = list_schools(system_actor("console", unit.pk))
        rows, left_out = list_rows(schools), without_code(schools)
    columns = list_columns()
    if csv:
        write_whole(csv, b"".join(write_csv(columns=columns, rows=rows)))
    if xlsx:
        write_whole(xlsx, write_xlsx(title=str(unit), columns=columns, rows=rows))
    say("Schools written: %(count)s.", count=len(rows))
    if left_out:
        say("Left out, because they have no code: %(count)s.", count=left_out)
