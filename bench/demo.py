"""The whole demo: `nithet demo --no-serve` on an empty folder, and again on the folder that it made.

    python bench/demo.py [--repeat 3]

Each run sets up the database, reads the real return, rebuilds the office, judges, issues, reads the
Word file back, and ends; its medians stand beside a bare start of the product as the floor. The demo's
return must be issued once however often the demo runs.

Exits with 1 when a repeated demo is slower than the first or issues a second time.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.served import load_of_machine, make_demo, median  # noqa: E402
from bench.server import SET_UP, run_seconds  # noqa: E402


def processor_seconds() -> float:
    """Return the processor's seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(folder: Path, repeat: int) -> tuple[list[float], list[float]]:
    """Run the demo some times on one folder; return seconds on the wall and of the processor."""
    wall, own = [], []
    for _ in range(repeat):
        before = processor_seconds()
        wall.append(make_demo(folder))
        own.append(processor_seconds() - before)
    return wall, own


def issues_in(folder: Path) -> int:
    """Count the returns that a data folder holds as issued."""
    with sqlite3.connect(f"file:{folder / 'nithet.sqlite3'}?mode=ro", uri=True) as database:
        return int(database.execute("SELECT count(*) FROM returns_issuedreturn").fetchone()[0])


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3, help="how often each; medians count")
    repeat = parser.parse_args().repeat
    print(load_of_machine())
    first: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory(prefix="nithet-bench-") as kept:
        for number in range(repeat):
            wall, own = measured(Path(kept) / str(number), 1)
            first[0].extend(wall)
            first[1].extend(own)
        again = measured(Path(kept) / "0", repeat)
        issued = issues_in(Path(kept) / "0")
        before = processor_seconds()
        started = time.perf_counter()
        run_seconds(Path(kept) / "0", SET_UP)
        floor, own_floor = time.perf_counter() - started, processor_seconds() - before
    for name, (wall, own) in (("empty folder", first), ("again", again)):
        print(
            f"demo, {name:<13} {median(wall):6.2f} s on the wall   {median(own):6.2f} s of the processor"
            f"   ratio to a bare start {median(own) / own_floor:5.1f}"
        )
    print(f"bare start          {floor:6.2f} s on the wall   {own_floor:6.2f} s of the processor")
    print(f"returns issued after {repeat + 1} demos in one folder: {issued}")
    return 0 if issued == 1 and median(again[1]) < median(first[1]) else 1


if __name__ == "__main__":
    sys.exit(main())
