"""A change and the job it asks for, queued in one transaction; a worker beside.

Every tenth job fails at its first attempt, so kills also meet retries.
"""

import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.db import connection, transaction
from django_tasks import task

from nithet.foundation.jobs.models import Job
from nithet.foundation.jobs.queueing import enqueue
from nithet.foundation.jobs.rules import Status
from nithet.foundation.jobs.worker import drain, run_worker
from nithet.kernel import clock
from tests.soak.scenario import Scenario


def _run(sql, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def prepare():
    _run("CREATE TABLE soak_asked (number integer PRIMARY KEY, note varchar(40) NOT NULL)")
    _run("CREATE TABLE soak_done (number integer PRIMARY KEY, note varchar(40) NOT NULL)")
    _run("CREATE TABLE soak_run (id varchar(40) PRIMARY KEY, number integer NOT NULL)")


@task(takes_context=True)
def do_number(context, number):
    """Harmless the second time, as every task must be; each run leaves a trace of its own."""
    _run("INSERT INTO soak_run (id, number) VALUES (%s, %s)", [uuid.uuid4().hex, number])
    if number % 10 == 0 and context.attempt == 1:
        raise RuntimeError("the first attempt of every tenth job fails")
    with transaction.atomic():
        _run(
            "INSERT INTO soak_done (number, note) SELECT number, note FROM soak_asked"
            " WHERE number = %s ON CONFLICT DO NOTHING",
            [number],
        )


def operate(number):
    with transaction.atomic():
        is_new = _run(
            "INSERT INTO soak_asked (number, note) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [number, f"note-{number}"],
        )
        if is_new:
            enqueue(do_number, number, unique_key=f"soak:{number}")
    return "new" if is_new else "again"


def work_beside(stop):
    run_worker(stop, poll_s=0.05, lease_s=1.0)


def settle():
    if connection.vendor != "sqlite":
        # On SQLite draining takes back what dead processes held; here nobody else is left either.
        Job.objects.filter(status=Status.RUNNING).update(status=Status.READY)
    for hours in (0, 1, 2, 3, 4, 5):
        with clock.fixed(clock.now() + timedelta(hours=hours)):
            drain(limit=10**9)


def check(acknowledged: Mapping[int, str]):
    asked = {row[0] for row in _run("SELECT number FROM soak_asked")}
    done = dict(_run("SELECT number, note FROM soak_done"))
    jobs = list(Job.objects.filter(task=do_number.module_path).values_list("args", "status"))
    queued = [args[0] for args, _ in jobs]
    runs = _run("SELECT count(*) FROM soak_run")[0][0]
    problems = [f"acknowledged {n} is not there" for n in sorted(set(acknowledged) - asked)]
    problems += [f"{n} was queued twice" for n in {n for n in queued if queued.count(n) > 1}]
    problems += [f"{n} is half there" for n in sorted(asked ^ set(queued))]
    problems += [f"the job of {args[0]} ended as {s}" for args, s in jobs if s != Status.DONE]
    problems += [f"{n} was asked for and never done" for n in sorted(asked - set(done))]
    problems += [f"{n} was done and never asked for" for n in sorted(set(done) - asked)]
    problems += [f"the note of {n} is wrong" for n in done if done[n] != f"note-{n}"]
    print(f"say {len(jobs)} jobs in {runs} runs, every tenth failing once", flush=True)
    return problems


SCENARIO = Scenario(
    name="jobs",
    prepare=prepare,
    operate=operate,
    check=check,
    settle=settle,
    beside=work_beside,
    threads=3,
)
