"""The pages of plans as a planner uses them."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.plans.actions.activities import add_activity
from nithet.domain.plans.actions.calendar import add_day
from nithet.domain.plans.actions.money import add_budget_line, add_target
from nithet.domain.plans.actions.plans import add_strategy, open_plan
from nithet.domain.plans.actions.policies import add_policy
from nithet.domain.plans.actions.reviews import review_plan
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.carrying import CarriedPoint
from nithet.domain.plans.models.project import Project
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.plans.test_importing_plans import workbook
from tests.domain.record_factories import YEAR, make_project
from tests.web.routes.plans import day


@pytest.fixture
def planner(cast: Cast, client: Client) -> Client:
    client.force_login(cast.users["planner"])
    return client


def test_an_old_plan_is_brought_looked_at_and_taken(cast: Cast, office: Unit, planner: Client) -> None:
    file = SimpleUploadedFile("แผน.xlsx", workbook())
    with scope(None):
        sent = planner.post(reverse("plans:imports"), {"file": file, "year": "๒๕๕๕"})
        page = planner.get(sent.headers["Location"]).content.decode()
        assert "โครงการประชุมเชิงปฏิบัติการ" in page
        assert "อ่านไม่เข้าใจ 2 แห่ง" in page
        keys = re.findall(r'name="take" value="(\w+)" checked', page)
        done = planner.post(f"{sent.headers['Location']}confirm/", {"version": "1", "take": keys})
        assert done.status_code == 302
        again = planner.post(f"{sent.headers['Location']}confirm/", {"version": "1", "take": keys})
        assert again.status_code == 409
        plan = planner.get(done.headers["Location"]).content.decode()
    assert "โครงการไม่มีหลักฐาน" in plan
    assert "286,000" in plan
    assert Project.objects.count() == 2


def test_every_form_answers_409_to_the_slower_of_two(cast: Cast, office: Unit, planner: Client) -> None:
    actor = cast.actor("planner")
    project = make_project(actor)
    strategy = add_strategy(actor=actor, plan=project.plan, title="กลยุทธ์")
    activity = add_activity(actor=actor, project=project, title="ก", kind="other", state="planned")
    line = add_budget_line(actor=actor, project=project, source_kind="budget", planned=Decimal(1))
    target = add_target(actor=actor, project=project, text="เป้า")
    policy = add_policy(actor=actor, fiscal_year=YEAR, text="นโยบาย")
    review = review_plan(actor=actor, plan=project.plan, reviewed_on=date(2012, 1, 1), checked="ดี")
    kept = add_day(actor=actor, kind="exam", title="สอบ", starts_on=date(2012, 2, 1))
    forms = {
        reverse("plans:edit_project", args=[project.pk]): {"title": "ใหม่"},
        reverse("plans:edit_strategy", args=[strategy.pk]): {"title": "ใหม่"},
        reverse("plans:edit_activity", args=[activity.pk]): {"title": "ใหม่", "kind": "other"},
        reverse("plans:edit_budget_line", args=[line.pk]): {"source_kind": "budget", "planned": "๒,๐๐๐.๕๐"},
        reverse("plans:edit_target", args=[target.pk]): {"text": "ใหม่", "period_kind": "none"},
        reverse("plans:edit_policy", args=[policy.pk]): {"text": "ใหม่", "period_kind": "none"},
        reverse("plans:edit_review", args=[review.pk]): {**day("reviewed_on"), "checked": "ใหม่"},
        reverse("plans:edit_day", args=[kept.pk]): {"kind": "exam", "title": "ใหม่", **day("starts_on")},
    }
    with scope(None):
        for address, body in forms.items():
            assert planner.get(address).status_code == 200, address
            assert planner.post(address, {**body, "version": "1"}).status_code == 302, address
            assert planner.post(address, {**body, "version": "1"}).status_code == 409, address
            assert planner.post(address, {"version": "2"}).status_code == 422, address
    line.refresh_from_db()
    assert line.planned == Decimal("2000.50")


def test_calling_an_activity_off_without_a_reason_is_said_at_the_field(
    cast: Cast, office: Unit, planner: Client
) -> None:
    activity = add_activity(actor=cast.actor("planner"), project=make_project(cast.actor("planner")), title="ก", kind="other")
    address = reverse("plans:report_activity", args=[activity.pk])
    with scope(None):
        answer = planner.post(address, {"version": "1", "state": "called_off"})
        assert answer.status_code == 422
        assert "กรุณาระบุเหตุผลที่ยกเลิกกิจกรรม" in answer.content.decode()
        planner.post(address, {"version": "1", "state": "called_off", "reason": "น้ำท่วม"})
    assert Activity.objects.get().state_because == "น้ำท่วม"


def test_last_years_way_forward_is_gathered_and_decided(cast: Cast, taken_over: Round, planner: Client) -> None:
    actor = cast.actor("planner")
    plan = open_plan(actor=actor, fiscal_year=2556, title="แผน 2556")
    with scope(None):
        page = planner.get(reverse("plans:carried", args=[plan.pk])).content.decode()
        assert "นิเทศ" in page
        planner.post(reverse("plans:gather_points", args=[plan.pk]))
    points = list(CarriedPoint.objects.filter(to_year=2556))
    assert len(points) >= 5
    assert all(one.source_ref.startswith("assessments.narrativeparagraph:") for one in points)
    address = reverse("plans:decide_point", args=[points[0].pk])
    with scope(None):
        both = planner.post(address, {"version": "1", "new_title": "โครงการ", "reason": "ไม่ทำ"})
        assert both.status_code == 422
        assert planner.post(address, {"version": "1", "new_title": "โครงการวิจัย"}).status_code == 302
        shown = planner.get(reverse("plans:carried", args=[plan.pk])).content.decode()
    assert "โครงการวิจัย" in shown
    assert Project.objects.get(plan=plan).title == "โครงการวิจัย"


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
def test_the_plan_is_downloaded(cast: Cast, office: Unit, planner: Client, kind: str) -> None:
    project = make_project(cast.actor("planner"))
    with scope(None):
        answer = planner.get(reverse("plans:plan_paper", args=[project.plan_id, kind]))
    assert answer.status_code == 200
    assert answer.content[:4] == (b"%PDF" if kind == "pdf" else b"PK\x03\x04")


def test_lists_cost_a_fixed_number_of_queries(cast: Cast, office: Unit, planner: Client) -> None:
    actor = cast.actor("planner")
    addresses = [
        reverse("plans:projects"),
        reverse("plans:projects") + "?show=no-evidence",
        reverse("plans:plans") + f"?year={YEAR}",
        reverse("plans:policies") + f"?year={YEAR}",
        reverse("plans:calendar") + "?month=2012-06",
    ]
    seen: list[list[int]] = []
    for count in (1, 30, 120):
        for number in range(Project.objects.count(), count):
            project = make_project(actor, f"โครงการ {number}")
            add_activity(actor=actor, project=project, title="ก", kind="other", state="planned")
            add_budget_line(actor=actor, project=project, source_kind="budget", planned=Decimal(1))
            add_policy(actor=actor, fiscal_year=YEAR, text=f"นโยบาย {number}")
        found = []
        for address in addresses:
            with scope(None), CaptureQueriesContext(connection) as context:
                assert planner.get(address).status_code == 200
            found.append(len(context))
        seen.append(found)
    assert seen[0] == seen[1] == seen[2]
