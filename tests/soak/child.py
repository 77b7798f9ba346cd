"""The process that is killed, and the fresh one that looks afterwards.

``python -m tests.soak.child migrate`` | ``prepare NAME`` | ``operate NAME FIRST...`` | ``check
NAME`` (the acknowledged as JSON on standard input). Prints ``ready``, ``ack NUMBER WORD``, ``say ...`` and
``fault ...`` lines.
"""

import json
import os
import sys
import threading

import django


def _say(line):
    # One write for each line: a line is printed whole or not at all.
    os.write(1, f"{line}\n".encode())


def migrate():
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def operate(scenario, firsts):
    """Each thread does every ``threads``-th number, from its own first one on, without end."""

    def run(number):
        while True:
            word = scenario.operate(number)
            _say(f"ack {number} {word}")
            number += scenario.threads

    stop = threading.Event()
    beside = threading.Thread(target=scenario.beside, args=(stop,), daemon=True)
    beside.start()
    threading.excepthook = _end_on_error
    _say("ready")
    threads = [threading.Thread(target=run, args=(first,)) for first in firsts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _end_on_error(raised):
    # A thread that dies must not go unseen while the others go on.
    sys.__excepthook__(raised.exc_type, raised.exc_value, raised.exc_traceback)
    sys.stderr.flush()
    os._exit(70)


def check(scenario):
    from django.db import connection

    acknowledged = {int(number): word for number, word in json.load(sys.stdin).items()}
    scenario.settle()
    for fault in scenario.check(acknowledged):
        _say(f"fault {fault}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for question in ("integrity_check", "foreign_key_check"):
                cursor.execute(f"PRAGMA {question}")
                for row in cursor.fetchall():
                    if row != ("ok",):
                        _say(f"fault SQLite {question}: {row}")
    _say("checked")


def main(what, name="", *firsts):
    django.setup()
    from django.conf import settings

    from nithet.foundation.database.data_folder import hold_exclusively
    from tests.soak.scenarios import load

    with hold_exclusively(settings.NITHET_DATA, doing=f"soak {what}"):
        if what == "migrate":
            migrate()
        elif what == "prepare":
            load(name).prepare()
        elif what == "operate":
            operate(load(name), [int(first) for first in firsts])
        else:
            check(load(name))


if __name__ == "__main__":
    main(*sys.argv[1:])
