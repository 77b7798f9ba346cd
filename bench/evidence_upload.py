"""One megabyte of evidence: how fast it is hashed, synced, examined and recorded, beside a bare write and fsync.

    python bench/evidence_upload.py [--files 64] [--at-once 8] [--rounds 3] [--folder FOLDER]

All rows write to the same disk in the same run, eight at a time, in turns; the better round of each counts.

* floor: 1 MB written, synced, renamed, the folder synced. Nothing else.
* kept: received into the store: hashed, synced, named. This row has the goal: at least 0.4 of the floor.
* examined: kept after it was examined in a confined process and recognised as PDF.
* recorded: examined, and recorded as a piece of evidence through the door (policy, row, audit event) on SQLite.
* page: sent to the page for bringing evidence of a running server, by the form that people use.

Also the memory of the receiving process while it takes 8 MB and 160 MB: it must not grow with the file. Exits with 1 when
the goal is missed. `--folder` is the data folder of a demo office that is there already.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
import tempfile
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.served import TOKEN, Reader, make_demo, serving  # noqa: E402

MEGABYTE = 1_000_000
GOAL = 0.4
KIND = re.compile(r'name="kind".*?<option value="([^"]+)"', re.DOTALL)
LARGEST = 200_000_000


def a_pdf(size: int = MEGABYTE) -> bytes:
    """A PDF of one page with a picture that does not pack, different each time."""
    picture = os.urandom(size - 700)
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length 6 >>\nstream\nq Q n \nendstream",
        b"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length %d >>\n"
        b"stream\n%s\nendstream" % (len(picture), picture),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def per_second(work: Callable[[bytes, int], None], files: int, at_once: int) -> float:
    """Have files made before, then handled by so many threads; return files a second."""
    contents = [a_pdf() for _ in range(files)]
    failed: list[BaseException] = []

    def take(first: int) -> None:
        for number in range(first, files, at_once):
            try:
                work(contents[number], number)
            except Exception as error:  # noqa: BLE001
                failed.append(error)
                return

    threads = [threading.Thread(target=take, args=(first,)) for first in range(at_once)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise SystemExit(f"failed: {failed[0]!r}")
    return files / (time.perf_counter() - started)


def floor(folder: Path) -> Callable[[bytes, int], None]:
    """Write, sync, rename, sync the folder."""
    folder.mkdir(exist_ok=True)

    def write(content: bytes, number: int) -> None:
        waiting = folder / f"{threading.get_ident()}-{number}"
        with waiting.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        waiting.rename(folder / f"{zlib.crc32(content)}-{number}")
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(handle)
        os.close(handle)

    return write


def rows_of(folder: Path) -> dict[str, Callable[[bytes, int], None]]:
    """What is measured in this process."""
    from django.db import connection

    from nithet.domain.evidence.actions.bringing import bring_piece
    from nithet.domain.evidence.actions.files import attach_file
    from nithet.foundation.access.actors import actor_for
    from nithet.foundation.accounts.models import User
    from nithet.foundation.files.checking import keep_checked
    from nithet.foundation.files.store import store
    from nithet.foundation.tenancy.scope import scope
    from nithet.kernel import clock

    def kept(content: bytes, _: int) -> None:
        store("bench", content, largest=LARGEST)

    def examined(content: bytes, _: int) -> None:
        if keep_checked("bench", "รายงาน.pdf", content, largest=LARGEST).kind != "pdf":
            raise SystemExit("it was not recognised")

    actor = actor_for(User.objects.get(username="supervisor"), clock.today())

    def recorded(content: bytes, number: int) -> None:
        with scope(actor.office_id):
            piece = bring_piece(
                actor=actor, title=f"หลักฐาน {number} {time.time_ns()}", kind="report"
            )
            attach_file(actor=actor, piece=piece, file_name="รายงาน.pdf", data=content)
        connection.close()

    return {
        "floor": floor(folder / "bench-floor"),
        "kept": kept,
        "examined": examined,
        "recorded": recorded,
    }


def by_page(folder: Path, files: int, at_once: int) -> float:
    """Send the form of a running server, each thread with a connection of its own."""
    import json

    with serving(folder) as server:
        password = json.loads((folder / "demo-accounts.json").read_text())["password"]
        signed_in = Reader(server.port)
        signed_in.sign_in("supervisor", password)
        _, page = signed_in.get("/evidence/add/")
        found, kind = TOKEN.search(page.decode()), KIND.search(page.decode())
        if found is None or kind is None:
            raise SystemExit("the page for bringing evidence has no form")
        browsers = threading.local()

        def send(content: bytes, number: int) -> None:
            if not hasattr(browsers, "own"):
                browsers.own = signed_in.another()
            mark = hashlib.sha256(content).hexdigest()
            fields = {
                "csrfmiddlewaretoken": found[1],
                "title": f"หลักฐาน {mark[:12]}",
                "kind": "report",
            }
            status, answer = browsers.own.form(
                "/evidence/add/", fields, ("files", f"{mark[:8]}.pdf", content)
            )
            if status != 302:
                raise SystemExit(f"the page answered {status}: {answer[:300]!r}")

        send(a_pdf(), -1)
        return per_second(send, files, at_once)


def memory() -> dict[int, float]:
    """Most megabytes that receiving a file takes, by the file's megabytes."""
    from nithet.foundation.files.store import store

    class Stream:
        def __init__(self, size: int) -> None:
            self.left = size

        def read(self, size: int) -> bytes:
            size = min(size, self.left)
            self.left -= size
            return os.urandom(size)

    found = {}
    for megabytes in (8, 160):
        tracemalloc.start()
        store("bench", Stream(megabytes * MEGABYTE), largest=LARGEST)  # type: ignore[arg-type]
        found[megabytes] = tracemalloc.get_traced_memory()[1] / MEGABYTE
        tracemalloc.stop()
    return found


def main() -> int:
    """Measure, print, and say whether the goal was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=64)
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made) / "data"
        if given.folder is None:
            make_demo(folder)
        page = max(by_page(folder, given.files, given.at_once) for _ in range(given.rounds))
        os.environ["NITHET_DATA"] = str(folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nithet.config.settings")
        import django

        django.setup()
        best: dict[str, float] = {}
        for _ in range(given.rounds):
            for name, work in rows_of(folder).items():
                best[name] = max(best.get(name, 0), per_second(work, given.files, given.at_once))
        best["page"] = page
        print(f"{given.at_once} at once, files of 1 MB{'':<6}{'a second':>10}{'of the floor':>14}")
        for name, figure in best.items():
            print(f"{name:<34}{figure:10.0f}{figure / best['floor']:14.2f}")
        peaks = memory()
        print(
            "memory of receiving: "
            + ", ".join(f"{mb} MB takes {peak:.1f} MB" for mb, peak in peaks.items())
        )
    is_kept = best["kept"] / best["floor"] >= GOAL and peaks[160] < peaks[8] + 8
    print(
        f"goal: kept at least {GOAL} of the floor, memory flat: {'kept' if is_kept else 'MISSED'}"
    )
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
