"""Work with planted faults: the harness must find every one of them. Not in ``NAMES``."""

from django.db import connection

from tests.soak.scenario import Scenario


def _run(sql, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def prepare():
    _run("CREATE TABLE soak_planted (number integer NOT NULL)")
    _run("CREATE TABLE soak_audit (number integer NOT NULL)")


def operate(number):
    # Acknowledged and never written.
    for planted in (1_000_000 + number, 1_000_000 + number):  # written twice
        _run("INSERT INTO soak_planted (number) VALUES (%s)", [planted])
    _run("INSERT INTO soak_audit (number) VALUES (%s)", [1_000_000 + number])
    # Written without its audit row.
    _run("INSERT INTO soak_planted (number) VALUES (%s)", [2_000_000 + number])
    return "done"


def check(acknowledged):
    rows = [row[0] for row in _run("SELECT number FROM soak_planted")]
    audited = {row[0] for row in _run("SELECT number FROM soak_audit")}
    lost = [f"lost {n}" for n in acknowledged if n not in rows]
    doubled = [f"doubled {n}" for n in sorted({n for n in rows if rows.count(n) > 1})]
    half = [f"half {n}" for n in sorted(set(rows) - audited)]
    return lost + doubled + half


SCENARIO = Scenario(name="planted", prepare=prepare, operate=operate, check=check, threads=1)
