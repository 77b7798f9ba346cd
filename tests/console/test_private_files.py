"""The console exports files as it exports words: what answers a private question stays in the product."""

import csv
import json
from pathlib import Path

import pytest

from nithet.console.management.commands.submissions import Command
from nithet.domain.instruments.actions.filing import SentFile
from nithet.domain.instruments.actions.submissions import receive_submission
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.instruments.submissions.factories import PNG, body, make_version

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("version_marked", ["1", "2"])
def test_files_of_questions_that_any_version_holds_private_are_not_written(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], version_marked: str
) -> None:
    with scope(cast.office.pk):
        versions = {number: make_version(cast.office, version=number) for number in ("1", "2")}
        marked = versions[version_marked]
        marked.definition = [one | {"private": one["path"] == "photo"} for one in marked.definition]
        marked.save(update_fields=["definition"])
        more = "<agreement><text>ก</text><picture>open.png</picture></agreement>"
        receive_submission(
            actor=cast.actor("supervisor"),
            device=None,
            body=body(photo="person.png", more=more),
            files=[SentFile("person.png", PNG), SentFile("open.png", PNG + b"\0")],
        )
    out, media = tmp_path / "out.csv", tmp_path / "media"
    with scope(None):
        Command().work(
            office=cast.office.name,
            form="visit",
            csv_file=out,
            media=media,
            every_one=False,
            as_json=True,
        )
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["files"], said["files_private"]) == (1, 1, 1)
    assert [one.name for one in media.iterdir()] == ["open.png"]
    assert "photo" not in next(csv.reader(out.open(encoding="utf-8-sig", newline="")))
