"""Invitations: good once, until a day, for one role in one office; whatever else a token is, it answers alike."""

import datetime

import pytest

from nithet.domain.directory.actions.schools import register_school
from nithet.domain.directory.invitations import (
    accept_invitation,
    find_invitation,
    give_access_anew,
    invite_person,
    invite_schools,
    withdraw_invitation,
)
from nithet.domain.directory.people import close_account
from nithet.foundation.access.actors import actor_for, system_actor
from nithet.foundation.access.models import Invitation, Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken
from tests.conftest import Cast

PASSWORD = "mango-river-31-slow"
LATER = clock.today() + datetime.timedelta(days=14)


def invited(cast: Cast, **given: object) -> tuple[Invitation, str]:
    fields: dict[str, object] = {
        "unit": cast.office,
        "role": Role.SUPERVISOR,
        "title": "ศึกษานิเทศก์",
        "display_name": "ศึกษานิเทศก์ คนที่ 2",
        "expires_on": LATER,
    }
    return invite_person(actor=cast.actor("administrator"), **{**fields, **given})  # type: ignore[arg-type]


def test_whoever_accepts_has_the_role_of_the_invitation_in_its_office_and_no_other(
    cast: Cast, office: Unit
) -> None:
    _, token = invited(cast)
    with scope(None):
        user = accept_invitation(token=token, username="SN-2", password=PASSWORD)
    actor = actor_for(user, clock.today())
    assert user.username == "sn-2"
    assert user.check_password(PASSWORD)
    assert actor.office_id == cast.office.pk
    assert [(h.role, h.unit_id, h.title) for h in actor.held] == [
        (Role.SUPERVISOR, cast.office.pk, "ศึกษานิเทศก์")
    ]


def test_the_token_is_kept_nowhere(cast: Cast, office: Unit) -> None:
    made, token = invited(cast)
    accept_invitation(token=token, username="sn-2", password=PASSWORD)
    kept = [str(event.after) + event.target_title for event in AuditEvent.objects.all()]
    assert not any(token in text or PASSWORD in text for text in kept)
    assert token not in str(Invitation.objects.filter(pk=made.pk).values().get())


def test_used_withdrawn_expired_and_unknown_answer_alike(cast: Cast, office: Unit) -> None:
    used, withdrawn, expired = (invited(cast, display_name=f"คนที่ {n}") for n in range(3))
    accept_invitation(token=used[1], username="sn-2", password=PASSWORD)
    withdraw_invitation(actor=cast.actor("administrator"), invitation=withdrawn[0])
    Invitation.objects.filter(pk=expired[0].pk).update(
        expires_on=clock.today() - datetime.timedelta(days=1)
    )
    said = set()
    for token in (used[1], withdrawn[1], expired[1], "never-was-one"):
        assert find_invitation(token) is None
        with pytest.raises(BadInput) as refused:
            accept_invitation(token=token, username="sn-9", password=PASSWORD)
        said.add((refused.value.code, str(refused.value)))
    assert said == {
        (
            "invitation.not_valid",
            "This invitation is no longer good. Ask your office for a new one.",
        )
    }
    assert not User.objects.filter(username="sn-9").exists()


@pytest.mark.parametrize("password", ["short", "password123", "1234567890", "sn-2-sn-2-x"])
def test_a_weak_password_does_not_pass_and_leaves_the_invitation_open(
    cast: Cast, office: Unit, password: str
) -> None:
    _, token = invited(cast)
    username = "sn-2-sn-2-x" if password.startswith("sn") else "sn-2"
    with pytest.raises(RuleBroken, match="This password cannot be used"):
        accept_invitation(token=token, username=username, password=password)
    assert not User.objects.filter(username=username).exists()
    assert find_invitation(token) is not None


@pytest.mark.parametrize("taken", ["outsider", "planner", "OUTSIDER "])
def test_a_taken_name_is_taken_whoever_has_it(cast: Cast, office: Unit, taken: str) -> None:
    _, token = invited(cast)
    with pytest.raises(RuleBroken) as refused:
        accept_invitation(token=token, username=taken, password=PASSWORD)
    assert str(refused.value) == "This user name is taken. Please choose another."


@pytest.mark.parametrize("name", ["", "two words", "a<b"])
def test_a_name_that_is_none_is_refused(cast: Cast, office: Unit, name: str) -> None:
    _, token = invited(cast)
    with pytest.raises(RuleBroken, match="A user name has letters"):
        accept_invitation(token=token, username=name, password=PASSWORD)


