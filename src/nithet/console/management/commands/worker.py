"""`nithet worker`: run jobs in a process of their own. On SQLite `nithet serve` runs them itself."""

import signal
import threading
from typing import Any

from django.db import connection

from nithet.console.command import NithetCommand, must_be_set_up
from nithet.console.words import say
from nithet.foundation.jobs.worker import run_worker
from nithet.kernel.errors import Busy


class Command(NithetCommand):
    """Work off jobs."""

    summary = "Run jobs in a process of their own (PostgreSQL)."
    uses_database = False

    def work(self, **_: Any) -> None:
        """Run until stopped; a job that runs is finished first."""
        must_be_set_up()
        if connection.vendor == "sqlite":
            raise Busy(
                "worker.sqlite",
                "On SQLite the server runs the jobs itself, in the same process. A worker of its own needs PostgreSQL.",
            )
        stop = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        say("Waiting for jobs (Ctrl-C stops).")
        run_worker(stop)
