"""`nithet schools` as other programs call it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.console.test_commands import environment_of, run

pytestmark = [pytest.mark.both_databases, pytest.mark.xdist_group("console")]

HEAD = [
    "รหัสโรงเรียน",
    "ชื่อโรงเรียน",
    "อำเภอ",
    "ตำบล",
    "กลุ่มเครือข่าย",
    "จำนวนนักเรียน",
    "ณ วันที่",
    "ละติจูด",
    "ลองจิจูด",
    "หมายเหตุ",
]
ROWS = [
    [
        "๗๖๐๑๐๐๐๑",
        "โรงเรียนวัดตัวอย่าง ๒",
        "เมือง",
        "ต้นมะม่วง",
        "เครือข่ายทดสอบ",
        "๘๕",
        "๑๐ มิ.ย. ๒๕๕๕",
        13.1,
        99.95,
        "ก",
    ],
    ["01234567", "บ้านตัวอย่าง", "เมือง", None, "เครือข่ายทดสอบ", 0, "2012-06-10", None, None, None],
]
NOTHING = {"created": 0, "updated": 0, "unchanged": 0}


SET_UP = """
import django

django.setup()
from django.core.management import call_command

call_command("migrate", verbosity=0)
from nithet.domain.directory.people import found_office
from nithet.foundation.access.actors import system_actor

found_office(actor=system_actor("test"), name="สำนักงานเขตพื้นที่การศึกษาทดสอบ", short_name="สพป.ทดสอบ")
"""
OFFICE = "สพป.ทดสอบ"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    environment = environment_of(tmp_path_factory.mktemp("schools") / "data")
    Path(environment["NITHET_DATA"]).mkdir(parents=True)
    known = {**environment, "DJANGO_SETTINGS_MODULE": "nithet.config.settings"}
    subprocess.run([sys.executable, "-c", SET_UP], env=known, check=True, timeout=120)
    yield environment


def workbook(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *rows):
        sheet.append(row)
    book.save(path)
    return path


def take_over(
    environment: dict[str, str], file: Path, *more: str, office: str = OFFICE
) -> tuple[int, dict[str, object]]:
    done = run(environment, "schools", "import", str(file), "--office", office, "--json", *more)
    return done.returncode, json.loads(done.stdout)


def counts(said: dict[str, object]) -> dict[str, object]:
    return {key: said[key] for key in NOTHING}


def test_a_list_is_taken_over_once_and_goes_out_as_it_came(
    installed: dict[str, str], tmp_path: Path
) -> None:
    file = workbook(tmp_path / "schools.xlsx", *ROWS)
    new = {"created": 2, "updated": 0, "unchanged": 0}
    code, said = take_over(installed, file, "--dry-run")
    assert (code, counts(said)) == (0, new)
    code, said = take_over(installed, file)
    assert code == 0
    assert said == {"rows": 2, **new, "errors": [], "unmapped": ["หมายเหตุ"]}
    again = take_over(installed, file)
    assert again[0] == 0
    assert counts(again[1]) == {"created": 0, "updated": 0, "unchanged": 2}
    out = tmp_path / "out.csv"
    assert (
        run(installed, "schools", "export", "--office", OFFICE, "--csv", str(out)).returncode == 0
    )
    assert "โรงเรียนวัดตัวอย่าง ๒" in out.read_text("utf-8-sig")
    code, said = take_over(installed, out)
    assert (code, said["created"], said["updated"], said["errors"], said["unmapped"]) == (
        0,
        0,
        0,
        [],
        [],
    )
    assert said["unchanged"] == said["rows"]


def test_a_fault_writes_nothing_and_is_named_in_thai(
    installed: dict[str, str], tmp_path: Path
) -> None:
    good = ["76010077", "โรงเรียนใหม่", *[None] * 8]
    doubled = ["76010077", "โรงเรียนซ้ำ", *[None] * 8]
    wrong = ["76010078", "โรงเรียนผิด", None, None, None, "แปดสิบ", "31/2/2555", 95, None, None]
    code, said = take_over(installed, workbook(tmp_path / "bad.xlsx", good, doubled, wrong))
    assert code == 1
    assert (said["rows"], counts(said)) == (3, NOTHING)
    errors = said["errors"]
    assert isinstance(errors, list)
    assert {(e["row"], e["column"]) for e in errors} == {
        (3, "รหัสโรงเรียน"),
        (4, "ละติจูด"),
        (4, "จำนวนนักเรียน"),
        (4, "ณ วันที่"),
    }
    assert all(any("ก" <= letter <= "๛" for letter in e["message"]) for e in errors)
    out = tmp_path / "out.csv"
    run(installed, "schools", "export", "--office", OFFICE, "--csv", str(out))
    assert "76010077" not in out.read_text("utf-8-sig")


def test_an_unknown_office_or_an_unreadable_file_is_bad_input(
    installed: dict[str, str], tmp_path: Path
) -> None:
    file = workbook(tmp_path / "schools.xlsx", *ROWS)
    code, said = take_over(installed, file, office="ไม่มีเขตนี้")
    assert (code, "ไม่มีเขตนี้" in str(said["error"])) == (2, True)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    code, said = take_over(installed, broken)
    assert (code, counts(said), bool(said["error"])) == (2, NOTHING, True)
    assert run(installed, "schools", "export", "--office", OFFICE).returncode == 2
    assert run(installed, "schools").returncode == 2
