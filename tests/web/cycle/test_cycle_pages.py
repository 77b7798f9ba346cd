"""The pages of the supervision cycle as a planner uses them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import School
from nithet.domain.plans.actions.needs import record_need
from nithet.domain.supervision.models.cycle import CycleModel, SystemReview
from nithet.domain.supervision.models.information_packs import InformationPack
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from tests.conftest import Cast
from tests.web.routes.plans import day

YEAR = fiscal_year(clock.today())


@pytest.fixture
def planner(cast: Cast, office: Unit, client: Client) -> Client:
    client.force_login(cast.users["planner"])
    return client


def words_of(data: bytes) -> str:
    """Return all words of a Word file."""
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_a_year_begins_with_its_model_and_a_step_ends_as_evidence(planner: Client) -> None:
    with scope(None):
        assert "ปีนี้ยังไม่ได้เลือกรูปแบบ" in planner.get("/supervision/cycle/").content.decode()
    with scope(None):
        sent = planner.post("/supervision/cycle/choose/", {"model": "nothing", "version": "0"})
        assert sent.status_code == 422
    step = _first_step(planner)
    with scope(None):
        address = f"/supervision/cycle/steps/{step}/"
        assert planner.post(f"{address}finish/", {"version": "1"}).status_code == 422
        assert planner.post(address, {"version": "1", "text": "จัดทำแผนแล้ว"}).status_code == 302
        assert planner.post(address, {"version": "1", "text": "อื่น"}).status_code == 409
        assert (
            planner.post(f"{address}finish/", {"version": "2", **day("done_on")}).status_code == 302
        )
        page = planner.get(address).content.decode()
        assert "ขั้นตอนนี้เสร็จแล้ว" in page
        assert "/evidence/" in page
        assert (
            planner.post(f"{address}reopen/", {"version": "3", "reason": "แก้"}).status_code == 302
        )
        assert planner.post(f"{address}link/", {"ref": "not a reference"}).status_code == 302
        page = planner.get("/supervision/cycle/").content.decode()
    assert "เสร็จแล้ว 0 จาก 8 ขั้นตอน" in page


def _first_step(planner: Client) -> int:
    with scope(None):
        sent = planner.post(
            f"/supervision/cycle/choose/?year={YEAR}", {"model": "eight_steps", "version": "0"}
        )
        assert sent.status_code == 302
        page = planner.get("/supervision/cycle/").content.decode()
    return int(page.split("/supervision/cycle/steps/")[1].split("/")[0])


def test_the_handbook_is_made_of_the_records(planner: Client) -> None:
    step = _first_step(planner)
    with scope(None):
        planner.post(
            f"/supervision/cycle/steps/{step}/",
            {"version": "1", "text": "จัดทำแผนจากทะเบียนความต้องการ"},
        )
        planner.post(
            "/supervision/cycle/reviews/add/",
            {
                **day("reviewed_on", f"1/11/{YEAR - 1}"),
                "checked": "แบบยาวไป",
                "changed": "ตัดแบบ",
                "why": "ตอบไม่ทัน",
            },
        )
        answer = planner.get(f"/supervision/cycle/handbook/docx/?year={YEAR}")
        pdf = planner.get(f"/supervision/cycle/handbook/pdf/?year={YEAR}")
        assert planner.get("/supervision/cycle/handbook/odt/").status_code == 404
        assert planner.get("/supervision/cycle/handbook/docx/?year=2540").status_code == 404
    said = words_of(answer.content)
    for words in (
        "คู่มือการนิเทศตามแนวทางระบบบริหารคุณภาพ",
        "1.3.1",
        "จัดทำแผนจากทะเบียนความต้องการ",
        "ตัดแบบ",
        "Coaching กระบวนการ 8 ขั้นตอน",
    ):
        assert words in said
    assert "0 จาก 8 ขั้นตอน" in said
    assert pdf.content.startswith(b"%PDF")


def test_a_model_of_the_office_goes_out_comes_back_and_says_what_is_wrong(planner: Client) -> None:
    with scope(None):
        file = planner.get("/supervision/cycle/models/pidre.yaml").content
        bad = planner.post(
            "/supervision/cycle/models/add/", {"file": SimpleUploadedFile("a.yaml", b"steps: [")}
        )
        assert bad.status_code == 422
        assert "อ่านไฟล์ YAML ไม่ได้" in bad.content.decode()
        taken = planner.post(
            "/supervision/cycle/models/add/", {"file": SimpleUploadedFile("a.yaml", file)}
        )
        assert taken.status_code == 422
        assert "มีรูปแบบชื่อนี้แล้ว" in taken.content.decode()
        own = file.replace(b"PIDRE", "PIDRE ของเขต".encode())
        assert (
            planner.post(
                "/supervision/cycle/models/add/", {"file": SimpleUploadedFile("a.yaml", own)}
            ).status_code
            == 302
        )
        page = planner.get("/supervision/cycle/choose/").content.decode()
        key = page.split("/supervision/cycle/models/own-")[1].split(".yaml")[0]
        again = planner.get(f"/supervision/cycle/models/own-{key}.yaml")
        assert "PIDRE ของเขต" in again.content.decode()
        edited = planner.post(
            f"/supervision/cycle/models/{key}/",
            {"version": "1", "name": "PIDRE ของเขต", "steps": "ก"},
        )
        assert edited.status_code == 422
    assert CycleModel.objects.count() == 1


def test_the_information_for_planning_goes_out_as_word_and_excel_and_is_frozen_by_hand(
    cast: Cast, planner: Client
) -> None:
    school = School.objects.create(office=cast.office, unit=cast.school, smis_code="01234567")
    Census.objects.create(
        office=cast.office, school=school, as_at=clock.today(), pupils=45, teachers=2
    )
    record_need(actor=cast.actor("planner"), school=school, fiscal_year=YEAR, text="ขาดครู")
    with scope(None):
        word = words_of(planner.get(f"/supervision/information/?year={YEAR}&as=docx").content)
        sheet = load_workbook(
            io.BytesIO(planner.get(f"/supervision/information/?year={YEAR}&as=xlsx").content)
        )
        made = planner.post(f"/supervision/information/freeze/?year={YEAR}")
        page = planner.get(made.headers["Location"]).content.decode()
        frozen = words_of(planner.get(f"{made.headers['Location']}?as=docx").content)
        pdf = planner.get(f"{made.headers['Location']}?as=pdf").content
    assert "เอกสารสารสนเทศเพื่อวางแผนการนิเทศ" in word
    assert "ขาดครู" in word
    assert [cell.value for cell in sheet.worksheets[0][2]][:2] == ["01234567", school.name]
    assert "ขาดครู" in page
    assert "ฉบับที่ 1" in frozen
    assert pdf.startswith(b"%PDF")
    assert InformationPack.objects.count() == 1


def test_a_review_is_entered_edited_and_listed_as_excel(planner: Client) -> None:
    with scope(None):
        sent = planner.post(
            "/supervision/cycle/reviews/add/",
            {**day("reviewed_on", f"1/11/{YEAR - 1}"), "checked": "พบว่า"},
        )
        address = sent.headers["Location"]
        new = {
            **day("reviewed_on", f"1/11/{YEAR - 1}"),
            "checked": "พบว่า",
            "changed": "ข",
            "version": "1",
        }
        assert planner.post(f"{address}edit/", new).status_code == 422
        assert planner.post(f"{address}edit/", {**new, "why": "ค"}).status_code == 302
        assert planner.post(f"{address}edit/", {**new, "why": "ง"}).status_code == 409
        answer = planner.get(f"/supervision/cycle/reviews/?year={YEAR}&as=xlsx")
        assert planner.post(f"{address}take-back/", {}).status_code == 302
    row = [cell.value for cell in load_workbook(io.BytesIO(answer.content)).worksheets[0][2]]
    assert row[3:6] == ["พบว่า", "ข", "ค"]
    assert not SystemReview.objects.get().stands


PAGES = (
    "/supervision/cycle/",
    "/supervision/information/",
    "/supervision/cycle/matrix/",
    "/supervision/cycle/summary/",
)


@pytest.mark.parametrize("address", PAGES)
def test_pages_take_a_fixed_number_of_queries_however_many_schools(
    cast: Cast, planner: Client, address: str
) -> None:
    _first_step(planner)
    counts = []
    for wanted in (1, 40):
        with scope(cast.office.pk):
            for number in range(School.objects.count(), wanted):
                unit = Unit.objects.create(
                    kind="school", name=f"วัด {number}", office=cast.office, parent=cast.office
                )
                school = School.objects.create(office=cast.office, unit=unit)
                Census.objects.create(
                    office=cast.office, school=school, as_at=clock.today(), pupils=45
                )
                record_need(
                    actor=cast.actor("planner"), school=school, fiscal_year=YEAR, text="ขาดครู"
                )
        with scope(None):
            planner.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert planner.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
