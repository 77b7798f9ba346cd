"""Visits, who went, what was found."""

from datetime import UTC, date, datetime

import pytest

from nithet.domain.directory.actions.schools import register_school
from nithet.domain.directory.models.committees import Committee, CommitteeMember
from nithet.domain.directory.models.schools import School
from nithet.domain.supervision import policy
from nithet.domain.supervision.actions.findings import record_finding
from nithet.domain.supervision.actions.visits import cancel_visit, name_visitor, record_visit
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.queries.coverage import committee_coverage, visits_by_semester
from nithet.domain.supervision.queries.findings import list_findings
from nithet.domain.supervision.queries.visits import (
    find_visit,
    list_visits,
    visited_school_count,
    visits_without_visitors,
)
from nithet.foundation.access.actors import Actor, system_actor
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.record_factories import YEAR, make_project, make_school, make_visit

MAY_NOT_WRITE = ["administrator", "committee_member", "assessor", "school_head", "nobody"]
SEED_VISITS = {
    date(2012, 5, 24): ["วัดโพธิ์ทัยมณี", "วัดเพรียง", "วัดหนองหว้า"],
    date(2012, 5, 31): ["วัดเขมาภิรัติการาม", "วัดกุญชรวชิราราม", "วัดมณีเลื่อน", "วัดโพธิ์"],
    date(2012, 6, 27): ["วัดเกาะแก้ว", "วัดเขาตะเครา", "วัดไทรทอง", "บ้านบางแก้ว"],
    date(2012, 6, 28): ["บ้านท่าเสลา", "บ้านพุพลู"],
}


def seed_visits(cast: Cast) -> list[Visit]:
    """The thirteen committee visits of the real return, without visitors, as it names none."""
    return [
        make_visit(cast, make_school(cast, name), day)
        for day, names in SEED_VISITS.items()
        for name in names
    ]


def test_a_visit_is_recorded_with_its_event_and_nobody_is_made_up(cast: Cast, office: Unit) -> None:
    project = make_project(cast.actor("planner"))
    visit = make_visit(
        cast, make_school(cast), project=project, need="การประเมินผล", source="แบบรายงาน"
    )
    assert (visit.state, visit.planned_for, visit.project_id) == ("done", None, project.pk)
    assert visit.visitors.count() == 0
    event = AuditEvent.objects.get(name="visit.recorded")
    assert (event.target_title, event.after["visited_on"], event.after["visitors"]) == (
        "วัดทดสอบ",
        "2012-05-24",
        [],
    )
    assert "วัดทดสอบ" in say(event)


def test_visitors_are_kept_by_the_words_under_which_they_went(cast: Cast, office: Unit) -> None:
    visit = make_visit(
        cast, make_school(cast), kind="supervision", visitors=["ศึกษานิเทศก์  กลุ่ม 1", " "]
    )
    assert [v.title for v in visit.visitors.all()] == ["ศึกษานิเทศก์ กลุ่ม 1"]
    for _ in range(2):
        name_visitor(actor=cast.actor("planner"), visit=visit, title="ประธานเครือข่าย")
    assert Visitor.objects.count() == 2
    event = AuditEvent.objects.get(name="visitor.named")
    assert (event.target_kind, event.after["title"]) == ("supervision.visit", "ประธานเครือข่าย")
    with pytest.raises(RuleBroken) as broken:
        name_visitor(actor=cast.actor("planner"), visit=visit, title=" ")
    assert broken.value.code == "visitor.title"


def test_the_same_school_kind_and_day_is_one_visit(cast: Cast, office: Unit) -> None:
    school = make_school(cast)
    first = make_visit(cast, school, need="หนึ่ง")
    again = make_visit(cast, school, need="สอง", visitors=["ผู้อื่น"])
    assert (again.pk, again.need, again.visitors.count()) == (first.pk, "หนึ่ง", 0)
    assert make_visit(cast, school, kind="supervision").pk != first.pk
    assert make_visit(cast, school, date(2012, 5, 25)).pk != first.pk
    assert AuditEvent.objects.filter(name="visit.recorded").count() == 3


def test_a_cancelled_visit_does_not_stand_in_the_way_of_another(cast: Cast, office: Unit) -> None:
    school = make_school(cast)
    first = make_visit(cast, school, state="planned")
    gone = cancel_visit(actor=cast.actor("planner"), visit=first, reason="ตรงกับวันสอบ")
    assert (gone.state, gone.planned_for, gone.version) == ("cancelled", first.visited_on, 2)
    assert make_visit(cast, school).pk != first.pk
    again = cancel_visit(actor=cast.actor("planner"), visit=first, reason="ตรงกับวันสอบ")
    assert again.version == 2
    event = AuditEvent.objects.get(name="visit.cancelled")
    assert (event.before["state"], event.after["reason"]) == ("planned", "ตรงกับวันสอบ")


