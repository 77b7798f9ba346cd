from datetime import timedelta

import pytest
from django_tasks import TaskResultStatus

from nithet.foundation.jobs import leases
from nithet.foundation.jobs.housekeeping import DONE_KEPT, remove_old_jobs
from nithet.foundation.jobs.leases import WORKER_LOST, Reaper
from nithet.foundation.jobs.models import Job
from nithet.foundation.jobs.queueing import enqueue
from nithet.foundation.jobs.rules import Status
from nithet.foundation.jobs.worker import drain, execute
from nithet.kernel import clock
from tests.foundation.jobs import work

pytestmark = pytest.mark.django_db


class Stopwatch:
    """A monotonic clock that moves when told."""

    seconds = 1000.0

    def __call__(self):
        return self.seconds

    def wait(self, seconds):
        self.seconds += seconds


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "lines")


def stored(job):
    return Job.objects.get(pk=job.pk)


def test_a_failing_job_is_tried_again_later_and_then_stays_visible():
    result = work.break_down.enqueue()
    now = clock.now()
    for attempt, wait in ((1, timedelta(0)), (2, timedelta(seconds=7)), (3, timedelta(minutes=1))):
        now += wait
        with clock.fixed(now):
            assert drain().failed == 1, attempt
            assert drain().failed == 0, "it must wait before it is tried again"
    job = Job.objects.get()
    assert (job.status, job.attempts) == (Status.FAILED, 3)
    assert job.finished_at is not None
    result.refresh()
    assert result.status is TaskResultStatus.FAILED
    assert result.errors[0].exception_class_path == "builtins.ValueError"


def test_an_error_is_kept_without_its_message_and_with_its_place():
    work.break_down.enqueue()
    drain()
    job = Job.objects.get()
    assert job.error_type == "builtins.ValueError"
    assert "work.py" in job.error
    assert "break_down" in job.error
    assert "hunter2" not in job.error


def test_a_broken_rule_is_kept_by_its_code_and_without_the_name_in_it():
    work.break_a_rule.enqueue()
    drain()
    job = Job.objects.get()
    assert "visit.closed: The visit of %(name)s is closed." in job.error
    assert "a person" not in job.error


def test_a_result_that_cannot_be_kept_fails_the_job():
    work.return_what_cannot_be_kept.enqueue()
    assert drain().failed == 1
    assert Job.objects.get().error_type == "builtins.TypeError"


def test_a_task_that_no_longer_exists_fails_its_job():
    result = work.note.enqueue("p", "l")
    Job.objects.filter(pk=result.id).update(task="tests.foundation.jobs.work.no_such_task")
    assert drain().failed == 1
    assert Job.objects.get().error_type == "builtins.ImportError"


def test_a_claimed_job_cannot_be_claimed_again(path):
    work.note.enqueue(path, "one")
    job = leases.claim("first")
    assert job is not None
    assert leases.claim("second") is None


def test_a_job_without_a_sign_of_life_is_taken_after_its_lease(path):
    stopwatch = Stopwatch()
    reaper = Reaper(60, stopwatch)
    work.note.enqueue(path, "one")
    job = leases.claim("dies")
    assert reaper.look() == 0
    stopwatch.wait(59)
    assert reaper.look() == 0
    stopwatch.wait(2)
    assert reaper.look() == 1
    job = stored(job)
    assert (job.status, job.attempts, job.error_type) == (Status.READY, 1, WORKER_LOST)
    assert job.run_after > clock.now()
    with clock.fixed(clock.now() + timedelta(minutes=1)):
        assert drain().done == 1
    assert stored(job).error_type == ""


def test_a_job_that_moves_is_left_to_its_worker(path):
    stopwatch = Stopwatch()
    reaper = Reaper(60, stopwatch)
    work.note.enqueue(path, "one")
    job = leases.claim("lives")
    for _ in range(10):
        assert reaper.look() == 0
        stopwatch.wait(45)
        assert leases.renew(job)
    assert leases.finish(job, None) is not None


def test_a_job_that_kills_its_worker_each_time_is_given_up(path):
    stopwatch = Stopwatch()
    reaper = Reaper(60, stopwatch)
    result = work.break_down.enqueue()
    now = clock.now()
    for attempt in range(1, 4):
        now += timedelta(hours=2)
        with clock.fixed(now):
            assert leases.claim(f"dies-{attempt}") is not None
            reaper.look()
            stopwatch.wait(61)
            assert reaper.look() == 1
    job = Job.objects.get(pk=result.id)
    assert (job.status, job.attempts, job.error_type) == (Status.FAILED, 3, WORKER_LOST)


