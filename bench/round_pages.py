"""What it costs to answer one test of a return with the level worked out anew, and to judge a large form.

    python bench/round_pages.py [--requests 60] [--repeat 20]

Saving: the demo office on a server of its own; the planner's browser answers one test again and again, as a page with scripts
does it, and gets the line and the level back. Beside it, in the same run, a bare view of one INSERT on the same database backend
and the same server program, without sessions. Both with one browser; medians.

Tree: synthetic editions of 50, 106 and 400 items with two tests each, all answered, with two pieces of evidence an item: facts
read, judged and listed with levels, in a process of its own: milliseconds of its own processor time, since the machine may be
busy with something else, and the number of queries.

Exits with 1 when saving takes more than ten times the bare INSERT, the tree of 106 takes 15 ms or more, its queries grow, or
400 items cost more than twice their share of 106.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.served import (  # noqa: E402
    HOST,
    Reader,
    environment,
    free_port,
    load_of_machine,
    make_demo,
    median,
    serving,
)

TIMES, TREE_MS, SIZES = 10.0, 15.0, (50, 106, 400)
ANSWER = "/rounds/1/items/4/tests/every_school/"
LEVELS = """
  scale: [1, 2, 3, 4]
  presumes: {every: item, is: done}
  rules:
    - {level: 4, when: {every: item, trace: clear, checkable: true}}
    - {level: 3, when: {some: item, trace: clear}}
    - {level: 2, when: {every: item, trace: unclear}}
    - {level: 1, when: {some: item, trace: [none, unclear]}}