def test_an_invitation_limited_to_one_record_gives_a_limited_posting_that_ends(
    cast: Cast, office: Unit
) -> None:
    _, token = invited(
        cast,
        role=Role.ASSESSOR,
        title="ผู้ประเมินจาก สพฐ.",
        limited_to="assessments.round:5",
        posting_ends_on=LATER,
    )
    user = accept_invitation(token=token, username="assessor-1", password=PASSWORD)
    posting = Posting.objects.get(user=user)
    assert (posting.limited_to, posting.ends_on) == ("assessments.round:5", LATER)
    assert actor_for(user, clock.today()).limited_to == "assessments.round:5"
    assert actor_for(user, LATER + datetime.timedelta(days=1)).held == ()


def test_only_the_administrator_invites_and_only_into_the_own_office(
    cast: Cast, office: Unit
) -> None:
    for who in ("director", "supervisor", "school_head", "outsider", "assessor"):
        with pytest.raises(Refused):
            invite_person(
                actor=cast.actor(who),
                unit=cast.office,
                role=Role.PLANNER,
                title="",
                display_name="x",
                expires_on=LATER,
            )
    with pytest.raises(RuleBroken, match="not part of your office"):
        invited(cast, unit=cast.other_office)


@pytest.mark.parametrize(
    ("role", "where"), [(Role.SCHOOL_HEAD, "office"), (Role.DIRECTOR, "school")]
)
def test_a_role_is_held_where_it_belongs(cast: Cast, office: Unit, role: Role, where: str) -> None:
    with pytest.raises(RuleBroken, match="is not held at"):
        invited(cast, role=role, unit=getattr(cast, where))


@pytest.mark.parametrize("days", [-1, 400])
def test_an_invitation_is_good_from_today_for_at_most_a_year(
    cast: Cast, office: Unit, days: int
) -> None:
    with pytest.raises(RuleBroken, match="at most one year"):
        invited(cast, expires_on=clock.today() + datetime.timedelta(days=days))


def test_the_administrator_of_another_office_withdraws_nothing(cast: Cast, office: Unit) -> None:
    made, _ = invited(cast)
    Posting.objects.create(
        user=cast.users["outsider"], role=Role.ADMINISTRATOR, unit=cast.other_office
    )
    with scope(cast.other_office.pk), pytest.raises(Refused, match="another office"):
        withdraw_invitation(actor=cast.actor("outsider"), invitation=made)


def test_every_school_with_a_code_gets_a_desk_of_that_name_once(cast: Cast, office: Unit) -> None:
    system = system_actor("test", office.pk)
    schools = [
        register_school(actor=system, name=f"โรงเรียนตัวอย่างที่ {n}", smis_code=code)
        for n, code in enumerate(("76010001", "76010002", ""), 10)
    ]
    administrator = cast.actor("administrator")
    made = invite_schools(actor=administrator, schools=schools, expires_on=LATER)
    assert [one.username for one, _ in made] == ["76010001", "76010002"]
    user = accept_invitation(token=made[0][1], username="ignored", password=PASSWORD)
    assert (user.username, user.is_desk) == ("76010001", True)
    assert actor_for(user, clock.today(), speaker="ครูเวร").school_ids == {schools[0].unit_id}
    again = invite_schools(actor=administrator, schools=schools, expires_on=LATER)
    assert [one.username for one, _ in again] == ["76010002"]
    assert find_invitation(made[1][1]) is None
    assert find_invitation(again[0][1]) is not None


def test_a_new_way_in_changes_nothing_until_it_is_used_and_then_the_password_is_the_person_s_own(
    cast: Cast, office: Unit
) -> None:
    planner = cast.users["planner"]
    before = planner.get_session_auth_hash()
    _, token = give_access_anew(actor=cast.actor("administrator"), user=planner, expires_on=LATER)
    planner.refresh_from_db()
    assert planner.check_password("a-long-enough-password")
    user = accept_invitation(token=token, username="", password=PASSWORD)
    assert user.pk == planner.pk
    assert user.check_password(PASSWORD)
    assert user.get_session_auth_hash() != before
    assert Posting.objects.filter(user=planner).count() == 1


def test_a_second_new_way_in_shuts_the_first(cast: Cast, office: Unit) -> None:
    administrator = cast.actor("administrator")
    _, first = give_access_anew(actor=administrator, user=cast.users["planner"], expires_on=LATER)
    give_access_anew(actor=administrator, user=cast.users["planner"], expires_on=LATER)
    assert find_invitation(first) is None


def test_nobody_gets_a_new_way_into_an_account_of_another_office(cast: Cast, office: Unit) -> None:
    with pytest.raises(Refused, match="no position in your office"):
        give_access_anew(
            actor=cast.actor("administrator"), user=cast.users["outsider"], expires_on=LATER
        )


def test_a_new_way_into_a_closed_account_opens_nothing(cast: Cast, office: Unit) -> None:
    administrator = cast.actor("administrator")
    _, token = give_access_anew(actor=administrator, user=cast.users["planner"], expires_on=LATER)
    close_account(actor=administrator, user=cast.users["planner"])
    assert find_invitation(token) is None
