"""The pages of needs as a planner, a school's head and a clerk use them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import School
from nithet.domain.plans.actions.need_surveys import open_survey
from nithet.domain.plans.actions.needs import record_need, settle_need
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.surveys import NeedSurveyReply
from nithet.domain.supervision.actions.findings import record_finding
from nithet.domain.supervision.actions.visits import record_visit
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from nithet.web.shared.downloads import XLSX
from tests.conftest import Cast
from tests.domain.record_factories import make_project

YEAR = fiscal_year(clock.today())
REGISTER = f"/needs/?year={YEAR}"


@pytest.fixture
def planner(cast: Cast, client: Client) -> Client:
    client.force_login(cast.users["planner"])
    return client


@pytest.fixture
def school(cast: Cast, office: Unit) -> School:
    return School.objects.create(office=office, unit=cast.school, smis_code="01234567")


def enter(cast: Cast, school: School, text: str = "ต้องการสื่อ", **values: object) -> Need:
    """Enter a need."""
    return record_need(
        actor=cast.actor("planner"), school=school, fiscal_year=YEAR, text=text, **values
    )


def test_the_register_is_narrowed_by_its_address(
    cast: Cast, school: School, planner: Client
) -> None:
    enter(cast, school, "ขาดครู", area="อัตรากำลัง", kind="staffing")
    enter(cast, school, "ขาดสื่อ", area="สื่อ")
    with scope(None):
        for query, shown, hidden in (
            ("kind=staffing", "ขาดครู", "ขาดสื่อ"),
            ("topic=สื่อ", "ขาดสื่อ", "ขาดครู"),
            ("words=สื่อ", "ขาดสื่อ", "ขาดครู"),
            (f"school={school.pk}&state=open&words=ครู", "ขาดครู", "ขาดสื่อ"),
        ):
            page = planner.get(f"{REGISTER}&{query}").content.decode()
            assert f">{shown}</a>" in page
            assert f">{hidden}</a>" not in page
        assert planner.get(f"{REGISTER}&state=met&sort=nothing&network=x").status_code == 200


def test_the_register_takes_as_many_queries_for_one_row_as_for_a_page(
    cast: Cast, office: Unit, planner: Client
) -> None:
    counts = []
    for wanted in (1, 30, 60):
        with scope(office.pk):
            for number in range(School.objects.count(), wanted):
                unit = Unit.objects.create(
                    kind="school", name=f"วัด {number}", office=office, parent=office
                )
                enter(cast, School.objects.create(office=office, unit=unit))
        with scope(None):
            planner.get(REGISTER)
            with CaptureQueriesContext(connection) as asked:
                assert planner.get(REGISTER).status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_the_list_goes_out_and_comes_back_as_it_was(
    cast: Cast, school: School, planner: Client
) -> None:
    need = enter(cast, school, "ขาดครู", kind="staffing", strength=3)
    with scope(None):
        answer = planner.get(f"{REGISTER}&as=xlsx")
    # What is met is not carried: written down again, it is a need of the next year.
    settle_need(actor=cast.actor("planner"), need=need, version=1, state="met")
    with scope(None):
        assert answer.headers["Content-Type"] == XLSX
        sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
        assert [cell.value for cell in sheet[2]][:6] == [
            "01234567",
            school.name,
            None,
            "ขาดครู",
            "อัตรากำลัง",
            "เร่งด่วน",
        ]
        sent = planner.post(
            f"/needs/import/?year={YEAR + 1}",
            {"file": SimpleUploadedFile("a.xlsx", answer.content)},
        )
        assert sent.status_code == 302
        again = planner.post(
            f"/needs/import/?year={YEAR + 1}",
            {"file": SimpleUploadedFile("a.xlsx", answer.content)},
        )
        assert again.status_code == 302
    copied = Need.objects.get(fiscal_year=YEAR + 1)
    assert (copied.text, copied.kind, copied.strength) == ("ขาดครู", "staffing", 3)


def test_a_list_with_a_wrong_row_takes_nothing_and_names_the_row(
    school: School, planner: Client
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    for row in (
        ("รหัสโรงเรียน", "ความต้องการจำเป็น", "ที่มา", "ระดับ"),
        ("01234567", "ขาดครู", "", ""),
        ("99999999", "ขาดครู", "", ""),
        ("01234567", "", "", ""),
        ("01234567", "ขาดครู", "ดวงดาว", ""),
        ("01234567", "ขาดครู", "", "แรง"),
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    with scope(None):
        page = planner.post(
            "/needs/import/", {"file": SimpleUploadedFile("a.xlsx", out.getvalue())}
        )
    assert page.status_code == 422
    words = page.content.decode()
    for number in (3, 4, 5, 6):
        assert f"แถวที่ {number}:" in words
    assert "99999999" in words
    assert not Need.objects.exists()
    with scope(None):
        odd = planner.post("/needs/import/", {"file": SimpleUploadedFile("a.xlsx", b"no table")})
    assert odd.status_code == 422


def test_what_visits_and_figures_offer_is_ticked_into_the_register(
    cast: Cast, school: School, planner: Client
) -> None:
    actor = cast.actor("planner")
    Census.objects.create(office=school.office, school=school, as_at=clock.today(), janitors=0)
    visit = record_visit(actor=actor, school=school, kind="supervision", visited_on=clock.today())
    finding = record_finding(
        actor=actor, fiscal_year=YEAR, kind="problem", text="ครูไม่ครบ", visit=visit
    )
    record_finding(actor=actor, fiscal_year=YEAR, kind="impression", text="ตั้งใจดี", visit=visit)
    with scope(None):
        page = planner.get(f"/needs/offers/?year={YEAR}").content.decode()
        assert "ครูไม่ครบ" in page
        assert "ไม่มีนักการภารโรง" in page
        assert "ตั้งใจดี" not in page
        key = f"{school.pk}/supervision.finding:{finding.pk}/"
        assert (
            planner.post(f"/needs/offers/?year={YEAR}", {"take": [key, "9/x/y"]}).status_code == 302
        )
        assert planner.post(f"/needs/offers/?year={YEAR}", {}).status_code == 302
        left = planner.get(f"/needs/offers/?year={YEAR}").content.decode()
    need = Need.objects.get()
    with scope(None):
        shown = planner.get(f"/needs/{need.pk}/").content.decode()
    assert (need.kind, need.source) == ("visit", f"supervision.finding:{finding.pk}")
    assert "ครูไม่ครบ</" not in left.split("offers")[-1]
    assert reverse("visits:visit", args=[visit.pk]) in shown


def test_the_slower_of_two_is_shown_both(cast: Cast, school: School, planner: Client) -> None:
    need = enter(cast, school)
    with scope(None):
        sent = {"version": "1", "text": "ก", "strength": "1"}
        assert planner.post(f"/needs/{need.pk}/edit/", sent).status_code == 302
        assert planner.post(f"/needs/{need.pk}/edit/", sent | {"text": "ข"}).status_code == 409
        assert (
            planner.post(f"/needs/{need.pk}/settle/", {"version": "1", "state": "met"}).status_code
            == 409
        )
        dropped = planner.post(f"/needs/{need.pk}/settle/", {"version": "2", "state": "dropped"})
        assert dropped.status_code == 422


def test_a_schools_head_tells_the_office_in_one_step_from_the_first_page(
    cast: Cast, school: School, client: Client
) -> None:
    client.force_login(cast.users["school_head"])
    with scope(None):
        home = client.get("/").content.decode()
        assert 'action="/needs/say/"' in home
        sent = client.post("/needs/say/", {"school": school.pk, "text": "ขอครูคณิต"}, follow=True)
    assert "ขอครูคณิต" in sent.content.decode()
    need = Need.objects.get()
    assert (need.kind, need.school, need.fiscal_year) == ("own_word", school, YEAR)
    other = School.objects.create(office=cast.office, unit=cast.other_school)
    with scope(None):
        assert client.post("/needs/say/", {"school": other.pk, "text": "ขอ"}).status_code == 422
    assert Need.objects.count() == 1


def test_a_survey_waits_on_the_first_page_of_a_school_and_is_answered_and_counted(
    cast: Cast, school: School, client: Client
) -> None:
    survey = open_survey(
        actor=cast.actor("planner"), fiscal_year=YEAR, title="สำรวจ", items="ก1\nข2"
    )
    address = f"/needs/surveys/{survey.pk}/schools/{school.pk}/"
    items = list(survey.items.all())
    values = {
        f"{name}_{item.pk}": "5" if name == "desired" else "4"
        for item in items
        for name in ("desired", "actual")
    }
    client.force_login(cast.users["school_head"])
    with scope(None):
        assert address in client.get("/").content.decode()
        assert client.post(address, {"version": "0"}).status_code == 422
        assert client.post(address, {**values, "version": "0"}).status_code == 302
        assert client.post(address, {**values, "version": "0"}).status_code == 409
        assert address not in client.get("/").content.decode()
        assert client.get(f"/needs/surveys/{survey.pk}/").status_code == 404
    assert NeedSurveyReply.objects.count() == 1
    client.force_login(cast.users["planner"])
    with scope(None):
        page = client.get(f"/needs/surveys/{survey.pk}/").content.decode()
        assert "0.250" in page
        assert "PNImodified = (I − D) ÷ D" in page
        assert (
            "PNI = (I − D) × I"
            in client.get(f"/needs/surveys/{survey.pk}/?formula=pni").content.decode()
        )
        made = client.post(
            f"/needs/surveys/{survey.pk}/needs/", {"items": [items[0].pk], "schools": [school.pk]}
        )
        assert made.status_code == 302
        sheet = client.get(f"/needs/surveys/{survey.pk}/?as=xlsx")
    assert Need.objects.get().because == "PNImodified = 0.250 (I = 5.000, D = 4.000, n = 1)"
    head = [cell.value for cell in load_workbook(io.BytesIO(sheet.content)).worksheets[0][1]]
    assert head[-2] == "PNImodified"


def test_a_project_page_of_needs_keeps_what_is_ticked(
    cast: Cast, school: School, planner: Client
) -> None:
    project = make_project(cast.actor("planner"))
    need = record_need(
        actor=cast.actor("planner"),
        school=school,
        fiscal_year=project.plan.fiscal_year,
        text="ขาดครู",
    )
    with scope(None):
        address = f"/projects/{project.pk}/needs/"
        odd = planner.post(address, {"needs": [need.pk, "999"]})
        assert odd.status_code == 422
        assert "ไม่อยู่ในทะเบียนแล้ว" in odd.content.decode()
        assert "checked" not in planner.get(address).content.decode()
        assert planner.post(address, {"needs": [need.pk, "x"]}).status_code == 302
        assert "checked" in planner.get(address).content.decode()
        assert project.title[:20] in planner.get(f"/needs/{need.pk}/").content.decode()


def test_the_register_of_the_new_year_shows_what_is_carried_and_opens_as_many_as_it_counts(
    cast: Cast, school: School, planner: Client
) -> None:
    old = enter(cast, school, "ขาดครู")
    enter(cast, school, "ขาดสื่อ")
    settle_need(actor=cast.actor("planner"), need=old, version=1, state="dropped", reason="ยุบ")
    record_need(actor=cast.actor("planner"), school=school, fiscal_year=YEAR + 1, text="ขาดอาคาร")
    with scope(None):
        whole = planner.get(f"/needs/?year={YEAR + 1}")
        carried = planner.get(f"/needs/?year={YEAR + 1}&show=carried")
        own = planner.get(REGISTER)
    html = whole.content.decode()
    assert f"ยกมาจากปี {YEAR}" in html and "ยกมาจากปีก่อน 1 เรื่อง" in html
    assert {one.text for one in whole.context["page"]} == {"ขาดสื่อ", "ขาดอาคาร"}
    assert whole.context["counts"]["carried"] == len(carried.context["page"]) == 1
    assert {one.text for one in own.context["page"]} == {"ขาดครู", "ขาดสื่อ"}
    assert "ยกมาจากปี" not in own.content.decode()
