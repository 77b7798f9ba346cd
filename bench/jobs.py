"""Background jobs a second: queued one by one, and run by one worker and by four.

``python bench/jobs.py [POSTGRES_URL]``; without one, SQLite. Every job is two durable commits:
taken, and done.
"""

import os
import sys
import tempfile
import threading
import time

JOBS = 500


def main() -> None:
    """Print how many a second were queued and run."""
    folder = tempfile.mkdtemp(prefix="nithet-bench-")
    address = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{folder}/bench.sqlite3"
    os.environ |= {
        "NITHET_DATA": folder,
        "NITHET_DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "nithet.config.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django_tasks import task

    from nithet.foundation.jobs.models import Job
    from nithet.foundation.jobs.queueing import enqueue
    from nithet.foundation.jobs.rules import UNFINISHED, Status
    from nithet.foundation.jobs.worker import run_worker

    call_command("migrate", verbosity=0)

    globals()["do_nothing"] = nothing = task()(do_nothing)
    print(connection.vendor)
    started = time.perf_counter()
    for _ in range(JOBS):
        nothing.enqueue()
    print(f"queued, a commit each      {JOBS / (time.perf_counter() - started):6.0f}/s")
    started = time.perf_counter()
    for number in range(JOBS):
        enqueue(nothing, unique_key=f"key {number}")
    print(f"queued with a unique key   {JOBS / (time.perf_counter() - started):6.0f}/s")
    for workers in (1, 4):
        Job.objects.all().delete()
        with transaction.atomic():
            for _ in range(JOBS):
                nothing.enqueue()
        stop = threading.Event()
        threads = [threading.Thread(target=run_worker, args=(stop,)) for _ in range(workers)]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        while Job.objects.filter(status__in=UNFINISHED).exists():
            time.sleep(0.02)
        rate = JOBS / (time.perf_counter() - started)
        stop.set()
        for thread in threads:
            thread.join()
        if Job.objects.filter(status=Status.DONE, attempts=1).count() != JOBS:
            raise SystemExit("not every job was run exactly once")
        print(f"run by {workers} worker{'s' if workers > 1 else ' '}           {rate:6.0f}/s")


def do_nothing() -> None:
    """The work."""


if __name__ == "__main__":
    # Workers find a task by its module's name, which must not be ``__main__``.
    import jobs as itself

    itself.main()
