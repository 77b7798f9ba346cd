"""The floors hold, and what checks them catches faults planted in a copy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.relation_walk import ROOT, relations_pointing_up

LINT = Path(sys.executable).parent / "lint-imports"


def run_in(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": f"{folder / 'src'}{os.pathsep}{folder}"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=240)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sources in which faults may be planted."""
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("static", "collected_static", "__pycache__", "*.ttf")
    )
    (tmp_path / "tests/house").mkdir(parents=True)
    for name in ("__init__.py", "house/__init__.py", "house/relation_walk.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests" / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def append(folder: Path, module: str, line: str) -> None:
    path = folder / "src/nithet" / module
    path.write_text(f"{path.read_text()}\n{line}\n")


def test_no_relation_points_up() -> None:
    assert relations_pointing_up() == []


def test_the_floors_hold() -> None:
    done = run_in(ROOT, str(LINT))
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("kernel/clock.py", "import nithet.foundation.tenancy.scope"),
        ("domain/plans/models/plan.py", "import nithet.domain.returns.document"),
        ("foundation/tenancy/scope.py", "import nithet.foundation.access.roles"),
        ("foundation/access/roles.py", "import nithet.foundation.audit.events"),
        ("domain/plans/policy.py", "import nithet.foundation.audit.writing"),
        ("kernel/digest.py", "import django.conf"),
        ("domain/returns/document.py", "import django.conf"),
        ("domain/plans/models/plan.py", "import nithet.domain.plans.actions"),
    ],
)
def test_an_import_that_breaks_the_house_is_caught(copy: Path, module: str, line: str) -> None:
    append(copy, module, line)
    done = run_in(copy, str(LINT), "--no-cache")
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout


def test_a_package_without_a_place_is_caught(copy: Path) -> None:
    (copy / "src/nithet/domain/newcomer").mkdir()
    (copy / "src/nithet/domain/newcomer/__init__.py").write_text('"""A package nobody has placed."""\n')
    assert run_in(copy, str(LINT), "--no-cache").returncode == 1


def test_a_key_by_string_that_points_up_is_caught(copy: Path) -> None:
    clean = run_in(copy, sys.executable, "-m", "tests.house.relation_walk")
    assert clean.returncode == 0, clean.stdout + clean.stderr
    append(
        copy,
        "domain/frameworks/models.py",
        'Edition.add_to_class("piece", models.ForeignKey("evidence.Piece", null=True, on_delete=models.SET_NULL, related_name="+"))',
    )
    done = run_in(copy, sys.executable, "-m", "tests.house.relation_walk")
    assert done.returncode == 1, done.stderr
    assert "frameworks" in done.stdout
    assert "evidence" in done.stdout
