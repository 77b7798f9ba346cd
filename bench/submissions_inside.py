"""The parts of `submissions.py` that run inside of an installation: preparing it, batches, the CSV, the pages of the list."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from bench import visit_form  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from nithet.domain.instruments.actions.batches import Batched, insert_rows, receive_submissions  # noqa: E402
from nithet.domain.instruments.actions.devices import add_device  # noqa: E402
from nithet.domain.instruments.exporting import csv_of  # noqa: E402
from nithet.domain.instruments.models.instruments import Instrument  # noqa: E402
from nithet.domain.instruments.models.submissions import Submission  # noqa: E402
from nithet.domain.instruments.models.versions import InstrumentVersion  # noqa: E402
from nithet.domain.instruments.queries.submissions import list_submissions, page_of  # noqa: E402
from nithet.foundation.access.actors import Actor, actor_for, system_actor  # noqa: E402
from nithet.foundation.access.models import Posting  # noqa: E402
from nithet.foundation.access.roles import Role  # noqa: E402
from nithet.foundation.accounts.models import User  # noqa: E402
from nithet.foundation.tenancy.models import Unit  # noqa: E402
from nithet.foundation.tenancy.scope import scope  # noqa: E402
from nithet.kernel import clock  # noqa: E402

BATCH, BATCHES = 50, 20
FASTEST_CSV, FIRST_PIECE_S, GROWTH_MB, LAST_PAGE = 10_000, 0.5, 16.0, 1.5
MISSED = Path(os.environ["NITHET_DATA"]) / "missed.json"


def prepare() -> None:
    """Make the tables, an office, a supervisor with two devices, a form; print the tokens of two devices."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    office = Unit.objects.create(kind="office", name="สำนักงานเขตพื้นที่การศึกษาทดสอบ")
    user = User.objects.create_user(
        "supervisor", "a-long-enough-password", display_name="ศึกษานิเทศก์"
    )
    Posting.objects.create(user=user, role=Role.SUPERVISOR, unit=office)
    with scope(office.pk):
        instrument = Instrument.objects.create(
            office=office,
            form_id=visit_form.FORM,
            title="แบบวัดความเร็ว",
            state=Instrument.State.PUBLISHED,
        )
        InstrumentVersion.objects.create(
            office=office,
            instrument=instrument,
            version="1",
            title="แบบวัดความเร็ว",
            xform=visit_form.xform(),
            definition=visit_form.definition(),
            hash="md5:0",
            state=InstrumentVersion.State.PUBLISHED,
            made_at=clock.now(),
            made_by="bench",
        )
        for name in ("แท็บเล็ต", "โทรศัพท์"):
            print(add_device(actor=system_actor("bench", office.pk), owner=user, name=name).token)


def inside(rows: int) -> None:
    """Batches, then a CSV and pages of so many rows; what misses its goal is kept for `goals`."""
    actor = actor_for(User.objects.get(username="supervisor"), clock.today())
    with scope(actor.office_id):
        missed = batches(actor)
        fill(actor, rows)
        missed += exported(actor)
        missed += pages(actor)
    MISSED.write_text(json.dumps(missed))


def batches(actor: Actor) -> list[str]:
    """Fifty at once: through the whole action, the storing step alone, and COPY (or one INSERT) into a bare table."""
    sent = [[Batched(visit_form.as_xml()) for _ in range(BATCH)] for _ in range(BATCHES)]
    started = time.perf_counter()
    for batch in sent:
        receive_submissions(actor=actor, device=None, batch=batch)
    whole = BATCH * BATCHES / (time.perf_counter() - started)
    prepared = [[unsaved(actor, f"b{n}-{k}") for k in range(BATCH)] for n in range(BATCHES)]
    started = time.perf_counter()
    for rows in prepared:
        with transaction.atomic():
            insert_rows(rows)
    storing = BATCH * BATCHES / (time.perf_counter() - started)
    floor = bare_rows()
    print(
        f"batches of {BATCH}: whole {whole:.0f}/s, storing alone {storing:.0f}/s, bare table {floor:.0f}/s, ratios {whole / floor:.2f} and {storing / floor:.2f}"
    )
    return []