def test_only_a_plan_can_be_cancelled_and_only_with_a_reason(cast: Cast, office: Unit) -> None:
    school = make_school(cast)
    done = make_visit(cast, school)
    planned = make_visit(cast, school, date(2012, 5, 25), state="planned")
    for visit, reason, code in ((done, "x", "visit.done"), (planned, " ", "visit.cancel_reason")):
        with pytest.raises(RuleBroken) as broken:
            cancel_visit(actor=cast.actor("planner"), visit=visit, reason=reason)
        assert broken.value.code == code
    assert not AuditEvent.objects.filter(name="visit.cancelled").exists()


def test_a_planned_visit_becomes_done_and_keeps_its_plan(cast: Cast, office: Unit) -> None:
    school, day = make_school(cast), date(2012, 5, 24)
    planned = make_visit(cast, school, day, "supervision", state="planned")
    assert (planned.state, planned.planned_for) == ("planned", day)
    done = make_visit(cast, school, day, "supervision", state="done")
    assert (done.pk, done.state, done.planned_for, done.version) == (planned.pk, "done", day, 2)
    assert make_visit(cast, school, day, "supervision", state="planned").state == "done"
    events = AuditEvent.objects.filter(name="visit.recorded").order_by("pk")
    assert [e.after["state"] for e in events] == ["planned", "done"]
    assert events[1].before == {"state": "planned", "version": 1}


def test_the_future_can_only_be_planned(cast: Cast, office: Unit) -> None:
    school = make_school(cast)
    with clock.fixed(datetime(2012, 5, 23, 17, 30, tzinfo=UTC)):  # 24 May in Thailand
        make_visit(cast, school, date(2012, 5, 24))
        with pytest.raises(RuleBroken) as broken:
            make_visit(cast, school, date(2012, 5, 25))
        assert (broken.value.code, broken.value.field) == ("visit.future", "visited_on")
        assert make_visit(cast, school, date(2012, 5, 25), state="planned").state == "planned"
    with pytest.raises(RuleBroken) as broken:
        make_visit(cast, school, date(2012, 1, 1), state="cancelled")
    assert broken.value.code == "visit.state"


