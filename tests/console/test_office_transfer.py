"""`nithet office export` and `nithet office open`, between two installations of their own."""

import json
from pathlib import Path

import pytest

from tests.console.test_commands import environment_of, run

pytestmark = [pytest.mark.both_databases, pytest.mark.xdist_group("console")]

OFFICE = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    environment = environment_of(tmp_path_factory.mktemp("here") / "data")
    done = run(environment, "demo", "--no-serve", "--out", str(tmp_path_factory.mktemp("papers")))
    assert done.returncode == 0, done.stderr
    return environment


def test_an_office_moves_to_an_empty_installation_and_its_history_holds(here: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "office.zip"
    out = run(here, "office", "export", "--office", OFFICE, "--out", str(file), "--json")
    assert out.returncode == 0, out.stderr
    said = json.loads(out.stdout)
    assert said["rows"] > 100 and said["size"] == file.stat().st_size and said["missing"] == []
    assert file.stat().st_mode & 0o077 == 0

    there = environment_of(tmp_path / "there")
    opened = run(there, "office", "open", str(file), "--json")
    assert opened.returncode == 0, opened.stderr
    result = json.loads(opened.stdout)
    assert result["office"] == OFFICE and result["renamed"] == []
    assert result["ways_in"] and all("/join/" in one["link"] for one in result["ways_in"])
    assert run(there, "check").returncode == 0

    again = run(there, "office", "open", str(file))
    assert again.returncode == 1 and OFFICE in again.stderr

    back = tmp_path / "back.zip"
    assert run(there, "office", "export", "--office", OFFICE, "--out", str(back)).returncode == 0
    damaged = bytearray(back.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    back.write_bytes(damaged)
    third = environment_of(tmp_path / "third")
    refused = run(third, "office", "open", str(back))
    assert refused.returncode == 1 and "ชำรุด" in refused.stderr
    none = run(third, "office", "export", "--office", OFFICE, "--out", str(tmp_path / "none.zip"))
    assert none.returncode == 2 and not (tmp_path / "none.zip").exists()


def test_what_is_no_file_of_an_office_is_bad_input(tmp_path: Path) -> None:
    environment = environment_of(tmp_path / "data")
    assert run(environment, "office", "open", str(tmp_path / "nowhere.zip")).returncode == 2
    words = tmp_path / "words.zip"
    words.write_bytes(b"only words")
    done = run(environment, "office", "open", str(words))
    assert done.returncode == 2 and "ไม่ใช่ไฟล์ข้อมูลทั้งสำนักงาน" in done.stderr
