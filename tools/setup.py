"""Set up a checkout: virtual environment, locked dependencies, front end, message catalogues.

Run by `make setup` with any Python 3.11 or newer; uses the standard library alone. Each half is skipped when its inputs
have not changed since it last succeeded.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MINIMUM_PYTHON, MINIMUM_NODE = (3, 11), 20


def fail(message: str) -> None:
    """Stop with a sentence that says what to do."""
    sys.exit(f"setup: {message}")


def run(*command: str | Path) -> None:
    """Run a command in the checkout; stop when it fails."""
    print("setup:", *(Path(c).name if isinstance(c, Path) else c for c in command), flush=True)
    try:
        done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    except FileNotFoundError:
        fail(f"{command[0]} was not found; install it and try again")
    if done.returncode:
        fail(f"the step above failed (exit code {done.returncode})")


def digest(paths: list[Path]) -> str:
    """Return one digest over names and contents of files."""
    total = hashlib.sha256(sys.version.encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def files_below(folder: str) -> list[Path]:
    """List the files below a folder of the checkout."""
    return [path for path in (ROOT / folder).rglob("*") if path.is_file()]


def unchanged(stamp: Path, wanted: str) -> bool:
    """Say whether a step's inputs are those of its last success."""
    return stamp.is_file() and stamp.read_text() == wanted


def set_up_python(folder: Path) -> Path:
    """Make the virtual environment and install what is locked; return its Python."""
    python = folder / "bin" / "python"
    stamp = folder / ".locked"
    wanted = digest([ROOT / "requirements.lock", ROOT / "pyproject.toml"])
    if python.exists() and unchanged(stamp, wanted):
        return python
    if not python.exists():
        print("setup: making the virtual environment", flush=True)
        venv.create(folder, with_pip=True, symlinks=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run(*pip, "--require-hashes", "-r", "requirements.lock")
    # Without --no-build-isolation pip would fetch a build backend that nobody has pinned.
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ".")
    stamp.write_text(wanted)
    return python


def set_up_front_end(python: Path) -> None:
    """Install the locked front-end packages, build the assets and collect them."""
    built = ROOT / "src/nithet/collected_static"
    stamp = ROOT / "node_modules/.nithet-built"
    sources = [ROOT / "package.json", ROOT / "package-lock.json", *files_below("frontend")]
    templates = [p for p in files_below("src/nithet") if p.suffix == ".html"]
    wanted = digest(sources + templates)
    if built.is_dir() and unchanged(stamp, wanted):
        return
    npm = shutil.which("npm")
    node = shutil.which("node")
    if not npm or not node:
        fail("Node 20 or newer with npm is needed to build the pages; install it and try again")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.strip().lstrip("v").split(".")[0]) < MINIMUM_NODE:
        fail(f"Node 20 or newer is needed, this is {version.strip()}")
    locked = ROOT / "node_modules/.nithet-locked"
    lock = digest([ROOT / "package.json", ROOT / "package-lock.json"])
    if not unchanged(locked, lock):
        run(npm, "ci", "--no-audit", "--no-fund")
        locked.write_text(lock)
    run(npm, "run", "build")
    # Hashed and compressed once here, so that a server has nothing to prepare before its first answer.
    run(python, "-m", "django", "collectstatic", "--noinput", "--clear", "--verbosity", "0", "--settings", "nithet.config.settings")
    stamp.write_text(wanted)


def main() -> None:
    """Set everything up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--venv", default=".venv")
    options = parser.parse_args()
    if sys.version_info < MINIMUM_PYTHON:
        fail(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
    python = set_up_python(ROOT / options.venv)
    set_up_front_end(python)
    run(python, "tools/messages.py", "compile")


if __name__ == "__main__":
    main()
