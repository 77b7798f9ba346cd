"""Reports on supervision: every figure opens its rows, gaps are named, other ways of visiting stand apart."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
import pypdfium2
import pytest
from django.utils import translation
from pptx import Presentation

from nithet.domain.commitments.actions import make_commitment
from nithet.domain.commitments.models import Commitment
from nithet.domain.supervision.actions.findings import record_finding
from nithet.domain.supervision.models.answers import VisitOpinion
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.paper_policy import may_read_reports
from nithet.domain.supervision.queries.reports.brief import (
    AGREEMENTS,
    NEEDS,
    RESULTS,
    VISITS,
    Line,
    brief_document,
    brief_of,
)
from nithet.domain.supervision.queries.reports.month import month_report
from nithet.domain.supervision.queries.reports.semester import semester_of, semester_report
from nithet.domain.supervision.queries.reports.year import year_report
from nithet.domain.supervision.rules.paper_facts import shortened
from nithet.domain.supervision.rules.questions import OPINIONS_AS_ASKED
from nithet.domain.supervision.rules.reports.marks import Issue
from nithet.domain.supervision.rules.reports.model import Report
from nithet.domain.supervision.rules.reports.paper import report_document, sheet_rows
from nithet.domain.supervision.rules.reports.slides import month_slides
from nithet.foundation.documents.docx.write import write_docx
from nithet.foundation.documents.model import texts
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast
from tests.domain.instruments.result_factories import fill, make_form, rating
from tests.domain.record_factories import YEAR, make_school, make_visit


def a_year(cast: Cast) -> list[Visit]:
    """Two supervision visits in semester 1/2555 (one online), one committee visit of which nobody knows who went."""
    here = make_visit(
        cast,
        make_school(cast, "วัดหนึ่ง"),
        date(2012, 6, 5),
        kind="supervision",
        visitors=["ศึกษานิเทศก์ กลุ่ม 1"],
    )
    online = make_visit(
        cast,
        make_school(cast, "วัดสอง"),
        date(2012, 6, 6),
        kind="supervision",
        visitors=["ศึกษานิเทศก์ กลุ่ม 1"],
    )
    Visit.objects.filter(pk=online.pk).update(mode="online")
    committee = make_visit(cast, make_school(cast, "วัดสาม"), date(2012, 6, 27))
    actor = cast.actor("supervisor")
    record_finding(actor=actor, fiscal_year=YEAR, kind="impression", text="ครูเปิดชั้นเรียน", visit=here)
    record_finding(actor=actor, fiscal_year=YEAR, kind="problem", text="ครูไม่ครบชั้น", visit=committee)
    record_finding(actor=actor, fiscal_year=YEAR, kind="impression", text="ชุมชนมีส่วนร่วม")
    make_commitment(
        actor=actor,
        kind="promise",
        text="เปิดคลินิกการอ่าน",
        owner_title="หัวหน้าวิชาการ",
        due_on=date(2012, 7, 10),
        about=RecordRef("directory.school", str(here.school_id)),
        arose_from=RecordRef("supervision.visit", str(here.pk)),
    )
    return [here, online, committee]


def words_of(report: Report) -> str:
    """Everything that is printed of a report."""
    return "\n".join(texts(report_document(report)))


def test_the_year_counts_visits_on_site_and_says_the_other_ways_apart(
    cast: Cast, office: Unit
) -> None:
    a_year(cast)
    report = year_report(cast.actor("supervisor"), office, YEAR)
    said = {one.code: one.words for one in report.figures}
    assert said["schools"] == "1 จาก 3 โรงเรียน"
    assert (said["on_site"], said["elsewhere"], said["committee"]) == ("1 ครั้ง", "1 ครั้ง", "1 ครั้ง")


def test_every_figure_with_a_count_opens_as_many_rows_and_all_can_be_seen(
    cast: Cast, office: Unit
) -> None:
    a_year(cast)
    actor = cast.actor("supervisor")
    reports = [
        year_report(actor, office, YEAR),
        semester_report(actor, office, semester_of(2555, 1), "area"),
        month_report(actor, office, date(2012, 6, 1)).report,
    ]
    for report in reports:
        codes = [one.code for one in report.every_figure()]
        assert len(codes) == len(set(codes))
        for figure in report.every_figure():
            assert bool(figure.rows) == bool(figure.n), (report.title, figure.code)
            assert len(figure.rows) >= figure.n or figure.unit == "โรงเรียน"
            assert set(resolve(actor, figure.rows)) == set(figure.rows)
            assert report.figure(figure.code) == figure
    assert reports[0].figure("no-such") is None


def test_what_the_records_do_not_show_is_said_on_the_paper(cast: Cast, office: Unit) -> None:
    a_year(cast)
    actor = cast.actor("supervisor")
    report = year_report(actor, office, YEAR)
    printed = words_of(report)
    for gap in (
        "1 จาก 3 ครั้ง ไม่ได้บันทึกว่าใครไป",
        "ภาคเรียนที่ 2/2554 ไม่มีบันทึกการนิเทศ",
        "การนิเทศ 1 จาก 2 ครั้ง ไม่มีบันทึกสิ่งที่พบ",
    ):
        assert any(gap in one for one in report.gaps), gap
        assert gap in printed
    semester = semester_report(actor, office, semester_of(2554, 2), "monitoring")
    assert any("ไม่มีบันทึก" in one for one in semester.gaps)


def test_what_the_chapters_leave_open_stands_among_the_gaps(cast: Cast, office: Unit) -> None:
    from nithet.domain.directory.models.committees import Committee, CommitteeMember
    from nithet.domain.plans.models.policy import Policy

    a_year(cast)
    committee = Committee.objects.create(office=office, kind="area", name="คณะกรรมการเขตพื้นที่การศึกษา")
    CommitteeMember.objects.create(office=office, committee=committee, title="ผู้แทนองค์กรชุมชน")
    actor = cast.actor("supervisor")
    gaps = year_report(actor, office, YEAR).gaps
    policy = "ยังไม่ได้บันทึกนโยบายของปีงบประมาณ"
    for gap in (policy, "ไม่มีวัตถุประสงค์ของโครงการ", "ยังไม่มีแผนการนิเทศที่อนุมัติ"):
        assert any(gap in one for one in gaps), gap
    (member,) = [one for one in gaps if one.startswith("ภาคเรียนที่ 1/2555 กรรมการ")]
    assert "1 จาก 1 คน ไม่มีบันทึกการตรวจเยี่ยมรายบุคคล (อีก 1 ครั้งไม่ได้บันทึกว่าใครไป" in member
    Policy.objects.create(office=office, fiscal_year=YEAR, text="อ่านออกเขียนได้", position=1)
    assert not any(policy in one for one in year_report(actor, office, YEAR).gaps)


def test_opinions_are_told_in_the_words_asked_and_of_supervision_alone(
    cast: Cast, office: Unit
) -> None:
    with translation.override("th"):
        for name, words in OPINIONS_AS_ASKED.items():
            assert str(VisitOpinion._meta.get_field(name).verbose_name) == words
    said = {"fitted_need": "yes", "gave_way": "yes", "helped_kindly": "yes"}
    for at, kind in enumerate([*["supervision"] * 5, "committee"]):
        visit = make_visit(cast, make_school(cast, f"วัดที่ {at}"), date(2012, 6, 5), kind=kind)
        VisitOpinion.objects.create(
            office=office, visit=visit, said_at=datetime(2012, 6, 6, tzinfo=UTC), **said
        )
    printed = words_of(year_report(cast.actor("supervisor"), office, YEAR))
    assert "โรงเรียนตอบ 5 จากการนิเทศ 5 ครั้ง" in printed
    assert all(words in printed for words in OPINIONS_AS_ASKED.values())


def test_the_year_has_its_usual_chapters_and_tells_what_was_said_of_many_visits_together(
    cast: Cast, office: Unit
) -> None:
    a_year(cast)
    report = year_report(cast.actor("supervisor"), office, YEAR)
    titles = " ".join(one.title for one in report.chapters)
    for part in (
        "คำนำ",
        "ความเป็นมา",
        "วัตถุประสงค์",
        "ขอบเขต",
        "ผลการนิเทศ",
        "จุดเด่น",
        "จุดที่ควรพัฒนา",
        "ข้อเสนอแนะ",
        "ภาคผนวก",
    ):
        assert part in titles
    printed = words_of(report)
    assert "ครูเปิดชั้นเรียน (โรงเรียนวัดหนึ่ง)" in printed
    assert "ชุมชนมีส่วนร่วม (สรุปรวมทั้งปีงบประมาณ)" in printed
    assert "ไม่ได้บันทึก" in printed


def test_a_member_without_a_visit_is_not_told_to_have_stayed_away_where_nobody_recorded_who_went(
    cast: Cast, office: Unit
) -> None:
    from nithet.domain.directory.models.committees import Committee, CommitteeMember

    a_year(cast)
    committee = Committee.objects.create(office=office, kind="area", name="คณะกรรมการเขตพื้นที่การศึกษา")
    CommitteeMember.objects.create(office=office, committee=committee, title="ผู้แทนองค์กรชุมชน")
    report = semester_report(cast.actor("supervisor"), office, semester_of(2555, 1), "area")
    printed = words_of(report)
    assert "ผู้แทนองค์กรชุมชน" in printed
    assert "บอกไม่ได้" in printed
    assert "ครูไม่ครบชั้น (โรงเรียนวัดสาม)" in printed


def test_the_month_is_three_slides_and_names_no_school_of_a_finding(
    cast: Cast, office: Unit
) -> None:
    a_year(cast)
    whole = month_report(cast.actor("supervisor"), office, date(2012, 6, 1))
    made = month_slides(whole.report, whole.good, whole.to_think, whole.due, whole.coming)
    slides = Presentation(BytesIO(made)).slides
    assert len(slides) == 3
    said = "\n".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )
    assert "ครูเปิดชั้นเรียน" in said
    assert "ภายใน 10 ก.ค. 2555 เปิดคลินิกการอ่าน" in said
    assert "วัดหนึ่ง" not in said


def test_a_month_without_visits_says_so(cast: Cast, office: Unit) -> None:
    whole = month_report(cast.actor("supervisor"), office, date(2012, 3, 1))
    assert "เดือนนี้ไม่มีบันทึกการนิเทศหรือตรวจเยี่ยม" in whole.report.gaps
    assert whole.good.texts == ()


def test_agreements_of_the_year_are_counted_by_how_far_they_are(cast: Cast, office: Unit) -> None:
    a_year(cast)
    report = year_report(cast.actor("supervisor"), office, YEAR)
    late, done = report.figure("agreed-late"), report.figure("agreed-done")
    assert late and done
    assert (late.n, late.of, done.n) == (1, 1, 0)
    assert resolve(cast.actor("supervisor"), late.rows)
    assert Commitment.objects.count() == 1


def test_reports_are_word_pdf_and_rows_of_a_sheet(cast: Cast, office: Unit) -> None:
    a_year(cast)
    report = year_report(cast.actor("supervisor"), office, YEAR, with_pictures=True)
    document = report_document(report, "thai")
    assert write_pdf(document).startswith(b"%PDF-")
    opened = docx.Document(BytesIO(write_docx(document)))
    assert "๒๕๕๕" in "\n".join(one.text for one in opened.paragraphs)
    rows = {row[0]: row for row in sheet_rows(report)}
    assert rows["โรงเรียนที่ได้รับการนิเทศ ณ โรงเรียนอย่างน้อยหนึ่งครั้ง"][1:5] == (1, 3, "โรงเรียน", "33.33")


def test_the_brief_of_a_school_is_one_page_with_open_agreements_first_known_late(
    cast: Cast, office: Unit
) -> None:
    here, *_ = a_year(cast)
    brief = brief_of(cast.actor("supervisor"), here.school)
    assert [one.is_late for one in brief.agreements] == [True]
    assert "ครูเปิดชั้นเรียน" in brief.visits[0].text
    with pypdfium2.PdfDocument(write_pdf(brief_document(brief, office.name))) as opened:
        assert len(opened) == 1
        assert "เลยกำหนด" in opened[0].get_textpage().get_text_range()


def test_a_full_brief_with_long_words_is_still_one_page(cast: Cast, office: Unit) -> None:
    here, *_ = a_year(cast)
    long = "ครูจัดการเรียนรู้โดยใช้ชุมชนเป็นฐานและนำผลไปปรับแผนการสอนของทุกกลุ่มสาระ " * 3
    brief = brief_of(cast.actor("supervisor"), here.school)
    ref = RecordRef("supervision.visit", str(here.pk))
    agreement = Line(
        f"{shortened(long, 90)} ({shortened(long, 30)}) ภายใน 10 ก.ค. 2555", ref, is_late=True
    )
    need = Line(f"{shortened(long, 90)} (ปีงบประมาณ 2555, ผลการทดสอบ)", ref)
    visit = Line(
        f"10 ก.ค. 2555 ที่โรงเรียน {shortened(long, 40)} · เรื่อง {shortened(long, 40)} · "
        f"จุดเด่น {shortened(long, 60)} · ชวนคิด {shortened(long, 60)}",
        ref,
    )
    result = ("O-NET ชั้น ป.6 ปีการศึกษา 2554", "ภาษาไทย", "41.5 จาก 100", "n = 6")
    full = replace(
        brief,
        visits=(visit,) * VISITS,
        agreements=(agreement,) * AGREEMENTS,
        needs=(need,) * NEEDS,
        results=(result,) * RESULTS,
        more={"agreements": 9, "needs": 9},
    )
    issue = Issue(1, date(2012, 7, 1), "ABCDEFGH234567AA", "https://nithet.example.go.th/p/A/")
    for document in (
        brief_document(full, office.name, "thai"),
        brief_document(full, office.name, issue=issue),
    ):
        with pypdfium2.PdfDocument(write_pdf(document)) as opened:
            assert len(opened) == 1


def test_the_same_words_of_several_visits_are_one_point_with_their_schools(
    cast: Cast, office: Unit
) -> None:
    here, online, _ = a_year(cast)
    actor = cast.actor("supervisor")
    for visit in (here, online):
        record_finding(actor=actor, fiscal_year=YEAR, kind="need", text="คู่มือ ป.1", visit=visit)
    printed = words_of(year_report(actor, office, YEAR))
    assert printed.count("คู่มือ ป.1") == 1
    assert "คู่มือ ป.1 (โรงเรียนวัดหนึ่ง, โรงเรียนวัดสอง)" in printed


def test_a_form_filled_in_on_a_visit_counts_as_used_there_once(cast: Cast, office: Unit) -> None:
    here, online, _ = a_year(cast)
    form = make_form(office, [rating("q1")])
    for number in range(2):
        fill(form, {"q1": str(number + 3)}, about=f"supervision.visit:{here.pk}")
    fill(form, {"q1": "1"}, about=f"supervision.visit:{online.pk}", state="set_aside")
    report = year_report(cast.actor("supervisor"), office, YEAR)
    used = report.figure("tools")
    assert used is not None and (used.n, used.of) == (1, 2)
    assert f"{form.instrument.title}" in words_of(report)


def test_reports_cost_the_same_queries_whatever_the_visits(
    cast: Cast, office: Unit, django_assert_max_num_queries: Any
) -> None:
    actor = cast.actor("supervisor")
    a_year(cast)
    school = make_school(cast, "วัดสี่")
    for day in range(1, 25):
        make_visit(
            cast, school, date(2012, 7, day), kind="supervision", visitors=["ศึกษานิเทศก์ กลุ่ม 1"]
        )
    with django_assert_max_num_queries(45):
        year_report(actor, office, YEAR)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("supervisor", True),
        ("director", True),
        ("administrator", True),
        ("committee_member", True),
        ("school_head", False),
        ("assessor", False),
        ("nobody", False),
    ],
)
def test_staff_and_committees_read_reports(
    cast: Cast, office: Unit, name: str, allowed: bool
) -> None:
    assert bool(may_read_reports(cast.actor(name))) is allowed
