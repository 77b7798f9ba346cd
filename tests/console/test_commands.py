"""The console as people and programs use it: a whole installation, its outputs, its exit codes."""

import io
import json
import os
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import psycopg
import pytest

NITHET = Path(sys.executable).parent / "nithet"
OFFICE, YEAR, EDITION = "สพป.เพชรบุรี เขต 1", "2555", "urn:nithet:edition:obec-return-2555:5.4"
SEED = files("nithet.domain.returns").joinpath("demo_data", "000_0bf55f414089a6b9.txt")

pytestmark = [pytest.mark.both_databases, pytest.mark.xdist_group("console")]


def run(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(NITHET), *arguments], env=dict(environment), capture_output=True, text=True, check=False, timeout=120
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def environment_of(folder: Path) -> dict[str, str]:
    """An installation of its own; on PostgreSQL a database of its own on the tests' server."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NITHET_")}
    kept["NITHET_DATA"] = str(folder)
    if (server := os.environ.get("NITHET_DATABASE_URL", "")).startswith("postgresql"):
        name = f"console_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        kept["NITHET_DATABASE_URL"] = f"{server.rsplit('/', 1)[0]}/{name}"
    return kept


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], Path, str]]:
    """The demo, built once: its environment, its folder of papers, and what it said."""
    environment = environment_of(tmp_path_factory.mktemp("demo") / "data")
    out = tmp_path_factory.mktemp("out")
    done = run(environment, "demo", "--no-serve", "--out", str(out))
    assert done.returncode == 0, done.stderr
    yield environment, out, done.stdout


def test_the_demo_says_what_it_found_and_leaves_both_papers(demo: tuple[dict[str, str], Path, str]) -> None:
    _, out, said = demo
    assert "13" in said
    assert "5.4/2555-1" in said
    assert zipfile.is_zipfile(out / "return-5.4.docx")
    assert (out / "return-5.4.pdf").read_bytes().startswith(b"%PDF-")


def test_a_repeated_demo_issues_nothing_new(demo: tuple[dict[str, str], Path, str]) -> None:
    environment, out, _ = demo
    before = (out / "return-5.4.pdf").read_bytes()
    done = run(environment, "demo", "--no-serve", "--out", str(out))
    assert done.returncode == 0
    assert "5.4/2555-2" not in done.stdout
    assert (out / "return-5.4.pdf").read_bytes() == before


def test_the_demo_says_how_each_role_signs_in(demo: tuple[dict[str, str], Path, str]) -> None:
    accounts = json.loads(run(demo[0], "demo", "--accounts", "--json").stdout)
    assert len(accounts) == 14
    assert {"role", "username", "password"} <= set(accounts[0])


def test_the_issued_paper_reads_back_to_the_same_summary_but_for_lines(
    demo: tuple[dict[str, str], Path, str], tmp_path: Path
) -> None:
    seed = tmp_path / "seed.txt"
    seed.write_bytes(SEED.read_bytes())

    def without_lines(path: Path) -> object:
        done = run(demo[0], "read-return", str(path), "--json")
        assert done.returncode == 0
        return strip(json.loads(done.stdout))

    assert without_lines(demo[1] / "return-5.4.docx") == without_lines(seed)


def strip(value: object) -> object:
    """Leave out what depends on how the words lie in the file."""
    if isinstance(value, dict):
        return {key: strip(part) for key, part in value.items() if key != "line"}
    return [strip(part) for part in value] if isinstance(value, list) else value


def test_the_judge_names_the_six_tests_that_the_file_lost(demo: tuple[dict[str, str], Path, str]) -> None:
    done = run(demo[0], "judge", "--office", OFFICE, "--year", YEAR, "--edition", EDITION, "--json")
    found = json.loads(done.stdout)
    assert (found["level"], found["reached"]) == (None, False)
    assert [one["item"] for one in found["unanswered"]] == ["4", "4", "4", "5", "5", "5"]
    assert found["possible"]
    assert len(found["to_next"]) == 6


def test_the_same_file_imported_again_changes_nothing(demo: tuple[dict[str, str], Path, str], tmp_path: Path) -> None:
    seed = tmp_path / "return.txt"
    seed.write_bytes(SEED.read_bytes())
    asked = ("import-return", str(seed), "--office", OFFICE, "--year", YEAR, "--json")
    first, second = (json.loads(run(demo[0], *asked).stdout) for _ in range(2))
    assert first == second
    assert first["open"] == 0


def test_issuing_by_key_issues_once(demo: tuple[dict[str, str], Path, str], tmp_path: Path) -> None:
    pdf = tmp_path / "x.pdf"
    asked = ("issue-return", "--office", OFFICE, "--year", YEAR, "--edition", EDITION, "--key", "mine", "--json")
    first = json.loads(run(demo[0], *asked, "--pdf", str(pdf)).stdout)
    second = json.loads(run(demo[0], *asked).stdout)
    assert first == second
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_a_backup_comes_back_whole_and_a_damaged_one_is_refused(
    demo: tuple[dict[str, str], Path, str], tmp_path: Path
) -> None:
    environment = demo[0]
    assert run(environment, "backup", str(tmp_path / "kept")).returncode == 0
    elsewhere = environment_of(tmp_path / "other")
    done = run(elsewhere, "restore", str(tmp_path / "kept"))
    assert done.returncode == 0, done.stderr
    asked = ("judge", "--office", OFFICE, "--year", YEAR, "--edition", EDITION, "--json")
    assert run(elsewhere, *asked).stdout == run(environment, *asked).stdout
    assert run(elsewhere, "restore", str(tmp_path / "kept")).returncode == 1
    victim = next(p for p in (tmp_path / "kept").rglob("*") if p.is_file() and p.name != "manifest.json" and p.stat().st_size > 100)
    data = bytearray(victim.read_bytes())
    data[50] ^= 1
    victim.chmod(0o600)
    victim.write_bytes(bytes(data))
    refused = run(environment_of(tmp_path / "third"), "restore", str(tmp_path / "kept"))
    assert refused.returncode == 1
    assert victim.name in refused.stderr
    assert not (tmp_path / "third").exists()


def test_a_sound_installation_is_called_safe(demo: tuple[dict[str, str], Path, str]) -> None:
    assert run(demo[0], "check").returncode == 0


def bomb() -> bytes:
    """A Word file that unpacks to far more than it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * 80_000_000)
    return out.getvalue()


