"""Last year's way forward becomes lines of the plan or is dropped, and next year's return says what became of it."""

import pytest

from nithet.domain.plans.actions.activities import add_activity
from nithet.domain.plans.actions.carrying import carry_points, decide_point
from nithet.domain.plans.actions.plans import open_plan
from nithet.domain.plans.actions.policies import add_policy
from nithet.domain.plans.actions.reviews import approve_plan
from nithet.domain.plans.models.carrying import CarriedPoint
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.queries.carrying import what_became_of
from nithet.domain.plans.queries.content import content_of
from nithet.domain.plans.rules.carrying import PointDraft
from nithet.domain.plans.rules.snapshot import digest_of
from nithet.foundation.access.actors import system_actor
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.record_factories import YEAR, make_piece, make_plan, make_project

POINTS = [
    PointDraft("พัฒนาศึกษานิเทศก์ด้วยการวิจัย", "assessments.narrativeparagraph:1", "ข้อ 5 แนวทางการพัฒนา 4.1"),
    PointDraft("นิเทศ online", "assessments.narrativeparagraph:2", "ข้อ 5 แนวทางการพัฒนา 4.2"),
    PointDraft("เขียนเอง"),
]


def test_the_same_points_are_carried_once(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    plan = make_plan(actor)
    first = carry_points(actor=actor, plan=plan, points=POINTS)
    events = AuditEvent.objects.count()
    assert carry_points(actor=actor, plan=plan, points=POINTS) == first
    assert AuditEvent.objects.count() == events
    assert [(one.text, one.from_year, one.to_year) for one in first] == [
        (one.text, YEAR - 1, YEAR) for one in POINTS
    ]
    assert {one.outcome for one in first} == {"undecided"}


def test_a_plan_is_approved_only_when_every_point_is_decided(cast: Cast, office: Unit) -> None:
    actor, director = cast.actor("planner"), cast.actor("director")
    project = make_project(actor)
    plan = project.plan
    first, second, third = carry_points(actor=actor, plan=plan, points=POINTS)

    def approve() -> int:
        return approve_plan(actor=director, plan=plan, shown=digest_of(content_of(plan))).number

    with pytest.raises(RuleBroken) as broken:
        approve()
    assert (broken.value.code, broken.value.params["count"]) == ("plan.undecided", 3)
    decide_point(actor=actor, point=first, version=1, outcome="project", project=project)
    with pytest.raises(RuleBroken) as broken:
        decide_point(actor=actor, point=second, version=1, outcome="dropped", reason=" ")
    assert broken.value.field == "reason"
    decide_point(actor=actor, point=second, version=1, outcome="dropped", reason="ทำครบแล้วในปี 2554")
    with pytest.raises(RuleBroken):
        approve()
    made = decide_point(actor=actor, point=third, version=1, outcome="project", new_project="โครงการใหม่ของปีนี้")
    assert made.project and made.project.title == "โครงการใหม่ของปีนี้"
    assert approve() == 1


def test_deciding_on_what_somebody_else_decided_makes_no_project(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    point, *_ = carry_points(actor=actor, plan=make_plan(actor), points=POINTS)
    decide_point(actor=actor, point=point, version=1, outcome="dropped", reason="ซ้ำ")
    with pytest.raises(Conflict):
        decide_point(actor=actor, point=point, version=1, outcome="project", new_project="ใหม่")
    assert not Project.objects.exists()
    opened = decide_point(actor=actor, point=point, version=2, outcome="undecided")
    assert (opened.decided_by, opened.decided_at, opened.reason) == ("", None, "")
    with pytest.raises(Refused):
        decide_point(actor=cast.actor("school_head"), point=point, version=3, outcome="dropped", reason="x")


def test_what_became_of_each_point_says_how_it_stands(
    cast: Cast, office: Unit, django_assert_num_queries: object
) -> None:
    actor = cast.actor("planner")
    project = make_project(actor)
    plan = project.plan
    first, second, third = carry_points(actor=actor, plan=plan, points=POINTS)
    add_activity(actor=actor, project=project, title="ก", kind="training", state="done")
    activity = add_activity(actor=actor, project=project, title="ข", kind="other", state="planned")
    add_activity(actor=actor, project=project, title="ค", kind="other", state="planned")
    make_piece(actor, about=f"plans.project:{project.pk}")
    policy = add_policy(actor=actor, fiscal_year=YEAR, text="นโยบาย")
    decide_point(actor=actor, point=first, version=1, outcome="project", project=project)
    decide_point(actor=actor, point=second, version=1, outcome="activity", activity=activity)
    decide_point(actor=actor, point=third, version=1, outcome="policy", policy=policy)
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = what_became_of(actor, YEAR)
    assert [(one.outcome, one.activities_done, one.activities, one.evidence) for one in found] == [
        ("project", 1, 3, 1),
        ("activity", 0, 1, 0),
        ("policy", 0, 0, 0),
    ]
    assert [str(one.became) for one in found] == ["โครงการทดสอบ", "ข", "นโยบาย"]
    assert what_became_of(cast.actor("school_head"), YEAR) == []
    assert what_became_of(actor, YEAR + 1) == []


def test_lines_of_another_office_are_not_taken(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    point, *_ = carry_points(actor=actor, plan=make_plan(actor), points=POINTS)
    with scope(cast.other_office.pk):
        other = system_actor("test", cast.other_office.pk)
        foreign = make_project(other)
    with pytest.raises(RuleBroken, match="another office"):
        decide_point(actor=actor, point=point, version=1, outcome="project", project=foreign)
    with pytest.raises(Refused):
        carry_points(actor=cast.actor("outsider"), plan=make_plan(actor), points=POINTS)
    assert CarriedPoint.objects.filter(outcome="undecided").count() == 3
    assert open_plan(actor=actor, fiscal_year=YEAR, title="x").pk == make_plan(actor).pk
