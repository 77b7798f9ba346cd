"""What 20,000 filled-in forms of forty questions say: the table of all items, by network, as a file, and the rows of a figure.

    python bench/results.py                 # SQLite
    python bench/results.py --db=postgres   # a PostgreSQL of the tests' own

The floor beside each figure is the bare reading of the same 20,000 answers out of the database, parsed and not looked at.
Prints seconds (the better of some runs), the ratio to the floor, and how much memory one table takes beyond what stands there.
Exits with 1 where a table takes 2 seconds or more and 6 times the floor or more, or more than 40 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
RECORDS, QUESTIONS, SCHOOLS, NETWORKS = 20_000, 40, 130, 12
LIMIT_S, LIMIT_RATIO, LIMIT_MB = 2.0, 6.0, 40.0


def main() -> int:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--records", type=int, default=RECORDS)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "nithet.config.settings"
    with tempfile.TemporaryDirectory(prefix="nithet-bench-") as folder:
        os.environ["NITHET_DATA"] = folder
        server = None
        if asked.db == "postgres":
            from tests import postgres_server

            server = postgres_server.start()
            os.environ["NITHET_DATABASE_URL"] = server.url
        try:
            return run(asked.records)
        finally:
            from django.db import connections

            connections.close_all()
            if server:
                server.stop()


def filled(records: int) -> Any:
    """Make an office with networks, schools, one form and its records; return (actor, instrument)."""
    from tests.domain.instruments.result_factories import make_form, make_school, question, rating

    from nithet.domain.directory.models.schools import Network
    from nithet.domain.instruments.models.submissions import Submission
    from nithet.foundation.access.actors import system_actor
    from nithet.foundation.tenancy.models import Unit
    from nithet.foundation.tenancy.scope import scope

    office = Unit.objects.create(kind="office", name="สำนักงานเขตพื้นที่การศึกษาทดสอบ")
    chance = random.Random(2555)
    with scope(office.pk):
        networks = [
            Network.objects.create(
                office=office,
                unit=Unit.objects.create(
                    kind="network", name=f"กลุ่มเครือข่ายที่ {n}", office=office, parent=office
                ),
            )
            for n in range(NETWORKS)
        ]
        schools = [
            make_school(
                Unit.objects.create(
                    kind="school", name=f"โรงเรียนที่ {n}", office=office, parent=office
                ),
                networks[n % NETWORKS],
            )
            for n in range(SCHOOLS)
        ]
        rated = [rating(f"q{n}", path=f"g{n // 10}/q{n}") for n in range(QUESTIONS)]
        form = make_form(office, [*rated, question("strong", "text"), question("wonder", "text")])
        day = datetime(2011, 10, 1, tzinfo=UTC)
        for start in range(0, records, 1000):
            Submission.objects.bulk_create(
                Submission(
                    office=office,
                    version=form,
                    form_id=form.instrument.form_id,
                    instance_id=f"uuid:{n}",
                    school=schools[n % SCHOOLS],
                    sent_by="ศึกษานิเทศก์",
                    ended_at=day + timedelta(hours=n % 17_000),
                    received_at=day + timedelta(hours=n % 17_000 + 1),
                    body="<data/>",
                    sha256=f"{n:064}",
                    answers={
                        **{
                            f"g{q // 10}/q{q}": chance.choice("12344555")
                            for q in range(QUESTIONS)
                        },
                        "strong": f"ครูจัดกิจกรรมให้เด็กลงมือทำและแลกเปลี่ยนกัน ห้องที่ {n}",
                        "wonder": "จะให้เด็กตั้งคำถามเองได้อย่างไร",
                    },
                )
                for n in range(start, min(start + 1000, records))
            )
    return system_actor("bench", office.pk), form.instrument


def best(task: Callable[[], Any], times: int = 3) -> float:
    """Return the seconds of the best of some runs."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        task()
        found.append(time.perf_counter() - began)
    return min(found)


def run(records: int) -> int:
    """Measure and print; 1 where a goal is missed."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from nithet.domain.instruments.queries.result_rows import behind
    from nithet.domain.instruments.queries.results import Asked, results_of
    from nithet.foundation.tenancy.scope import scope

    call_command("migrate", verbosity=0)
    actor, instrument = filled(records)

    def floor() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT CAST(answers AS TEXT) FROM instruments_submission")
            return sum(len(json.loads(text)) for (text,) in cursor.fetchall())

    tasks: dict[str, Callable[[], Any]] = {
        "all items": lambda: results_of(actor, instrument, Asked()),
        "by network": lambda: results_of(actor, instrument, Asked(by="network")),
        "by school": lambda: results_of(actor, instrument, Asked(by="school")),
        "by year": lambda: results_of(actor, instrument, Asked(by="year")),
        "one school": lambda: results_of(actor, instrument, Asked(school_id=1)),
        "rows of a figure": lambda: behind(actor, instrument, Asked(), "q7.5", "5"),
    }
    with scope(actor.office_id):
        bare = best(floor)
        print(f"{records} records, {connection.vendor}; floor {bare:.2f} s")
        measured = {name: best(task) for name, task in tasks.items()}
        tracemalloc.start()
        results_of(actor, instrument, Asked(by="network"))
        memory = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
    for name, seconds in measured.items():
        print(f"{name:<18}{seconds:7.2f} s   {seconds / bare:5.1f} x floor")
    print(f"memory of one table {memory:5.1f} MB")
    slowest = max(measured.values())
    missed = slowest >= max(LIMIT_S, LIMIT_RATIO * bare) or memory > LIMIT_MB
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
