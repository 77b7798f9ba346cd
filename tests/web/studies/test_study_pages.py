"""The pages of studies and of one's own work, as their readers see and fill them."""

import io
import re
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from nithet.domain.supervision.actions.own_work import enter_work, share_work
from nithet.domain.supervision.actions.studies import (
    add_cycle,
    add_measure,
    edit_study,
    open_study,
    publish_study,
)
from nithet.domain.supervision.models.studies import Study, StudyMeasure, WorkEntry, WorkShare
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast
from tests.domain.instruments.result_factories import DAY, fill, make_form, make_school, rating

FACTS = {"title": "พาทำ–นำทำ", "fiscal_year": 2555, "problem": "อ่านไม่ต่อเนื่อง"}
VALUES = [[f"ครู {n:02}", str(n % 3 + 1), str(n % 3 + 2 + n % 2)] for n in range(12)]


def day(name: str, value: str) -> dict[str, str]:
    number, month, year = value.split("/")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def words_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def paper_words(answer: Any) -> str:
    document = Document(io.BytesIO(answer.content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.fixture
def supervisor(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["supervisor"])
    return client


@pytest.fixture
def study(cast: Cast) -> Study:
    with scope(cast.office.pk):
        actor = cast.actor("supervisor")
        study = open_study(actor=actor, **FACTS)
        add_cycle(actor=actor, study=study, design="พาทำในห้องเรียน")
        add_measure(actor=actor, study=study, title="ทักษะครู", values=VALUES)
        add_measure(actor=actor, study=study, title="เล่มที่อ่าน", values=VALUES[:3])
        return study


def page_of(study: Study) -> str:
    return reverse("studies:study", args=[study.pk])


def test_a_study_is_opened_and_led_on_to_its_page(supervisor: Client, cast: Cast) -> None:
    answer = supervisor.post(reverse("studies:add"), {**FACTS, "fiscal_year": "๒๕๕๕"}, follow=True)
    assert "พาทำ–นำทำ" in words_of(answer)
    with scope(cast.office.pk):
        assert Study.objects.get().fiscal_year == 2555


def test_what_is_missing_is_said_at_its_field(supervisor: Client) -> None:
    answer = supervisor.post(reverse("studies:add"), {"title": "x", "fiscal_year": "2555"})
    assert answer.status_code == 422


def test_the_page_says_test_effect_and_how_few_there_are(supervisor: Client, study: Study) -> None:
    said = words_of(supervisor.get(page_of(study)))
    assert "Wilcoxon signed-rank test" in said
    assert "rank-biserial r" in said
    assert "น้อยกว่า 20" in said
    assert "น้อยกว่า 5 จึงไม่ทดสอบทางสถิติ" in said
    assert "หารด้วย n − 1" in said


def test_values_are_typed_in_the_table_and_pasted(
    supervisor: Client, cast: Cast, study: Study
) -> None:
    answer = supervisor.post(
        reverse("studies:add_measure", args=[study.pk]),
        {
            "title": "คะแนน",
            "design": "paired",
            "of": "teacher",
            "code": ["ครู 1", "", "ครู 2"],
            "before": ["1", "", "๒"],
            "after": ["2", "", "3"],
            "pasted": "ครู 3\t4\t5\nครู 4\t4\t4.5",
        },
    )
    assert answer.status_code == 302
    with scope(cast.office.pk):
        assert StudyMeasure.objects.get(title="คะแนน").values == [
            ["ครู 1", "1", "2"],
            ["ครู 2", "2", "3"],
            ["ครู 3", "4", "5"],
            ["ครู 4", "4", "4.5"],
        ]


def test_a_value_that_is_no_number_is_told_and_nothing_typed_is_lost(
    supervisor: Client, study: Study
) -> None:
    answer = supervisor.post(
        reverse("studies:add_measure", args=[study.pk]),
        {
            "title": "คะแนน",
            "design": "paired",
            "of": "teacher",
            "code": ["ครู 1"],
            "before": ["มาก"],
            "after": ["2"],
        },
    )
    assert answer.status_code == 422
    assert "ไม่ใช่ตัวเลข" in words_of(answer)
    assert 'value="มาก"' in answer.content.decode()


def test_somebody_slower_sees_both_versions(supervisor: Client, cast: Cast, study: Study) -> None:
    with scope(cast.office.pk):
        edit_study(actor=cast.actor("planner"), study=study, version=1, **FACTS | {"aims": "ก่อน"})
    answer = supervisor.post(
        reverse("studies:edit", args=[study.pk]),
        {**FACTS, "version": "1", "owner_title": "ศึกษานิเทศก์", "aims": "หลัง"},
    )
    assert answer.status_code == 409


def test_a_cycle_takes_its_visits(supervisor: Client, cast: Cast, study: Study) -> None:
    with scope(cast.office.pk):
        visit = visit_by(cast)
    supervisor.post(
        reverse("studies:add_cycle", args=[study.pk]),
        {"design": "นำทำ", "visits": [str(visit.pk)], **day("starts_on", "1/6/2555")},
    )
    assert "10 มิ.ย. 2555" in words_of(supervisor.get(page_of(study)))
    answer = supervisor.post(
        reverse("studies:add_cycle", args=[study.pk]), {"design": "นำทำ", "visits": ["999"]}
    )
    assert answer.status_code == 422


def visit_by(cast: Cast) -> Visit:
    visit = Visit.objects.create(
        office=cast.office,
        school=make_school(cast.school),
        kind="supervision",
        state="done",
        visited_on=date(2012, 6, 10),
        starts_at=time(9),
        ends_at=time(12),
    )
    Visitor.objects.create(
        office=cast.office, visit=visit, title="ศึกษานิเทศก์", user_id=cast.users["supervisor"].pk
    )
    return visit


def test_values_are_drawn_from_results(supervisor: Client, cast: Cast, study: Study) -> None:
    with scope(cast.office.pk):
        school = make_school(cast.school)
        form = make_form(cast.office, [rating("works", label="ครูจัดกิจกรรม")])
        for year, value in ((0, "2"), (365, "4")):
            moment = DAY.fromtimestamp(DAY.timestamp() + year * 86_400, DAY.tzinfo)
            fill(form, {"works": value}, school=school, ended_at=moment, received_at=moment)
        key = form.instrument_id
    answer = supervisor.post(
        reverse("studies:draw", args=[study.pk]),
        {"item": f"{key}:works.5", "before": "f2555", "after": "f2556"},
        follow=True,
    )
    said = answer.content.decode()
    assert cast.school.name in said
    assert 'value="2.00"' in said
    assert 'value="4.00"' in said


def test_the_chapter_is_word_and_pdf_and_the_values_a_sheet(
    supervisor: Client, cast: Cast, study: Study
) -> None:
    said = paper_words(supervisor.get(reverse("studies:paper", args=[study.pk, "docx"])))
    for words in ("ความเป็นมาและปัญหา", "วงรอบที่ 1", "ตารางที่ 1 ทักษะครู", "ครู 01", "ยังไม่เผยแพร่"):
        assert words in said
    assert supervisor.get(reverse("studies:paper", args=[study.pk, "pdf"])).content[:4] == b"%PDF"
    assert supervisor.get(reverse("studies:paper", args=[study.pk, "odt"])).status_code == 404
    with scope(cast.office.pk):
        measure = StudyMeasure.objects.get(title="ทักษะครู")
    sheet = supervisor.get(reverse("studies:measure_sheet", args=[measure.pk])).content
    book = load_workbook(io.BytesIO(sheet))
    assert [cell.value for cell in book.worksheets[0][2]] == ["ครู 00", 1.0, 2.0]
    assert any(
        "Wilcoxon" in str(cell.value) or "rank-biserial" in str(cell.value)
        for row in book.worksheets[1]
        for cell in row
    )


def test_a_published_study_shows_where_and_is_no_longer_offered_to_be_written(
    supervisor: Client, cast: Cast, study: Study
) -> None:
    with scope(cast.office.pk):
        actor = cast.actor("supervisor")
        edit_study(actor=actor, study=study, version=1, **FACTS | {"findings": "ครูทำได้"})
        publish_study(
            actor=actor,
            study=study,
            version=2,
            published_on=date(2012, 9, 1),
            where="วารสารการนิเทศ",
        )
    page = supervisor.get(page_of(study))
    assert "วารสารการนิเทศ" in words_of(page)
    assert reverse("studies:edit", args=[study.pk]) not in page.content.decode()
    answer = supervisor.post(reverse("studies:add_cycle", args=[study.pk]), {"design": "อีก"})
    assert answer.status_code == 422


def test_own_work_is_entered_edited_and_taken_back(supervisor: Client, cast: Cast) -> None:
    entry = {"kind": "course", "title": "การโค้ช", **day("starts_on", "1/3/2555"), "hours": "๑.๕"}
    assert supervisor.post(reverse("studies:add_entry"), entry).status_code == 302
    with scope(cast.office.pk):
        kept = WorkEntry.objects.get()
    query = "?" + "&".join(
        f"{k}={v}" for k, v in {**day("start", "1/10/2554"), **day("end", "30/9/2555")}.items()
    )
    assert "การโค้ช" in words_of(supervisor.get(reverse("studies:work") + query))
    wrong = supervisor.post(reverse("studies:add_entry"), {**entry, "hours": "หก"})
    assert wrong.status_code == 422
    supervisor.post(
        reverse("studies:edit_entry", args=[kept.pk]), {**entry, "version": "1", "hours": "6"}
    )
    late = supervisor.post(
        reverse("studies:edit_entry", args=[kept.pk]), {**entry, "version": "1", "hours": "7"}
    )
    assert late.status_code == 409
    supervisor.post(reverse("studies:take_back_entry", args=[kept.pk]), {"reason": ""})
    assert "การโค้ช" not in words_of(supervisor.get(reverse("studies:work") + query))


def test_own_work_is_a_paper_with_hours_and_what_has_no_time(
    supervisor: Client, cast: Cast
) -> None:
    with scope(cast.office.pk):
        visit_by(cast)
    query = "?" + "&".join(
        f"{k}={v}" for k, v in {**day("start", "1/10/2554"), **day("end", "30/9/2555")}.items()
    )
    address = reverse("studies:work_paper", args=[cast.users["supervisor"].pk, "docx"])
    said = paper_words(supervisor.get(address + query))
    assert "รวม 1 ครั้ง 1 โรงเรียน 3 ชั่วโมง" in said
    assert "1 ตุลาคม 2554 – 30 กันยายน 2555" in said


def test_the_page_is_opened_to_one_person_and_closed_again(supervisor: Client, cast: Cast) -> None:
    reader = Client()
    reader.force_login(cast.users["director"])
    address = reverse("studies:work_of", args=[cast.users["supervisor"].pk])
    assert reader.get(address).status_code == 404
    supervisor.post(reverse("studies:share"), {"reader": str(cast.users["director"].pk)})
    assert reader.get(address).status_code == 200
    assert "ใครดู" not in words_of(reader.get(address))
    foreign = supervisor.post(reverse("studies:share"), {"reader": str(cast.users["outsider"].pk)})
    assert foreign.status_code == 422
    with scope(cast.office.pk):
        share = WorkShare.objects.get()
    assert reader.post(reverse("studies:end_share", args=[share.pk])).status_code == 404
    supervisor.post(reverse("studies:end_share", args=[share.pk]))
    assert reader.get(address).status_code == 404


@pytest.mark.parametrize(
    "query", ["?start_day=x", "?start_day=1&start_month=13&start_year=2555", "?end_year=99999"]
)
def test_an_odd_period_shows_the_running_round(supervisor: Client, query: str) -> None:
    assert supervisor.get(reverse("studies:work") + query).status_code == 200


@pytest.mark.parametrize("rows", [1, 30, 300])
def test_pages_ask_the_same_number_of_questions_however_many_rows(
    supervisor: Client,
    cast: Cast,
    rows: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with scope(cast.office.pk):
        actor = cast.actor("supervisor")
        study = open_study(actor=actor, **FACTS)
        Study.objects.bulk_create(
            Study(office=cast.office, owner_title="ศน.", **FACTS) for _ in range(rows)
        )
        add_measure(
            actor=actor,
            study=study,
            title="คะแนน",
            values=[[f"ครู {n}", "1", str(n % 5)] for n in range(rows)],
        )
        WorkEntry.objects.bulk_create(
            WorkEntry(
                office=cast.office,
                user_id=cast.users["supervisor"].pk,
                kind="course",
                title="x",
                starts_on=clock.today(),
            )
            for _ in range(rows)
        )
        enter_work(actor=actor, kind="course", title="x", starts_on=clock.today())
        share_work(actor=actor, reader=cast.users["director"])
    supervisor.get(reverse("studies:studies"))
    with django_assert_max_num_queries(14):
        supervisor.get(reverse("studies:studies"))
    with django_assert_max_num_queries(18):
        supervisor.get(page_of(study))
    with django_assert_max_num_queries(22):
        supervisor.get(reverse("studies:work"))
