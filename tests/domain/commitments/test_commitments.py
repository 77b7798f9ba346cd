"""What will be done, by whom and by when: made, told, closed, dropped, handed over, taken back."""

from datetime import date, timedelta

import pytest

from nithet.domain.commitments.actions import (
    close_commitment,
    drop_commitment,
    edit_commitment,
    hand_over,
    make_commitment,
    reopen_commitment,
    take_back_commitment,
)
from nithet.domain.commitments.models import Commitment
from nithet.domain.commitments.policy import may_see, visible_to
from nithet.domain.commitments.queries import (
    COMMITMENT,
    find_commitment,
    list_commitments,
    of_record,
    open_for,
    overdue,
)
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.notices.models import Notice
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast

pytestmark = pytest.mark.usefixtures("office")
SOURCE = RecordRef("assessments.round", "5")
ABOUT = RecordRef("assessments.item", "5/4")


def made(cast: Cast, **changes: object) -> Commitment:
    asked = {
        "text": "เก็บหนังสือที่โรงเรียนยืนยันการรับ",
        "owner_user_id": cast.users["supervisor"].pk,
        "due_on": date(2026, 12, 1),
        "arose_from": SOURCE,
        "about": ABOUT,
        **changes,
    }
    return make_commitment(actor=cast.actor("planner"), **asked)  # type: ignore[arg-type]


def test_whose_it_is_is_told_and_finds_it_among_their_own(cast: Cast) -> None:
    kept = made(cast)
    assert list(open_for(cast.actor("supervisor"))) == [kept]
    assert list(open_for(cast.actor("director"))) == []
    told = Notice.objects.get()
    assert (told.user_id, told.ref) == (cast.users["supervisor"].pk, f"{COMMITMENT}:{kept.pk}")
    event = AuditEvent.objects.get(name="commitment.made")
    assert event.after["owner"] == "supervisor"


def test_somebody_must_be_named_and_something_said(cast: Cast) -> None:
    for wrong, code in (
        ({"owner_user_id": None}, "commitment.owner"),
        ({"text": "  "}, "commitment.words"),
        ({"text": "ก" * 1001}, "commitment.long"),
        ({"owner_user_id": 999_999}, "commitment.owner_unknown"),
    ):
        with pytest.raises(RuleBroken) as broken:
            made(cast, **wrong)
        assert broken.value.code == code
    assert not Commitment.objects.exists()


def test_a_group_can_own_it_and_the_holder_of_the_post_finds_it(cast: Cast) -> None:
    cast.users["supervisor"].access_postings.update(title="กลุ่มนิเทศฯ")
    kept = made(cast, owner_user_id=None, owner_title="กลุ่มนิเทศฯ")
    assert list(open_for(cast.actor("supervisor"))) == [kept]
    assert list(open_for(cast.actor("planner"))) == []
    assert not Notice.objects.exists()


def test_the_same_point_is_open_once(cast: Cast) -> None:
    first = made(cast, point="test_done:4:on_time")
    assert made(cast, point="test_done:4:on_time") == first
    close_commitment(actor=cast.actor("supervisor"), commitment=first, version=1)
    assert made(cast, point="test_done:4:on_time") != first
    with pytest.raises(RuleBroken, match="another one open"):
        reopen_commitment(actor=cast.actor("planner"), commitment=first, version=2)


def test_it_is_done_by_whose_it_is_and_opened_again(cast: Cast) -> None:
    kept = made(cast)
    done = close_commitment(
        actor=cast.actor("supervisor"), commitment=kept, version=1, closed_by=RecordRef("a.b", "1")
    )
    assert (done.state, done.closed_by, done.closed_by_ref) == ("done", "supervisor", "a.b:1")
    assert list(open_for(cast.actor("supervisor"))) == []
    again = reopen_commitment(actor=cast.actor("planner"), commitment=done, version=2)
    assert (again.state, again.closed_by_ref, again.version) == ("open", "", 3)
    assert AuditEvent.objects.filter(name__startswith="commitment.").count() == 3


def test_it_is_dropped_only_with_a_reason(cast: Cast) -> None:
    kept = made(cast)
    with pytest.raises(RuleBroken, match="say why"):
        drop_commitment(actor=cast.actor("planner"), commitment=kept, version=1, reason=" ")
    dropped = drop_commitment(
        actor=cast.actor("planner"), commitment=kept, version=1, reason="ไม่จำเป็นแล้ว"
    )
    assert (dropped.state, dropped.reason) == ("dropped", "ไม่จำเป็นแล้ว")
    event = AuditEvent.objects.get(name="commitment.dropped")
    assert event.after["reason"] == "ไม่จำเป็นแล้ว"


