"""Kill real processes fifty times in every scenario and play two thousand histories of sending, on both databases."""

import os
import subprocess
import sys
from pathlib import Path

PLACES = ("tests/soak", "tests/field/openrosa/test_histories.py")
ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run the kill suite on SQLite and on PostgreSQL; exit 1 where anything was lost or nothing was killed."""
    environment = {
        **os.environ,
        "NITHET_SOAK_KILLS": os.environ.get("NITHET_SOAK_KILLS", "50"),
        "NITHET_HISTORIES": os.environ.get("NITHET_HISTORIES", "2000"),
    }
    failed = False
    for database in ("sqlite", "postgres"):
        print(f"== soak on {database}", flush=True)
        command = [sys.executable, "-m", "pytest", *PLACES, "-q", "-s", "-p", "no:randomly", "--timeout=3600", f"--db={database}"]
        failed |= subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
