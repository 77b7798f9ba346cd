"""The plan of visits: proposed, edited, taken over, approved, changed with the reason."""

from datetime import date

import pytest

from nithet.domain.plans.actions.calendar import add_day
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.rules.calendar import months_of
from nithet.domain.supervision import policy
from nithet.domain.supervision.actions.approving import approve_supervision_plan, submit_plan
from nithet.domain.supervision.actions.lines import (
    add_line,
    drop_line,
    move_line,
    name_party,
    restore_line,
)
from nithet.domain.supervision.actions.other_bodies import record_other_body
from nithet.domain.supervision.actions.planning import (
    accept_lines,
    open_supervision_plan,
    propose_year,
)
from nithet.domain.supervision.models.plans import PlanChange, PlannedVisit
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.facts import supervisors
from nithet.domain.supervision.queries.plan_year import year_of_plan
from nithet.domain.supervision.queries.planning import (
    content_of,
    digest_of_plan,
    list_lines,
    window_of,
)
from nithet.domain.supervision.rules.plan_matrix import matrix_of
from nithet.foundation.access.actors import system_actor
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.record_factories import make_school, make_visit
from tests.domain.supervision.planning_factories import (
    YEAR,
    at_the_begin,
    make_members,
    make_plan_of_visits,
    make_schools,
    make_supervisor,
)

MAY_NOT_PLAN = ["administrator", "committee_member", "assessor", "school_head", "nobody"]


@pytest.fixture(autouse=True)
def _in_october() -> object:
    with at_the_begin():
        yield


def test_a_proposal_becomes_lines_with_reasons_and_people(cast: Cast, office: Unit) -> None:
    schools = make_schools(cast, 4)
    make_supervisor(cast, schools)
    make_members(cast, 3)
    plan = make_plan_of_visits(cast, accepted=False)
    lines = list(list_lines(cast.actor("planner"), plan))
    supervision = [one for one in lines if one.kind == "supervision"]
    assert len(supervision) == 8 and {one.state for one in lines} == {"proposed"}
    assert {(one.semester, one.academic_year) for one in supervision} == {(2, 2554), (1, 2555)}
    assert all(one.reasons[0] for one in lines)
    assert [one.title for one in supervision[0].party.all()] == ["ศึกษานิเทศก์ คนที่ 1"]
    committee = [one for one in lines if one.kind == "committee"]
    assert [one.title for one in committee[0].party.all()] == [
        "กรรมการ คนที่ 1",
        "กรรมการ คนที่ 2",
        "กรรมการ คนที่ 3",
        "ศึกษานิเทศก์ คนที่ 1",
    ]
    assert [one.is_companion for one in committee[0].party.all()] == [False, False, False, True]
    assert Visit.objects.count() == 0
    event = AuditEvent.objects.get(name="supervision_plan.proposed")
    assert event.after["count"] == len(lines) and "แผนการนิเทศ" in say(event)


def test_days_of_the_calendar_and_of_other_bodies_are_left_free(cast: Cast, office: Unit) -> None:
    (school,) = make_schools(cast, 1)
    make_supervisor(cast, [school])
    actor = cast.actor("planner")
    add_day(
        actor=actor,
        kind="exam",
        title="สอบ O-NET",
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 1, 31),
    )
    plan = make_plan_of_visits(cast, accepted=False)
    first = plan.lines.get(semester=2)
    record_other_body(actor=actor, school=school, body="สพฐ.", starts_on=first.planned_on)
    propose_year(actor=actor, plan=plan)
    moved = plan.lines.get(semester=2)
    assert moved.planned_on != first.planned_on and moved.planned_on.month != 1
    assert any("สพฐ." in one for one in moved.every_reason)


