import threading
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection

from nithet.foundation.jobs import schedules
from nithet.foundation.jobs.models import Job, Schedule
from nithet.foundation.jobs.rules import Daily, Every
from nithet.foundation.jobs.schedules import enqueue_due, register
from nithet.foundation.jobs.worker import drain
from nithet.kernel import clock
from tests.foundation.jobs import work

NOW = datetime(2026, 11, 22, 6, 31, tzinfo=UTC)


@pytest.fixture
def only_ours(monkeypatch):
    """A register that holds one schedule: every five minutes."""
    monkeypatch.setattr(schedules, "_entries", {})
    register("tests.tell", work.tell_scope, Every(timedelta(minutes=5)))


def due_at(moment):
    with clock.fixed(moment):
        return enqueue_due()


@pytest.mark.django_db
def test_a_new_schedule_first_comes_at_its_next_regular_moment(only_ours):
    assert due_at(NOW) == 0
    assert Schedule.objects.get().next_run == datetime(2026, 11, 22, 6, 35, tzinfo=UTC)
    assert due_at(NOW + timedelta(minutes=3)) == 0
    assert due_at(NOW + timedelta(minutes=4)) == 1
    assert due_at(NOW + timedelta(minutes=4)) == 0
    assert Job.objects.get().schedule == "tests.tell"


@pytest.mark.django_db
def test_moments_missed_while_nothing_ran_come_once(only_ours):
    due_at(NOW)
    assert due_at(NOW + timedelta(days=3)) == 1
    assert due_at(NOW + timedelta(days=3, minutes=1)) == 0


@pytest.mark.django_db
def test_a_schedule_does_not_pile_up_behind_a_job_that_waits(only_ours):
    due_at(NOW)
    for hours in (1, 2, 3):
        assert due_at(NOW + timedelta(hours=hours)) == 1
    assert Job.objects.count() == 1
    with clock.fixed(NOW + timedelta(hours=3)):
        assert drain().done == 1


@pytest.mark.django_db
def test_a_clock_that_was_ahead_does_not_silence_a_schedule(only_ours):
    due_at(NOW)
    assert due_at(NOW + timedelta(days=400)) == 1
    assert due_at(NOW + timedelta(minutes=5)) == 0
    assert Schedule.objects.get().next_run == datetime(2026, 11, 22, 6, 40, tzinfo=UTC)
    assert due_at(NOW + timedelta(minutes=9)) == 1


@pytest.mark.django_db
def test_a_daily_schedule_comes_at_its_hour_of_thailand(monkeypatch):
    monkeypatch.setattr(schedules, "_entries", {})
    register("tests.daily", work.tell_scope, Daily(time(14, 0)))
    due_at(NOW)
    assert due_at(datetime(2026, 11, 22, 6, 59, 59, tzinfo=UTC)) == 0
    assert due_at(datetime(2026, 11, 22, 7, 0, tzinfo=UTC)) == 1
    assert due_at(datetime(2026, 11, 23, 6, 59, tzinfo=UTC)) == 0
    assert due_at(datetime(2026, 11, 23, 7, 1, tzinfo=UTC)) == 1


def test_several_workers_that_look_at_once_queue_it_exactly_once(only_ours, real_database):
    due_at(NOW)
    ready, counts = threading.Barrier(6), []

    def look():
        try:
            for number in range(1, 21):
                ready.wait(30)
                counts.append((number, due_at(NOW + timedelta(minutes=5 * number))))
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queued = {number: sum(c for n, c in counts if n == number) for number in range(1, 21)}
    assert len(counts) == 6 * 20
    assert queued == dict.fromkeys(range(1, 21), 1)


def test_the_foundations_own_schedules_are_registered():
    names = [entry.name for entry in schedules.registered()]
    assert {"jobs.remove_old", "files.clear_unfinished"} <= set(names)
