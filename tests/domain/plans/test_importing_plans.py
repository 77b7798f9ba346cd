"""Last year's plan as people keep it: XLSX with titles and merged cells, Word, CSV in Windows-874."""

import io
import zipfile
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import Workbook

from nithet.domain.plans.actions.importing import (
    confirm_plan_import,
    drop_plan_import,
    propose_plan_import,
)
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.importing import PlanImport
from nithet.domain.plans.models.money import BudgetLine, Target
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.queries.importing import kept_digests, proposed_lines
from nithet.domain.plans.rules.importing.files import read_plan
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import BadInput, RuleBroken
from tests.conftest import Cast

YEAR = 2555
HEADINGS = ["ที่", "โครงการ", "วัตถุประสงค์", "กิจกรรม", "ระยะเวลา", "งบประมาณ (บาท)", "แหล่งงบประมาณ", "ผู้รับผิดชอบ", "หมายเหตุ"]


def workbook(*, changed: bool = False) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.append(["แผนปฏิบัติการประจำปีงบประมาณ ๒๕๕๕"])
    sheet.append(["สำนักงานเขตพื้นที่การศึกษาตัวอย่าง (ข้อมูลตัวอย่าง)"])
    sheet.append(HEADINGS)
    sheet.append(["กลยุทธ์ที่ 5 พัฒนาประสิทธิภาพการบริหารจัดการ"])
    sheet.append(["๑", "โครงการประชุมเชิงปฏิบัติการ", "เพื่อพัฒนาระบบประกันคุณภาพ", "ศึกษาประกาศ", "ต.ค. – ธ.ค. ๒๕๕๔", "๒๘๖,๐๐๐", "งบ สพฐ.", "กลุ่มนิเทศฯ", None])
    sheet.append([None, None, None, "อบรมทุกโรงเรียน", "๕ – ๘ มิ.ย. ๒๕๕๕", None, None, None, "ทุกโรงเรียน"])
    sheet.append(["๒", "โครงการเยี่ยมโรงเรียน", None, "1) วางแผน\n2) ออกเยี่ยม", "เมื่อสะดวก", "42,000 และ 500", None, "กลุ่มอำนวยการ", None])
    sheet.append([None, "รวมทั้งสิ้น", None, None, None, "328,000", None, None, None])
    sheet.merge_cells("A1:I1")
    sheet.merge_cells("A4:I4")
    sheet.merge_cells("B5:B6")
    if changed:
        sheet["I6"] = "บันทึกใหม่"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word() -> bytes:
    document = Document()
    for text in (
        "กลยุทธ์ที่ 3 พัฒนาครู",
        "1. ชื่อโครงการ : โครงการโรงเรียนแกนนำจัดการเรียนร่วม",
        "2. วัตถุประสงค์",
        "2.1 เพื่อพัฒนาครู",
        "3. ผู้รับผิดชอบโครงการ : กลุ่มนิเทศ ติดตามและประเมินผลฯ",
        "4. ระยะเวลาดำเนินการ : 1 – 15 กันยายน ๒๕๕๕",
        "5. งบประมาณ ๑๒๐,๐๐๐ บาท",
        "6. กิจกรรม",
        "- อบรมผู้บริหารและครู",
        "- ออกนิเทศติดตาม",
    ):
        document.add_paragraph(text)
    table = document.add_table(rows=3, cols=4)
    for row, cells in enumerate([["โครงการ", "กิจกรรม", "ค่าเป้าหมาย", "ตัวชี้วัด"], ["โครงการ LD", "คัดกรอง", "๘๐ โรงเรียน", "โรงเรียนที่คัดกรอง"], ["", "สรุปผล", "", ""]]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_workbook_gives_strategies_projects_activities_and_money_with_their_rows() -> None:
    found = read_plan(workbook(), "แผน.xlsx", YEAR)
    assert [(one.kind, one.title, one.where.row) for one in found.lines] == [
        ("strategy", "กลยุทธ์ที่ 5 พัฒนาประสิทธิภาพการบริหารจัดการ", 4),
        ("project", "โครงการประชุมเชิงปฏิบัติการ", 5),
        ("activity", "ศึกษาประกาศ", 5),
        ("budget", "", 5),
        ("activity", "อบรมทุกโรงเรียน", 6),
        ("project", "โครงการเยี่ยมโรงเรียน", 7),
        ("activity", "วางแผน", 7),
        ("activity", "ออกเยี่ยม", 7),
    ]
    by = {one.title: one for one in found.lines}
    assert by["อบรมทุกโรงเรียน"].values["starts_on"] == "2012-06-05"
    assert by["ศึกษาประกาศ"].values["ends_on"] == "2011-12-31"
    assert by[""].values == {"planned": "286000.00", "source_kind": "budget", "words": "๒๘๖,๐๐๐"}
    assert by["โครงการเยี่ยมโรงเรียน"].notes == ("period_unread", "amount_unread")
    assert [(one.text, one.why, one.where.row) for one in found.unread] == [
        ("หมายเหตุ", "column", 3),
        ("42,000 และ 500", "amount", 7),
    ]


def test_a_word_file_gives_paragraphs_and_tables() -> None:
    found = read_plan(word(), "แผน.docx", YEAR)
    by = {one.title: one for one in found.lines}
    project = by["โครงการโรงเรียนแกนนำจัดการเรียนร่วม"]
    assert project.values["objective"] == "เพื่อพัฒนาครู"
    assert project.values["owner"] == "กลุ่มนิเทศ ติดตามและประเมินผลฯ"
    assert (project.values["starts_on"], project.values["ends_on"]) == ("2012-09-01", "2012-09-15")
    assert by["อบรมผู้บริหารและครู"].parent == by["ออกนิเทศติดตาม"].parent == project.key
    assert by["สรุปผล"].parent == by["โครงการ LD"].key
    assert by["สรุปผล"].where.table == 1
    assert by["โรงเรียนที่คัดกรอง"].values == {"value": "80", "unit": "โรงเรียน"}


def test_a_csv_of_windows_874_is_read() -> None:
    text = "โครงการ,ผู้รับผิดชอบ,งบประมาณ\r\nโครงการ LD,กลุ่มนิเทศฯ,\"65,000\"\r\n"
    found = read_plan(text.encode("cp874"), "แผน.csv", YEAR)
    assert [(one.kind, one.title, one.notes) for one in found.lines] == [
        ("project", "โครงการ LD", ()),
        ("budget", "", ("source_not_stated",)),
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x00\x01\x02" * 50, "ชื่อ,อายุ\nก,1\n".encode()])
def test_what_is_no_plan_is_refused_with_words(data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read_plan(data, "แผน.xlsx", YEAR)
    assert str(refused.value)


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "../x.xml", "word/bomb.xml"])
def test_a_word_file_with_what_no_plan_needs_is_not_opened(name: str) -> None:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * 20_000_000 if "bomb" in name else b"x")
    with pytest.raises(BadInput) as refused:
        read_plan(out.getvalue(), "แผน.docx", YEAR)
    assert refused.value.code == "plan.unsafe"