def test_what_a_person_worked_on_stays_when_the_year_is_proposed_again(
    cast: Cast, office: Unit
) -> None:
    schools = make_schools(cast, 3)
    make_supervisor(cast, schools)
    plan, actor = make_plan_of_visits(cast, accepted=False), cast.actor("planner")
    kept, dropped, untouched = list(plan.lines.filter(semester=2).order_by("school_id"))
    move_line(actor=actor, line=kept, version=1, planned_on=date(2011, 11, 8))
    drop_line(actor=actor, line=dropped, version=1, why="โรงเรียนซ่อมอาคาร")
    propose_year(actor=actor, plan=plan)
    now = {one.school_id: one for one in plan.lines.filter(semester=2)}
    assert now[kept.school_id].pk == kept.pk and now[kept.school_id].planned_on == date(2011, 11, 8)
    assert now[dropped.school_id].state == "dropped"
    assert now[untouched.school_id].pk != untouched.pk
    assert plan.lines.filter(semester=2).count() == 3
    restore_line(actor=actor, line=now[dropped.school_id], version=now[dropped.school_id].version)
    assert now[dropped.school_id].__class__.objects.get(pk=dropped.pk).state == "proposed"


def test_lines_taken_into_the_plan_become_planned_visits_once(cast: Cast, office: Unit) -> None:
    schools = make_schools(cast, 2)
    make_supervisor(cast, schools)
    plan, actor = make_plan_of_visits(cast, accepted=False), cast.actor("planner")
    part = list(plan.lines.filter(semester=2).values_list("pk", flat=True))
    assert len(accept_lines(actor=actor, plan=plan, line_ids=part)) == 2
    assert accept_lines(actor=actor, plan=plan, line_ids=part) == []
    visits = Visit.objects.order_by("visited_on")
    assert [(one.state, one.planned_for == one.visited_on) for one in visits] == [
        ("planned", True)
    ] * 2
    assert [one.title for one in visits[0].visitors.all()] == ["ศึกษานิเทศก์ คนที่ 1"]
    accept_lines(actor=actor, plan=plan)
    assert Visit.objects.count() == 4
    assert not plan.lines.filter(state="proposed").exists()
    assert [
        one.after["count"]
        for one in AuditEvent.objects.filter(name="supervision_plan.accepted").order_by("pk")
    ] == [2, 2]


def test_a_visit_is_planned_for_open_needs_of_its_year_and_the_year_before(
    cast: Cast, office: Unit
) -> None:
    (school,) = make_schools(cast, 1)
    make_supervisor(cast, [school])
    for year in (YEAR - 2, YEAR - 1, YEAR, YEAR + 1):
        Need.objects.create(
            office=cast.office, school=school, fiscal_year=year, kind="other", text=f"{year}"
        )
    Need.objects.create(
        office=cast.office,
        school=school,
        fiscal_year=YEAR,
        kind="other",
        text="หมดแล้ว",
        state="met",
    )
    make_plan_of_visits(cast)
    visits = Visit.objects.filter(kind="supervision")
    assert visits
    for visit in visits:
        assert visit.need == f"{YEAR - 1}"
        assert sorted(one.need.fiscal_year for one in visit.needs_served.all()) == [YEAR - 1, YEAR]


def test_a_visit_that_stands_on_the_day_is_the_lines_visit_and_not_made_twice(
    cast: Cast, office: Unit
) -> None:
    (school,) = make_schools(cast, 1)
    make_supervisor(cast, [school])
    actor = cast.actor("planner")
    plan = open_supervision_plan(actor=actor, fiscal_year=YEAR)
    line = add_line(
        actor=actor,
        plan=plan,
        school=school,
        planned_on=date(2011, 11, 8),
        people=supervisors(actor, clock.today()),
    )
    there = make_visit(cast, school, date(2011, 11, 8), "supervision", state="planned")
    accept_lines(actor=actor, plan=plan)
    line.refresh_from_db()
    assert line.visit_id == there.pk and Visit.objects.count() == 1


