"""Forms sent by devices: forty answers, with and without a photo, through the whole product, beside a bare view.

    python bench/submissions.py [--seconds 4] [--rounds 2] [--rows 20000] [--db sqlite,postgres]

In each database, in turns in the same run, the middle of the rounds' ratios: the bare one-INSERT view (and insert + file + fsync)
and the product (token, roles, the form's version, safe XML, the audit event, what follows), both by the same server with the same
number at work at once, at 1, 8 and 32 clients. Photos are 300 KB and all different; their content is examined by the job thread meanwhile, as
always. Then one telephone beside another device that sends on 32 connections without a pause; batches of fifty beside COPY into a bare table; a CSV of
20,000; the first and the last page of the list.

Goals: at least 0.4 of the bare view, and of insert + file + fsync; the lone telephone's p95 at most 60 ms; CSV at least 10,000
rows a second, its first piece within 0.5 s, its memory flat (16 MB); the last page at most 1.5 times the first. Exits with 1
where one is missed. Servers listen on 127.0.0.1 alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench import load, visit_form  # noqa: E402
from bench.served import (  # noqa: E402
    NITHET,
    _answers,
    _end,
    free_port,
    load_of_machine,
    processor_seconds,
)
from bench.visit_form import MARK  # noqa: E402

CLIENTS = (1, 8, 32)
SHARE, LONE_MS = 0.4, 60.0
KINDS = {False: "without a photo", True: "with a photo"}


def main() -> int:
    """Measure in each database; say whether every goal was kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--db", default="sqlite,postgres")
    asked = parser.parse_args()
    missed: list[str] = []
    for name in asked.db.split(","):
        with database(name) as environment:
            print(f"\n== {name}: {environment['description']}; {load_of_machine()}", flush=True)
            missed += [f"{name}: {one}" for one in measured(environment, asked)]
    print("\nMISSED: " + "; ".join(missed) if missed else "\nevery goal kept")
    return 1 if missed else 0


@contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """A fresh installation with a form and a device, and a second, empty database for the floor."""
    with tempfile.TemporaryDirectory(prefix="nithet-bench-") as folder:
        known = {key: value for key, value in os.environ.items() if not key.startswith("NITHET_")}
        known |= {
            "NITHET_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "nithet.config.settings",
            "BARE_FOLDER": f"{folder}/bare",
        }
        server = None
        if name == "postgres":
            from tests import postgres_server

            server = postgres_server.start()
            known |= {
                "NITHET_DATABASE_URL": server.url,
                "BARE_DATABASE_URL": server.url,
                "description": server.description,
            }
        else:
            import sqlite3

            known |= {
                "BARE_DATABASE_URL": f"sqlite:///{folder}/bare.sqlite3",
                "description": f"SQLite {sqlite3.sqlite_version}",
            }
        try:
            yield known
        finally:
            if server:
                server.stop()


def measured(environment: dict[str, str], asked: argparse.Namespace) -> list[str]:
    """Measure one database; return the goals that were missed."""
    token, other = in_process(environment, "prepare").split()
    missed = []
    with served(environment, NITHET, "serve") as product, served(environment, *bare()) as floor:
        photos = visit_form.Photos()
        for with_photo in KINDS:
            missed += compared(product, floor, token, photos, asked, with_photo=with_photo)
        missed += lone(product, token, other, asked.seconds)
    print(in_process(environment, "inside", str(asked.rows)), end="", flush=True)
    told = json.loads(in_process(environment, "goals"))
    return missed + told


def bare() -> tuple[str, ...]:
    """The command of the floor: the same server, one process with four threads, as the product is served."""
    code = (
        "import sys; from granian import Granian; from granian.constants import Interfaces; "
        "Granian('bench.bare_submission:application', address='127.0.0.1', port=int(sys.argv[2]), interface=Interfaces.WSGI, "
        "workers=1, blocking_threads=4).serve()"
    )
    return (sys.executable, "-c", code)


@dataclass(frozen=True)
class Served:
    """A running server."""

    port: int
    pid: int