"""


def timed(send: Callable[[int], int], requests: int) -> float:
    """Return the median milliseconds of some requests, each of which must answer 200."""
    taken = []
    for number in range(requests + 5):
        started = time.perf_counter()
        status = send(number)
        taken.append(1e3 * (time.perf_counter() - started))
        if status != 200:
            raise SystemExit(f"answered with {status}")
    return median(taken[5:])


def saving(folder: Path, requests: int) -> float:
    """Answer one test again and again."""
    with serving(folder) as server:
        reader = Reader(server.port)
        reader.sign_in(
            "planner", json.loads((folder / "demo-accounts.json").read_text())["password"]
        )
        reader.get("/rounds/1/items/4/")
        token = reader.cookies["csrftoken"]
        reader.headers["HX-Request"] = "true"

        def send(number: int) -> int:
            body = {
                "answer": "done" if number % 2 else "not_done",
                "reason": "ตรวจแล้ว",
                "csrfmiddlewaretoken": token,
            }
            status, page = reader.post(ANSWER, body)
            if b'id="stand"' not in page:
                raise SystemExit("the level did not come back")
            return status

        return timed(send, requests)


def inserting(folder: Path, requests: int) -> float:
    """Ask the bare view again and again."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        HOST,
        "--port",
        str(port),
    ]
    process = subprocess.Popen(
        [*command, "bench.bare_insert:application"],
        cwd=ROOT,
        env=environment(folder) | {"BARE_DATABASE": str(folder / "bare.sqlite3")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        connection = http.client.HTTPConnection(HOST, port, timeout=20)
        for _ in range(100):
            try:
                connection.request("GET", "/health/")
                connection.getresponse().read()
                break
            except OSError:
                connection.close()
                time.sleep(0.2)

        def send(number: int) -> int:
            connection.request("POST", "/", b"")
            answer = connection.getresponse()
            answer.read()
            return answer.status

        return timed(send, requests)
    finally:
        process.terminate()
        process.wait(15)


def trees(repeat: int) -> None:
    """Print, as JSON, the milliseconds and queries of reading, judging and listing editions of several sizes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nithet.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tests.domain.frameworks.rules.factories import HEAD

    from nithet.domain.assessments.actions.rounds import open_round
    from nithet.domain.assessments.models.rounds import TestAnswer
    from nithet.domain.assessments.queries.standing import standing_of
    from nithet.domain.evidence.models import Piece, Use
    from nithet.domain.frameworks.actions import add_edition
    from nithet.foundation.access.actors import system_actor
    from nithet.foundation.database.data_folder import hold_exclusively
    from nithet.foundation.tenancy.models import Unit
    from nithet.foundation.tenancy.scope import scope
    from nithet.kernel import clock
    from nithet.web.rounds.pages import item_lines

    found = {}
    with hold_exclusively(settings.NITHET_DATA, doing="bench"):
        office = Unit.objects.filter(kind=Unit.Kind.OFFICE).order_by("pk")[0]
        actor = system_actor("bench", office.pk)
        for size in SIZES:
            tests = "{id: a, th: ก, answer: person}, {id: b, th: ข, answer: person}"
            items = "\n".join(
                f'  - {{id: "{n}", title: {{th: ข}}, tests: [{tests}], expects: [{{kind: any}}]}}'
                for n in range(1, size + 1)
            )
            head = HEAD.replace("made-up:flat", f"made-up:flat-{size}")
            text = f"{head}\nitems:\n{items}\nlevels:\n{LEVELS}\ncases: []\n"
            with scope(office.pk):
                edition = add_edition(actor=actor, text=text)
                reporting_round = open_round(actor=actor, edition=edition, fiscal_year=2555)
                made = {"is_done": True, "answered_by": "x", "answered_at": clock.now()}
                TestAnswer.objects.bulk_create(
                    TestAnswer.owned_by(office.pk, answer=row, test=test, **made)
                    for row in reporting_round.answers.all()
                    for test in ("a", "b")
                )
                for n in range(1, size + 1):
                    for _ in range(2):
                        piece = Piece.owned_by(office.pk, title=f"หลักฐาน {n}", kind="any")
                        piece.save()
                        use = {
                            "piece": piece,
                            "edition": edition,
                            "fiscal_year": 2555,
                            "item": str(n),
                        }
                        Use.owned_by(office.pk, **use).save()

                def tree(one: object = reporting_round) -> None:
                    item_lines(one, standing_of(one))  # type: ignore[arg-type]

                tree()
                with CaptureQueriesContext(connection) as queries:
                    tree()
                taken = []
                for _ in range(repeat):
                    started = time.process_time()
                    tree()
                    taken.append(1e3 * (time.process_time() - started))
                found[size] = (median(taken), len(queries))
    print(json.dumps(found))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=60, help="how often a test is answered")
    parser.add_argument("--repeat", type=int, default=20, help="how often a tree is judged")
    parser.add_argument("--trees", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.trees:
        trees(chosen.repeat)
        return 0
    print(load_of_machine())
    with tempfile.TemporaryDirectory(prefix="nithet-bench-") as kept:
        folder = Path(kept) / "data"
        make_demo(folder)
        bare = inserting(folder, chosen.requests)
        saved = saving(folder, chosen.requests)
        print(f"bare view of one INSERT            {bare:8.1f} ms")
        print(f"one answer with its level          {saved:8.1f} ms   ratio {saved / bare:.1f}")
        done = subprocess.run(
            [sys.executable, __file__, "--trees", "--repeat", str(chosen.repeat)],
            env=environment(folder),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"judging failed:\n{done.stderr}")
        found = {
            int(size): value for size, value in json.loads(done.stdout.splitlines()[-1]).items()
        }
    for size, (taken, queries) in found.items():
        print(
            f"tree of {size:3} items with levels      {taken:8.1f} ms   {queries} queries   {1e3 * taken / size:6.0f} us an item"
        )
    steady = len({queries for _, queries in found.values()}) == 1
    linear = found[400][0] / 400 <= 2 * found[106][0] / 106
    return 0 if saved <= TIMES * bare and found[106][0] < TREE_MS and steady and linear else 1


if __name__ == "__main__":
    sys.exit(main())
