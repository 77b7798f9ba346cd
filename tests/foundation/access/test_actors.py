"""Roles in hand: ended, limited to one record, and what a limit leaves out."""

import datetime

from nithet.foundation.access.actors import actor_for
from nithet.foundation.access.models import Posting
from nithet.foundation.access.policies import by_role
from nithet.foundation.access.roles import Role
from nithet.kernel import clock
from tests.conftest import Cast, make_user

ROUND = "assessments.round:5"


def invited(cast: Cast, *records: str):  # type: ignore[no-untyped-def]
    user = make_user("invited", posted=[])
    for record in records:
        Posting.objects.create(user=user, role=Role.ASSESSOR, unit=cast.office, limited_to=record)
    return user, actor_for(user, clock.today())


def test_a_role_limited_to_one_record_counts_only_where_that_record_is_asked_about(
    cast: Cast,
) -> None:
    _, actor = invited(cast, ROUND)
    assert actor.limited_to == ROUND
    assert actor.holds(Role.ASSESSOR, record=ROUND)
    assert not actor.holds(Role.ASSESSOR)
    assert not actor.holds(Role.ASSESSOR, record="assessments.round:6")


def test_a_limited_role_makes_nobody_part_of_the_office(cast: Cast) -> None:
    _, actor = invited(cast, ROUND)
    assert not actor.is_of_office
    verdict = by_role(actor, Role.ASSESSOR)
    assert not verdict
    assert verdict.reason == "You were invited to one record only, and this is not it."
    assert by_role(actor, Role.ASSESSOR, record=ROUND)


def test_a_limited_posting_at_a_school_opens_no_school(cast: Cast) -> None:
    user = make_user("one-piece", posted=[])
    Posting.objects.create(
        user=user, role=Role.TEACHER, unit=cast.school, limited_to="evidence.piece:1"
    )
    assert actor_for(user, clock.today()).school_ids == frozenset()


def test_who_is_invited_to_two_records_reaches_both_and_no_third(cast: Cast) -> None:
    _, actor = invited(cast, ROUND, "assessments.round:7")
    assert actor.records_limited_to == (ROUND, "assessments.round:7")
    assert actor.holds(Role.ASSESSOR, record="assessments.round:7")
    assert not actor.holds(Role.ASSESSOR, record="assessments.round:8")


def test_ordinary_people_are_limited_to_nothing_and_keep_their_roles_for_every_record(
    cast: Cast,
) -> None:
    planner = cast.actor("planner")
    assert planner.limited_to == ""
    assert planner.holds(Role.PLANNER)
    assert planner.holds(Role.PLANNER, record=ROUND)


def test_an_ordinary_posting_beside_a_limited_one_lifts_the_limit_of_the_person_but_not_of_the_role(
    cast: Cast,
) -> None:
    user, _ = invited(cast, ROUND)
    Posting.objects.create(user=user, role=Role.SUPERVISOR, unit=cast.office)
    actor = actor_for(user, clock.today())
    assert actor.limited_to == ""
    assert actor.holds(Role.SUPERVISOR)
    assert not actor.holds(Role.ASSESSOR)
    assert actor.holds(Role.ASSESSOR, record=ROUND)


def test_a_limited_posting_ends_on_its_day(cast: Cast) -> None:
    user, _ = invited(cast, ROUND)
    Posting.objects.filter(user=user).update(ends_on=clock.today() - datetime.timedelta(days=1))
    assert actor_for(user, clock.today()).held == ()
