"""What devices send is kept once each, for good, and never dropped."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nithet.domain.instruments import purposes
from nithet.domain.instruments.actions.batches import Batched, receive_submissions
from nithet.domain.instruments.actions.deciding import accept_submission, set_aside_submission
from nithet.domain.instruments.actions.late_files import receive_files
from nithet.domain.instruments.actions.submissions import Receipt, SentFile, receive_submission
from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.access.actors import system_actor
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.jobs.worker import drain
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken
from tests.conftest import Cast
from tests.domain.instruments.submissions.factories import (
    PNG,
    body,
    make_device,
    make_school,
    make_version,
)


def send(
    cast: Cast,
    sent: bytes,
    *files: SentFile,
    who: str = "supervisor",
    device=None,
    incomplete: bool = False,
) -> Receipt:
    return receive_submission(
        actor=cast.actor(who), device=device, body=sent, files=files, incomplete=incomplete
    )


def test_a_submission_is_kept_to_the_letter_with_its_answers(cast: Cast, office: Unit) -> None:
    make_version(office)
    sent = body(
        "uuid:1",
        more="<agreement><text>ก</text></agreement><agreement><owner>ครู</owner></agreement>",
    )
    receipt = send(cast, sent)
    row = Submission.objects.get()
    assert receipt.was_new and receipt.submission == row
    assert row.body.encode() == sent
    assert row.answers["found"] == "ครูจัดกิจกรรมกลุ่ม"
    assert row.answers["g/level"] == "4"
    assert row.answers["agreement/text"] == ["ก", None]
    assert row.answers["agreement/owner"] == [None, "ครู"]
    assert row.state == Submission.State.ACCEPTED
    assert row.title == "เยี่ยมชั้นเรียน"
    assert clock.day_of(row.started_at).isoformat() == "2026-11-20"
    assert AuditEvent.objects.get(name="submission.received").after["instance"] == "uuid:1"


def test_the_same_again_gives_the_same_receipt_and_writes_nothing(cast: Cast, office: Unit) -> None:
    make_version(office)
    sent = body("uuid:1")
    first, again = send(cast, sent), send(cast, sent)
    assert (first.was_new, again.was_new) == (True, False)
    assert first.submission == again.submission
    assert Submission.objects.count() == 1
    assert AuditEvent.objects.filter(name="submission.received").count() == 1


def test_another_body_under_the_same_number_is_kept_beside_the_first(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    first = send(cast, body("uuid:1"))
    other = send(cast, body("uuid:1", found="อีกอย่าง"))
    repeated = send(cast, body("uuid:1", found="อีกอย่าง"))
    assert other.is_conflict and other.was_new and repeated.is_conflict and not repeated.was_new
    assert other.submission.rival_of == first.submission
    assert other.submission.reason == Submission.Reason.OTHER_BODY
    assert Submission.objects.count() == 2


def test_accepting_the_other_body_lets_it_take_the_place_of_the_first(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    first = send(cast, body("uuid:1")).submission
    other = send(cast, body("uuid:1", found="อีกอย่าง")).submission
    accept_submission(actor=cast.actor("planner"), submission=other)
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.is_current, other.is_current) == (False, True)


def test_files_come_in_several_posts_in_any_order_and_are_each_kept_once(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    sent = body("uuid:1", photo="a.png")
    first = send(cast, sent, incomplete=True)
    assert first.missing == ("a.png",) and not first.submission.is_complete
    second = send(cast, sent, SentFile("a.png", PNG))
    third = send(cast, sent, SentFile("a.png", PNG), incomplete=True)
    assert second.missing == third.missing == ()
    assert SubmissionAttachment.objects.count() == 1
    assert Submission.objects.get().is_complete


def test_another_file_under_a_name_that_is_taken_is_kept_as_a_spare(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    sent = body("uuid:1", photo="a.png")
    send(cast, sent, SentFile("a.png", PNG))
    send(cast, sent, SentFile("a.png", b"not the same"))
    assert sorted(SubmissionAttachment.objects.values_list("is_spare", flat=True)) == [False, True]


def test_files_are_checked_after_they_were_acknowledged_and_what_is_odd_is_kept_unseen(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    send(cast, body(photo="a.png"), SentFile("a.png", PNG), SentFile("b.exe", b"MZ" + bytes(90)))
    assert set(SubmissionAttachment.objects.values_list("state", flat=True)) == {"unchecked"}
    drain()
    states = dict(SubmissionAttachment.objects.values_list("name", "state"))
    assert states == {"a.png": "good", "b.exe": "refused"}
    assert SubmissionAttachment.objects.get(name="a.png").media_type == "image/png"


def test_a_file_that_comes_apart_belongs_to_who_sent_the_form(cast: Cast, office: Unit) -> None:
    make_version(office)
    first = send(cast, body("uuid:1", photo="a.png"), incomplete=True).submission
    given = {"instance_id": "uuid:1", "sha256": first.sha256, "files": [SentFile("a.png", PNG)]}
    with pytest.raises(RuleBroken, match="has not arrived"):
        receive_files(actor=cast.actor("planner"), **given)
    assert receive_files(actor=cast.actor("supervisor"), **given).missing == ()


def test_an_edit_is_a_new_submission_that_takes_the_place_of_the_old_one(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    old = send(cast, body("uuid:1")).submission
    new = send(cast, body("uuid:2", deprecated="uuid:1")).submission
    old.refresh_from_db()
    assert new.replaces == old and new.is_current and not old.is_current
    late = send(cast, body("uuid:3", deprecated="uuid:1")).submission
    assert (late.state, late.reason) == ("waiting", "edited_twice")


def test_an_edit_that_comes_before_what_it_changes_waits_and_is_joined(
    cast: Cast, office: Unit
) -> None:
    from nithet.domain.instruments.actions.handing_over import join_edits

    make_version(office)
    edit = send(cast, body("uuid:2", deprecated="uuid:1")).submission
    assert edit.reason == "edited_unknown"
    old = send(cast, body("uuid:1")).submission
    assert join_edits.call(office.pk) == 1
    old.refresh_from_db()
    edit.refresh_from_db()
    assert (edit.state, edit.replaces, old.is_current) == ("accepted", old, False)


def test_somebody_elses_submission_is_not_changed_by_an_edit(cast: Cast, office: Unit) -> None:
    make_version(office)
    old = send(cast, body("uuid:1")).submission
    edit = send(cast, body("uuid:2", deprecated="uuid:1"), who="planner").submission
    old.refresh_from_db()
    assert old.is_current and (edit.state, edit.reason) == ("waiting", "not_theirs")


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (body(form_id="nothing"), "unknown_form"),
        (body(version="99"), "unknown_version"),
        (body(school="directory.school:999999"), "school_outside"),
        (body(school="โรงเรียนที่ไม่มี"), "school_outside"),
    ],
)
def test_what_does_not_fit_the_records_waits_with_the_reason(
    cast: Cast, office: Unit, sent: bytes, reason: str
) -> None:
    make_version(office)
    row = send(cast, sent).submission
    assert (row.state, row.reason) == ("waiting", reason)


def test_a_closed_form_a_long_retired_version_and_a_form_of_others_wait(
    cast: Cast, office: Unit
) -> None:
    old = make_version(office)
    make_version(office, version="2")
    assert send(cast, body()).submission.state == "accepted"
    InstrumentVersion.objects.filter(pk=old.pk).update(retired_at=clock.now() - timedelta(days=31))
    assert send(cast, body()).submission.reason == "version_retired"
    assert send(cast, body(version="2"), who="school_head").submission.reason == "not_theirs"
    Instrument.objects.update(state=Instrument.State.RETIRED)
    assert send(cast, body(version="2")).submission.reason == "form_closed"


def test_what_a_revoked_device_sends_waits_under_the_name_of_its_owner(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    device = make_device(cast.users["supervisor"], office, revoked_at=clock.now())
    row = receive_submission(
        actor=system_actor("device", office.pk), device=device, body=body()
    ).submission
    assert (row.state, row.reason, row.user_id) == (
        "waiting",
        "device_revoked",
        cast.users["supervisor"].pk,
    )


def test_a_school_is_known_by_reference_code_or_name(cast: Cast, office: Unit) -> None:
    make_version(office)
    school = make_school(cast.school, office)
    for said in (f"directory.school:{school.pk}", school.smis_code, cast.school.name):
        assert send(cast, body(school=said)).submission.school == school


def test_who_holds_nothing_delivers_nothing(cast: Cast, office: Unit) -> None:
    make_version(office)
    with pytest.raises(Refused):
        send(cast, body(), who="nobody")
    assert Submission.objects.count() == 0


def test_what_is_no_form_is_refused_and_nothing_is_kept(cast: Cast, office: Unit) -> None:
    with pytest.raises(BadInput):
        send(cast, b"<data/>", SentFile("a.png", PNG))
    assert Submission.objects.count() == SubmissionAttachment.objects.count() == 0


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Submission]:
    rows: list[Submission] = []

    def take(row: Submission) -> None:
        if "ผิด" in row.answers["found"]:
            raise RuleBroken("test", "This cannot be taken.")
        rows.append(row)

    monkeypatch.setitem(purposes._handlers, "test.taking", take)
    return rows


def test_a_complete_submission_is_handed_over_once(
    cast: Cast, office: Unit, taken: list[Submission]
) -> None:
    make_version(office, purpose="test.taking")
    sent = body(photo="a.png")
    send(cast, sent, incomplete=True)
    drain()
    assert taken == []
    row = send(cast, sent, SentFile("a.png", PNG)).submission
    drain()
    send(cast, sent)
    drain()
    assert taken == [row]
    row.refresh_from_db()
    assert row.handed_over_at is not None


def test_what_the_handler_refuses_waits_and_is_asked_again_when_accepted(
    cast: Cast, office: Unit, taken: list[Submission]
) -> None:
    make_version(office, purpose="test.taking")
    row = send(cast, body(found="ผิด")).submission
    drain()
    row.refresh_from_db()
    assert (row.state, row.reason, row.reason_words) == (
        "waiting",
        "refused",
        "This cannot be taken.",
    )
    accept_submission(actor=cast.actor("planner"), submission=row)
    drain()
    row.refresh_from_db()
    assert row.state == "waiting"


def test_a_person_sets_aside_with_a_reason_or_accepts_and_nobody_decides_twice(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    row = send(cast, body(school="ไม่มี")).submission
    with pytest.raises(RuleBroken, match="why it is set aside"):
        set_aside_submission(actor=cast.actor("planner"), submission=row, decision=" ")
    with pytest.raises(Refused):
        set_aside_submission(actor=cast.actor("school_head"), submission=row, decision="ซ้ำ")
    set_aside_submission(actor=cast.actor("planner"), submission=row, decision="ซ้ำ")
    with pytest.raises(Conflict):
        accept_submission(actor=cast.actor("planner"), submission=row)
    row.refresh_from_db()
    assert (row.state, row.decision) == ("set_aside", "ซ้ำ")


def test_a_submission_without_a_version_is_accepted_once_the_form_is_there(
    cast: Cast, office: Unit
) -> None:
    row = send(cast, body()).submission
    with pytest.raises(RuleBroken, match="has no version"):
        accept_submission(actor=cast.actor("planner"), submission=row)
    version = make_version(office)
    accept_submission(actor=cast.actor("planner"), submission=row)
    row.refresh_from_db()
    assert (row.state, row.version) == ("accepted", version)


def test_a_batch_is_whole_repeatable_and_costs_the_same_however_long_it_is(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    actor = cast.actor("supervisor")
    counts = []
    for size in (2, 2, 30):  # the first one also queues jobs
        batch = [Batched(body(), (SentFile("a.png", PNG),) if n == 0 else ()) for n in range(size)]
        with CaptureQueriesContext(connection) as asked:
            receipts = receive_submissions(actor=actor, device=None, batch=batch)
        counts.append(len(asked))
        assert [r.was_new for r in receipts] == [True] * size
        again = receive_submissions(actor=actor, device=None, batch=batch)
        assert [r.submission.pk for r in again] == [r.submission.pk for r in receipts]
        assert not any(r.was_new for r in again)
    assert Submission.objects.count() == 34
    assert counts[1] == counts[2]


def test_a_batch_with_one_that_cannot_be_read_keeps_none(cast: Cast, office: Unit) -> None:
    make_version(office)
    with pytest.raises(BadInput) as told:
        receive_submissions(
            actor=cast.actor("supervisor"), device=None, batch=[Batched(body()), Batched(b"<x>")]
        )
    assert told.value.field == "2"
    assert Submission.objects.count() == 0


def test_a_batch_with_another_body_keeps_both(cast: Cast, office: Unit) -> None:
    make_version(office)
    batch = [
        Batched(body("uuid:1")),
        Batched(body("uuid:1", found="อีกอย่าง")),
        Batched(body("uuid:2")),
    ]
    receipts = receive_submissions(actor=cast.actor("supervisor"), device=None, batch=batch)
    assert [r.is_conflict for r in receipts] == [False, True, False]
    assert Submission.objects.count() == 3