@contextmanager
def served(environment: dict[str, str], *command: object) -> Iterator[Served]:
    """Run a server for the length of a block."""
    port = free_port()
    with Path(f"{environment['NITHET_DATA']}/serve-{port}.log").open("w+b") as log:
        process = subprocess.Popen(
            [*map(str, command), "--port", str(port)],
            env=environment,
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
        try:
            until = time.monotonic() + 60
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > until:
                    log.seek(0)
                    raise SystemExit(log.read().decode(errors="replace")[-3000:])
                time.sleep(0.05)
            yield Served(port, process.pid)
        finally:
            _end(process)


def compared(
    product: Served,
    floor: Served,
    token: str,
    photos: visit_form.Photos,
    asked: argparse.Namespace,
    *,
    with_photo: bool,
) -> list[str]:
    """Post to both in turns, each pair a ratio; print and judge the middle one."""
    missed = []
    print(
        f"{KINDS[with_photo]:<18}{'bare /s':>9}{'p95 ms':>8}{'cpu ms':>8}"
        f"{'product /s':>12}{'p95 ms':>8}{'cpu ms':>8}{'ratio':>7}   of each pair"
    )
    ours = openrosa(token, photos if with_photo else None)
    theirs = plain(photos if with_photo else None)
    for clients in CLIENTS:
        pairs = [
            (
                timed(floor, theirs, clients, asked.seconds),
                timed(product, ours, clients, asked.seconds),
            )
            for _ in range(asked.rounds)
        ]
        ratios = [one.load.per_second / bare.load.per_second for bare, one in pairs]
        ratio = median(ratios)
        print(
            f"{clients:>4} clients      {_told([bare for bare, _ in pairs])}    {_told([one for _, one in pairs])}"
            f"{ratio:7.2f}   {' '.join(f'{one:.2f}' for one in ratios)}",
            flush=True,
        )
        if ratio < SHARE:
            missed.append(f"{KINDS[with_photo]} at {clients} clients {ratio:.2f} of the floor")
    return missed


@dataclass(frozen=True)
class Timed:
    """A run, and the milliseconds of the processor that the server and what it started used for one answer."""

    load: load.Load
    cpu_ms: float


def timed(server: Served, make: load.Make, clients: int, seconds: float) -> Timed:
    """Post for so many seconds; everything must be answered with 201."""
    warm = 0.5
    before = processor_seconds(server.pid)
    one = load.run(server.port, make, clients, seconds, warm)
    used = processor_seconds(server.pid) - before
    if set(one.statuses) != {201}:
        raise SystemExit(f"answered {one.statuses}")
    return Timed(one, 1e3 * used / (one.per_second * (seconds + warm)))


def _told(runs: list[Timed]) -> str:
    return (
        f"{median(one.load.per_second for one in runs):8.0f}{median(one.load.p95_ms for one in runs):8.1f}"
        f"{median(one.cpu_ms for one in runs):8.2f}"
    )


def openrosa(token: str, photos: visit_form.Photos | None) -> load.Make:
    """Make submissions as Collect sends them."""
    headers = {"Content-Type": f"multipart/form-data; boundary={MARK}", "X-OpenRosa-Version": "1.0"}

    def make() -> tuple[str, dict[str, str], bytes]:
        photo = ("photo.jpg", photos.next()) if photos else None
        return (
            f"/key/{token}/submission",
            headers,
            visit_form.as_multipart(visit_form.as_xml("photo.jpg" if photo else ""), photo),
        )

    return make


def plain(photos: visit_form.Photos | None) -> load.Make:
    """Make the same facts for the floor."""
    if photos is None:
        return lambda: ("/visit", {"Content-Type": "application/json"}, visit_form.as_json())
    return lambda: (
        "/photo",
        {"Content-Type": "application/octet-stream"},
        visit_form.as_json() + b"\n" + photos.next(),
    )


def lone(server: Served, token: str, other: str, seconds: float) -> list[str]:
    """One telephone while another device sends on thirty-two connections without a pause; the middle of three runs."""
    runs = [
        load.beside(server.port, openrosa(other, None), openrosa(token, None), 32, seconds)
        for _ in range(3)
    ]
    p95 = median(one.p95_ms for one, _ in runs)
    print(
        f"one telephone beside a burst of 32: p95 {p95:.1f} ms ({', '.join(f'{one.p95_ms:.0f}' for one, _ in runs)};"
        f" the others {median(many.per_second for _, many in runs):.0f}/s)",
        flush=True,
    )
    return [f"lone telephone p95 {p95:.0f} ms"] if p95 > LONE_MS else []


def in_process(environment: dict[str, str], *arguments: str) -> str:
    """Run a part of `submissions_inside.py` in a process of its own on the same installation."""
    command = [sys.executable, "-m", "bench.submissions_inside", *arguments]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
