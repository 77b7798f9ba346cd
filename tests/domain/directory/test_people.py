"""Passwords are set for the people of one's own office alone."""

import pytest

from nithet.domain.directory.people import post_person, set_password
from nithet.foundation.access.actors import system_actor
from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from tests.conftest import Cast

NEW = "another-long-password"


@pytest.mark.usefixtures("office")
def test_an_administrator_sets_the_password_of_somebody_of_the_office(cast: Cast) -> None:
    user = set_password(actor=cast.actor("administrator"), user=cast.users["school_head"], password=NEW)
    assert user.check_password(NEW)
    assert NEW not in str(AuditEvent.objects.get(name="password.set").after)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("who", ["outsider", "nobody"])
def test_a_person_of_another_office_or_of_none_is_out_of_reach(cast: Cast, who: str) -> None:
    with pytest.raises(Refused, match="no position in your office"):
        set_password(actor=cast.actor("administrator"), user=cast.users[who], password=NEW)
    cast.users[who].refresh_from_db()
    assert not cast.users[who].check_password(NEW)


def test_posting_a_person_of_another_office_does_not_open_their_account(cast: Cast, office: Unit) -> None:
    administrator = cast.actor("administrator")
    post_person(actor=administrator, user=cast.users["outsider"], role=Role.TEACHER, unit=office)
    with pytest.raises(Refused, match="another office"):
        set_password(actor=administrator, user=cast.users["outsider"], password=NEW)


def test_a_power_in_another_office_counts_like_a_posting(cast: Cast, office: Unit) -> None:
    Power.objects.create(
        user=cast.users["planner"],
        kind=Power.Kind.ACTING,
        role=Role.DIRECTOR,
        unit=cast.other_office,
        order_number="12/2555",
        starts_on=clock.today(),
    )
    with pytest.raises(Refused, match="another office"):
        set_password(actor=cast.actor("administrator"), user=cast.users["planner"], password=NEW)


def test_a_posting_elsewhere_that_has_ended_does_not_count(cast: Cast, office: Unit) -> None:
    user, today = cast.users["outsider"], clock.today()
    Posting.objects.filter(user=user).update(ends_on=today.replace(year=today.year - 1, day=1))
    post_person(actor=cast.actor("administrator"), user=user, role=Role.TEACHER, unit=office)
    assert set_password(actor=cast.actor("administrator"), user=user, password=NEW).check_password(NEW)


@pytest.mark.usefixtures("office")
def test_only_an_administrator_or_the_installation_sets_passwords(cast: Cast) -> None:
    with pytest.raises(Refused, match="belongs to"):
        set_password(actor=cast.actor("director"), user=cast.users["planner"], password=NEW)
    system = system_actor("console", cast.office.pk)
    assert set_password(actor=system, user=cast.users["outsider"], password=NEW).check_password(NEW)
