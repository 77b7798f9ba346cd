"""How soon a server answers, and what it holds while nobody asks.

    python bench/server.py [--repeat 5]

Start: seconds from starting the process `nithet serve` to the first answer of /health/ (one question
to the database), on a data folder that is prepared and on one that does not exist yet. Beside it, as
floors of the same run, a bare Python process and one that only imports Django and sets the product up.
Memory: resident and proportional (each shared page counted once) kilobytes of the process and all its
children, at rest after the start and after a director has opened the office's pages.

Exits with 1 when the median start on the prepared folder takes two seconds or more.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.served import (  # noqa: E402
    director_of,
    environment,
    load_of_machine,
    make_demo,
    median,
    serving,
    tree_of,
)

LIMIT = 2.0
"""Seconds to the first answer on a prepared data folder."""
OPENED = ("/", "/rounds/1/", "/rounds/1/items/4/", "/visits/", "/evidence/", "/returns/1/")


def memory_of(pid: int) -> tuple[int, float, float]:
    """Return how many processes a tree has, and its resident and proportional megabytes."""
    resident = proportional = 0
    pids = tree_of(pid)
    for one in pids:
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name == "Rss":
                resident += int(rest.split()[0])
            if name == "Pss":
                proportional += int(rest.split()[0])
    return len(pids), resident / 1024, proportional / 1024


def run_seconds(folder: Path, code: str) -> float:
    """Return how long a new Python process takes for a piece of code."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], env=environment(folder), check=True, timeout=60)
    return time.perf_counter() - started


SET_UP = (
    "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'nithet.config.settings';"
    "import django; django.setup()"
)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5, help="how often to start; medians count")
    repeat = parser.parse_args().repeat
    print(load_of_machine())
    with tempfile.TemporaryDirectory(prefix="nithet-bench-") as kept:
        base = Path(kept)
        prepared = base / "prepared"
        make_demo(prepared)
        warm, cold, bare, imported = [], [], [], []
        for number in range(repeat):
            bare.append(run_seconds(prepared, "pass"))
            imported.append(run_seconds(prepared, SET_UP))
            with serving(prepared) as server:
                warm.append(server.first_answer)
            with serving(base / f"empty-{number}") as server:
                cold.append(server.first_answer)
        floor = median(imported)
        print(f"Python alone                       {median(bare):6.2f} s")
        print(f"Python, Django and the product     {floor:6.2f} s")
        for name, values in (("prepared folder", warm), ("empty folder", cold)):
            print(
                f"first answer, {name:<16}     {median(values):6.2f} s   ratio {median(values) / floor:4.1f}"
                f"   (best {min(values):.2f}, worst {max(values):.2f} of {repeat})"
            )
        with serving(prepared) as server:
            time.sleep(2)
            rest = memory_of(server.pid)
            reader = director_of(prepared, server.port)
            for path in OPENED * 5:
                status, _ = reader.get(path)
                if status != 200:
                    raise SystemExit(f"{path} was answered with {status}")
            reader.close()
            time.sleep(1)
            used = memory_of(server.pid)
    for name, (count, resident, proportional) in (("at rest", rest), ("after 30 pages", used)):
        print(
            f"memory {name:<15} {count} processes   RSS {resident:6.1f} MB   PSS {proportional:6.1f} MB"
        )
    return 0 if median(warm) < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
