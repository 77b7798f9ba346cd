"""Accounts, postings and powers of an office, as its administrator keeps them."""

import datetime

import pytest

from nithet.domain.directory.people import (
    add_person,
    close_account,
    end_posting,
    end_power,
    grant_power,
    reopen_account,
    set_password,
    transfer_person,
)
from nithet.foundation.access.actors import actor_for, system_actor
from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast

TODAY = clock.today()
DAY = datetime.timedelta(days=1)


def posting_of(cast: Cast, who: str) -> Posting:
    return Posting.objects.select_related("unit").get(user=cast.users[who])


def test_a_user_name_of_another_office_is_taken_and_its_account_stays_unseen(
    cast: Cast, office: Unit
) -> None:
    for actor in (cast.actor("administrator"), system_actor("test", office.pk)):
        with pytest.raises(RuleBroken, match="This user name is taken"):
            add_person(actor=actor, username="Outsider", display_name="x", password=None)


def test_a_name_of_the_own_office_finds_its_account_and_changes_nothing(
    cast: Cast, office: Unit
) -> None:
    kept = add_person(
        actor=cast.actor("administrator"), username="planner", display_name="x", password="y"
    )
    assert kept == cast.users["planner"]
    assert not AuditEvent.objects.filter(name="person.added").exists()


def test_somebody_who_also_works_elsewhere_is_found_by_both_offices(
    cast: Cast, office: Unit
) -> None:
    Posting.objects.create(user=cast.users["planner"], role=Role.PLANNER, unit=cast.other_office)
    for actor in (cast.actor("administrator"), system_actor("test", office.pk)):
        found = add_person(actor=actor, username="planner", display_name="x", password=None)
        assert found == cast.users["planner"]


@pytest.mark.parametrize("password", ["short", "password123", "12345678901"])
def test_passwords_set_by_somebody_else_pass_the_same_rules(
    cast: Cast, office: Unit, password: str
) -> None:
    with pytest.raises(RuleBroken, match="cannot be used"):
        add_person(
            actor=cast.actor("administrator"), username="new", display_name="x", password=password
        )
    with pytest.raises(RuleBroken, match="cannot be used"):
        set_password(
            actor=cast.actor("administrator"), user=cast.users["planner"], password=password
        )


def test_a_posting_that_ends_opens_nothing_from_the_next_day(cast: Cast, office: Unit) -> None:
    kept = end_posting(
        actor=cast.actor("administrator"),
        posting=posting_of(cast, "planner"),
        ends_on=TODAY,
        version=1,
    )
    assert (kept.ends_on, kept.version) == (TODAY, 2)
    assert actor_for(cast.users["planner"], TODAY).holds(Role.PLANNER)
    assert actor_for(cast.users["planner"], TODAY + DAY).held == ()


def test_two_who_end_one_posting_are_told(cast: Cast, office: Unit) -> None:
    posting = posting_of(cast, "planner")
    end_posting(actor=cast.actor("administrator"), posting=posting, ends_on=TODAY, version=1)
    with pytest.raises(Conflict):
        end_posting(
            actor=cast.actor("administrator"), posting=posting, ends_on=TODAY + DAY, version=1
        )


def test_the_last_administrator_stays(cast: Cast, office: Unit) -> None:
    with pytest.raises(RuleBroken, match="only administrator"):
        end_posting(
            actor=cast.actor("administrator"),
            posting=posting_of(cast, "administrator"),
            ends_on=TODAY,
            version=1,
        )


def test_a_posting_of_another_office_is_out_of_reach(cast: Cast, office: Unit) -> None:
    for who in ("administrator", "director"):
        with pytest.raises(Refused):
            end_posting(
                actor=cast.actor(who),
                posting=posting_of(cast, "outsider"),
                ends_on=TODAY,
                version=1,
            )


def test_a_transfer_ends_here_the_day_before_it_begins_there(cast: Cast, office: Unit) -> None:
    moved = transfer_person(
        actor=cast.actor("administrator"),
        posting=posting_of(cast, "school_head"),
        unit=cast.other_school,
        starts_on=TODAY,
        version=1,
    )
    assert (moved.unit, moved.role, moved.starts_on) == (cast.other_school, Role.SCHOOL_HEAD, TODAY)
    assert actor_for(cast.users["school_head"], TODAY).school_ids == {cast.other_school.pk}
    assert actor_for(cast.users["school_head"], TODAY - DAY).school_ids == {cast.school.pk}


@pytest.mark.parametrize("unit", ["school", "office", "other_office"])
def test_a_transfer_leads_to_another_unit_of_the_same_kind_in_the_office(
    cast: Cast, office: Unit, unit: str
) -> None:
    with pytest.raises(RuleBroken):
        transfer_person(
            actor=cast.actor("administrator"),
            posting=posting_of(cast, "school_head"),
            unit=getattr(cast, unit),
            starts_on=TODAY,
            version=1,
        )


def test_a_closed_account_ends_every_sitting_and_opening_it_again_does_not_revive_one(
    cast: Cast, office: Unit
) -> None:
    planner = cast.users["planner"]
    before = planner.get_session_auth_hash()
    close_account(actor=cast.actor("administrator"), user=planner)
    planner = reopen_account(
        actor=cast.actor("administrator"), user=User.objects.get(pk=planner.pk)
    )
    assert planner.is_active
    assert planner.get_session_auth_hash() != before
    names = list(
        AuditEvent.objects.filter(name__startswith="person.")
        .values_list("name", flat=True)
        .order_by("pk")
    )
    assert names == ["person.closed", "person.reopened"]


def test_nobody_closes_their_own_account_or_one_of_another_office(cast: Cast, office: Unit) -> None:
    administrator = cast.actor("administrator")
    with pytest.raises(RuleBroken, match="their own account"):
        close_account(actor=administrator, user=cast.users["administrator"])
    with pytest.raises(Refused):
        close_account(actor=administrator, user=cast.users["outsider"])
    with pytest.raises(Refused):
        close_account(actor=cast.actor("planner"), user=cast.users["supervisor"])


@pytest.mark.parametrize("who", ["administrator", "director"])
def test_the_director_and_the_administrator_record_powers_with_their_order(
    cast: Cast, office: Unit, who: str
) -> None:
    power = grant_power(
        actor=cast.actor(who),
        user=cast.users["planner"],
        kind=Power.Kind.IN_CHARGE,
        role=Role.GROUP_HEAD,
        unit=office,
        order_number="12/2555",
        starts_on=TODAY,
    )
    held = actor_for(cast.users["planner"], TODAY)
    assert held.holds(Role.GROUP_HEAD)
    ended = end_power(actor=cast.actor(who), power=power, ends_on=TODAY, version=1)
    assert not actor_for(cast.users["planner"], TODAY + DAY).holds(Role.GROUP_HEAD)
    with pytest.raises(Conflict):
        end_power(actor=cast.actor(who), power=ended, ends_on=TODAY, version=1)


def test_others_record_no_powers_and_the_director_makes_no_administrator(
    cast: Cast, office: Unit
) -> None:
    given = {
        "kind": Power.Kind.ACTING,
        "unit": office,
        "order_number": "1/2555",
        "starts_on": TODAY,
    }
    with pytest.raises(Refused):
        grant_power(
            actor=cast.actor("planner"), user=cast.users["planner"], role=Role.DIRECTOR, **given
        )
    with pytest.raises(RuleBroken, match="Only an administrator"):
        grant_power(
            actor=cast.actor("director"),
            user=cast.users["director"],
            role=Role.ADMINISTRATOR,
            **given,
        )
