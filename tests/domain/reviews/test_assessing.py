"""An assessor reads the frozen copy they were invited to, and nothing else."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from nithet.domain.assessments.actions.rounds import reopen_round
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.rounds import declared_of, visible_rounds
from nithet.domain.directory.invitations import accept_invitation
from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.queries.pieces import list_pieces
from nithet.domain.reviews.actions.assessing import (
    freeze_round,
    invite_assessor,
    judge_frozen,
    withdraw_assessor,
    write_note,
)
from nithet.domain.reviews.models.frozen import AssessorNote, FrozenRound
from nithet.domain.reviews.packing import write_pack
from nithet.domain.reviews.queries.assessors import invited_to
from nithet.domain.reviews.queries.freezing import find_frozen, list_frozen
from nithet.foundation.access.actors import Actor, actor_for
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast


def invited(cast: Cast, closed_round: Round, days: int = 30) -> tuple[FrozenRound, Actor, int]:
    until = clock.today() + timedelta(days=days)
    frozen, invitation, token = invite_assessor(
        actor=cast.actor("planner"), round=closed_round, title="ผู้ประเมินจาก สพฐ. คนที่ 1", until=until
    )
    person = accept_invitation(token=token, username=f"assessor-{invitation.pk}", password="a-long-enough-password-9")
    return frozen, actor_for(person, clock.today()), invitation.pk


def test_an_assessor_sees_the_copy_and_not_the_house(cast: Cast, closed_round: Round) -> None:
    frozen, assessor, _ = invited(cast, closed_round)
    assert find_frozen(assessor, frozen.pk) == frozen
    assert list(list_frozen(assessor)) == [frozen]
    assert list(visible_rounds(assessor)) == []
    assert list(list_pieces(assessor)) == []
    assert not assessor.is_of_office


def test_the_copy_says_what_the_round_said(cast: Cast, closed_round: Round) -> None:
    frozen, _, _ = invited(cast, closed_round)
    content = frozen.content
    assert [one["id"] for one in content["items"]] == ["1", "2", "3", "4", "5"]
    assert content["declared"]["level"] == 2
    assert content["computed"]["level"] is None
    assert json.loads(json.dumps(content)) == content


def test_later_work_does_not_change_the_copy(cast: Cast, closed_round: Round) -> None:
    frozen, assessor, _ = invited(cast, closed_round)
    reopen_round(actor=cast.actor("director"), round=closed_round, reason="แก้ไขข้อ 3")
    bring_piece(actor=cast.actor("planner"), title="หลักฐานใหม่", kind="booklet")
    again = find_frozen(assessor, frozen.pk)
    assert again is not None
    assert again.content == frozen.content
    with pytest.raises(Refused):
        freeze_round(actor=cast.actor("planner"), round=closed_round)


def test_a_round_that_did_not_change_is_not_copied_twice(cast: Cast, closed_round: Round) -> None:
    first = freeze_round(actor=cast.actor("planner"), round=closed_round)
    assert freeze_round(actor=cast.actor("director"), round=closed_round) == first


def test_only_a_closed_round_is_shown_to_assessors(cast: Cast, reporting_round: Round) -> None:
    with pytest.raises(Refused):
        invite_assessor(actor=cast.actor("director"), round=reporting_round, title="x", until=clock.today() + timedelta(days=3))


def test_an_assessor_of_one_copy_writes_on_that_one_alone(cast: Cast, closed_round: Round) -> None:
    frozen, assessor, _ = invited(cast, closed_round)
    other = FrozenRound.objects.create(
        office=cast.office, round=closed_round, number=9, content=frozen.content, digest="x", made_by="x", made_at=clock.now()
    )
    assert find_frozen(assessor, other.pk) is None
    with pytest.raises(Refused):
        write_note(actor=assessor, frozen=other, item="1", text="x")
    with pytest.raises(Refused):
        write_note(actor=cast.actor("director"), frozen=frozen, item="1", text="x")
    with pytest.raises(Refused):
        judge_frozen(actor=cast.actor("assessor"), frozen=frozen, level=2, reason="x")


def test_an_assessor_gives_notes_and_a_level(cast: Cast, closed_round: Round) -> None:
    frozen, assessor, _ = invited(cast, closed_round)
    note = write_note(actor=assessor, frozen=frozen, item="3", text="ควรเพิ่มหลักฐาน", level=2)
    assert note.version == 1
    write_note(actor=assessor, frozen=frozen, item="3", text="เพิ่มแล้ว", level=3, version=1)
    with pytest.raises(Conflict) as raised:
        write_note(actor=assessor, frozen=frozen, item="3", text="อีกหน้าต่าง", version=1)
    assert raised.value.compared[0].theirs == "เพิ่มแล้ว"
    given = judge_frozen(actor=assessor, frozen=frozen, level=3, reason="ตรวจแล้ว")
    assert (given.level, given.round_id) == (3, closed_round.pk)
    signed = declared_of(closed_round)
    assert signed is not None
    assert signed.declared_level == 2
    with pytest.raises(RuleBroken):
        judge_frozen(actor=assessor, frozen=frozen, level=3, reason=" ")
    assert AssessorNote.objects.get().text == "เพิ่มแล้ว"
    with pytest.raises(RuleBroken, match="no item 99"):
        write_note(actor=assessor, frozen=frozen, item="99", text="x")


def test_an_invitation_ends_on_its_day_and_when_it_is_ended(cast: Cast, closed_round: Round) -> None:
    frozen, assessor, invitation = invited(cast, closed_round, days=5)
    assert assessor.user_id
    with clock.fixed(clock.now() + timedelta(days=6)):
        from nithet.foundation.accounts.models import User

        later = actor_for(User.objects.get(pk=assessor.user_id), clock.today())
        assert later.office_id is None
        with scope(cast.office.pk):
            assert list(list_frozen(later)) == []
    withdraw_assessor(actor=cast.actor("director"), frozen=frozen, invitation_id=invitation)
    assert [one.state for one in invited_to(frozen)] == ["ended"]
    with pytest.raises(Conflict):
        withdraw_assessor(actor=cast.actor("director"), frozen=frozen, invitation_id=invitation)


@pytest.mark.parametrize("days", [-1, 0, 800])
def test_an_invitation_ends_within_a_year(cast: Cast, closed_round: Round, days: int) -> None:
    with pytest.raises(RuleBroken, match="within a year"):
        invite_assessor(actor=cast.actor("planner"), round=closed_round, title="x", until=clock.today() + timedelta(days=days))


def test_the_pack_holds_the_list_and_the_data(cast: Cast, closed_round: Round) -> None:
    frozen, _, _ = invited(cast, closed_round)
    into = io.BytesIO()
    write_pack(frozen, into)
    with zipfile.ZipFile(into) as archive:
        assert archive.testzip() is None
        assert json.loads(archive.read("round.json")) == frozen.content
        assert "list.xlsx" in archive.namelist()
