"""Words of papers on plain values."""

from datetime import date
from typing import Any

from nithet.domain.supervision.rules.paper_facts import Agreed, VisitFacts
from nithet.domain.supervision.rules.paper_results import (
    line_text,
    news_words,
    report_words,
    slip_words,
)
from nithet.domain.supervision.rules.paper_words import letter_words, order_words, travel_words

OFFICE = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาทดสอบ เขต 1"


def facts(**changed: Any) -> VisitFacts:
    """A visit that says nothing but where and when, with what is changed."""
    more = {
        key: changed.pop(key) for key in list(changed) if key in VisitFacts.__dataclass_fields__
    }
    content = {
        "school": "วัดทดสอบ", "kind": "supervision", "state": "done", "mode": "on_site",
        "visited_on": "2012-05-24", "planned_for": None, "starts_at": "", "ends_at": "",
        "project": "", "need": "", "needs": [], "purpose": "", "link": "", "instruments": [],
        "visitors": [], "findings": [], "lesson_notes": [], "checks": [], "agreements": [],
        "development": [], "qa_in_work": "", "qa_seen": "", "written_by": "", "written_for": "",
        **changed,
    }  # fmt: skip
    return VisitFacts(content, **more)


def agreement(text: str, due: str | None) -> dict[str, str | None]:
    return {"text": text, "owner": "หัวหน้าวิชาการ", "due_on": due}


def test_after_a_visit_the_text_for_line_begins_with_what_is_due_first_and_ends_with_the_link() -> (
    None
):
    visit = facts(agreements=[agreement("งานสอง", "2012-07-01"), agreement("งานหนึ่ง", "2012-06-30")])
    lines = line_text(visit, "https://n.example/v/1/").splitlines()
    assert lines[0] == "ภายใน 30 มิ.ย. 2555 งานหนึ่ง (หัวหน้าวิชาการ)"
    assert lines[1] == "และข้อตกลงอีก 1 ข้อ"
    assert lines[-1] == "https://n.example/v/1/"
    assert 2 <= len(lines) <= 5


def test_before_a_visit_the_text_for_line_begins_with_the_day() -> None:
    visit = facts(
        state="planned", starts_at="09:00", ends_at="12:00", purpose="การอ่าน",
        visitors=[{"title": "ศึกษานิเทศก์", "companion": False}],
        open_agreements=(Agreed("ก", "ข", None),),
    )  # fmt: skip
    lines = line_text(visit, "https://n.example/v/1/").splitlines()
    assert lines[0] == "24 พ.ค. 2555 เวลา 09.00 – 12.00 น. นิเทศโรงเรียนวัดทดสอบ"
    assert len(lines) == 5


def test_the_schedule_has_the_recorded_hours_at_its_ends_and_dots_between() -> None:
    _, data = letter_words(facts(starts_at="09:00", ends_at="12:00"), OFFICE)
    times = [row["time"] for row in data["steps"]]
    assert (times[0], times[-1]) == ("09.00 น.", "12.00 น.")
    assert set(times[1:-1]) == {"." * 16}
    assert not any("ข้อตกลงครั้งก่อน" in row["text"] for row in data["steps"])


def test_a_visit_that_was_never_given_a_team_leaves_seats_open() -> None:
    for _, data in (order_words([facts()], OFFICE), travel_words([facts()], OFFICE)):
        assert len(data["members"]) == 3
        assert all(set(row["title"]) == {"."} for row in data["members"])


def test_companions_go_along_and_are_no_supervisors() -> None:
    team = [{"title": "ประธานกรรมการ", "companion": False}, {"title": "เจ้าหน้าที่", "companion": True}]
    title, data = order_words([facts(kind="committee", visitors=team)], OFFICE)
    assert title == "แต่งตั้งคณะตรวจเยี่ยมโรงเรียน โรงเรียนวัดทดสอบ"
    assert [row["duty"] for row in data["members"]] == ["ผู้ตรวจเยี่ยม", "ผู้ร่วมเดินทาง"]


def test_an_order_of_several_visits_names_each_school_once_and_whose_it_is() -> None:
    one = [{"title": "ก", "companion": False}]
    both = [{"title": "ก", "companion": False}, {"title": "ข", "companion": False}]
    visits = [facts(visitors=both), facts(school="วัดอื่น", visited_on="2012-05-23", visitors=one)]
    _, data = order_words(visits, OFFICE)
    assert [row["school"] for row in data["schools"]] == ["โรงเรียนวัดอื่น", "โรงเรียนวัดทดสอบ"]
    assert [(row["title"], row["schools"]) for row in data["members"]] == [
        ("ก", "ทุกโรงเรียน"),
        ("ข", "2"),
    ]
    assert "ระหว่างวันที่ 23 – 24 พฤษภาคม 2555" in data["body"][0]["text"]


def test_the_report_names_the_order_only_where_it_has_a_number() -> None:
    _, without = report_words(facts(), OFFICE)
    assert without["body"][0]["text"].startswith(f"ตามที่{OFFICE}")
    _, with_it = report_words(facts(order_number="34/2555", order_dated=date(2012, 5, 20)), OFFICE)
    assert with_it["body"][0]["text"].startswith("ตามคำสั่งที่ 34/2555 ได้นิเทศโรงเรียนวัดทดสอบ")


def test_the_slip_says_how_much_more_there_is_than_fits() -> None:
    findings = [
        {"kind": "impression", "text": f"ข้อ {n} " + "ก" * 200, "said_by": ""} for n in range(3)
    ]
    _, data = slip_words(facts(findings=findings), OFFICE)
    (only,) = [row for row in data["results"] if row["heading"] == "จุดเด่น"]
    assert only["text"].endswith("(และอีก 2 ข้อ)")
    assert len(only["text"]) <= 80


def test_photo_news_has_no_words_that_the_record_has_not() -> None:
    said = news_words(facts(), "สพป.ทดสอบ เขต 1")
    assert said["news"] == "24 พฤษภาคม 2555 สพป.ทดสอบ เขต 1 นิเทศโรงเรียนวัดทดสอบ"
    assert set(said["who"]) == {"."}
