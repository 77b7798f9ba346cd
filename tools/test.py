"""Run every check of the product: lint, floors, types, then the suite on SQLite and on PostgreSQL.

The suite runs last, so that the output closes on pytest's own summary. Arguments are handed to pytest.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CHECKS = (
    ("style", [BIN / "ruff", "check", "src", "tests", "tools", "bench"]),
    ("floors", [BIN / "lint-imports"]),
    ("types", [BIN / "mypy"]),
    ("messages", [sys.executable, "tools/messages.py", "check"]),
)


def passed(name: str, command: list[object]) -> bool:
    """Run one check and say how it went."""
    print(f"== {name}", flush=True)
    code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode
    if code:
        print(f"== {name} FAILED (exit code {code})", flush=True)
    return code == 0


def main() -> None:
    """Run all; exit 1 when anything failed, and close on the summary of the suite."""
    extra = sys.argv[1:]
    suite = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", *extra]
    results = [passed(name, list(command)) for name, command in CHECKS]
    results.append(passed("suite on PostgreSQL", [*suite, "--db=postgres"]))
    results.append(passed("suite on SQLite", [*suite, "--db=sqlite"]))
    if not all(results):
        names = [name for name, _ in CHECKS] + ["suite on PostgreSQL", "suite on SQLite"]
        failed = [name for name, ok in zip(names, results, strict=True) if not ok]
        print(f"FAILED: {', '.join(failed)}", file=sys.stderr, flush=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