@pytest.mark.parametrize("person", MAY_NOT_WRITE)
def test_nobody_else_writes_visits_and_each_no_has_a_reason(
    cast: Cast, office: Unit, person: str
) -> None:
    school = make_school(cast)
    visit = make_visit(cast, school)
    before = AuditEvent.objects.count()
    actor = cast.actor(person)
    for attempt in (
        lambda: record_visit(
            actor=actor, school=school, kind="committee", visited_on=date(2012, 6, 1)
        ),
        lambda: name_visitor(actor=actor, visit=visit, title="ผู้อื่น"),
        lambda: cancel_visit(actor=actor, visit=visit, reason="x"),
        lambda: record_finding(actor=actor, fiscal_year=YEAR, kind="need", text="ครูไม่ครบชั้น"),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.verdict.words
    assert AuditEvent.objects.count() == before
    assert (Visit.objects.count(), Visitor.objects.count(), Finding.objects.count()) == (1, 0, 0)


def test_another_office_s_people_and_projects_stay_out(cast: Cast) -> None:
    with scope(cast.other_office.pk):
        theirs = make_project(cast.actor("outsider"))
        their_school = register_school(actor=system_actor("x", cast.other_office.pk), name="วัดอื่น")
        their_visit = record_visit(
            actor=cast.actor("outsider"),
            school=their_school,
            kind="committee",
            visited_on=date(2012, 5, 24),
        )
    with scope(cast.office.pk):
        school = make_school(cast)
        with pytest.raises(Refused, match="another office"):
            record_visit(
                actor=cast.actor("outsider"),
                school=school,
                kind="committee",
                visited_on=date(2012, 5, 24),
            )
        for attempt in (
            lambda: make_visit(cast, school, project=theirs),
            lambda: record_finding(
                actor=cast.actor("planner"), fiscal_year=YEAR, kind="need", text="ก", project=theirs
            ),
        ):
            with pytest.raises(RuleBroken) as broken:
                attempt()
            assert broken.value.code == "project.foreign"
        with pytest.raises(RuleBroken) as broken:
            record_finding(
                actor=cast.actor("planner"),
                fiscal_year=YEAR,
                kind="need",
                text="ก",
                visit=their_visit,
            )
        assert broken.value.code == "visit.foreign"
        assert find_visit(cast.actor("planner"), their_visit.pk) is None


def test_findings_are_kept_once_and_what_impressed_counts_as_much(cast: Cast, office: Unit) -> None:
    visit = make_visit(cast, make_school(cast))
    project = make_project(cast.actor("planner"))

    def enter(**fields: object) -> Finding:
        return record_finding(
            actor=cast.actor("supervisor"),
            fiscal_year=YEAR,
            kind="impression",
            text="ผู้บริหารและครูตั้งใจ",
            **fields,  # type: ignore[arg-type]
        )

    together, single = enter(project=project, position=1), enter(visit=visit)
    assert (enter(project=project).pk, enter(visit=visit).pk) == (together.pk, single.pk)
    assert [f.pk for f in list_findings(cast.actor("planner"), YEAR)] == [single.pk, together.pk]
    assert [f.pk for f in list_findings(cast.actor("planner"), YEAR, project.pk)] == [together.pk]
    assert AuditEvent.objects.filter(name="finding.recorded").count() == 2
    with pytest.raises(RuleBroken) as broken:
        record_finding(actor=cast.actor("supervisor"), fiscal_year=YEAR, kind="problem", text=" ")
    assert broken.value.code == "finding.text"


# Reading -------------------------------------------------------------------------------------


def test_the_thirteen_visits_stand_in_one_semester_and_nobody_is_named(
    cast: Cast, office: Unit
) -> None:
    seed_visits(cast)
    actor = cast.actor("director")
    visits = list(list_visits(actor, YEAR))
    assert (
        len(visits),
        len({v.school_id for v in visits}),
        len({v.visited_on for v in visits}),
    ) == (13, 13, 4)
    assert visits_without_visitors(actor, YEAR).count() == 13
    assert visited_school_count(YEAR) == 13
    parts = [(str(p.part), p.visits, p.schools) for p in visits_by_semester(actor, YEAR)]
    assert parts == [("ภาคเรียนที่ 2/2554", 0, 0), ("ภาคเรียนที่ 1/2555", 13, 13)]
    second, first = committee_coverage(actor, YEAR)
    assert (str(second.semester), second.visits, second.is_shown) == ("ภาคเรียนที่ 2/2554", 0, False)
    assert "2/2554" in second.because.words
    assert (first.visits, first.schools, first.unnamed, first.is_shown) == (13, 13, 13, None)
    assert first.days == tuple(SEED_VISITS)


def test_coverage_is_shown_once_every_visit_names_who_went(cast: Cast, office: Unit) -> None:
    visits = seed_visits(cast)[:2]
    Visit.objects.exclude(pk__in=[v.pk for v in visits]).delete()
    name_visitor(actor=cast.actor("planner"), visit=visits[0], title="กรรมการ 1")
    name_visitor(actor=cast.actor("planner"), visit=visits[0], title="กรรมการ 2")
    assert [
        (c.visits, c.unnamed, c.is_shown) for c in committee_coverage(cast.actor("planner"), YEAR)
    ][1] == (2, 1, None)
    name_visitor(actor=cast.actor("planner"), visit=visits[1], title="กรรมการ 1")
    assert [
        (c.visits, c.unnamed, c.is_shown) for c in committee_coverage(cast.actor("planner"), YEAR)
    ][1] == (2, 0, True)
    assert list(visits_without_visitors(cast.actor("planner"), YEAR)) == []


def test_every_member_every_semester_is_told_from_the_seats_of_the_committee(
    cast: Cast, office: Unit
) -> None:
    visits = seed_visits(cast)[:2]
    Visit.objects.exclude(pk__in=[v.pk for v in visits]).delete()
    committee = Committee.objects.create(office=office, kind=Committee.Kind.AREA, name="กพท.")
    seats = [
        CommitteeMember.objects.create(office=office, committee=committee, title=f"กรรมการ {n}")
        for n in (1, 2)
    ]
    actor = cast.actor("planner")
    assert committee_coverage(actor, YEAR)[1].is_shown is None  # nobody is named yet
    for visit in visits:
        Visitor.objects.create(office=office, visit=visit, title="ท่านประธาน", member=seats[0])
    some = committee_coverage(actor, YEAR)[1]
    assert (some.is_shown, "กรรมการ 2" in some.because.words) == (False, True)
    name_visitor(actor=actor, visit=visits[1], title="กรรมการ 2")
    assert committee_coverage(actor, YEAR)[1].is_shown is True


def test_a_visit_between_semesters_has_a_line_of_its_own_and_plans_are_not_counted(
    cast: Cast, office: Unit
) -> None:
    school = make_school(cast)
    make_visit(cast, school, date(2012, 4, 20))
    make_visit(cast, school, date(2012, 6, 20), state="planned")
    make_visit(cast, school, date(2012, 10, 1))  # the next fiscal year
    parts = [(str(p.part), p.visits) for p in visits_by_semester(cast.actor("planner"), YEAR)]
    assert parts == [("ภาคเรียนที่ 2/2554", 0), ("ปิดภาคเรียนที่ 2/2554", 1), ("ภาคเรียนที่ 1/2555", 0)]
    assert visits_by_semester(cast.actor("planner"), YEAR, "supervision")[0].visits == 0
    assert [v.visited_on.month for v in list_visits(cast.actor("planner"), YEAR)] == [4, 6]
    assert visited_school_count(YEAR) == 1


def test_lists_can_be_narrowed(cast: Cast, office: Unit) -> None:
    one, two = make_school(cast, "หนึ่ง"), make_school(cast, "สอง")
    project = make_project(cast.actor("planner"))
    make_visit(cast, one, project=project)
    make_visit(cast, two, kind="supervision")
    actor = cast.actor("planner")
    assert [v.school.name for v in list_visits(actor, school_id=two.pk)] == ["สอง"]
    assert [v.school.name for v in list_visits(actor, project_id=project.pk)] == ["หนึ่ง"]
    assert [v.school.name for v in list_visits(actor, kind="supervision")] == ["สอง"]
    assert not list_visits(actor, 2556).exists()


PEOPLE = [
    *("supervisor", "director", "planner", "administrator", "committee_member"),
    *("assessor", "school_head", "school_desk", "outsider", "nobody"),
]
NOTHING = {"assessor", "outsider", "nobody"}
OWN_SCHOOL = {"school_head", "school_desk"}


def visit_and_finding(cast: Cast, actor: Actor, school: School) -> tuple[Visit, Finding]:
    visit = make_visit(cast, school)
    return visit, record_finding(
        actor=actor, fiscal_year=YEAR, kind="need", text=f"ข้อค้นพบ {school}", visit=visit
    )


@pytest.mark.parametrize("person", PEOPLE)
def test_lists_and_the_question_whether_one_may_see_agree(
    cast: Cast, office: Unit, person: str
) -> None:
    writer = cast.actor("supervisor")
    own_school = School.objects.create(office=office, unit=cast.school)
    own, own_finding = visit_and_finding(cast, writer, own_school)
    other, other_finding = visit_and_finding(cast, writer, make_school(cast, "วัดอื่น"))
    together = record_finding(actor=writer, fiscal_year=YEAR, kind="problem", text="รวมหลายโรงเรียน")
    actor = cast.actor(person)
    visits, findings = {own, other}, {own_finding, other_finding, together}
    assert set(policy.visible_to(actor)) == {v for v in visits if policy.may_see(actor, v)}
    assert set(policy.visible_findings(actor)) == {
        f for f in findings if policy.may_see_finding(actor, f)
    }
    if person in NOTHING:
        assert set(policy.visible_to(actor)) == set(policy.visible_findings(actor)) == set()
    elif person in OWN_SCHOOL:
        assert (set(policy.visible_to(actor)), set(policy.visible_findings(actor))) == (
            {own},
            {own_finding},
        )
    else:
        assert (set(policy.visible_to(actor)), set(policy.visible_findings(actor))) == (
            visits,
            findings,
        )
    assert all(policy.may_see(actor, v).words for v in visits)
    refs = [RecordRef("supervision.visit", str(v.pk)) for v in visits]
    assert {ref.id for ref in resolve(actor, refs)} == {str(v.pk) for v in policy.visible_to(actor)}
    assert len(resolve(actor, [RecordRef("supervision.finding", str(together.pk))])) == (
        person not in NOTHING | OWN_SCHOOL
    )


@pytest.mark.parametrize("count", [1, 30])
def test_lists_ask_a_fixed_number_of_questions(
    cast: Cast, office: Unit, django_assert_num_queries: object, count: int
) -> None:
    writer = cast.actor("supervisor")
    project = make_project(writer)
    for number in range(count):
        visit, _ = visit_and_finding(cast, writer, make_school(cast, f"วัดที่ {number}"))
        Visit.objects.filter(pk=visit.pk).update(project=project)
        name_visitor(actor=writer, visit=visit, title=f"กรรมการ {number}")
    actor = cast.actor("director")
    with django_assert_num_queries(2):  # type: ignore[operator]
        rows = [
            (
                v.school.name,
                v.project and v.project.title,
                [p.title for p in v.visitors.all()],
                v.finding_count,
            )
            for v in list_visits(actor, YEAR)
        ]
    assert len(rows) == count
    assert rows[0][2:] == (["กรรมการ 0"], 1)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len([f.visit and f.visit.school.name for f in list_findings(actor, YEAR)]) == count
    with django_assert_num_queries(2):  # type: ignore[operator]  the second looks for seats of the committee
        assert committee_coverage(actor, YEAR)[1].visits == count
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert visits_by_semester(actor, YEAR)[1].visits == count
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = find_visit(actor, visit.pk)
        assert found is not None
        assert [f.kind for f in found.findings.all()] == ["need"]
