"""A new installation begins with an office and the link of its administrator."""

import json
import os
import subprocess
import sys
from pathlib import Path


def nithet(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = "import sys; from nithet.console.entry import main; sys.exit(main(sys.argv[1:]))"
    environment = {**os.environ, "NITHET_DATA": str(folder)}
    environment.pop("NITHET_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


def test_an_office_begins_once_and_its_administrator_gets_a_link(tmp_path: Path) -> None:
    given = ("office", "new", "--name", "สำนักงานเขตตัวอย่างใหม่", "--administrator", "ผู้ดูแลระบบ", "--json")
    first = nithet(tmp_path, *given)
    assert first.returncode == 0, first.stderr
    made = json.loads(first.stdout)
    assert made["office"] == "สำนักงานเขตตัวอย่างใหม่"
    assert "/join/" in made["link"]
    again = nithet(tmp_path, *given)
    assert again.returncode == 1
    assert "Traceback" not in again.stderr
    listed = nithet(tmp_path, "schools", "export", "--office", "สำนักงานเขตตัวอย่างใหม่", "--csv", str(tmp_path / "schools.csv"))
    assert listed.returncode == 0, listed.stderr
