"""A row inserted by a statement written once is the row that `save` would have written."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.database.inserting import insert
from nithet.foundation.database.prepared import Statement, run
from nithet.foundation.jobs.models import Schedule
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock

pytestmark = pytest.mark.django_db


def _submission(office: Unit, number: str) -> Submission:
    return Submission(
        office=office,
        form_id="visit",
        instance_id=number,
        sent_by="ศึกษานิเทศก์",
        received_at=clock.now(),
        body="<a/>",
        sha256="0" * 64,
        answers={"ก": ["1", None], "b": "100 %"},
        expected=[],
    )


def _fields(row: Submission) -> dict[str, object]:
    found = {one.attname: getattr(row, one.attname) for one in Submission._meta.concrete_fields}
    return {
        name: value
        for name, value in found.items()
        if name not in {"id", "instance_id", "received_at"}
    }


def test_every_field_reads_back_as_after_a_save(office: Unit) -> None:
    with scope(office.pk):
        ours, theirs = _submission(office, "ours"), _submission(office, "theirs")
        insert(ours)
        theirs.save()
        read = Submission.objects.get(pk=ours.pk)
        assert read.instance_id == "ours"
        assert _fields(read) == _fields(Submission.objects.get(pk=theirs.pk))
        ours.title = "แก้แล้ว"
        ours.save()
        assert Submission.objects.count() == 2


def test_keys_of_uuids_and_empty_values_are_kept(office: Unit) -> None:
    cause = uuid.uuid4()
    event = AuditEvent(
        office=None,
        name="a.b",
        actor_name="ก",
        before={},
        after={"n": None},
        cause=cause,
        at=clock.now(),
    )
    insert(event)
    kept = AuditEvent.objects.get(pk=event.pk)
    assert (kept.uid, kept.cause, kept.before, kept.after) == (event.uid, cause, {}, {"n": None})
    assert kept.office_id is None


def test_a_row_of_another_office_is_refused(office: Unit) -> None:
    other = Unit.objects.create(kind="office", name="สำนักงานเขตพื้นที่การศึกษาอื่น")
    with scope(office.pk), pytest.raises(ValueError, match="another office"):
        insert(_submission(other, "x"))


def test_what_the_database_refuses_is_the_same_error(office: Unit) -> None:
    with scope(office.pk):
        insert(_submission(office, "once"))
        with pytest.raises(IntegrityError), transaction.atomic():
            insert(_submission(office, "once"))
        assert Submission.objects.count() == 1


def test_a_statement_runs_again_and_again_and_is_seen_where_queries_are_counted(
    django_assert_num_queries,
) -> None:
    asked = Statement("SELECT CAST(%s AS varchar(20)), 1")
    assert [run(asked, [str(n)]) for n in range(6)] == [[(str(n), 1)] for n in range(6)]
    with django_assert_num_queries(1):
        assert run(asked, ["ก"]) == [("ก", 1)]
    name = Schedule._meta.db_table
    assert run(Statement(f"UPDATE {name} SET name = %s WHERE name = %s"), ["a", "b"]) == []


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_not_believed_to_live() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server")
    connection.ensure_connection()
    assert connection.is_usable()
    assert connection.is_usable()
    pid = connection.connection.info.backend_pid
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    finally:
        other.close()
    assert not connection.is_usable()
    connection.close()
    assert Unit.objects.count() == 0
