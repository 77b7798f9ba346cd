from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from nithet.foundation.jobs import queueing
from nithet.foundation.jobs.models import Job
from nithet.foundation.jobs.queueing import enqueue, is_queued, retry
from nithet.foundation.jobs.rules import Status
from nithet.foundation.jobs.worker import drain
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.foundation.jobs import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "lines")


@pytest.fixture
def an_office():
    return Unit.objects.create(kind="office", name="สำนักงานเขตพื้นที่การศึกษาสำหรับทดสอบงาน")


def test_a_queued_task_is_run_and_its_result_kept(path):
    result = work.note.enqueue(path, "one")
    assert result.status is TaskResultStatus.READY
    assert drain().done == 1
    result.refresh()
    assert result.status is TaskResultStatus.SUCCESSFUL
    assert result.return_value == "one"
    assert work.lines(path) == ["one"]
    assert drain().done == 0


def test_the_row_of_a_job_belongs_to_the_callers_transaction(path):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        work.note.enqueue(path, "never")
        enqueue(work.note, path, "never either", unique_key="k")
        1 / 0  # noqa: B018
    assert Job.objects.count() == 0
    assert drain().done == 0
    assert work.lines(path) == []


def test_one_unfinished_job_a_key(path):
    first = enqueue(work.note, path, "first", unique_key="k")
    second = enqueue(work.note, path, "second", unique_key="k")
    other = enqueue(work.note, path, "other", unique_key="l")
    assert first.id == second.id != other.id
    assert drain().done == 2
    third = enqueue(work.note, path, "third", unique_key="k")
    assert third.id != first.id
    drain()
    assert sorted(work.lines(path)) == ["first", "other", "third"]


def test_a_job_asked_for_again_while_it_runs_rests_and_is_run_once_more(path):
    enqueue(work.ask_for_more_while_running, path, unique_key="more")
    assert drain().done == 1
    assert Job.objects.get().run_after > clock.now()
    Job.objects.update(run_after=clock.now())
    assert drain().done == 1
    assert work.lines(path) == ["run", "run"]
    assert Job.objects.get().status == Status.DONE


def test_a_key_that_frees_itself_in_between_is_taken(path, monkeypatch):
    # Another worker ends the waiting job between the refused insert and the look at it.
    enqueue(work.note, path, "first", unique_key="k")
    real, calls = Job.objects.bulk_create, []

    def refused_then_freed(jobs, **options):
        real(jobs, **options)
        calls.append(1)
        if len(calls) == 1:
            Job.objects.filter(unique_key="k").update(status=Status.DONE)

    monkeypatch.setattr(queueing.Job.objects, "bulk_create", refused_then_freed)
    second = enqueue(work.note, path, "second", unique_key="k")
    assert len(calls) == 2
    assert Job.objects.get(pk=second.id).args == [path, "second"]


def test_jobs_run_by_priority_and_then_in_the_order_they_came_due(path):
    now = clock.now()
    with clock.fixed(now):
        enqueue(work.note, path, "second", run_after=now - timedelta(seconds=1))
        enqueue(work.note, path, "first", run_after=now - timedelta(seconds=2))
        enqueue(work.note, path, "later", run_after=now + timedelta(hours=1))
        work.urgent.enqueue(path)
        assert drain().done == 3
    assert work.lines(path) == ["urgent", "first", "second"]
    with clock.fixed(now + timedelta(hours=1)):
        assert drain().done == 1


def test_a_worker_of_some_queues_leaves_the_others_alone(path):
    work.paper.enqueue(path)
    work.note.enqueue(path, "note")
    assert drain(queues=["papers"]).done == 1
    assert work.lines(path) == ["paper"]
    assert drain().done == 1


def test_a_job_runs_in_the_scope_of_its_office_and_in_thai(an_office):
    with scope(an_office.pk):
        inside = work.tell_scope.enqueue()
    named = enqueue(work.tell_scope, office_id=an_office.pk)
    outside = work.tell_scope.enqueue()
    drain()
    for result, expected in ((inside, an_office.pk), (named, an_office.pk), (outside, None)):
        result.refresh()
        assert result.return_value == [expected, "th"]


def test_arguments_are_ids_and_not_documents(path):
    with pytest.raises(ValueError, match="arguments of a job are ids"):
        work.note.enqueue(path, "x" * 5000)
    with pytest.raises(TypeError):
        work.note.enqueue(path, object())
    assert Job.objects.count() == 0


def test_a_task_may_ask_for_its_context_and_may_be_asynchronous():
    context, later = work.tell_attempt.enqueue("attempt"), work.answer_later.enqueue()
    assert drain().done == 2
    context.refresh()
    later.refresh()
    assert (context.return_value, later.return_value) == ("attempt 1", "later")


def test_an_unknown_result_is_said_to_be_unknown():
    for unknown in (str(uuid4()), "not-an-id"):
        with pytest.raises(TaskResultDoesNotExist):
            work.note.get_result(unknown)


def test_draining_a_job_that_queues_itself_comes_to_an_end(path):
    work.queue_another.enqueue(path)
    assert drain(limit=7).done == 7
    assert Job.objects.filter(status=Status.READY).count() == 1


def test_a_job_that_failed_for_good_can_be_tried_afresh(path):
    failed = work.break_a_rule.enqueue()
    assert drain().failed == 1
    assert not retry(uuid4())
    assert retry(failed.id)
    assert not retry(failed.id)
    assert drain().failed == 1
    assert Job.objects.get(pk=failed.id).attempts == 1


def test_a_job_that_waits_or_will_run_once_more_is_queued_and_no_other(path):
    assert not is_queued("k")
    enqueue(work.note, path, "once", unique_key="k")
    assert is_queued("k")
    assert not is_queued("l")
    rows = Job.objects.filter(unique_key="k")
    rows.update(status=Status.RUNNING.value)
    assert not is_queued("k")
    rows.update(run_again=True)
    assert is_queued("k")
    rows.update(status=Status.DONE.value)
    assert not is_queued("k")