def test_two_people_editing_lose_nothing(cast: Cast) -> None:
    kept = made(cast)
    edit_commitment(
        actor=cast.actor("director"), commitment=kept, version=1, text="ของผู้อำนวยการ", due_on=None
    )
    with pytest.raises(Conflict) as conflict:
        edit_commitment(
            actor=cast.actor("planner"), commitment=kept, version=1, text="ของแผน", due_on=None
        )
    assert conflict.value.params["theirs"]["text"] == "ของผู้อำนวยการ"
    kept.refresh_from_db()
    assert kept.text == "ของผู้อำนวยการ"


def test_it_is_handed_over_and_the_new_one_is_told(cast: Cast) -> None:
    kept = made(cast)
    hand_over(
        actor=cast.actor("supervisor"),
        commitment=kept,
        version=1,
        owner_user_id=cast.users["director"].pk,
    )
    assert list(open_for(cast.actor("director"))) == [kept]
    assert Notice.objects.filter(user=cast.users["director"]).count() == 1


def test_a_mistake_is_taken_back_within_the_day_and_cancelled_later(cast: Cast) -> None:
    hidden, later = made(cast), made(cast, text="ผิดโรงเรียน")
    take_back_commitment(actor=cast.actor("planner"), commitment=hidden)
    Commitment.objects.filter(pk=later.pk).update(made_at=later.made_at - timedelta(days=2))
    later.refresh_from_db()
    with pytest.raises(RuleBroken, match="More than a day"):
        take_back_commitment(actor=cast.actor("planner"), commitment=later)
    take_back_commitment(actor=cast.actor("planner"), commitment=later, reason="ผิดโรงเรียน")
    assert list(list_commitments(cast.actor("planner"))) == [later]
    assert list(open_for(cast.actor("supervisor"))) == []
    with pytest.raises(Refused, match="taken back"):
        close_commitment(
            actor=cast.actor("supervisor"),
            commitment=Commitment.objects.get(pk=later.pk),
            version=1,
        )


def test_what_is_late_is_named(cast: Cast) -> None:
    late, soon, closed = made(cast), made(cast, due_on=date(2026, 12, 9)), made(cast)
    close_commitment(actor=cast.actor("planner"), commitment=closed, version=1)
    assert list(overdue(cast.actor("director"), date(2026, 12, 5))) == [late]
    assert late.is_overdue_on(date(2026, 12, 2))
    assert not late.is_overdue_on(date(2026, 12, 1))
    assert not soon.is_overdue_on(date(2026, 12, 2))


def test_who_may(cast: Cast) -> None:
    kept = made(cast, owner_user_id=cast.users["school_head"].pk)
    assert list(visible_to(cast.actor("school_head"))) == [kept]
    assert may_see(cast.actor("school_head"), kept)
    close_commitment(actor=cast.actor("school_head"), commitment=kept, version=1)
    for name in ("committee_member", "assessor", "nobody"):
        assert not visible_to(cast.actor(name)).exists()
        with pytest.raises(Refused):
            make_commitment(actor=cast.actor(name), text="x", owner_title="x")
        with pytest.raises(Refused):
            reopen_commitment(actor=cast.actor(name), commitment=kept, version=2)
    with pytest.raises(Refused):
        hand_over(actor=cast.actor("committee_member"), commitment=kept, version=2, owner_title="x")
    with scope(cast.other_office.pk):
        assert find_commitment(cast.actor("outsider"), kept.pk) is None
        assert not may_see(cast.actor("outsider"), kept)


def test_it_is_found_by_what_it_concerns_and_by_its_reference(cast: Cast) -> None:
    kept, other = made(cast), made(cast, about=None, arose_from=None)
    actor = cast.actor("director")
    assert list(of_record(actor, SOURCE)) == [kept]
    assert list(of_record(actor, ABOUT)) == [kept]
    refs = [RecordRef(COMMITMENT, str(one.pk)) for one in (kept, other)] + [
        RecordRef(COMMITMENT, "x")
    ]
    assert [found.title for found in resolve(actor, refs).values()] == [str(kept), str(other)]
    assert resolve(cast.actor("committee_member"), refs) == {}
