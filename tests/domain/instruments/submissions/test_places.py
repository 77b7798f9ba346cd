"""Of the edits and rivals of one filled-in form exactly one stands, whatever is refused, set aside or accepted."""

import pytest
from django.db import OperationalError

from nithet.domain.instruments import purposes
from nithet.domain.instruments.actions.batches import Batched, receive_submissions
from nithet.domain.instruments.actions.deciding import accept_submission, set_aside_submission
from nithet.domain.instruments.actions.handing_over import hand_over_submissions
from nithet.domain.instruments.actions.submissions import receive_submission
from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.jobs.worker import drain
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast
from tests.domain.instruments.submissions.factories import body, make_version


@pytest.fixture
def wrong(monkeypatch: pytest.MonkeyPatch) -> dict[str, Exception]:
    """What the handler raises for a form in which this word was found."""
    raised: dict[str, Exception] = {}

    def take(row: Submission) -> None:
        if (error := raised.get(row.answers["found"])) is not None:
            raise error

    monkeypatch.setitem(purposes._handlers, "test.standing", take)
    return raised


def send(
    cast: Cast, number: str, *, changes: str = "", who: str = "supervisor", found: str = "ดี"
) -> Submission:
    sent = body(number, deprecated=changes, found=found)
    return receive_submission(actor=cast.actor(who), device=None, body=sent).submission


def standing() -> list[str]:
    rows = Submission.objects.filter(state=Submission.State.ACCEPTED, is_current=True)
    return list(rows.order_by("pk").values_list("instance_id", flat=True))


def accept(cast: Cast, row: Submission) -> Submission:
    accept_submission(actor=cast.actor("planner"), submission=row)
    row.refresh_from_db()
    return row


def set_aside(cast: Cast, row: Submission) -> None:
    set_aside_submission(actor=cast.actor("planner"), submission=row, decision="ไม่ใช้")


def test_what_an_edit_changes_stands_again_when_the_edit_is_refused_and_gives_way_when_it_is_accepted(
    cast: Cast, office: Unit, wrong: dict[str, Exception]
) -> None:
    make_version(office, purpose="test.standing")
    wrong["ผิด"] = ValueError("no record can be made of it")
    send(cast, "uuid:1")
    drain()
    edit = send(cast, "uuid:2", changes="uuid:1", found="ผิด")
    assert standing() == ["uuid:2"]
    drain()
    assert standing() == ["uuid:1"]
    wrong.clear()
    accept(cast, edit)
    drain()
    assert standing() == ["uuid:2"]


def test_what_an_edit_changes_stands_again_when_the_refused_edit_is_set_aside(
    cast: Cast, office: Unit, wrong: dict[str, Exception]
) -> None:
    make_version(office, purpose="test.standing")
    wrong["ผิด"] = ValueError("no record can be made of it")
    base = send(cast, "uuid:1")
    edit = send(cast, "uuid:2", changes="uuid:1", found="ผิด")
    drain()
    Submission.objects.filter(pk=base.pk).update(is_current=False)  # as it was left before
    set_aside(cast, edit)
    assert standing() == ["uuid:1"]


def test_an_edit_of_a_refused_edit_changes_what_stood_and_gives_it_back_when_it_is_refused_too(
    cast: Cast, office: Unit, wrong: dict[str, Exception]
) -> None:
    make_version(office, purpose="test.standing")
    base = send(cast, "uuid:1")
    drain()
    wrong["ผิด"] = ValueError("no record can be made of it")
    send(cast, "uuid:2", changes="uuid:1", found="ผิด")
    drain()
    second = send(cast, "uuid:3", changes="uuid:2", found="ผิด")
    second.refresh_from_db()
    assert (standing(), second.replaces) == (["uuid:3"], base)
    drain()
    assert standing() == ["uuid:1"]


def test_setting_an_edit_aside_leaves_the_other_edit_that_stands(cast: Cast, office: Unit) -> None:
    make_version(office)
    send(cast, "uuid:1")
    send(cast, "uuid:2", changes="uuid:1")
    late = send(cast, "uuid:3", changes="uuid:1")
    set_aside(cast, late)
    assert standing() == ["uuid:2"]


def test_accepting_a_second_edit_leaves_it_alone_and_says_what_it_took_the_place_of(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    send(cast, "uuid:1")
    first = send(cast, "uuid:2", changes="uuid:1")
    late = accept(cast, send(cast, "uuid:3", changes="uuid:1"))
    assert (standing(), late.replaces) == (["uuid:3"], first)


def test_accepting_a_rival_of_what_was_edited_leaves_it_alone(cast: Cast, office: Unit) -> None:
    make_version(office)
    send(cast, "uuid:1")
    edit = send(cast, "uuid:2", changes="uuid:1")
    rival = accept(cast, send(cast, "uuid:1", found="อีกอย่าง"))
    assert (standing(), rival.replaces) == (["uuid:1"], edit)
    assert rival.is_current


def test_what_was_changed_already_counts_as_changed_when_it_is_accepted_late(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    first = send(cast, "uuid:1")
    Submission.objects.update(state="waiting", reason="refused")
    send(cast, "uuid:2", changes="uuid:1")
    accept(cast, first)
    assert (standing(), first.hand_over_after) == (["uuid:2"], None)


def test_two_edits_of_one_form_in_one_batch_do_not_both_stand(cast: Cast, office: Unit) -> None:
    make_version(office)
    send(cast, "uuid:1")
    batch = [Batched(body(f"uuid:{n}", deprecated="uuid:1")) for n in (2, 3)]
    receive_submissions(actor=cast.actor("supervisor"), device=None, batch=batch)
    assert standing() == ["uuid:2"]
    assert Submission.objects.get(instance_id="uuid:3").reason == "edited_twice"


def test_a_database_that_does_not_answer_is_no_refusal_of_the_form(
    cast: Cast, office: Unit, wrong: dict[str, Exception]
) -> None:
    make_version(office, purpose="test.standing")
    wrong["ดี"] = OperationalError("the connection was lost")
    row = send(cast, "uuid:1")
    with pytest.raises(OperationalError):
        hand_over_submissions.call(office.pk)
    row.refresh_from_db()
    assert (row.state, row.handed_over_at) == ("accepted", None)
    wrong.clear()
    assert hand_over_submissions.call(office.pk) == 1
    row.refresh_from_db()
    assert row.handed_over_at is not None
