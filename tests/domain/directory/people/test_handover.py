"""Handing over: what somebody holds passes to the successor in one step, powers by order never."""

import datetime

import pytest

from nithet.domain.directory import handover
from nithet.domain.directory.actions.committees import create_committee, seat_member
from nithet.domain.directory.actions.handover import hand_over
from nithet.domain.directory.actions.staff import assign_duty
from nithet.domain.directory.people import grant_power
from nithet.domain.directory.queries.staff import supervisors_of
from nithet.foundation.access.actors import actor_for
from nithet.foundation.access.models import Power
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.directory.people.test_bodies import filled, school

TODAY = clock.today()
DAY = datetime.timedelta(days=1)


def loaded(cast: Cast, office: Unit):  # type: ignore[no-untyped-def]
    """Give the supervisor a position with a school, a seat and a power."""
    administrator, user = cast.actor("administrator"), cast.users["supervisor"]
    position, one = filled(cast), school(office)
    assign_duty(actor=administrator, position=position, school=one)
    committee = create_committee(actor=administrator, kind="monitoring", name="ก.ต.ป.น.")
    seat_member(
        actor=administrator, committee=committee, title="ศึกษานิเทศก์", seat="d_secretary", user=user
    )
    grant_power(
        actor=administrator,
        user=user,
        kind=Power.Kind.ACTING,
        role=Role.GROUP_HEAD,
        unit=office,
        order_number="9/2555",
        starts_on=TODAY,
    )
    return one


def test_everything_in_hand_is_listed(cast: Cast, office: Unit) -> None:
    loaded(cast, office)
    found = handover.sections(cast.actor("administrator"), cast.users["supervisor"])
    assert sum(len(section.lines) for section in found) == 4
    assert sum(line.moves for section in found for line in section.lines) == 3


def test_one_confirmation_passes_postings_duties_and_seats_but_no_power(
    cast: Cast, office: Unit
) -> None:
    one = loaded(cast, office)
    made = hand_over(
        actor=cast.actor("director"),
        person=cast.users["supervisor"],
        successor=cast.users["planner"],
        handed_on=TODAY + DAY,
    )
    assert supervisors_of(one, TODAY) == ["supervisor"]
    assert supervisors_of(one, TODAY + DAY) == ["planner"]
    then = actor_for(cast.users["planner"], TODAY + DAY)
    assert then.holds(Role.SUPERVISOR) and not then.holds(Role.GROUP_HEAD)
    assert not actor_for(cast.users["supervisor"], TODAY + DAY).holds(Role.SUPERVISOR)
    assert len(made.lines) == 4
    assert AuditEvent.objects.filter(name="work.handed_over").count() == 1


def test_what_other_packages_registered_is_listed_and_moved(
    cast: Cast, office: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "_sources", dict(handover._sources))
    moved: list[tuple[str, str]] = []

    def pass_on(actor, person, successor) -> int:  # type: ignore[no-untyped-def]
        moved.append((str(person), str(successor)))
        return 1

    handover.register(
        "tasks", "งานค้าง", lambda actor, user: [handover.Line("งานที่ยังไม่เสร็จ")], pass_on
    )
    hand_over(
        actor=cast.actor("director"),
        person=cast.users["supervisor"],
        successor=cast.users["planner"],
        handed_on=TODAY + DAY,
    )
    assert moved == [("supervisor", "planner")]


def test_the_successor_is_somebody_else_and_something_is_there(cast: Cast, office: Unit) -> None:
    director = cast.actor("director")
    for person, successor in (
        ("supervisor", "supervisor"),
        ("nobody", "planner"),
        ("administrator", "planner"),
    ):
        with pytest.raises(RuleBroken):
            hand_over(
                actor=director,
                person=cast.users[person],
                successor=cast.users[successor],
                handed_on=TODAY,
            )


def test_only_the_administrator_and_the_director_confirm(cast: Cast, office: Unit) -> None:
    for who in ("supervisor", "planner", "outsider"):
        actor = cast.actor(who)
        if who == "outsider":
            continue
        with pytest.raises(Refused):
            hand_over(
                actor=actor,
                person=cast.users["supervisor"],
                successor=cast.users["planner"],
                handed_on=TODAY,
            )