def test_a_line_cannot_stand_where_the_school_has_a_visit_or_in_another_year(
    cast: Cast, office: Unit
) -> None:
    (school,) = make_schools(cast, 1)
    actor = cast.actor("planner")
    plan = open_supervision_plan(actor=actor, fiscal_year=YEAR)
    make_visit(cast, school, date(2011, 11, 8), "supervision", state="planned")
    for day, code in (
        (date(2011, 11, 8), "planned_visit.taken"),
        (date(2012, 10, 1), "planned_visit.other_year"),
    ):
        with pytest.raises(RuleBroken) as broken:
            add_line(actor=actor, plan=plan, school=school, planned_on=day, people=[])
        assert broken.value.code == code
    with pytest.raises(RuleBroken) as broken:
        open_supervision_plan(actor=actor, fiscal_year=2012)
    assert broken.value.code == "supervision_plan.year"


def test_approving_freezes_what_was_shown_and_later_changes_say_why(
    cast: Cast, office: Unit
) -> None:
    schools = make_schools(cast, 2)
    make_supervisor(cast, schools)
    make_supervisor(cast, [], 2)
    plan, actor, director = make_plan_of_visits(cast), cast.actor("planner"), cast.actor("director")
    shown = digest_of_plan(plan)
    submit_plan(actor=actor, plan=plan, shown=shown)
    first = approve_supervision_plan(actor=director, plan=plan, shown=shown)
    assert (first.number, first.digest, len(first.content["lines"])) == (1, shown, 4)
    assert approve_supervision_plan(actor=director, plan=plan, shown=shown).pk == first.pk
    line = plan.lines.first()
    with pytest.raises(RuleBroken) as broken:
        move_line(actor=actor, line=line, version=line.version, planned_on=date(2011, 11, 8))
    assert broken.value.code == "planned_visit.why"
    before = line.planned_on
    move_line(
        actor=actor,
        line=line,
        version=line.version,
        planned_on=date(2011, 11, 8),
        why="ตรงกับวันประชุม",
    )
    line.refresh_from_db()
    line.visit.refresh_from_db()
    assert (line.visit.visited_on, line.visit.planned_for, line.visit.version) == (
        date(2011, 11, 8),
        date(2011, 11, 8),
        2,
    )
    going = supervisors(actor, clock.today())
    name_party(actor=actor, line=line, version=line.version, people=[going[1]], why="ลาป่วย")
    assert [one.title for one in line.visit.visitors.all()] == ["ศึกษานิเทศก์ คนที่ 2"]
    other = plan.lines.exclude(pk=line.pk).first()
    drop_line(actor=actor, line=other, version=other.version, why="โรงเรียนเลิก")
    other.visit.refresh_from_db()
    assert other.visit.state == "cancelled"
    kinds = [
        (one.kind, one.before_on == before, one.why) for one in PlanChange.objects.order_by("pk")
    ]
    assert kinds == [
        ("moved", True, "ตรงกับวันประชุม"),
        ("party", False, "ลาป่วย"),
        ("dropped", False, "โรงเรียนเลิก"),
    ]
    with pytest.raises(Conflict):
        approve_supervision_plan(actor=director, plan=plan, shown=shown)
    with pytest.raises(RuleBroken) as broken:
        approve_supervision_plan(actor=director, plan=plan, shown=digest_of_plan(plan))
    assert broken.value.code == "supervision_plan.not_submitted"
    with pytest.raises(RuleBroken) as broken:
        submit_plan(actor=actor, plan=plan, shown=digest_of_plan(plan))
    assert broken.value.code == "supervision_plan.reason"
    submit_plan(actor=actor, plan=plan, shown=digest_of_plan(plan), words="ปรับกลางปี")
    second = approve_supervision_plan(actor=director, plan=plan, shown=digest_of_plan(plan))
    assert (second.number, second.reason) == (2, "ปรับกลางปี")
    first.refresh_from_db()
    assert first.digest == shown and len(first.content["lines"]) == 4
    assert len(content_of(plan)["lines"]) == 3


def test_a_miss_is_not_hidden_by_moving_the_visit_afterwards(cast: Cast, office: Unit) -> None:
    (school,) = make_schools(cast, 1)
    make_supervisor(cast, [school])
    plan, actor = make_plan_of_visits(cast), cast.actor("planner")
    line = plan.lines.get(semester=2)
    missed = line.planned_on
    with clock.fixed(clock.now().replace(year=2012, month=6)):
        move_line(actor=actor, line=line, version=line.version, planned_on=date(2012, 6, 20))
    visit = Visit.objects.get(pk=line.visit_id)
    assert (visit.visited_on, visit.planned_for) == (date(2012, 6, 20), missed)