def test_entities_in_a_word_file_are_refused() -> None:
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/more.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>')
    with pytest.raises(BadInput):
        read_plan(out.getvalue(), "แผน.docx", YEAR)


def test_what_is_ticked_becomes_the_plan_and_the_rest_is_left(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    kept = propose_plan_import(actor=actor, data=workbook(), file_name="แผน.xlsx", fiscal_year=YEAR)
    keys = {one["key"] for one in kept.lines if one["title"] != "วางแผน"}
    renamed = next(one["key"] for one in kept.lines if one["title"] == "โครงการเยี่ยมโรงเรียน")
    plan = confirm_plan_import(
        actor=actor, plan_import=kept, version=1, take=keys, titles={renamed: "โครงการตรวจเยี่ยมโรงเรียน"}
    )
    assert [(p.title, str(p.strategy)) for p in plan.projects.all()] == [
        ("โครงการประชุมเชิงปฏิบัติการ", "กลยุทธ์ที่ 5 พัฒนาประสิทธิภาพการบริหารจัดการ"),
        ("โครงการตรวจเยี่ยมโรงเรียน", "กลยุทธ์ที่ 5 พัฒนาประสิทธิภาพการบริหารจัดการ"),
    ]
    assert [a.title for a in Activity.objects.order_by("pk")] == ["ศึกษาประกาศ", "อบรมทุกโรงเรียน", "ออกเยี่ยม"]
    assert BudgetLine.objects.get().planned == Decimal(286_000)
    with pytest.raises(Conflict):
        confirm_plan_import(actor=actor, plan_import=kept, version=1, take=keys)
    assert kept.sha256 in kept_digests()
    assert AuditEvent.objects.filter(name="plan.import_confirmed").count() == 1


def test_the_same_plan_again_proposes_nothing_new(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    data = workbook()
    kept = propose_plan_import(actor=actor, data=data, file_name="แผน.xlsx", fiscal_year=YEAR)
    assert propose_plan_import(actor=actor, data=data, file_name="ซ้ำ.xlsx", fiscal_year=YEAR).pk == kept.pk
    confirm_plan_import(actor=actor, plan_import=kept, version=1, take={one["key"] for one in kept.lines})
    again = propose_plan_import(actor=actor, data=workbook(changed=True), file_name="แผน.xlsx", fiscal_year=YEAR)
    assert again.pk != kept.pk
    assert all(one.is_there for one in proposed_lines(again))
    before = (Project.objects.count(), Activity.objects.count(), BudgetLine.objects.count(), Target.objects.count())
    confirm_plan_import(actor=actor, plan_import=again, version=1, take={one["key"] for one in again.lines})
    assert (Project.objects.count(), Activity.objects.count(), BudgetLine.objects.count(), Target.objects.count()) == before


def test_nothing_ticked_is_refused_and_a_dropped_file_may_come_again(cast: Cast, office: Unit) -> None:
    actor, data = cast.actor("planner"), workbook()
    kept = propose_plan_import(actor=actor, data=data, file_name="แผน.xlsx", fiscal_year=YEAR)
    with pytest.raises(RuleBroken, match="at least one"):
        confirm_plan_import(actor=actor, plan_import=kept, version=1, take=set())
    drop_plan_import(actor=actor, plan_import=kept, version=1)
    again = propose_plan_import(actor=actor, data=data, file_name="แผน.xlsx", fiscal_year=YEAR)
    assert (again.pk != kept.pk, PlanImport.objects.count(), Project.objects.count()) == (True, 2, 0)
    for person in ("school_head", "assessor", "nobody"):
        with pytest.raises(Refused):
            propose_plan_import(actor=cast.actor(person), data=data, file_name="แผน.xlsx", fiscal_year=YEAR)
