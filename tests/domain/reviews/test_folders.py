"""A folder is put before the director, who signs exactly what was shown."""

from datetime import timedelta

import pytest

from nithet.domain.assessments.actions.answers import answer_test
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.models.signing import SignOff
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.reviews.actions.folders import (
    approve_folder,
    propose_folder,
    return_folder,
    token_digest,
    withdraw_folder,
)
from nithet.domain.reviews.models.folders import Folder
from nithet.domain.reviews.queries.folders import folder_of_link, list_folders, signers_of
from nithet.foundation.access.actors import actor_for
from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.notices.models import Notice
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast, make_user


def put_forward(cast: Cast, reporting_round: Round, level: int | None = 2, reason: str = "มติคณะทำงาน") -> tuple[Folder, str]:
    return propose_folder(
        actor=cast.actor("planner"),
        round=reporting_round,
        declared_level=level,
        shown=standing_of(reporting_round).digest,
        addressee_id=cast.users["director"].pk,
        reason=reason,
        words="ขอเสนอเพื่อโปรดพิจารณาลงนาม",
    )


def test_the_director_is_told_and_signs_what_was_shown(cast: Cast, reporting_round: Round) -> None:
    folder, token = put_forward(cast, reporting_round)
    assert token not in repr(folder.__dict__)
    assert Notice.objects.filter(user=cast.users["director"], kind="reviews.folder_waiting").count() == 1
    decided = approve_folder(actor=cast.actor("director"), folder=folder)
    signed = SignOff.objects.get(pk=decided.sign_off_id)
    assert (signed.declared_level, signed.shown_digest, signed.reason) == (2, folder.shown_digest, "มติคณะทำงาน")
    assert signed.signed_by_id == cast.users["director"].pk
    assert decided.state == Folder.State.APPROVED
    assert Notice.objects.filter(user=cast.users["planner"], kind="reviews.folder_approved").count() == 1
    assert AuditEvent.objects.filter(name="folder.approved", target_id=str(folder.pk)).count() == 1


def test_what_changed_since_is_not_signed(cast: Cast, reporting_round: Round) -> None:
    folder, _ = put_forward(cast, reporting_round)
    answer_test(actor=cast.actor("planner"), round=reporting_round, item="1", test="project", is_done=True, reason="มีโครงการ")
    with pytest.raises(Conflict):
        approve_folder(actor=cast.actor("director"), folder=folder)
    assert SignOff.objects.count() == 0
    assert Folder.objects.get(pk=folder.pk).state == Folder.State.WAITING


def test_what_was_shown_must_be_what_stands_when_it_is_put_forward(cast: Cast, reporting_round: Round) -> None:
    with pytest.raises(Conflict):
        propose_folder(
            actor=cast.actor("planner"),
            round=reporting_round,
            declared_level=2,
            shown="0" * 64,
            addressee_id=cast.users["director"].pk,
            reason="x",
        )


def test_a_folder_is_sent_back_with_a_note(cast: Cast, reporting_round: Round) -> None:
    folder, _ = put_forward(cast, reporting_round)
    with pytest.raises(RuleBroken, match="what is to be mended"):
        return_folder(actor=cast.actor("director"), folder=folder, answer=" ")
    back = return_folder(actor=cast.actor("director"), folder=folder, answer="ขอเพิ่มหลักฐานข้อ 4")
    assert back.state == Folder.State.RETURNED
    assert SignOff.objects.count() == 0
    with pytest.raises(Conflict):
        approve_folder(actor=cast.actor("director"), folder=folder)


def test_a_second_folder_takes_the_place_of_the_first(cast: Cast, reporting_round: Round) -> None:
    first, old_token = put_forward(cast, reporting_round)
    second, _ = put_forward(cast, reporting_round, level=1)
    assert Folder.objects.get(pk=first.pk).state == Folder.State.WITHDRAWN
    assert list(list_folders(cast.actor("director"), mine=True)) == [second]
    with scope(None):
        found = folder_of_link(token_digest(old_token))
    assert found is not None
    assert not found.is_open_at(clock.now())


def test_only_the_one_it_was_put_before_decides(cast: Cast, reporting_round: Round) -> None:
    folder, _ = put_forward(cast, reporting_round)
    deputy = make_user("deputy", posted=[(Role.DEPUTY_DIRECTOR, cast.office)])
    for person in (actor_for(deputy, clock.today()), cast.actor("planner"), cast.actor("supervisor")):
        with pytest.raises(Refused):
            approve_folder(actor=person, folder=folder)
    with pytest.raises(Refused):
        propose_folder(
            actor=cast.actor("school_head"),
            round=reporting_round,
            declared_level=2,
            shown="x",
            addressee_id=cast.users["director"].pk,
        )


def test_who_lost_the_office_meanwhile_signs_nothing(cast: Cast, reporting_round: Round) -> None:
    folder, _ = put_forward(cast, reporting_round)
    Posting.objects.filter(user=cast.users["director"]).update(ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refused):
        approve_folder(actor=cast.actor("director"), folder=folder)


def test_a_folder_waits_two_weeks(cast: Cast, reporting_round: Round) -> None:
    folder, _ = put_forward(cast, reporting_round)
    with clock.fixed(clock.now() + timedelta(days=15)), pytest.raises(RuleBroken, match="has passed"):
        approve_folder(actor=cast.actor("director"), folder=folder)


def test_who_acts_for_the_director_may_be_asked_to_sign(cast: Cast, reporting_round: Round) -> None:
    planner = cast.users["planner"]
    Power.objects.create(
        user=planner, kind="acting", role=Role.DIRECTOR, unit=cast.office, order_number="12/2569", starts_on=clock.today()
    )
    names = {one.user_id: one.name for one in signers_of(cast.office.pk)}
    assert "12/2569" in names[planner.pk]
    with pytest.raises(RuleBroken, match="signs for the office"):
        propose_folder(
            actor=cast.actor("planner"),
            round=reporting_round,
            declared_level=2,
            shown=standing_of(reporting_round).digest,
            addressee_id=cast.users["supervisor"].pk,
            reason="x",
        )


def test_a_level_the_records_do_not_show_needs_its_reason(cast: Cast, reporting_round: Round) -> None:
    with pytest.raises(RuleBroken, match="say why"):
        put_forward(cast, reporting_round, reason="")
    with pytest.raises(RuleBroken, match="no level 9"):
        put_forward(cast, reporting_round, level=9)


def test_a_withdrawn_folder_is_over(cast: Cast, reporting_round: Round) -> None:
    folder, _ = put_forward(cast, reporting_round)
    withdraw_folder(actor=cast.actor("planner"), folder=folder)
    with pytest.raises(Conflict):
        approve_folder(actor=cast.actor("director"), folder=folder)


def test_another_office_sees_no_folder(cast: Cast, reporting_round: Round) -> None:
    put_forward(cast, reporting_round)
    with scope(cast.other_office.pk):
        assert list(list_folders(cast.actor("outsider"))) == []
