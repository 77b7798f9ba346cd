"""Plans, projects, what they serve, activities, policies."""

from datetime import date

import pytest

from nithet.domain.plans import policy
from nithet.domain.plans.actions.activities import add_activity
from nithet.domain.plans.actions.plans import open_plan
from nithet.domain.plans.actions.policies import add_policy
from nithet.domain.plans.actions.projects import add_project, edit_project, serve_item
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project, ProjectService
from nithet.domain.plans.queries.plans import list_plans, plan_of
from nithet.domain.plans.queries.policies import list_policies
from nithet.domain.plans.queries.projects import (
    find_project,
    list_projects,
    projects_without_evidence,
    services_for,
)
from nithet.foundation.access.actors import system_actor
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import RuleBroken
from nithet.kernel.periods import Period
from tests.conftest import Cast
from tests.domain.record_factories import YEAR, make_edition, make_piece, make_plan, make_project

MAY_WRITE = ["planner", "supervisor", "director"]
MAY_NOT_WRITE = ["administrator", "committee_member", "assessor", "school_head", "nobody"]


@pytest.mark.parametrize("person", MAY_WRITE)
def test_whoever_does_the_work_enters_plan_project_activity_and_policy(
    cast: Cast, office: Unit, person: str
) -> None:
    actor = cast.actor(person)
    project = add_project(
        actor=actor,
        plan=make_plan(actor),
        title=" โครงการ\u00a0นิเทศ ",
        objective="เพื่อช่วย",
        owner_title="กลุ่มนิเทศ",
    )
    assert (project.title, project.objective, project.owner_title) == (
        "โครงการ นิเทศ",
        "เพื่อช่วย",
        "กลุ่มนิเทศ",
    )
    add_activity(actor=actor, project=project, title="ประชุม", kind="training")
    add_policy(actor=actor, fiscal_year=YEAR, text="เยี่ยมโรงเรียนภาคเรียนละครั้ง", number="1.1.1")
    assert [e.name for e in AuditEvent.objects.order_by("pk")] == [
        "plan.opened",
        "project.added",
        "activity.added",
        "policy.added",
    ]
    assert all(
        e.target_title and e.office_id == office.pk and say(e) for e in AuditEvent.objects.all()
    )


