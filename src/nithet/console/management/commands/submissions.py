"""`nithet submissions export --office NAME --form FORM_ID --csv FILE [--media DIR]`: what devices sent, for other programs."""

import shutil
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nithet.console.command import NithetCommand, inside, office_named, print_json
from nithet.console.words import say
from nithet.domain.instruments.actions.handing_over import finding_of
from nithet.domain.instruments.exporting import columns_of, csv_of, exported, media_of
from nithet.domain.instruments.files import NAMESPACE
from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.queries.submissions import withheld_files
from nithet.foundation.access.actors import Actor, system_actor
from nithet.foundation.files.store import open_blob


class Command(NithetCommand):
    """Export of submissions."""

    summary = "Write the filled-in forms of an office as CSV, one row each, and their files into a folder."

    def arguments(self, parser: ArgumentParser) -> None:
        """Take the office, the form and where to write."""
        ways = parser.add_subparsers(dest="way", required=True)
        out = ways.add_parser("export", help="write the filled-in forms of a code")
        out.add_argument("--office", required=True)
        out.add_argument("--form", required=True, help="code of the form (form_id)")
        out.add_argument("--csv", required=True, type=Path, dest="csv_file")
        out.add_argument("--media", type=Path, help="folder for photos and other files")
        out.add_argument(
            "--all",
            action="store_true",
            dest="every_one",
            help="also those that wait, were set aside or changed",
        )
        out.add_argument("--json", action="store_true", dest="as_json")

    def work(
        self,
        *,
        office: str,
        form: str,
        csv_file: Path,
        media: Path | None,
        every_one: bool,
        as_json: bool,
        **_: Any,
    ) -> None:
        """Write the file, whole or not at all, then the media."""
        unit = office_named(office)
        with inside(unit):
            actor = system_actor("submissions.export", unit.pk)
            rows = _write(csv_file, actor, form, every_one=every_one)
            written = _write_media(media, actor, form, every_one=every_one) if media else _Written()
        if as_json:
            print_json(
                {
                    "form": form,
                    "rows": rows,
                    "files": written.files,
                    "files_not_shown": written.unchecked,
                    "files_private": written.private,
                    "csv": str(csv_file),
                }
            )
            return
        say(
            "%(rows)s filled-in forms were written into %(file)s, with %(files)s files.",
            rows=rows,
            file=csv_file,
            files=written.files,
        )
        if written.unchecked:
            say(
                "%(count)s files were not written, because they did not pass the check of their content.",
                count=written.unchecked,
            )
        if written.private:
            say(
                "%(count)s files were not written, because they answer questions that name a person.",
                count=written.private,
            )


@dataclass
class _Written:
    """How many files were written, and how many were left: unfit by their content, or answers to private questions."""

    files: int = 0
    unchecked: int = 0
    private: int = 0


def _write(path: Path, actor: Actor, form: str, *, every_one: bool) -> int:
    pieces = csv_of(actor, form, every_one=every_one)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return exported(actor, form, every_one=every_one).count()


def _write_media(folder: Path, actor: Actor, form: str, *, every_one: bool) -> _Written:
    """Write each file under the name that the answers give it; where two forms use one name, the later bears its number too.

    Files go where the words go: what answers a private question is written no more than its column in the CSV is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken: dict[str, str] = {}
    told = _Written()
    has_private = any(one.is_private for one in columns_of(form))
    withheld: tuple[int, frozenset[str] | None] = (0, frozenset())
    for one in media_of(exported(actor, form, every_one=every_one)):
        if has_private:
            if withheld[0] != one.submission_id:
                of = Submission.objects.select_related("version").get(pk=one.submission_id)
                withheld = (one.submission_id, withheld_files(actor, of))
            if withheld[1] is None or one.name in withheld[1]:
                told.private += 1
                continue
        if not _may_leave(one):
            told.unchecked += 1
            continue
        name = (
            one.name
            if taken.get(one.name, one.sha256) == one.sha256
            else f"{one.submission_id}-{one.name}"
        )
        taken.setdefault(name, one.sha256)
        with open_blob(NAMESPACE, one.sha256) as source, (folder / name).open("wb") as target:
            shutil.copyfileobj(source, target)
    told.files = len(taken)
    return told


def _may_leave(one: SubmissionAttachment) -> bool:
    """Say whether a file passed the check; one that waits for it is looked at now, and nothing is written down."""
    if one.state != SubmissionAttachment.State.UNCHECKED:
        return one.state == SubmissionAttachment.State.GOOD
    return finding_of(one)["state"] == SubmissionAttachment.State.GOOD
