"""Tasks for the tests. What they do can be seen in a file, however the process ends."""

import os
import time
from pathlib import Path

from django.utils.translation import get_language
from django_tasks import task

from nithet.foundation.jobs.queueing import enqueue
from nithet.foundation.tenancy.scope import current_office_id
from nithet.kernel.errors import RuleBroken


def write_line(path, line):
    """Append one whole line, as several processes may do at once."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
    finally:
        os.close(handle)


def lines(path):
    return Path(path).read_text().splitlines() if Path(path).exists() else []


@task()
def note(path, line):
    write_line(path, line)
    return line


@task()
def note_slowly(path, line, seconds):
    write_line(path, f"begin {line}")
    time.sleep(seconds)
    write_line(path, f"end {line}")


@task()
def tell_scope():
    return [current_office_id(), get_language()]


@task(takes_context=True)
def tell_attempt(context, word):
    return f"{word} {context.attempt}"


@task()
async def answer_later():
    return "later"


@task(max_attempts=3)
def break_down():
    password = "hunter2-secret"
    raise ValueError(f"cannot sign in with {password}")


@task(max_attempts=1)
def break_a_rule():
    raise RuleBroken("visit.closed", "The visit of %(name)s is closed.", name="a person")


@task()
def return_what_cannot_be_kept():
    return object()


@task()
def queue_another(path):
    write_line(path, "again")
    enqueue(queue_another, path)


@task()
def ask_for_more_while_running(path):
    write_line(path, "run")
    if len(lines(path)) == 1:
        enqueue(ask_for_more_while_running, path, unique_key="more")


@task(priority=5)
def urgent(path):
    write_line(path, "urgent")


@task(queue_name="papers")
def paper(path):
    write_line(path, "paper")
