"""SQLite with many writers: our backend with its one lock beside Django's own.

Each writer inserts rows, half of them in a transaction of its own with a read in it, while four
readers count. Both run WAL, synchronous=FULL and IMMEDIATE transactions, one after the other and
in turns, so that a busy machine disturbs both alike. ``python bench/sqlite_writers.py [ROUNDS]``
"""

import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import django
from django.conf import settings
from django.db import OperationalError, connections, transaction

OURS = "nithet.foundation.database.sqlite"
DJANGOS = "django.db.backends.sqlite3"
WRITES = 2400
WRITERS = (1, 4, 16)
READERS = 4


def configure(folder: Path) -> None:
    """Two databases, alike but for the backend."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"
    plain = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": pragmas}
    settings.configure(
        USE_TZ=True,
        DATABASES={
            "default": {"ENGINE": OURS, "NAME": folder / "ours.sqlite3"},
            "djangos": {
                "ENGINE": DJANGOS,
                "NAME": folder / "djangos.sqlite3",
                "OPTIONS": plain,
                "CONN_MAX_AGE": None,
            },
        },
    )


def run(alias: str, writers: int) -> tuple[float, list[float], int]:
    """Writes a second, the wait of each write in seconds (sorted), and how many were refused."""
    waits: list[float] = []
    refused: list[str] = []
    over = threading.Event()

    def write(writer: int) -> None:
        for number in range(WRITES // writers):
            started = time.perf_counter()
            try:
                _insert(alias, number, writer)
            except OperationalError as error:
                refused.append(str(error))
            waits.append(time.perf_counter() - started)
        connections[alias].close()

    def read() -> None:
        while not over.is_set():
            _ask(alias, "SELECT count(*) FROM note WHERE writer = 1")
            time.sleep(0.005)
        connections[alias].close()

    with connections[alias].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS note")
        cursor.execute(
            "CREATE TABLE note (id integer PRIMARY KEY, writer integer, number integer, text text)"
        )
    readers = _start([read] * READERS)
    started = time.perf_counter()
    for thread in _start([lambda w=w: write(w) for w in range(writers)]):
        thread.join()
    seconds = time.perf_counter() - started
    over.set()
    for thread in readers:
        thread.join()
    kept, whole = _ask(alias, "SELECT count(*) FROM note"), _ask(alias, "PRAGMA integrity_check")
    if kept + len(refused) != len(waits) or whole != "ok":
        raise SystemExit(f"{alias}: {len(waits)} written, {kept} kept, {whole}")
    return kept / seconds, sorted(waits), len(refused)


def _insert(alias: str, number: int, writer: int) -> None:
    insert = "INSERT INTO note (writer, number, text) VALUES (%s, %s, %s)"
    with connections[alias].cursor() as cursor:
        if number % 2:
            cursor.execute(insert, [writer, number, "x" * 300])
            return
        with transaction.atomic(alias):
            cursor.execute("SELECT max(id) FROM note")
            cursor.execute(insert, [writer, number, "x" * 300])


def _ask(alias: str, question: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def _start(works: list[Callable[[], None]]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    return threads


def main() -> None:
    """Print a line for each number of writers and backend: medians over the rounds."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as folder:
        configure(Path(folder))
        django.setup()
        print(f"SQLite {sqlite3.sqlite_version}, {WRITES} writes, {READERS} readers beside")
        for writers in WRITERS:
            results = {alias: [] for alias in ("default", "djangos")}
            for _ in range(rounds):
                for alias, runs in results.items():
                    runs.append(run(alias, writers))
            for alias, runs in results.items():
                rate = median(r[0] for r in runs)
                p50 = median(r[1][len(r[1]) // 2] for r in runs) * 1000
                p99 = median(r[1][int(len(r[1]) * 0.99)] for r in runs) * 1000
                worst = max(r[1][-1] for r in runs) * 1000
                refused = sum(r[2] for r in runs)
                print(
                    f"{writers:2} writers, {'ours' if alias == 'default' else 'Django':6} "
                    f"{rate:6.0f}/s  p50 {p50:6.1f}  p99 {p99:7.1f}  worst {worst:7.1f} ms"
                    f"  refused {refused}"
                )


if __name__ == "__main__":
    main()
