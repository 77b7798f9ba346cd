"""What a planner is led to: the new project's own page, its evidence, and both versions in the words of the form."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from nithet.domain.plans.actions.projects import Placement, edit_project
from nithet.domain.plans.models.project import Project
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.record_factories import make_project


@pytest.fixture
def planner(cast: Cast, client: Client) -> Client:
    client.force_login(cast.users["planner"])
    return client


def test_a_new_project_opens_where_its_activities_and_money_are_added(
    cast: Cast, office: Unit, planner: Client
) -> None:
    plan = make_project(cast.actor("planner")).plan
    with scope(None):
        sent = planner.post(reverse("plans:add_project", args=[plan.pk]), {"title": "โครงการใหม่"})
    made = Project.objects.get(title="โครงการใหม่")
    assert sent.headers["Location"] == reverse("plans:project", args=[made.pk])


def test_a_project_without_evidence_leads_to_bringing_some_about_it(
    cast: Cast, office: Unit, planner: Client
) -> None:
    project = make_project(cast.actor("planner"))
    address = f"{reverse('evidence:add')}?about=plans.project:{project.pk}"
    with scope(None):
        page = planner.get(reverse("plans:project", args=[project.pk])).content.decode()
        assert page.count(f'href="{address}"') == 2
        assert project.title in planner.get(address).content.decode()


def test_both_versions_are_shown_in_the_words_of_the_form(
    cast: Cast, office: Unit, planner: Client
) -> None:
    actor = cast.actor("planner")
    project = make_project(actor)
    with scope(office.pk):
        edit_project(
            actor=actor,
            project=project,
            version=project.version,
            title=project.title,
            objective="ของคนแรก",
            placement=Placement(None, None, None),
        )
    body = {"title": project.title, "objective": "ของคนหลัง", "version": "1"}
    with scope(None):
        answer = planner.post(reverse("plans:edit_project", args=[project.pk]), body)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<h2>วัตถุประสงค์</h2>" in page
    assert "ของคนแรก" in page
    assert "ของคนหลัง" in page
    assert "owner_title" not in page


def test_days_of_an_old_plan_in_two_columns_are_read_and_another_year_is_said(
    office: Unit, planner: Client
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["โครงการ", "กิจกรรม", "วันที่เริ่ม", "วันที่สิ้นสุด", "งบประมาณ"])
    sheet.append(["โครงการอ่าน", "อบรม", "๑ ต.ค. ๒๕๕๔", "๓๑ ธ.ค. ๒๕๕๔", "500"])
    data = io.BytesIO()
    book.save(data)
    with scope(None):
        for year, is_outside in (("2555", False), ("2556", True)):
            file = SimpleUploadedFile("แผน.xlsx", data.getvalue())
            sent = planner.post(reverse("plans:imports"), {"file": file, "year": year})
            page = planner.get(sent.headers["Location"]).content.decode()
            assert "1 ต.ค. 2554" in page
            assert ("อยู่นอกปีงบประมาณของแผน" in page) is is_outside
            assert "คอลัมน์ที่ไม่มีที่เก็บในแผน" not in page
