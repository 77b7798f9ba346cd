"""Plan, do, check, act; versions that stay as they were approved; what differs between two."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from nithet.domain.plans.actions.activities import add_activity, report_activity
from nithet.domain.plans.actions.money import add_budget_line, edit_budget_line
from nithet.domain.plans.actions.plans import add_strategy, edit_strategy, take_back_strategy
from nithet.domain.plans.actions.projects import Placement, edit_project
from nithet.domain.plans.actions.reviews import (
    approve_plan,
    edit_review,
    review_plan,
    take_back_review,
)
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.review import PlanReview, PlanVersion
from nithet.domain.plans.queries.content import content_of
from nithet.domain.plans.queries.plans import list_reviews
from nithet.domain.plans.rules.snapshot import compare, digest_of
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.record_factories import make_plan, make_project


def approve(cast: Cast, plan: Plan, **fields: object) -> PlanVersion:
    shown = digest_of(content_of(plan))
    return approve_plan(actor=cast.actor("director"), plan=plan, shown=shown, **fields)  # type: ignore[arg-type]


def test_a_version_stays_as_it_was_approved_and_a_change_makes_the_next(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    project = make_project(actor, "โครงการนิเทศ")
    plan = project.plan
    line = add_budget_line(actor=actor, project=project, source_kind="budget", planned=Decimal(100))
    first = approve(cast, plan)
    assert (first.number, first.digest) == (1, digest_of(first.content))
    assert approve(cast, plan).pk == first.pk
    edit_budget_line(actor=actor, line=line, version=1, source_kind="budget", planned=Decimal(80))
    activity = add_activity(actor=actor, project=project, title="ประชุม", kind="training", state="planned")
    with pytest.raises(RuleBroken) as broken:
        approve(cast, plan)
    assert broken.value.field == "reason"
    second = approve(cast, plan, reason="งบประมาณถูกปรับลด")
    assert second.number == 2
    assert PlanVersion.objects.get(number=1).content["projects"][0]["budget"][0]["planned"] == "100.00"
    changes = compare(first.content, second.content)
    assert [(one.kind, one.what, one.inside) for one in changes] == [
        ("activities", "added", "โครงการนิเทศ"),
        ("budget", "changed", "โครงการนิเทศ"),
    ]
    assert [(f.name, f.before, f.after) for f in changes[1].fields] == [("planned", "100.00", "80.00")]
    report_activity(actor=actor, activity=activity, version=1, state="under_way")
    assert digest_of(content_of(plan)) == second.digest, "how far it is does not change the plan"


def test_what_is_approved_is_what_was_shown(cast: Cast, office: Unit) -> None:
    project = make_project(cast.actor("planner"))
    shown = digest_of(content_of(project.plan))
    edit_project(actor=cast.actor("planner"), project=project, version=1, title="ชื่อใหม่")
    with pytest.raises(Conflict):
        approve_plan(actor=cast.actor("director"), plan=project.plan, shown=shown)
    assert not PlanVersion.objects.exists()


def test_only_leaders_approve_and_an_empty_plan_is_not_approved(cast: Cast, office: Unit) -> None:
    plan = make_plan(cast.actor("planner"))
    with pytest.raises(Refused):
        approve_plan(actor=cast.actor("planner"), plan=plan, shown="x")
    with pytest.raises(RuleBroken, match="no project"):
        approve(cast, plan)


def test_a_review_says_what_changes_and_why_and_the_version_names_it(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    project = make_project(actor)
    plan = project.plan
    approve(cast, plan)
    with pytest.raises(RuleBroken) as broken:
        review_plan(actor=actor, plan=plan, reviewed_on=date(2012, 4, 1), checked="ช้า", changed="เลื่อน")
    assert broken.value.field == "why"
    with pytest.raises(RuleBroken) as broken:
        review_plan(actor=actor, plan=plan, reviewed_on=clock.today() + timedelta(days=1), checked="x")
    assert broken.value.field == "reviewed_on"
    review = review_plan(
        actor=actor, plan=plan, project=project, reviewed_on=date(2012, 4, 1),
        planned="นิเทศ 130 โรงเรียน", done="96 โรงเรียน", checked="ติดช่วงสอบ",
        changed="เลื่อนไปภาคเรียนที่ 1/2555", why="โรงเรียนเตรียมสอบ NT และ O-NET",
    )  # fmt: skip
    edited = edit_review(
        actor=actor, review=review, version=1, reviewed_on=date(2012, 4, 2), checked="ติดช่วงสอบ",
        changed="เลื่อน", why="สอบ",
    )  # fmt: skip
    with pytest.raises(Conflict):
        edit_review(actor=actor, review=review, version=1, reviewed_on=date(2012, 4, 2), checked="อื่น")
    edit_project(
        actor=actor, project=project, version=1, placement=Placement(None, date(2012, 5, 16), date(2012, 9, 30))
    )
    version = approve(cast, plan, review=edited)
    [listed] = list_reviews(plan)
    assert [one.number for one in listed.versions.all()] == [version.number] == [2]
    with pytest.raises(RuleBroken, match="stays as it is"):
        edit_review(actor=actor, review=edited, version=2, reviewed_on=date(2012, 4, 2), checked="อื่น")
    with pytest.raises(RuleBroken, match="stays as it is"):
        take_back_review(actor=actor, review=edited, reason="ผิด")
    assert PlanReview.objects.get().stands
    assert all(say(e) for e in AuditEvent.objects.all())


def test_strategies_hold_projects_and_only_empty_ones_are_taken_back(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    project = make_project(actor)
    strategy = add_strategy(actor=actor, plan=project.plan, title="กลยุทธ์ที่ 1")
    assert add_strategy(actor=actor, plan=project.plan, title=" กลยุทธ์ที่  1 ").pk == strategy.pk
    placed = edit_project(actor=actor, project=project, version=1, placement=Placement(strategy, None, None))
    with pytest.raises(RuleBroken, match="stand under"):
        take_back_strategy(actor=actor, strategy=strategy)
    with pytest.raises(RuleBroken, match="before the beginning"):
        edit_project(
            actor=actor, project=placed, version=2, placement=Placement(None, date(2012, 2, 1), date(2012, 1, 1))
        )
    edit_strategy(actor=actor, strategy=strategy, version=1, title="กลยุทธ์ที่ 5")
    with pytest.raises(Conflict):
        edit_strategy(actor=actor, strategy=strategy, version=1, title="กลยุทธ์ที่ 6")
    edit_project(actor=actor, project=placed, version=2, placement=Placement(None, None, None))
    take_back_strategy(actor=actor, strategy=strategy)
    assert content_of(project.plan)["strategies"] == []
