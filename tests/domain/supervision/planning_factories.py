"""A small office with a year to plan: today is 3 October 2554, schools have their supervisor."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from nithet.domain.directory.actions.committees import create_committee, seat_member
from nithet.domain.directory.actions.staff import add_position, assign_schools
from nithet.domain.directory.models.committees import Committee
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.models.staff import Position
from nithet.domain.supervision.actions.planning import (
    accept_lines,
    open_supervision_plan,
    propose_year,
)
from nithet.domain.supervision.models.plans import PlannedVisit, SupervisionPlan
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.roles import Role
from nithet.kernel import clock
from nithet.kernel.school_years import academic_year, fiscal_year
from tests.conftest import Cast
from tests.domain.record_factories import make_school

YEAR = 2555
BEGIN = datetime(2011, 10, 3, 3, tzinfo=UTC)


@contextmanager
def at_the_begin() -> Iterator[None]:
    """Set the clock to the first working day of the fiscal year."""
    with clock.fixed(BEGIN):
        yield


def make_supervisor(cast: Cast, schools: list[School], number: int = 1) -> Position:
    """A position of a supervisor, nobody on it, with schools of its own."""
    position = add_position(
        actor=cast.actor("administrator"),
        unit=cast.office,
        role=Role.SUPERVISOR,
        title=f"ศึกษานิเทศก์ คนที่ {number}",
    )
    if schools:
        assign_schools(actor=cast.actor("administrator"), position=position, schools=schools)
    return position


def make_schools(cast: Cast, count: int = 4) -> list[School]:
    return [make_school(cast, f"โรงเรียนตัวอย่างที่ {at + 10}") for at in range(count)]


def make_members(cast: Cast, count: int = 3) -> Committee:
    actor = cast.actor("administrator")
    body = create_committee(actor=actor, kind="area", name="คณะกรรมการเขตพื้นที่การศึกษา")
    for at in range(count):
        seat_member(actor=actor, committee=body, title=f"กรรมการ คนที่ {at + 1}")
    return body


def make_plan_of_visits(cast: Cast, *, accepted: bool = True) -> SupervisionPlan:
    """A year proposed for what the office has, and taken into the plan."""
    actor = cast.actor("planner")
    plan = open_supervision_plan(actor=actor, fiscal_year=YEAR)
    propose_year(actor=actor, plan=plan)
    if accepted:
        accept_lines(actor=actor, plan=plan)
    return plan


def put_in_plan(visit: Visit) -> None:
    """Give a visit its line in the plan of the year of its day."""
    plan, _ = SupervisionPlan.objects.get_or_create(
        office=visit.office,
        fiscal_year=fiscal_year(visit.visited_on),
        defaults={"title": "แผนการนิเทศ"},
    )
    PlannedVisit.objects.create(
        office=visit.office,
        plan=plan,
        school=visit.school,
        kind=visit.kind,
        academic_year=academic_year(visit.visited_on),
        semester=1,
        planned_on=visit.visited_on,
        state="accepted",
        visit=visit,
    )