@pytest.mark.parametrize("years", [-10, 10])
def test_a_worker_whose_clock_is_ten_years_wrong_neither_loses_nor_blocks_its_job(path, years):
    stopwatch = Stopwatch()
    reaper = Reaper(60, stopwatch)
    work.note.enqueue(path, "one")
    wrong = clock.now() + timedelta(days=365 * years)
    # The job comes due by the worker's own clock; its lease is judged by the watcher's.
    Job.objects.update(run_after=min(wrong, clock.now()))
    with clock.fixed(wrong):
        job = leases.claim("wrong-clock")
    assert job is not None
    reaper.look()
    stopwatch.wait(50)
    assert reaper.look() == 0
    with clock.fixed(wrong):
        leases.renew(job)
    stopwatch.wait(50)
    assert reaper.look() == 0, "a living worker lost its job to a clock"
    stopwatch.wait(61)
    assert reaper.look() == 1, "a dead worker kept its job by a clock"


def test_a_jump_of_the_machines_clock_takes_no_job_away(path):
    stopwatch = Stopwatch()
    reaper = Reaper(60, stopwatch)
    work.note.enqueue(path, "one")
    leases.claim("lives")
    reaper.look()
    with clock.fixed(clock.now() + timedelta(hours=1)):
        stopwatch.wait(1)
        assert reaper.look() == 0


def test_a_worker_that_lost_its_job_cannot_finish_or_fail_it(path):
    work.note.enqueue(path, "one")
    lost = leases.claim("slow")
    Job.objects.update(status=Status.READY, worker="")
    current = leases.claim("quick")
    assert not leases.renew(lost)
    assert leases.finish(lost, "late") is None
    assert leases.fail(lost, ValueError()) is None
    assert not leases.give_back(lost)
    assert stored(current).worker == "quick"
    assert stored(current).attempts == 2
    assert leases.finish(current, "in time") is not None
    assert stored(current).result == "in time"


def test_a_job_asked_for_again_while_it_fails_for_good_gets_its_run():
    enqueue(work.break_a_rule, unique_key="k")
    job = leases.claim("w")
    enqueue(work.break_a_rule, unique_key="k")
    leases.fail(job, ValueError())
    job = stored(job)
    assert (job.status, job.attempts, job.run_again) == (Status.READY, 0, False)


def test_an_interrupted_job_goes_back_uncounted(path, monkeypatch):
    work.note.enqueue(path, "one")
    job = leases.claim("w")
    monkeypatch.setattr(
        "nithet.foundation.jobs.worker._call",
        lambda job: (_ for _ in ()).throw(KeyboardInterrupt),
    )
    with pytest.raises(KeyboardInterrupt):
        execute(job)
    assert (stored(job).status, stored(job).attempts) == (Status.READY, 0)


def test_orphans_of_dead_processes_are_taken_back_at_once_and_own_jobs_kept(path):
    for line in ("own", "orphan"):
        work.note.enqueue(path, line)
    leases.claim("here:1:abc:w1")
    orphan = leases.claim("here:9:xyz:w1")
    assert leases.take_back_orphans("here:1:abc") == 1
    assert stored(orphan).status == Status.READY
    assert stored(orphan).run_after <= clock.now()
    assert Job.objects.filter(status=Status.RUNNING).count() == 1


def test_old_jobs_are_cleared_and_failed_ones_stay_longer(path):
    work.note.enqueue(path, "one")
    work.break_a_rule.enqueue()
    drain()
    with clock.fixed(clock.now() + DONE_KEPT - timedelta(hours=1)):
        assert remove_old_jobs.call() == 0
    with clock.fixed(clock.now() + DONE_KEPT + timedelta(hours=1)):
        assert remove_old_jobs.call() == 1
    assert Job.objects.get().status == Status.FAILED


def test_an_orphan_that_another_worker_of_this_process_already_runs_is_left_to_it(
    path, monkeypatch
):
    # Two workers start together and both see the orphan; the second is slower to take it.
    work.note.enqueue(path, "orphan")
    leases.claim("here:9:xyz:w1")
    real = leases._take_back

    def overtaken(one):
        monkeypatch.setattr(leases, "_take_back", real)
        leases.take_back_orphans("here:1:abc")
        assert leases.claim("here:1:abc:w1") is not None
        return real(one)

    monkeypatch.setattr(leases, "_take_back", overtaken)
    assert leases.take_back_orphans("here:1:abc") == 0
    assert Job.objects.get().status == Status.RUNNING
