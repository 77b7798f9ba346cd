"""The calendar with its holidays, and what is printed."""

import io
from datetime import date

import pypdfium2
import pytest
from docx import Document

from nithet.domain.plans.actions.calendar import add_day, copy_days, edit_day, take_back_day
from nithet.domain.plans.actions.policies import (
    add_policy,
    edit_policy,
    report_progress,
    take_back_progress,
)
from nithet.domain.plans.models.calendar import CalendarDay
from nithet.domain.plans.queries.calendar import list_days
from nithet.domain.plans.queries.content import content_of
from nithet.domain.plans.queries.policies import find_policy
from nithet.domain.plans.rules.calendar import Entry, is_long, months_of, public_holidays, weeks_of
from nithet.domain.plans.rules.calendar_paper import Work, month_document, year_document
from nithet.domain.plans.rules.paper import PlanPrint, plan_document
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.documents.docx.write import write_docx
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.record_factories import YEAR, make_project


def test_the_holidays_of_a_year_are_those_of_that_year() -> None:
    days = {one.starts_on: one.title for one in public_holidays(2555)}
    assert days[date(2011, 10, 23)] == "วันปิยมหาราช"
    assert days[date(2012, 6, 4)] == "วันวิสาขบูชา"
    assert days[date(2012, 5, 5)] == "วันฉัตรมงคล"
    assert date(2012, 7, 28) not in days, "that day became a holiday in 2560"
    later = {one.starts_on for one in public_holidays(2569)}
    assert {date(2026, 7, 28), date(2026, 5, 4), date(2025, 10, 13)} <= later
    assert date(2026, 5, 5) not in later
    assert all(date(2011, 10, 1) <= day <= date(2012, 9, 30) for day in days)


def test_a_month_has_whole_weeks_and_long_work_stands_beside_it() -> None:
    exam = Entry("exam", "สอบ NT", date(2012, 2, 28), date(2012, 3, 1))
    work = Entry("activity", "นิเทศ", date(2011, 10, 1), date(2012, 4, 30))
    weeks = weeks_of(date(2012, 2, 1), [work, exam])
    assert [len(week) for week in weeks] == [7] * 5
    on = [day.day for week in weeks for day in week if exam in day.entries]
    assert on == [date(2012, 2, 28), date(2012, 2, 29), date(2012, 3, 1)]
    assert is_long(work)
    assert not any(work in day.entries for week in weeks for day in week)
    assert months_of(2555)[0] == date(2011, 10, 1)


def test_days_are_entered_edited_copied_and_taken_back(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    day = add_day(actor=actor, kind="exam", title="สอบ O-NET", starts_on=date(2012, 2, 29))
    assert add_day(actor=actor, kind="exam", title="สอบ O-NET", starts_on=date(2012, 2, 29)).pk == day.pk
    with pytest.raises(RuleBroken, match="before the beginning"):
        add_day(actor=actor, kind="exam", title="x", starts_on=date(2012, 2, 2), ends_on=date(2012, 2, 1))
    copy_days(actor=actor, to_year=2556)
    copy_days(actor=actor, to_year=2556)
    [copied] = list_days(actor, date(2012, 10, 1), date(2013, 9, 30))
    assert (copied.starts_on, copied.is_confirmed) == (date(2013, 2, 28), False)
    edited = edit_day(actor=actor, day=copied, version=1, kind="exam", title="สอบ O-NET", starts_on=date(2013, 2, 2))
    assert edited.is_confirmed
    with pytest.raises(Conflict):
        edit_day(actor=actor, day=copied, version=1, kind="exam", title="อื่น", starts_on=date(2013, 2, 3))
    take_back_day(actor=actor, day=day)
    assert list(list_days(actor, date(2011, 10, 1), date(2012, 9, 30))) == []
    with pytest.raises(Refused):
        add_day(actor=cast.actor("school_head"), kind="exam", title="x", starts_on=date(2012, 1, 1))
    assert CalendarDay.objects.count() == 2


def test_a_policy_of_thirty_five_schools_says_how_far_it_is(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    policy = add_policy(
        actor=actor, fiscal_year=YEAR, number="1.1.2", text="ส่งเสริมการจัดเรียนรวม", target_value=35,
        target_unit="โรงเรียน", period_kind="academic_year", period_label="ปีการศึกษา 2555",
    )  # fmt: skip
    first = report_progress(
        actor=actor, policy=policy, value=22, text="22 โรงเรียน 9 กลุ่ม", as_at=date(2012, 9, 30), figure_source="กลุ่มนโยบายและแผน"
    )
    report_progress(actor=actor, policy=policy, value=10, as_at=date(2012, 6, 30), figure_source="กลุ่มนโยบายและแผน")
    found = find_policy(actor, policy.pk)
    assert found and [one.value for one in found.progress.all()] == [22, 10]
    take_back_progress(actor=actor, progress=first)
    found = find_policy(actor, policy.pk)
    assert found and [one.value for one in found.progress.all()] == [10]
    with pytest.raises(RuleBroken):
        report_progress(actor=actor, policy=policy, as_at=date(2012, 6, 30), figure_source="กลุ่ม")
    edit_policy(actor=actor, policy=policy, version=1, text="เรียนรวม", number="1.1.2", target_value=35, target_unit="โรงเรียน")
    with pytest.raises(Conflict):
        edit_policy(actor=actor, policy=policy, version=1, text="อื่น")


def pdf_text(data: bytes) -> tuple[str, float]:
    file = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_range() for page in file)
    return text, file[0].get_width()


def test_the_plan_is_printed_as_word_and_pdf(cast: Cast, office: Unit) -> None:
    project = make_project(cast.actor("planner"), "โครงการนิเทศ")
    document = plan_document(content_of(project.plan), PlanPrint("สพป.ตัวอย่าง", 0, dated=date(2012, 1, 1), numerals="thai"))
    words = Document(io.BytesIO(write_docx(document)))
    assert any("โครงการนิเทศ" in cell.text for table in words.tables for row in table.rows for cell in row.cells)
    text, _ = pdf_text(write_pdf(document))
    assert "๒๕๕๕" in text
    assert "ร่าง" in text
    assert "2555" not in text


def test_the_year_is_printed_on_a3_and_the_month_on_a4() -> None:
    exam = Entry("exam", "สอบ NT", date(2012, 2, 28), date(2012, 3, 1))
    work = [Work("โครงการนิเทศ", "กลุ่มนิเทศฯ", Entry("activity", "x", date(2012, 6, 5), date(2012, 6, 8)), is_project=True)]
    text, width = pdf_text(write_pdf(year_document(2555, "สพป.ตัวอย่าง", work, [exam], dated=date(2012, 1, 1))))
    assert "5–8" in text
    assert width == pytest.approx(420 / 25.4 * 72, abs=1)
    text, width = pdf_text(write_pdf(month_document(date(2012, 2, 1), "สพป.ตัวอย่าง", [exam], dated=date(2012, 1, 1))))
    assert "สอบ NT" in text
    assert width == pytest.approx(297 / 25.4 * 72, abs=1)
