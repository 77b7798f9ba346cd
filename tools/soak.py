"""Kill real processes fifty times in every scenario, on both databases, and print the counts."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run the kill suite on SQLite and on PostgreSQL; exit 1 where anything was lost or nothing was killed."""
    environment = {**os.environ, "NITHET_SOAK_KILLS": os.environ.get("NITHET_SOAK_KILLS", "50")}
    failed = False
    for database in ("sqlite", "postgres"):
        print(f"== soak on {database}", flush=True)
        command = [sys.executable, "-m", "pytest", "tests/soak", "-q", "-s", "-p", "no:randomly", "--timeout=3600", f"--db={database}"]
        failed |= subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
