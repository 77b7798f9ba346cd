"""What may be committed: no index hosts, no paths of a machine, lock files without addresses."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Written in two halves so that this file does not name what it looks for.
INDEX_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs.org", "deb." + "debian.org")


def committed() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail("this check needs the git checkout it speaks of")
    return [ROOT / name for name in done.stdout.split("\0") if name]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in committed():
        if path.is_file() and path.stat().st_size < 3_000_000:
            try:
                found.append((path, path.read_text("utf-8")))
            except UnicodeDecodeError:
                continue
    return found


def test_no_committed_file_names_a_host_of_a_package_index() -> None:
    assert [str(p) for p, text in texts() if any(host in text for host in INDEX_HOSTS)] == []


def test_the_python_lock_has_hashes_and_no_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "--hash=sha256:" in lock
    assert not re.search(r"https?://|--index-url|--extra-index-url|--find-links", lock)


def test_the_front_end_lock_has_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert all("integrity" in entry for entry in packages.values() if not entry.get("link"))


def test_built_assets_and_catalogues_are_not_committed() -> None:
    names = [str(path.relative_to(ROOT)) for path in committed()]
    assert not [n for n in names if n.endswith(".mo") or "/static/dist/" in n or n.startswith("node_modules/")]
