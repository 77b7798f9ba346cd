"""The plan of visits is put to the director, who approves what was shown or sends it back; an edit takes it back."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.actions.calendar import add_day
from nithet.domain.supervision.actions.approving import (
    approve_supervision_plan,
    send_plan_back,
    submit_plan,
    take_plan_back,
)
from nithet.domain.supervision.actions.dates import (
    agree_date,
    ask_dates,
    ask_other_date,
    settle_date,
)
from nithet.domain.supervision.actions.lines import (
    add_line,
    drop_line,
    move_line,
    name_party,
    restore_line,
)
from nithet.domain.supervision.actions.planning import accept_lines, take_in_visits
from nithet.domain.supervision.models.plan_submissions import PlanSubmission
from nithet.domain.supervision.models.plans import PlanChange, PlannedVisit, SupervisionPlan
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.facts import supervisors
from nithet.domain.supervision.queries.plan_summary import (
    plans_sent_back,
    plans_waiting,
    summary_of,
)
from nithet.domain.supervision.queries.plan_year import beyond_limits, outside_to_come
from nithet.domain.supervision.queries.planning import digest_of_content, digest_of_plan, list_lines
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.notices.models import Notice
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.record_factories import make_visit
from tests.domain.supervision.planning_factories import (
    at_the_begin,
    make_members,
    make_plan_of_visits,
    make_schools,
    make_supervisor,
)


@pytest.fixture(autouse=True)
def _in_october() -> object:
    with at_the_begin():
        yield


@pytest.fixture
def plan(cast: Cast, office: Unit) -> SupervisionPlan:
    """Four schools, each once a semester, taken into the plan."""
    make_supervisor(cast, make_schools(cast, 4))
    return make_plan_of_visits(cast)


def put(cast: Cast, plan: SupervisionPlan, words: str = "") -> PlanSubmission:
    return submit_plan(
        actor=cast.actor("planner"), plan=plan, shown=digest_of_plan(plan), words=words
    )


def told(kind: str) -> set[str]:
    rows = Notice.objects.filter(kind=f"supervision.{kind}")
    return set(rows.values_list("user__username", flat=True))


def test_leaders_are_told_once_and_the_figures_are_kept(cast: Cast, plan: SupervisionPlan) -> None:
    one = put(cast, plan)
    assert put(cast, plan).pk == one.pk and PlanSubmission.objects.count() == 1
    assert told("plan_submitted") == {"director"}
    assert one.summary["visits"] == 8 and one.summary["semesters"][0]["covered"] == 4
    assert plans_waiting(cast.actor("director")) == [plan]
    assert plans_waiting(cast.actor("outsider")) == []
    event = AuditEvent.objects.get(name="supervision_plan.submitted")
    assert "แผนการนิเทศ" in say(event)


def test_approving_what_was_shown_tells_who_put_it(cast: Cast, plan: SupervisionPlan) -> None:
    one = put(cast, plan)
    made = approve_supervision_plan(
        actor=cast.actor("director"), plan=plan, shown=digest_of_plan(plan)
    )
    one.refresh_from_db()
    assert (one.state, one.approved_version_id) == ("approved", made.pk)
    assert told("plan_approved") == {"planner"}
    assert plans_waiting(cast.actor("director")) == []
    with pytest.raises(RuleBroken) as broken:
        put(cast, plan)
    assert broken.value.code == "supervision_plan.as_approved"


def test_nothing_is_approved_that_nobody_put_or_that_changed_meanwhile(
    cast: Cast, plan: SupervisionPlan
) -> None:
    director, shown = cast.actor("director"), digest_of_plan(plan)
    with pytest.raises(RuleBroken) as broken:
        approve_supervision_plan(actor=director, plan=plan, shown=shown)
    assert broken.value.code == "supervision_plan.not_submitted"
    put(cast, plan)
    with pytest.raises(Conflict):
        approve_supervision_plan(actor=director, plan=plan, shown="0" * 64)
    with pytest.raises(Conflict):
        submit_plan(actor=cast.actor("planner"), plan=plan, shown="0" * 64)


def test_it_is_sent_back_with_words_that_the_planner_reads(
    cast: Cast, plan: SupervisionPlan
) -> None:
    one, director = put(cast, plan), cast.actor("director")
    with pytest.raises(RuleBroken):
        send_plan_back(actor=director, plan=plan, shown=one.digest, words=" ")
    with pytest.raises(Conflict):
        send_plan_back(actor=director, plan=plan, shown="0" * 64, words="ขอดูใหม่")
    back = send_plan_back(actor=director, plan=plan, shown=one.digest, words="เดือนมกราคมแน่นไป")
    assert (back.state, back.answer) == ("sent_back", "เดือนมกราคมแน่นไป")
    assert told("plan_sent_back") == {"planner"}
    assert plans_sent_back(cast.actor("planner")) == [plan]
    assert plans_sent_back(cast.actor("supervisor")) == []
    with pytest.raises(Conflict):
        send_plan_back(actor=director, plan=plan, shown=one.digest, words="อีกครั้ง")
    put(cast, plan)
    assert plans_sent_back(cast.actor("planner")) == []
    assert PlanSubmission.objects.filter(state="waiting").count() == 1


def test_a_planner_takes_it_back_and_saying_so_twice_changes_nothing(
    cast: Cast, plan: SupervisionPlan
) -> None:
    put(cast, plan)
    taken = take_plan_back(actor=cast.actor("planner"), plan=plan)
    assert taken is not None and plans_waiting(cast.actor("director")) == []
    assert take_plan_back(actor=cast.actor("planner"), plan=plan) is None
    assert told("plan_taken_back") == {"director"}


@pytest.mark.parametrize("edit", ["move", "drop", "party", "accept", "take_in"])
def test_every_edit_of_what_is_in_the_plan_takes_it_back(
    cast: Cast, plan: SupervisionPlan, edit: str
) -> None:
    actor, line = cast.actor("planner"), plan.lines.order_by("pk")[0]
    (goes,) = supervisors(actor, clock.today())
    other = make_supervisor(cast, [], 2)
    hand = add_line(
        actor=actor, plan=plan, school=line.school, planned_on=date(2011, 12, 7), people=[goes]
    )
    outside = make_visit(cast, line.school, date(2011, 12, 14), "supervision", state="planned")
    one = put(cast, plan)
    if edit == "move":
        move_line(actor=actor, line=line, version=line.version, planned_on=date(2011, 11, 8))
    elif edit == "drop":
        drop_line(actor=actor, line=line, version=line.version, why="โรงเรียนซ่อมอาคาร")
    elif edit == "party":
        people = [p for p in supervisors(actor, clock.today()) if p.position_id == other.pk]
        name_party(actor=actor, line=line, version=line.version, people=people)
    elif edit == "accept":
        accept_lines(actor=actor, plan=plan, line_ids=[hand.pk])
    else:
        take_in_visits(actor=actor, plan=plan, visit_ids=[outside.pk])
    one.refresh_from_db()
    assert one.state == "withdrawn" and one.answer.startswith("แผนถูกแก้ไขหลังเสนอ")
    assert told("plan_taken_back") == {"director"}


def add_neighbour(cast: Cast, plan: SupervisionPlan) -> tuple[PlannedVisit, PlannedVisit]:
    """Propose another school for the supervisor and day of a line in the plan; return (in the plan, proposed)."""
    actor = cast.actor("planner")
    line = plan.lines.filter(state="accepted").order_by("planned_on", "pk")[0]
    (goes,) = supervisors(actor, clock.today())
    there = plan.lines.filter(planned_on=line.planned_on).values("school")
    school = School.objects.exclude(pk__in=there).order_by("pk")[0]
    hand = add_line(
        actor=actor, plan=plan, school=school, planned_on=line.planned_on, people=[goes]
    )
    return line, hand


def test_working_on_proposals_leaves_the_plan_with_the_director(
    cast: Cast, plan: SupervisionPlan
) -> None:
    actor, one = cast.actor("planner"), put(cast, plan)
    line, hand = add_neighbour(cast, plan)
    line.refresh_from_db()
    assert hand.school.name in line.why_beside
    assert digest_of_plan(plan) == one.digest
    free = date(2011, 12, 8)
    moved = move_line(actor=actor, line=hand, version=1, planned_on=free)
    line.refresh_from_db()
    assert hand.school.name not in line.why_beside
    moved = move_line(actor=actor, line=moved, version=moved.version, planned_on=line.planned_on)
    dropped = drop_line(actor=actor, line=moved, version=moved.version, why="ไว้ปีหน้า")
    restore_line(actor=actor, line=dropped, version=dropped.version)
    one.refresh_from_db()
    assert one.state == "waiting"
    made = approve_supervision_plan(
        actor=cast.actor("director"), plan=plan, shown=digest_of_plan(plan)
    )
    assert made.digest == one.digest


def test_an_approved_plan_stands_as_approved_while_neighbours_are_proposed(
    cast: Cast, plan: SupervisionPlan
) -> None:
    put(cast, plan)
    made = approve_supervision_plan(
        actor=cast.actor("director"), plan=plan, shown=digest_of_plan(plan)
    )
    add_neighbour(cast, plan)
    assert digest_of_plan(plan) == made.digest == digest_of_content(made.content)
    assert not PlanChange.objects.exists()


def test_a_new_name_of_a_school_or_network_changes_nothing_that_was_put(
    cast: Cast, plan: SupervisionPlan
) -> None:
    one, school = put(cast, plan), plan.lines.order_by("pk")[0].school
    school.unit.name = "โรงเรียนชื่อใหม่"
    school.unit.save()
    made = approve_supervision_plan(
        actor=cast.actor("director"), plan=plan, shown=digest_of_plan(plan)
    )
    assert made.digest == one.digest == digest_of_content(made.content)
    assert "โรงเรียนชื่อใหม่" in {line["school"] for line in made.content["lines"]}


def test_a_plan_that_changed_while_it_waits_is_not_approved_and_is_sent_back(
    cast: Cast, plan: SupervisionPlan
) -> None:
    one, director = put(cast, plan), cast.actor("director")
    # No action does this; an import or a mend by hand may.
    plan.lines.filter(pk=plan.lines.order_by("pk")[0].pk).update(purpose="อ่านออกเขียนได้")
    with pytest.raises(RuleBroken) as broken:
        approve_supervision_plan(actor=director, plan=plan, shown=digest_of_plan(plan))
    assert broken.value.code == "supervision_plan.not_as_put"
    back = send_plan_back(actor=director, plan=plan, shown=one.digest, words="ขอดูใหม่")
    assert back.state == "sent_back"


@pytest.mark.parametrize("edit", ["add", "move", "drop", "restore", "party", "settle"])
def test_an_edit_of_a_line_holds_the_plan_before_anything_else(
    cast: Cast, plan: SupervisionPlan, edit: str
) -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite lets one transaction write at a time and knows no locks of rows")
    actor, line = cast.actor("planner"), plan.lines.order_by("pk")[0]
    (goes,) = supervisors(actor, clock.today())
    hand = add_line(
        actor=actor, plan=plan, school=line.school, planned_on=date(2011, 12, 7), people=[goes]
    )
    (answer,) = ask_dates(actor=actor, visit_ids=[line.visit_id or 0])
    edits: dict[str, Callable[[], object]] = {
        "add": lambda: add_line(
            actor=actor, plan=plan, school=line.school, planned_on=date(2011, 12, 8), people=[goes]
        ),
        "move": lambda: move_line(actor=actor, line=hand, version=1, planned_on=date(2011, 12, 8)),
        "drop": lambda: drop_line(actor=actor, line=line, version=line.version, why="ซ่อมอาคาร"),
        "restore": lambda: restore_line(actor=actor, line=line, version=line.version),
        "party": lambda: name_party(actor=actor, line=line, version=line.version, people=[goes]),
        "settle": lambda: settle_date(
            actor=actor, answer=answer, version=answer.version, new_day=date(2011, 12, 9)
        ),
    }
    with CaptureQueriesContext(connection) as seen:
        edits[edit]()
    asked = [one["sql"] for one in seen.captured_queries]
    locks = [one for one in asked if "FOR UPDATE" in one]
    assert 'FROM "supervision_supervisionplan"' in locks[0]


@pytest.mark.parametrize("name", ["planner", "supervisor", "administrator", "outsider", "nobody"])
def test_only_leaders_answer_and_only_planners_put(
    cast: Cast, plan: SupervisionPlan, name: str
) -> None:
    one, actor = put(cast, plan), cast.actor(name)
    with pytest.raises(Refused):
        send_plan_back(actor=actor, plan=plan, shown=one.digest, words="แก้")
    if name in {"administrator", "outsider", "nobody"}:
        for refused in (
            lambda: submit_plan(actor=actor, plan=plan, shown=one.digest),
            lambda: take_plan_back(actor=actor, plan=plan),
            lambda: take_in_visits(actor=actor, plan=plan, visit_ids=[]),
        ):
            with pytest.raises(Refused):
                refused()


def test_visits_outside_of_the_plan_are_taken_in_as_they_are(
    cast: Cast, plan: SupervisionPlan
) -> None:
    actor, school = cast.actor("planner"), plan.lines.order_by("pk")[0].school
    coming = make_visit(cast, school, date(2011, 12, 14), "supervision", state="planned")
    done = make_visit(cast, school, date(2011, 10, 3), "supervision")
    assert [one.pk for one in outside_to_come(actor, plan)] == [coming.pk]
    assert take_in_visits(actor=actor, plan=plan, visit_ids=[done.pk, 999]) == []
    (line,) = take_in_visits(actor=actor, plan=plan, visit_ids=[coming.pk, done.pk])
    assert (line.visit_id, line.state, line.origin) == (coming.pk, "accepted", "outside")
    assert (line.semester, line.academic_year) == (2, 2554)
    assert Visit.objects.get(pk=done.pk).planned_for is None
    assert not PlanChange.objects.exists()
    put(cast, plan)
    approve_supervision_plan(actor=cast.actor("director"), plan=plan, shown=digest_of_plan(plan))
    late = make_visit(cast, school, date(2011, 12, 21), "supervision", state="planned")
    with pytest.raises(RuleBroken) as broken:
        take_in_visits(actor=actor, plan=plan, visit_ids=[late.pk])
    assert broken.value.code == "planned_visit.why"
    take_in_visits(actor=actor, plan=plan, visit_ids=[late.pk], why="ผอ. มอบหมาย")
    assert PlanChange.objects.get().kind == "added"


def test_the_summary_counts_what_stands_outside_and_names_what_goes_beyond_the_limits(
    cast: Cast, office: Unit
) -> None:
    schools = make_schools(cast, 5)
    make_supervisor(cast, schools)
    make_members(cast, 2)
    plan, actor = make_plan_of_visits(cast), cast.actor("planner")
    line = plan.lines.filter(semester=2, kind="supervision").order_by("planned_on")[0]
    (goes,) = supervisors(actor, clock.today())
    left = [school for school in schools if school.pk != line.school_id][:2]
    for school in left:
        made = make_visit(cast, school, line.planned_on, "supervision", state="planned")
        made.visitors.create(office=cast.office, title=goes.title)
    found = summary_of(actor, plan)
    assert (found.supervision, found.committee, found.outside) == (10, 2, 2)
    (load,) = found.loads
    assert (load.total, load.outside) == (14, 2)  # the companion of both parties has their days too
    assert [(one.covered, one.of) for one in found.semesters] == [(5, 5), (5, 5)]
    assert found.members == ((2, 2), (2, 2))
    assert [one.day for one in found.crowded if line.school.name in one.schools] == [
        line.planned_on
    ]
    assert found.most_a_day == 2 and len(found.crowded[0].schools) >= 3


def test_the_summary_says_where_the_days_stand(cast: Cast, office: Unit) -> None:
    school = make_schools(cast, 1)[0]
    school.unit = cast.school
    school.save()
    make_supervisor(cast, [school, *make_schools(cast, 3)[1:]])
    plan, planner, head = (
        make_plan_of_visits(cast),
        cast.actor("planner"),
        cast.actor("school_head"),
    )
    mine = list(plan.lines.filter(school=school).order_by("planned_on"))
    first, second = ask_dates(actor=planner, visit_ids=[one.visit_id or 0 for one in mine])
    assert summary_of(planner, plan).dates.waiting == 2
    agree_date(actor=head, answer=first)
    ask_other_date(actor=head, answer=second, reason="สอบ")
    dates = summary_of(planner, plan).dates
    assert (dates.agreed, dates.asked_other, dates.waiting) == (1, 1, 0)
    assert dates.total == PlannedVisit.objects.filter(state="accepted").count()
    move_line(actor=planner, line=mine[0], version=mine[0].version, planned_on=date(2011, 11, 8))
    assert summary_of(planner, plan).dates.agreed == 0


def test_the_summary_says_what_changed_since_the_last_version(
    cast: Cast, plan: SupervisionPlan
) -> None:
    actor, director = cast.actor("planner"), cast.actor("director")
    put(cast, plan)
    approve_supervision_plan(actor=director, plan=plan, shown=digest_of_plan(plan))
    assert summary_of(actor, plan).changes == ()
    moved, dropped = plan.lines.order_by("planned_on")[:2]
    move_line(
        actor=actor,
        line=moved,
        version=moved.version,
        planned_on=date(2011, 11, 9),
        why="ตรงกับวันประชุม",
    )
    drop_line(actor=actor, line=dropped, version=dropped.version, why="โรงเรียนเลิก")
    found = summary_of(actor, plan)
    assert found.since == 1
    assert found.change_counts == {"added": 0, "moved": 1, "party": 0, "dropped": 1}
    assert {one.name for one in found.changes} == {moved.school.name, dropped.school.name}


def test_a_summary_costs_the_same_queries_whatever_the_rows(
    cast: Cast, plan: SupervisionPlan
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            summary_of(cast.actor("director"), plan)
        return len(seen)

    school = plan.lines.order_by("pk")[0].school
    make_visit(cast, school, date(2012, 2, 1), "supervision", state="planned")
    few = asked()
    for at in range(12):
        make_visit(cast, school, date(2011, 12, 1 + at), "supervision", state="planned")
    assert asked() == few


def test_a_proposal_says_where_visits_outside_of_the_plan_make_a_day_too_full(
    cast: Cast, office: Unit
) -> None:
    schools = make_schools(cast, 4)
    make_supervisor(cast, schools)
    plan, actor = make_plan_of_visits(cast, accepted=False), cast.actor("planner")
    line = plan.lines.order_by("planned_on", "pk")[0]
    (goes,) = supervisors(actor, clock.today())
    assert beyond_limits(actor, plan, list_lines(actor, plan), 2).crowded == {}
    for school in [one for one in schools if one.pk != line.school_id][:2]:
        made = make_visit(cast, school, line.planned_on, "supervision", state="planned")
        made.visitors.create(office=cast.office, title=goes.title)
    found = beyond_limits(actor, plan, list_lines(actor, plan), 2)
    assert found.crowded[line.pk] == (goes.title, 3) and found.outside == 2
    add_day(actor=actor, kind="meeting", title="ประชุมประจำเดือน", starts_on=line.planned_on)
    assert (
        beyond_limits(actor, plan, list_lines(actor, plan), 2).closed[line.pk] == "ประชุมประจำเดือน"
    )


def test_neighbours_and_the_moved_day_are_said_anew(cast: Cast, office: Unit) -> None:
    schools = make_schools(cast, 2)
    make_supervisor(cast, schools)
    plan, actor = make_plan_of_visits(cast, accepted=False), cast.actor("planner")
    first, second = plan.lines.filter(semester=2).order_by("school_id")
    reasons = list(first.reasons)
    move_line(actor=actor, line=first, version=1, planned_on=date(2011, 11, 8))
    move_line(actor=actor, line=second, version=second.version, planned_on=date(2011, 11, 8))
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.school.name in first.why_beside and first.school.name in second.why_beside
    assert first.reasons == reasons and first.reasoned_on == date(2011, 10, 3)
    assert first.why_day.startswith("ผู้วางแผนเลื่อนจาก ")
    move_line(actor=actor, line=second, version=second.version, planned_on=date(2011, 11, 9))
    first.refresh_from_db()
    assert first.why_beside == ""
    drop_line(actor=actor, line=first, version=first.version, why="โรงเรียนเลิก")
    assert plan.lines.get(pk=second.pk).why_beside == ""


def test_a_closed_day_is_insisted_on_with_a_reason_that_is_kept(
    cast: Cast, plan: SupervisionPlan
) -> None:
    actor, line = cast.actor("planner"), plan.lines.order_by("pk")[0]
    saturday, holiday, between = date(2011, 11, 12), date(2011, 12, 5), date(2012, 4, 10)
    for day in (saturday, holiday, between):
        with pytest.raises(RuleBroken) as broken:
            move_line(actor=actor, line=line, version=line.version, planned_on=day)
        assert broken.value.code == "planned_visit.closed"
    with pytest.raises(RuleBroken):
        add_line(actor=actor, plan=plan, school=line.school, planned_on=saturday, people=[])
    moved = move_line(
        actor=actor,
        line=line,
        version=line.version,
        planned_on=saturday,
        insist_because="วันประชุมผู้ปกครอง",
    )
    assert moved.insisted_because == "วันประชุมผู้ปกครอง"
    assert any("วันประชุมผู้ปกครอง" in one for one in moved.every_reason)
    (closed,) = summary_of(actor, plan).closed
    assert (closed.why, closed.insisted) == ("วันเสาร์", "วันประชุมผู้ปกครอง")
    back = move_line(actor=actor, line=moved, version=moved.version, planned_on=date(2011, 11, 9))
    assert back.insisted_because == ""