def test_a_visit_that_was_carried_out_keeps_its_plan(cast: Cast, office: Unit) -> None:
    (school,) = make_schools(cast, 1)
    make_supervisor(cast, [school])
    plan, actor = make_plan_of_visits(cast), cast.actor("planner")
    line = plan.lines.first()
    Visit.objects.filter(pk=line.visit_id).update(state="done")
    with pytest.raises(RuleBroken) as broken:
        drop_line(actor=actor, line=line, version=line.version, why="ไม่ไป")
    assert broken.value.code == "planned_visit.done"


def test_two_planners_at_one_line_do_not_overwrite_each_other(cast: Cast, office: Unit) -> None:
    (school,) = make_schools(cast, 1)
    make_supervisor(cast, [school])
    plan, actor = make_plan_of_visits(cast, accepted=False), cast.actor("planner")
    line = plan.lines.first()
    move_line(actor=actor, line=line, version=1, planned_on=date(2011, 11, 8))
    with pytest.raises(Conflict):
        drop_line(actor=actor, line=line, version=1, why="ไม่ไป")


@pytest.mark.parametrize("name", MAY_NOT_PLAN)
def test_who_does_not_plan_is_refused_and_sees_no_proposal(
    cast: Cast, office: Unit, name: str
) -> None:
    schools = make_schools(cast, 1)
    make_supervisor(cast, schools)
    plan = make_plan_of_visits(cast, accepted=False)
    actor = cast.actor(name)
    with pytest.raises(Refused):
        propose_year(actor=actor, plan=plan)
    with pytest.raises(Refused):
        accept_lines(actor=actor, plan=plan)
    assert not policy.visible_planned(actor).exists()


def test_only_leaders_approve_and_another_office_reaches_nothing(cast: Cast, office: Unit) -> None:
    make_supervisor(cast, make_schools(cast, 1))
    plan = make_plan_of_visits(cast)
    for name in ("planner", "supervisor", "outsider"):
        with pytest.raises(Refused):
            approve_supervision_plan(actor=cast.actor(name), plan=plan, shown=digest_of_plan(plan))
    assert not policy.visible_supervision_plans(cast.actor("outsider")).exists()
    with pytest.raises(RuleBroken) as broken:
        empty = open_supervision_plan(actor=system_actor("test", cast.office.pk), fiscal_year=2556)
        approve_supervision_plan(
            actor=cast.actor("director"), plan=empty, shown=digest_of_plan(empty)
        )
    assert broken.value.code == "supervision_plan.empty"


def test_the_matrix_shows_each_supervisors_months_and_the_committee(
    cast: Cast, office: Unit
) -> None:
    make_supervisor(cast, make_schools(cast, 2))
    make_members(cast, 2)
    plan = make_plan_of_visits(cast)
    rows = matrix_of(year_of_plan(cast.actor("planner"), plan).visits, months_of(YEAR))
    assert [(row.title, row.total) for row in rows] == [("ศึกษานิเทศก์ คนที่ 1", 4), ("", 2)]
    assert rows[1].key == "committee"


def test_a_day_between_semesters_counts_to_the_nearest(office: Unit) -> None:
    assert window_of(YEAR, date(2011, 10, 10)) == (2554, 2)
    assert window_of(YEAR, date(2012, 5, 10)) == (2555, 1)


def test_lines_cost_the_same_queries_whatever_their_number(
    cast: Cast, office: Unit, django_assert_num_queries: object
) -> None:
    make_supervisor(cast, [*make_schools(cast, 5), make_school(cast)])
    plan = make_plan_of_visits(cast, accepted=False)
    actor = cast.actor("planner")
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len([line.party.all() for line in list_lines(actor, plan)]) == 12
    assert PlannedVisit.objects.count() == 12