def entity() -> bytes:
    """A Word file whose text asks for a file of the machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
    return out.getvalue()


def climbing() -> bytes:
    """A Word file with a part that would be written elsewhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../outside.xml", "x")
    return out.getvalue()


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 50,
    "large.txt": b"\xe0\xb8\x81" * 17_500_000,
    "letter.txt": "เรียน ผู้อำนวยการ ขอส่งรายงาน".encode(),
    "mojibake.txt": "ประเด็นที่ 5.4 ข้อที่ 1".encode().decode("cp1252", "replace").encode(),
    "half.docx": b"PK\x03\x04" + b"\0" * 300,
    "bomb.docx": bomb(),
    "entity.docx": entity(),
    "climbing.docx": climbing(),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["read-return", "import-return"])
def test_a_bad_file_is_refused_in_thai_with_nothing_written(tmp_path: Path, name: str, command: str) -> None:
    file = tmp_path / name
    file.write_bytes(BAD[name])
    data = tmp_path / "data"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NITHET_")} | {"NITHET_DATA": str(data)}
    extra = ("--office", OFFICE, "--year", YEAR) if command == "import-return" else ()
    done = run(environment, command, str(file), *extra)
    assert done.returncode == 2, done.stderr
    assert any("ก" <= letter <= "๛" for letter in done.stderr)
    assert done.stdout == ""
    assert not (data / "nithet.sqlite3").exists()
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "data") == [name]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["read-return", "/no/such/file"], 2),
        (["read-return", "/"], 2),
        (["no-such-command"], 2),
        (["judge", "--office", "x"], 2),
        (["edition", "check", "/no/such/file"], 2),
        (["judge", "--office", "x", "--year", "2555", "--edition", "y"], 1),
        (["restore", "/no/such/folder"], 2),
        (["--help"], 0),
    ],
)
def test_every_way_of_failing_has_its_exit_code(tmp_path: Path, arguments: list[str], code: int) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NITHET_")} | {"NITHET_DATA": str(tmp_path / "d")}
    done = run(environment, *arguments)
    assert done.returncode == code, done.stderr
    assert done.stdout or done.stderr


def test_an_unknown_office_is_bad_input_and_the_known_ones_are_named(demo: tuple[dict[str, str], Path, str]) -> None:
    done = run(demo[0], "judge", "--office", "สพป.ไม่มี", "--year", YEAR, "--edition", EDITION)
    assert done.returncode == 2
    assert OFFICE in done.stderr


def test_an_edition_with_faults_names_their_lines(tmp_path: Path) -> None:
    shipped = files("nithet.domain.frameworks").joinpath("editions", "obec-return-2555-5.4.yaml").read_text("utf-8")
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(shipped, "utf-8")
    bad.write_text(shipped.replace("plans.projects_serving", "plans.no_such_measure", 1), "utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NITHET_")} | {"NITHET_DATA": str(tmp_path / "d")}
    assert run(environment, "edition", "check", str(good)).returncode == 0
    done = run(environment, "edition", "check", str(bad))
    assert done.returncode in {1, 2}
    assert f"{bad}:" in done.stdout


def test_a_command_that_writes_waits_for_nobody_while_another_holds_the_folder(tmp_path: Path) -> None:
    from nithet.foundation.database.data_folder import hold_exclusively

    folder = tmp_path / "held"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NITHET_")} | {"NITHET_DATA": str(folder)}
    with hold_exclusively(folder, doing="serve"):
        done = run(environment, "demo", "--no-serve")
    assert done.returncode == 3
    assert "serve" in done.stderr