def bare_rows() -> float:
    """Rows a second into a table of four columns, fifty a commit, by the quickest way of the database."""
    is_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        key = "bigserial primary key" if is_postgres else "integer primary key"
        cursor.execute(
            f"CREATE TABLE bench_rows (id {key}, school integer, answers {'jsonb' if is_postgres else 'text'})"
        )
    data = [
        [(1, json.dumps(visit_form.answers(), ensure_ascii=False)) for _ in range(BATCH)]
        for _ in range(BATCHES)
    ]
    started = time.perf_counter()
    for rows in data:
        with transaction.atomic(), connection.cursor() as cursor:
            if is_postgres:
                with cursor.copy("COPY bench_rows (school, answers) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                cursor.executemany("INSERT INTO bench_rows (school, answers) VALUES (%s, %s)", rows)
    return BATCH * BATCHES / (time.perf_counter() - started)


def unsaved(actor: Actor, number: str) -> Submission:
    """A row as the action would write it."""
    now = clock.now()
    said: dict[str, Any] = dict(visit_form.answers())
    return Submission(
        office_id=actor.office_id,
        version=VERSION[0],
        form_id=visit_form.FORM,
        form_version="1",
        instance_id=f"uuid:{number}",
        title="แบบวัดความเร็ว",
        user_id=actor.user_id,
        sent_by=actor.name,
        received_at=now,
        body="x" * 2000,
        sha256=f"{abs(hash(number)):064}"[:64],
        answers=said,
    )


VERSION: list[InstrumentVersion | None] = [None]


def fill(actor: Actor, rows: int) -> None:
    """Bring the form to so many rows at least."""
    VERSION[0] = InstrumentVersion.objects.get(instrument__form_id=visit_form.FORM)
    have = Submission.objects.filter(form_id=visit_form.FORM).count()
    for start in range(have, rows, 500):
        with transaction.atomic():
            insert_rows(
                [unsaved(actor, f"fill-{start + n}") for n in range(min(500, rows - start))]
            )


def exported(actor: Actor) -> list[str]:
    """The CSV of all, piece by piece."""
    for _ in zip(range(4), csv_of(actor, visit_form.FORM), strict=False):
        pass  # what a process loads once is no growth
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, first, lines = time.perf_counter(), 0.0, 0
    for piece in csv_of(actor, visit_form.FORM):
        first = first or time.perf_counter() - started
        lines += piece.count(b"\r\n")
    second = time.perf_counter() - started
    growth = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    speed = (lines - 1) / second
    print(
        f"CSV of {lines - 1}: {speed:.0f} rows/s, first piece after {first * 1e3:.1f} ms, memory +{growth:.1f} MB"
    )
    missed = [f"CSV {speed:.0f} rows/s"] if speed < FASTEST_CSV else []
    missed += [f"first piece after {first:.2f} s"] if first > FIRST_PIECE_S else []
    return missed + ([f"CSV grew by {growth:.0f} MB"] if growth > GROWTH_MB else [])


def pages(actor: Actor) -> list[str]:
    """The first and the last page of the list, the middle of many times."""

    def middle(*, oldest: bool) -> float:
        taken = []
        for _ in range(60):
            started = time.perf_counter()
            page = page_of(list_submissions(actor, form_id=visit_form.FORM), oldest=oldest)
            taken.append(time.perf_counter() - started)
            if len(page.rows) != 30:
                raise SystemExit("the page is not full")
        return 1e3 * sorted(taken)[len(taken) // 2]

    middle(oldest=False)
    first, last = middle(oldest=False), middle(oldest=True)
    print(f"list: first page {first:.1f} ms, last page {last:.1f} ms, ratio {last / first:.2f}")
    return [f"last page {last / first:.2f} of the first"] if last / first > LAST_PAGE else []


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    elif sys.argv[1] == "inside":
        inside(int(sys.argv[2]))
    else:
        print(MISSED.read_text())
