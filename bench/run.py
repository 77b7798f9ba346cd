"""Runs every benchmark, one after the other, and prints what each said and a table of how they ended.

    python bench/run.py [--short]

`--short` repeats less. Exits with 1 when a benchmark missed its goal.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
LONGEST = 900.0
"""Seconds that one benchmark may take."""
SHORT = {
    "judge.py": ("--repeat", "2"),
    "read_seed.py": ("--repeat", "5"),
    "report.py": ("--documents", "3"),
    "demo.py": ("--repeat", "1"),
    "server.py": ("--repeat", "2"),
    "evidence_upload.py": ("--files", "32", "--rounds", "1"),
    "round_pages.py": ("--requests", "30", "--repeat", "5"),
    "submissions.py": ("--seconds", "2", "--rounds", "1", "--rows", "5000"),
    "pages.py": ("--requests", "40", "--rounds", "1"),
    "results.py": ("--records", "5000"),
    "field_client.py": ("--repeat", "3"),
}


def run(name: str, arguments: tuple[str, ...]) -> tuple[str, float]:
    """Run one benchmark; return how it ended and how long it took."""
    started = time.perf_counter()
    try:
        code = subprocess.run(
            [sys.executable, HERE / name, *arguments], timeout=LONGEST, check=False
        ).returncode
        ended = "goal kept" if code == 0 else f"GOAL MISSED ({code})"
    except subprocess.TimeoutExpired:
        ended = f"STOPPED after {LONGEST:.0f} s"
    return ended, time.perf_counter() - started


def main() -> int:
    """Run them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="repeat less")
    short = parser.parse_args().short
    ended = {}
    for name, arguments in SHORT.items():
        print(f"\n== {name}", flush=True)
        ended[name] = run(name, arguments if short else ())
    print("\n== all")
    for name, (words, seconds) in ended.items():
        print(f"{name:<14}{words:<22}{seconds:8.1f} s")
    return 0 if all(words == "goal kept" for words, _ in ended.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
