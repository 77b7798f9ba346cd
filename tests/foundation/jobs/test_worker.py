import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter

from django.db import OperationalError, connection, connections, transaction

from nithet.foundation.jobs.models import Job
from nithet.foundation.jobs.queueing import enqueue
from nithet.foundation.jobs.rules import Status
from nithet.foundation.jobs.worker import run_worker
from tests.foundation.jobs import work

CHILD = """
import sys, threading
import django
django.setup()
from nithet.foundation.jobs.worker import run_worker
run_worker(threading.Event(), poll_s=0.05, lease_s=1.0)
"""


class Workers:
    """Worker threads that are stopped at the end of the block."""

    def __init__(self, number, **options):
        self.stop = threading.Event()
        options = {"poll_s": 0.05, **options}
        self.threads = [
            threading.Thread(target=run_worker, args=(self.stop,), kwargs=options)
            for _ in range(number)
        ]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join(30)
            assert not thread.is_alive(), "a worker does not stop"


def wait_until(question, seconds=30.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if question():
            return
        time.sleep(0.02)
    raise AssertionError(f"it did not come about within {seconds} seconds")


def count(status):
    return Job.objects.filter(status=status).count()


def test_several_workers_run_each_job_exactly_once(real_database, tmp_path):
    path, number = str(tmp_path / "lines"), 150
    with Workers(4):
        for n in range(number):
            work.note.enqueue(path, f"job {n}")
        wait_until(lambda: count(Status.DONE) == number)
    assert Counter(work.lines(path)) == {f"job {n}": 1 for n in range(number)}


def test_a_worker_wakes_up_when_a_job_is_committed_and_not_before(real_database, tmp_path):
    path = str(tmp_path / "lines")
    with Workers(1, poll_s=30.0) as workers:
        time.sleep(0.5)
        with transaction.atomic():
            work.note.enqueue(path, "one")
            time.sleep(0.2)
            assert work.lines(path) == []
        wait_until(lambda: work.lines(path) == ["one"], 5)
        workers.stop.set()
        work.note.enqueue(path, "two")  # wakes the worker, which then stops


def test_a_long_job_keeps_its_lease_by_its_heartbeat(real_database, tmp_path):
    path = str(tmp_path / "lines")
    work.note_slowly.enqueue(path, "long", 4.5)
    with Workers(2, lease_s=2.0):
        wait_until(lambda: count(Status.DONE) == 1)
    assert work.lines(path) == ["begin long", "end long"]
    assert Job.objects.get().attempts == 1
    assert Job.objects.get().beats > 3


def test_stopping_lets_the_job_at_hand_finish(real_database, tmp_path):
    path = str(tmp_path / "lines")
    work.note_slowly.enqueue(path, "slow", 0.6)
    work.note.enqueue(path, "next")
    with Workers(1):
        wait_until(lambda: work.lines(path) == ["begin slow"])
    assert work.lines(path) == ["begin slow", "end slow"]
    assert (count(Status.DONE), count(Status.READY)) == (1, 1)


def test_a_job_whose_worker_is_killed_is_run_again_by_another(real_database, tmp_path):
    path = str(tmp_path / "lines")
    enqueue(work.note_slowly, path, "job", 600, unique_key="k")
    connection.close()
    child = subprocess.Popen([sys.executable, "-c", CHILD], env=real_database)
    try:
        wait_until(lambda: work.lines(path) == ["begin job"])
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert count(Status.RUNNING) == 1
    Job.objects.update(args=[path, "job", 0])
    # On SQLite the new process knows that it is alone and need not wait for the lease.
    with Workers(2, lease_s=600.0 if connection.vendor == "sqlite" else 3.0):
        wait_until(lambda: count(Status.DONE) == 1)
    assert work.lines(path) == ["begin job", "begin job", "end job"]
    assert Job.objects.get().attempts == 2


def test_a_worker_outlives_trouble_with_the_database(real_database, tmp_path, monkeypatch):
    monkeypatch.setattr("nithet.foundation.jobs.worker.AFTER_TROUBLE_S", 0.05)
    path = str(tmp_path / "lines")
    wrapper_class = type(connections["default"])
    refused, real = [], wrapper_class.ensure_connection

    def ensure_connection(wrapper):
        if threading.current_thread() is threading.main_thread():
            return real(wrapper)
        refused.append(1)
        raise OperationalError("the server has gone away")

    with Workers(1):
        work.note.enqueue(path, "before")
        wait_until(lambda: work.lines(path) == ["before"])
        with monkeypatch.context() as trouble:
            trouble.setattr(wrapper_class, "ensure_connection", ensure_connection)
            wait_until(lambda: len(refused) > 3)
        work.note.enqueue(path, "after")
        wait_until(lambda: work.lines(path) == ["before", "after"])