@pytest.mark.parametrize("person", MAY_NOT_WRITE)
def test_nobody_else_writes_plans_and_each_no_has_a_reason(
    cast: Cast, office: Unit, person: str
) -> None:
    project = make_project(cast.actor("planner"))
    edition = make_edition()
    before = AuditEvent.objects.count()
    actor = cast.actor(person)
    for attempt in (
        lambda: open_plan(actor=actor, fiscal_year=2556, title="แผน"),
        lambda: add_project(actor=actor, plan=project.plan, title="อื่น"),
        lambda: edit_project(actor=actor, project=project, version=1, title="อื่น"),
        lambda: serve_item(actor=actor, project=project, edition=edition, item="1"),
        lambda: add_activity(actor=actor, project=project, title="ประชุม", kind="training"),
        lambda: add_policy(actor=actor, fiscal_year=YEAR, text="นโยบาย"),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.verdict.words
    assert AuditEvent.objects.count() == before
    assert (Plan.objects.count(), Project.objects.count(), Policy.objects.count()) == (1, 1, 0)


def test_a_director_of_another_office_is_refused_on_our_records(cast: Cast, office: Unit) -> None:
    project = make_project(cast.actor("planner"))
    with pytest.raises(Refused, match="another office"):
        edit_project(actor=cast.actor("outsider"), project=project, version=1, title="อื่น")
    with pytest.raises(Refused, match="another office"):
        add_project(actor=cast.actor("outsider"), plan=project.plan, title="อื่น")


def test_the_same_again_returns_the_kept_record_and_writes_no_event(
    cast: Cast, office: Unit
) -> None:
    actor, edition = system_actor("import", office.pk), make_edition()
    period = Period(date(2011, 10, 1), date(2012, 4, 30), "ตุลาคม – เมษายน 2555")

    def enter() -> list[int]:
        plan = open_plan(actor=actor, fiscal_year=YEAR, title="แผน")
        project = add_project(actor=actor, plan=plan, title="โครงการ ก", source="แบบรายงาน")
        service = serve_item(actor=actor, project=project, edition=edition, item="1", mark="1.")
        activity = add_activity(
            actor=actor, project=project, title="ประชุม", kind="training", period=period
        )
        numbered = add_policy(actor=actor, fiscal_year=YEAR, text="เยี่ยม", number="1.1.1")
        plain = add_policy(actor=actor, fiscal_year=YEAR, text="เรียนรวม")
        return [plan.pk, project.pk, service.pk, activity.pk, numbered.pk, plain.pk]

    first = enter()
    events = AuditEvent.objects.count()
    assert enter() == first
    assert AuditEvent.objects.count() == events == 7  # the edition, and one for each of six records
    activity = Activity.objects.get()
    assert (activity.period_start, activity.period_end) == (period.start, period.end)
    assert activity.period_label == "ตุลาคม – เมษายน 2555"


def test_one_project_serves_many_items_and_keeps_how_the_form_lists_it(
    cast: Cast, office: Unit
) -> None:
    actor, edition = cast.actor("planner"), make_edition()
    project = make_project(actor)
    for item, ticked in (("1", None), ("2", True), ("5", False)):
        serve_item(
            actor=actor,
            project=project,
            edition=edition,
            item=item,
            why="กระจายอำนาจด้านวิชาการ",
            printed_title="1. โครงการทดสอบ",
            mark="1.",
            boxed=ticked is not None,
            ticked=ticked,
            sheet=1,
            position=3,
        )
    found = services_for(edition, YEAR)
    assert {
        item: [(s.project_id, s.ticked, s.sheet) for s in rows] for item, rows in found.items()
    } == {
        "1": [(project.pk, None, 1)],
        "2": [(project.pk, True, 1)],
        "5": [(project.pk, False, 1)],
    }
    event = AuditEvent.objects.filter(name="project.item_served").order_by("pk")[0]
    assert (event.target_kind, event.after["item"]) == ("plans.project", "1")
    with pytest.raises(RuleBroken) as broken:
        serve_item(actor=actor, project=project, edition=edition, item="9")
    assert broken.value.code == "item.unknown"


@pytest.mark.parametrize("empty", ["", "  ", "\u00a0"])
def test_titles_and_texts_are_needed(cast: Cast, office: Unit, empty: str) -> None:
    actor = cast.actor("planner")
    project = make_project(actor)
    for attempt in (
        lambda: open_plan(actor=actor, fiscal_year=2556, title=empty),
        lambda: add_project(actor=actor, plan=project.plan, title=empty),
        lambda: edit_project(actor=actor, project=project, version=1, title=empty),
        lambda: add_activity(actor=actor, project=project, title=empty, kind="other"),
        lambda: add_policy(actor=actor, fiscal_year=YEAR, text=empty),
    ):
        with pytest.raises(RuleBroken) as broken:
            attempt()
        assert broken.value.code == "words.missing"


def test_an_edit_keeps_old_and_new_and_counts_the_version(cast: Cast, office: Unit) -> None:
    project = make_project(cast.actor("planner"))
    edited = edit_project(
        actor=cast.actor("director"),
        project=project,
        version=1,
        title="ชื่อใหม่",
        owner_title="กลุ่มแผน",
    )
    assert (edited.title, edited.objective, edited.version) == ("ชื่อใหม่", "", 2)
    event = AuditEvent.objects.get(name="project.edited")
    assert event.before == {"title": "โครงการทดสอบ", "owner_title": "", "version": 1}
    assert event.after == {"title": "ชื่อใหม่", "owner_title": "กลุ่มแผน", "version": 2}


def test_a_save_that_changes_nothing_is_no_edit(cast: Cast, office: Unit) -> None:
    project = make_project(cast.actor("planner"))
    same = edit_project(
        actor=cast.actor("planner"), project=project, version=1, title=project.title
    )
    assert same.version == 1
    assert not AuditEvent.objects.filter(name="project.edited").exists()


def test_of_two_who_edit_at_once_the_second_sees_both_versions(cast: Cast, office: Unit) -> None:
    project = make_project(cast.actor("planner"))
    edit_project(actor=cast.actor("director"), project=project, version=1, title="ของผู้อำนวยการ")
    with pytest.raises(Conflict) as conflict:
        edit_project(actor=cast.actor("planner"), project=project, version=1, title="ของนักวิเคราะห์")
    assert conflict.value.params == {
        "version": 2,
        "theirs": {"title": "ของผู้อำนวยการ"},
        "yours": {"title": "ของนักวิเคราะห์"},
    }
    assert Project.objects.get().title == "ของผู้อำนวยการ"


def test_a_title_stands_once_in_a_plan(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    make_project(actor, "หนึ่ง")
    two = make_project(actor, "สอง")
    with pytest.raises(RuleBroken) as broken:
        edit_project(actor=actor, project=two, version=1, title="หนึ่ง")
    assert broken.value.code == "project.title_taken"


def test_a_target_says_what_it_counts_and_a_number_stands_for_one_policy(
    cast: Cast, office: Unit
) -> None:
    actor = cast.actor("planner")
    target = add_policy(
        actor=actor,
        fiscal_year=YEAR,
        text="การรวมโรงเรียนขนาดเล็ก อย่างน้อย 35 โรงเรียน",
        number="1.1.2",
        target_value=35,
        target_unit="โรงเรียน",
        period_kind="academic_year",
        period_label="ปีการศึกษา 2555",
        position=1,
    )
    assert (target.target_value, target.period_kind) == (35, Policy.PeriodKind.ACADEMIC_YEAR)
    with pytest.raises(RuleBroken) as broken:
        add_policy(actor=actor, fiscal_year=YEAR, text="อื่น", target_value=3)
    assert broken.value.code == "policy.target_unit"
    with pytest.raises(RuleBroken) as broken:
        add_policy(actor=actor, fiscal_year=YEAR, text="อีกเรื่อง", number="1.1.2")
    assert broken.value.code == "policy.number_taken"
    assert [p.number for p in list_policies(actor, YEAR)] == ["1.1.2"]


def test_a_policy_cannot_point_at_another_office_s_project(cast: Cast) -> None:
    with scope(cast.other_office.pk):
        theirs = make_project(cast.actor("outsider"))
    with scope(cast.office.pk), pytest.raises(RuleBroken) as broken:
        add_policy(actor=cast.actor("planner"), fiscal_year=YEAR, text="นโยบาย", project=theirs)
    assert broken.value.code == "project.foreign"


def test_a_project_that_no_piece_speaks_about_has_no_evidence(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    proven, bare = make_project(actor, "มีหลักฐาน"), make_project(actor, "ไม่มีหลักฐาน")
    make_piece(actor, about=f"plans.project:{proven.pk}")
    assert projects_without_evidence(YEAR) == [bare]
    assert projects_without_evidence(2556) == []


PEOPLE = [
    *("supervisor", "director", "planner", "administrator", "committee_member"),
    *("assessor", "school_head", "school_desk", "outsider", "nobody"),
]


@pytest.mark.parametrize("person", PEOPLE)
def test_lists_and_the_question_whether_one_may_see_agree(
    cast: Cast, office: Unit, person: str
) -> None:
    project = make_project(cast.actor("planner"))
    one = add_policy(actor=cast.actor("planner"), fiscal_year=YEAR, text="นโยบาย")
    actor = cast.actor(person)
    expected = person in {"supervisor", "director", "planner", "administrator"}
    assert (project in policy.visible_to(actor)) == bool(policy.may_see(actor, project)) == expected
    assert (
        (project.plan in policy.visible_plans(actor))
        == bool(policy.may_see_plan(actor, project.plan))
        == expected
    )
    assert (
        (one in policy.visible_policies(actor))
        == bool(policy.may_see_policy(actor, one))
        == expected
    )
    assert (find_project(actor, project.pk) is not None) == expected
    refs = [
        RecordRef("plans.project", str(project.pk)),
        RecordRef("plans.plan", str(project.plan_id)),
    ]
    refs.append(RecordRef("plans.policy", str(one.pk)))
    assert len(resolve(actor, refs)) == (3 if expected else 0)


@pytest.mark.parametrize("count", [1, 30])
def test_lists_ask_a_fixed_number_of_questions(
    cast: Cast, office: Unit, django_assert_num_queries: object, count: int
) -> None:
    actor, edition = cast.actor("planner"), make_edition()
    for number in range(count):
        project = make_project(actor, f"โครงการ {number}")
        serve_item(actor=actor, project=project, edition=edition, item="1", position=number)
        add_activity(actor=actor, project=project, title="ประชุม", kind="training")
        add_policy(actor=actor, fiscal_year=YEAR, text=f"นโยบาย {number}", project=project)
        make_piece(actor, f"เอกสาร {number}", about=f"plans.project:{project.pk}")
    with django_assert_num_queries(4):  # type: ignore[operator]
        rows = [
            (p.plan.title, [s.edition.urn for s in p.services.all()], len(p.activities.all()))
            for p in list_projects(actor, YEAR)
        ]
        assert len(rows) == count
        assert rows[0][2] == 1
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [s.project.plan.title for s in services_for(edition, YEAR)["1"]] == [
            make_plan_title()
        ] * count
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert projects_without_evidence(YEAR) == []
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len([p.project and p.project.title for p in list_policies(actor, YEAR)]) == count
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [p.title for p in list_plans(actor)] == [make_plan_title()]
    assert plan_of(YEAR) is not None
    assert ProjectService.objects.count() == count


def make_plan_title() -> str:
    return "แผนปฏิบัติการประจำปีงบประมาณ 2555"
