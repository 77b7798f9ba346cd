"""`nithet devices` and `nithet submissions` as other programs call them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from nithet.domain.instruments.rules.collect import settings_in
from tests.console.test_commands import environment_of, run

pytestmark = [pytest.mark.both_databases, pytest.mark.xdist_group("console")]

SET_UP = """
import django

django.setup()
from django.core.management import call_command

call_command("migrate", verbosity=0)
from nithet.domain.directory.people import found_office
from nithet.foundation.access.actors import system_actor
from nithet.foundation.access.models import Posting
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.scope import scope

office = found_office(actor=system_actor("test"), name="สำนักงานเขตพื้นที่การศึกษาทดสอบ", short_name="สพป.ทดสอบ")
user = User.objects.create_user("supervisor", "a-long-enough-password", display_name="ศึกษานิเทศก์", email="s@example.org")
Posting.objects.create(user=user, role="supervisor", unit=office)
from tests.domain.instruments.submissions.factories import make_version

with scope(office.pk):
    make_version(office)
"""
SEND = """
import sys

import django

django.setup()
from django.test import Client
from tests.domain.instruments.submissions.factories import PNG, body
from tests.field.openrosa.conftest import BOUNDARY, multipart

path = sys.argv[1]
kind = f"multipart/form-data; boundary={BOUNDARY}"
sent = {
    "uuid:1": (body("uuid:1", found="=1+1", photo="a.png"), {"a.png": PNG, "b.html": b"<script>"}),
    "uuid:2": (body("uuid:2", more="<agreement><text>ก</text></agreement><agreement><text>ข</text></agreement>"), {"a.png": PNG + b" "}),
}
for xml, files in sent.values():
    print(Client().generic("POST", f"{path}/submission", multipart(xml, files, {}), kind, HTTP_HOST="127.0.0.1").status_code)
print(Client().get(f"{path}/formList", HTTP_HOST="127.0.0.1").status_code)
"""
OFFICE = "สพป.ทดสอบ"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    environment = environment_of(tmp_path_factory.mktemp("devices") / "data")
    Path(environment["NITHET_DATA"]).mkdir(parents=True)
    script(environment, SET_UP)
    yield environment


def script(environment: dict[str, str], code: str, *arguments: str) -> list[str]:
    known = {**environment, "DJANGO_SETTINGS_MODULE": "nithet.config.settings"}
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=known,
        cwd=root,
        check=True,
        timeout=120,
        capture_output=True,
        text=True,
    )
    return done.stdout.split()


def test_a_device_sends_its_forms_go_out_and_it_is_revoked(
    installed: dict[str, str], tmp_path: Path
) -> None:
    done = run(installed, "devices", "add", "--office", OFFICE, "--user", "S@example.org", "--json")
    assert done.returncode == 0, done.stderr
    device = json.loads(done.stdout)
    assert set(device) == {"id", "server_url", "qr"}
    assert settings_in(device["qr"])["general"]["server_url"] == device["server_url"]
    path = urlsplit(device["server_url"]).path
    assert script(installed, SEND, path) == ["201", "201", "200"]

    out, media = tmp_path / "out.csv", tmp_path / "media"
    done = run(
        installed,
        "submissions",
        "export",
        "--office",
        OFFICE,
        "--form",
        "visit",
        "--csv",
        str(out),
        "--media",
        str(media),
        "--json",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"] == 2
    rows = list(csv.DictReader(out.open(encoding="utf-8", newline="")))
    assert [row["instanceID"] for row in rows] == ["uuid:1", "uuid:2"]
    assert (rows[0]["found"], rows[0]["photo"]) == ("'=1+1", "a.png")
    assert rows[1]["agreement/text"] == "ก | ข"
    assert "agreement/owner" not in rows[0]
    assert sorted(file.name for file in media.iterdir()) == ["2-a.png", "a.png"]

    assert run(installed, "devices", "revoke", str(device["id"])).returncode == 0
    assert script(installed, SEND, path) == [
        "201",
        "201",
        "401",
    ]  # what it still held waits, forms it gets no more


@pytest.mark.parametrize(
    "command",
    [
        ("devices", "add", "--office", OFFICE, "--user", "nobody@example.org"),
        ("devices", "add", "--office", "ไม่มี", "--user", "supervisor"),
        ("devices", "revoke", "999"),
        ("devices", "revoke", "x"),
        ("submissions", "export", "--office", OFFICE, "--form", "nothing", "--csv", "out.csv"),
    ],
)
def test_what_is_not_there_is_said_and_ends_with_two(
    installed: dict[str, str], tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = run(
        installed, *[str(tmp_path / part) if part.endswith(".csv") else part for part in command]
    )
    assert done.returncode == 2
    assert done.stderr.strip() and "Traceback" not in done.stderr
    assert not (tmp_path / "out.csv").exists()
