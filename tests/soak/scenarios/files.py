"""A file is kept and only then the row that names it. Every third content comes twice."""

import hashlib
import random
from collections.abc import Mapping
from datetime import timedelta

from django.db import connection

from nithet.foundation.files import janitor, places
from nithet.foundation.files.store import iterate, store, verify
from tests.soak.scenario import Scenario

NAMESPACE = "soak"
LARGEST = 1_500_000


def _run(sql, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def _content(number):
    chance = random.Random(number - number % 3 if number % 3 == 1 else number)
    return chance.randbytes(int(LARGEST * chance.random() ** 3))


class _Slow:
    """A stream in small pieces, as an upload comes."""

    def __init__(self, content):
        self._content, self._place = content, 0

    def read(self, size=-1):
        piece = self._content[self._place : self._place + 65_536]
        self._place += len(piece)
        return piece


def prepare():
    _run(
        "CREATE TABLE soak_kept (number integer PRIMARY KEY, sha256 varchar(64) NOT NULL,"
        " size integer NOT NULL)"
    )


def operate(number):
    blob = store(NAMESPACE, _Slow(_content(number)))
    _run(
        "INSERT INTO soak_kept (number, sha256, size) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [number, blob.sha256, blob.size],
    )
    return blob.sha256


def check(acknowledged: Mapping[int, str]):
    kept = {number: (sha256, size) for number, sha256, size in _run("SELECT * FROM soak_kept")}
    problems = [f"acknowledged {n} has no row" for n in sorted(set(acknowledged) - set(kept))]
    for number, (sha256, size) in sorted(kept.items()):
        content = _content(number)
        if (hashlib.sha256(content).hexdigest(), len(content)) != (sha256, size):
            problems.append(f"the row of {number} tells of other content")
        if acknowledged.get(number, sha256) != sha256:
            problems.append(f"the row of {number} is not what was acknowledged")
        if not verify(NAMESPACE, sha256):
            problems.append(f"the file of {number} is missing or damaged")
    return problems + _check_folder({sha256 for sha256, _ in kept.values()})


def _check_folder(named):
    unfinished = janitor.remove_unfinished(timedelta(0))
    nameless = {blob.sha256 for blob in janitor.unreferenced(NAMESPACE, named)}
    problems = [f"{s} lies under a wrong name" for s in nameless if not verify(NAMESPACE, s)]
    janitor.remove_unreferenced(NAMESPACE, named, timedelta(0))
    left = {blob.sha256 for _, blob in iterate(NAMESPACE)}
    problems += [f"{s} is left and no row names it" for s in sorted(left - named)]
    incoming = places.folder_of(NAMESPACE) / places.INCOMING
    problems += [f"{p.name} is left half received" for p in incoming.iterdir()]
    print(
        f"say {len(left)} files; the janitor took {unfinished} half received"
        f" and {len(nameless)} without a row",
        flush=True,
    )
    return problems


SCENARIO = Scenario(name="files", prepare=prepare, operate=operate, check=check, threads=3)
