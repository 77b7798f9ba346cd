"""Forms sent by devices: forty answers, with and without a photo, through the whole product, beside a bare view.

    python bench/submissions.py [--seconds 4] [--rounds 2] [--rows 20000] [--db sqlite,postgres]

In each database, in turns in the same run, the better of the rounds: the bare one-INSERT view (and insert + file + fsync) and
the product (token, roles, the form's version, safe XML, the audit event, what follows), both by the same server with the same
threads, at 1, 8 and 32 clients. Photos are 300 KB and all different; their content is examined by the job thread meanwhile, as
always. Then one telephone beside thirty-one that send without a pause; batches of fifty beside COPY into a bare table; a CSV of
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
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from bench import load, visit_form  # noqa: E402
from bench.served import NITHET, _answers, _end, free_port, load_of_machine  # noqa: E402
from bench.visit_form import MARK  # noqa: E402

CLIENTS = (1, 8, 32)
SHARE, LONE_MS = 0.4, 60.0
KINDS = {False: "without a photo", True: "with a photo"}


def main() -> int:
    """Measure in each database; say whether every goal was kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=2)
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
    token = in_process(environment, "prepare").strip()
    missed = []
    with served(environment, NITHET, "serve") as product, served(environment, *bare()) as floor:
        photos = visit_form.Photos()
        for with_photo in KINDS:
            missed += compared(product, floor, token, photos, asked, with_photo=with_photo)
        missed += lone(product, token, asked.seconds)
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


@contextmanager
def served(environment: dict[str, str], *command: object) -> Iterator[int]:
    """Run a server for the length of a block; yield its port."""
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
            yield port
        finally:
            _end(process)


def compared(
    product: int,
    floor: int,
    token: str,
    photos: visit_form.Photos,
    asked: argparse.Namespace,
    *,
    with_photo: bool,
) -> list[str]:
    """Post to both in turns; print and judge the ratios."""
    missed = []
    print(
        f"{KINDS[with_photo]:<18}{'bare /s':>9}{'p95 ms':>8}{'product /s':>12}{'p95 ms':>8}{'ratio':>7}"
    )
    ours = openrosa(token, photos if with_photo else None)
    theirs = plain(photos if with_photo else None)
    for clients in CLIENTS:
        found: dict[str, load.Load] = {}
        for _ in range(asked.rounds):
            for name, port, make in (("bare", floor, theirs), ("product", product, ours)):
                one = load.run(port, make, clients, asked.seconds)
                if set(one.statuses) != {201}:
                    raise SystemExit(f"{name} answered {one.statuses}")
                found[name] = max(found.get(name, one), one, key=lambda seen: seen.per_second)
        ratio = found["product"].per_second / found["bare"].per_second
        print(
            f"{clients:>4} clients      {found['bare'].per_second:9.0f}{found['bare'].p95_ms:8.1f}"
            f"{found['product'].per_second:12.0f}{found['product'].p95_ms:8.1f}{ratio:7.2f}",
            flush=True,
        )
        if ratio < SHARE:
            missed.append(f"{KINDS[with_photo]} at {clients} clients {ratio:.2f} of the floor")
    return missed


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


def lone(port: int, token: str, seconds: float) -> list[str]:
    """One telephone while thirty-one others send without a pause."""
    make = openrosa(token, None)
    one, many = load.beside(port, make, make, 31, seconds)
    print(
        f"one telephone beside 31 others: p95 {one.p95_ms:.1f} ms (the others {many.per_second:.0f}/s)",
        flush=True,
    )
    return [f"lone telephone p95 {one.p95_ms:.0f} ms"] if one.p95_ms > LONE_MS else []


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
