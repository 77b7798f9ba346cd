"""`nithet instruments import` as other programs call it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.test_commands import environment_of, run
from tests.console.test_schools import OFFICE, SET_UP
from tests.domain.instruments.xlsforms import form, row

pytestmark = [pytest.mark.both_databases, pytest.mark.xdist_group("console")]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    environment = environment_of(tmp_path_factory.mktemp("instruments") / "data")
    Path(environment["NITHET_DATA"]).mkdir(parents=True)
    known = {**environment, "DJANGO_SETTINGS_MODULE": "nithet.config.settings"}
    subprocess.run([sys.executable, "-c", SET_UP], env=known, check=True, timeout=180)
    yield environment


def test_a_form_is_published_with_its_warnings_in_thai_and_a_bad_one_is_refused_in_both_languages(
    installed: dict[str, str], tmp_path: Path
) -> None:
    rows = [
        row("integer", "a", "ก"),
        row("integer", "b", "ข"),
        row("calculate", "c", calculation="${a} + ${b}"),
    ]
    file = tmp_path / "แบบ.xlsx"
    file.write_bytes(form(rows))
    done = run(installed, "instruments", "import", str(file), "--office", OFFICE, "--json")
    said = json.loads(done.stdout)
    assert done.returncode == 0
    assert (said["form_id"], said["version"], said["questions"]) == ("test", "1", 2)
    assert ["แถว 4" in one for one in said["warnings"]] == [True]
    again = run(installed, "instruments", "import", str(file), "--office", OFFICE, "--json")
    assert json.loads(again.stdout) == said

    file.write_bytes(form([*rows, row("text", label="ใหม่")]))
    draft = run(
        installed, "instruments", "import", str(file), "--office", OFFICE, "--draft", "--json"
    )
    assert json.loads(draft.stdout)["version"] == "2"

    file.write_bytes(form([row("text", "a", "ก"), row("text", "a", "ข")]))
    bad = run(installed, "instruments", "import", str(file), "--office", OFFICE, "--json")
    assert bad.returncode == 2
    assert bad.stdout == ""
    assert "แถว 3" in bad.stderr and "row 3" in bad.stderr
    lost = run(installed, "instruments", "import", str(file), "--office", "ไม่มี", "--json")
    assert lost.returncode == 2
