"""`nithet office new` begins an office; `office export --office NAME --out FILE` and `office open FILE` move a whole one."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from nithet.console.command import NithetCommand, office_named, print_json
from nithet.console.installation import set_up
from nithet.console.words import say
from nithet.domain.directory.invitations import give_access_anew, invite_person
from nithet.domain.directory.people import found_office
from nithet.domain.supervision.actions.standard_forms import ensure_standard_forms
from nithet.foundation.access.actors import system_actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User
from nithet.foundation.database.data_folder import writer_lock
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.queries import find_office, public_address
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.transfer.actions import open_office
from nithet.foundation.transfer.exporting import Written
from nithet.foundation.transfer.jobs import write_file
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.text import collapse

GOOD_FOR = timedelta(days=14)
"""How long the administrators' ways in are good."""


class Command(NithetCommand):
    """Export and opening of a whole office."""

    summary = "Begin an office, write a whole one into one file, or open such a file in this installation."

    def run_from_console(self, program: str, arguments: list[str]) -> None:
        """An export only reads, so it works beside a running server; the others set the installation up first."""
        self.uses_database = not {"open", "new"} & set(arguments[:1])
        super().run_from_console(program, arguments)

    def arguments(self, parser: ArgumentParser) -> None:
        """Take what to do and with which file."""
        ways = parser.add_subparsers(dest="way", required=True)
        new = ways.add_parser("new", help="begin an office, and print the link by which its administrator comes in")
        new.add_argument("--name", required=True, help="the full name, as papers write it")
        new.add_argument("--short-name", default="", help="as lists write it; the full name where it is left out")
        new.add_argument("--administrator", required=True, help="who looks after the system, by position")
        new.add_argument("--json", action="store_true", dest="as_json")
        out = ways.add_parser("export", help="write everything of an office into one file")
        out.add_argument("--office", required=True)
        out.add_argument("--out", required=True, type=Path)
        out.add_argument("--json", action="store_true", dest="as_json")
        into = ways.add_parser("open", help="open the file of an office here: all of it or nothing")
        into.add_argument("file", type=Path)
        into.add_argument("--json", action="store_true", dest="as_json")

    def work(self, *, way: str, **options: Any) -> None:
        """Begin, export or open."""
        if way == "new":
            _begin(**options)
        elif way == "export":
            _export(**options)
        else:
            _open(**options)


def _begin(*, name: str, short_name: str, administrator: str, as_json: bool, **_: Any) -> None:
    full, title = collapse(name), collapse(administrator)
    if not full or not title:
        raise BadInput("office.words", "Give the name of the office and who looks after the system.", field="name")
    set_up(doing="office")
    with writer_lock(settings.NITHET_DATA, doing="office"):
        if find_office(full) is not None:
            raise RuleBroken("office.there", "An office of this name is here already: %(name)s", field="name", name=full)
        with scope(None):
            unit = found_office(actor=system_actor("office.new"), name=full, short_name=collapse(short_name) or full)
        with scope(unit.pk):
            ensure_standard_forms(actor=system_actor("office.new", unit.pk))
            _invitation, token = invite_person(
                actor=system_actor("office.new", unit.pk),
                unit=unit,
                role=Role.ADMINISTRATOR,
                title=title,
                display_name=title,
                expires_on=clock.today() + GOOD_FOR,
            )
    link = f"{public_address(unit.pk)}/join/{token}/"
    if as_json:
        print_json({"office": unit.name, "administrator": title, "link": link})
        return
    say("%(office)s has begun. Its administrator comes in by this link, good once and for %(days)s days:", office=unit.name, days=GOOD_FOR.days)
    print(f"  {title}\t{link}")


def _export(*, office: str, out: Path, as_json: bool, **_: Any) -> None:
    unit = office_named(office)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    try:
        written = write_file(unit.pk, part)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    size = out.stat().st_size
    if as_json:
        print_json(
            {
                "office": unit.name,
                "file": str(out),
                "digest": written.digest,
                "size": size,
                "rows": sum(written.rows.values()),
                "files": written.files,
                "missing": list(written.missing),
            }
        )
        return
    _tell_written(unit, written, out, size)


def _tell_written(unit: Unit, written: Written, out: Path, size: int) -> None:
    say(
        "%(office)s was written into %(file)s: %(rows)s records, %(files)s files, %(size)s KB.",
        office=unit.name,
        file=out,
        rows=sum(written.rows.values()),
        files=written.files,
        size=size // 1024,
    )
    say(
        "The file holds everything of the office, people's names too. Carry it as you would carry the office's own papers."
    )
    for name in written.missing:
        say("A file is not in the store and stayed behind: %(name)s", name=name)


def _open(*, file: Path, as_json: bool, **_: Any) -> None:
    if not file.is_file():
        raise BadInput("file.missing", "There is no file %(path)s.", field="file", path=file)
    set_up(doing="office")
    with writer_lock(settings.NITHET_DATA, doing="office"):
        opened = open_office(file)
        unit = Unit.objects.get(pk=opened.office_id)
        ways_in = _ways_in(unit)
    if as_json:
        print_json(
            {
                "office": unit.name,
                "rows": sum(opened.rows.values()),
                "files": opened.files,
                "missing": list(opened.missing),
                "renamed": [
                    {"was": one.was, "now": one.now, "name": one.name} for one in opened.renamed
                ],
                "ways_in": [
                    {"name": name, "username": user, "link": link} for name, user, link in ways_in
                ],
            }
        )
        return
    say(
        "%(office)s was opened: %(rows)s records, %(files)s files.",
        office=unit.name,
        rows=sum(opened.rows.values()),
        files=opened.files,
    )
    for one in opened.renamed:
        say(
            "The user name %(was)s was taken here; %(name)s has %(now)s now.",
            was=one.was,
            now=one.now,
            name=one.name,
        )
    for name in opened.missing:
        say("A file was missing already where the office comes from: %(name)s", name=name)
    say(
        "Passwords do not travel. The administrators come in by these links, good for %(days)s days, and invite the others:",
        days=GOOD_FOR.days,
    )
    for name, username, link in ways_in:
        print(f"  {name} ({username})\t{link}")


def _ways_in(unit: Unit) -> list[tuple[str, str, str]]:
    """Give the administrators of the office a new way in; return (name shown, user name, link)."""
    today = clock.today()
    held = Posting.objects.on(today).filter(role=Role.ADMINISTRATOR, unit=unit, limited_to="")
    people = User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("username")
    found = []
    with scope(unit.pk):
        actor = system_actor("office.open", unit.pk)
        for user in people:
            _, token = give_access_anew(actor=actor, user=user, expires_on=today + GOOD_FOR)
            found.append((str(user), user.username, f"{public_address(unit.pk)}/join/{token}/"))
    return found
