"""A year of an office, walked through the pages alone: schools, plan, round, evidence, Word and back, signing, issue."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from nithet.domain.directory.people import add_person, found_office, post_person
from nithet.domain.frameworks.actions import add_edition
from nithet.domain.frameworks.queries import shipped_editions
from nithet.foundation.access.actors import system_actor
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.scope import scope
from tests.journey import papers
from tests.journey.people import PASSWORD, PHONE, Person

pytestmark = pytest.mark.django_db(transaction=True)

YEAR = "2569"
GROUP = "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา"
FORM = "มาตรฐาน สพท. พ.ศ. 2560"
PROJECT = "โครงการนิเทศเต็มพิกัด"
FACTOR = "ศึกษานิเทศก์นัดหมายล่วงหน้าและนิเทศร่วมกับประธานเครือข่าย"
IN_WORD = "ศึกษานิเทศก์นัดหมายล่วงหน้า นิเทศร่วมกับประธานเครือข่าย และสรุปผลทุกเดือน"
REPORT = "รายงานผลการนิเทศ ภาคเรียนที่ 1"
PEOPLE = {
    "administrator": (Role.ADMINISTRATOR, "ผู้ดูแลระบบของเขต"),
    "planner": (Role.PLANNER, "นักวิเคราะห์นโยบายและแผน"),
    "supervisor": (Role.SUPERVISOR, "ศึกษานิเทศก์"),
    "reader": (Role.GROUP_HEAD, "ผู้อำนวยการกลุ่มนิเทศ"),
    "director": (Role.DIRECTOR, "ผู้อำนวยการสำนักงานเขตพื้นที่"),
}


@dataclass
class Office:
    """The people of the office at their browsers, and what they have in hand."""

    come: Callable[..., Person]
    folder: Path
    people: dict[str, Person] = field(default_factory=dict)
    round: str = ""
    half_year: str = ""
    link: str = ""
    invitation: str = ""

    def person(self, username: str) -> Person:
        """Return somebody who has signed in; the director and the supervisor carry phones."""
        if username not in self.people:
            person = self.come(phone=username in {"director", "supervisor"})
            person.sign_in(username)
            self.people[username] = person
        return self.people[username]

    def file(self, name: str, data: bytes) -> Path:
        """Put a file on the disk of the office."""
        path = self.folder / name
        path.write_bytes(data)
        return path


@pytest.fixture
def office(
    browser: Browser,
    live_server,
    straight_from_the_build: None,
    _administrators_of_the_cast_sign_in_with_a_password_alone: None,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Office]:
    """An office that was founded this minute: its people, the shipped forms, and nothing else."""
    _found()
    everybody: list[Person] = []
    pictures = f"year-{request.config.getoption('--db')}"

    def come(*, phone: bool = False) -> Person:
        everybody.append(Person(browser, live_server.url, phone=phone, pictures=pictures))
        return everybody[-1]

    yield Office(come, tmp_path)
    for person in everybody:
        person.leaves()


def _found() -> None:
    system = system_actor("test")
    with scope(None):
        unit = found_office(
            actor=system,
            name="สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 9",
            short_name="สพป.ตัวอย่าง เขต 9",
        )
        for text in shipped_editions():
            add_edition(actor=system, text=text)
    with scope(unit.pk):
        for username, (role, title) in PEOPLE.items():
            actor = system_actor("test", unit.pk)
            user = add_person(actor=actor, username=username, display_name=title, password=PASSWORD)
            post_person(actor=actor, user=user, role=role, unit=unit, title=title)


@pytest.mark.timeout(600)
def test_a_year_is_walked_from_an_empty_office_to_an_issued_return(office: Office) -> None:
    schools_come_in(office)
    last_years_plan_becomes_this_years(office)
    a_project_gets_what_it_needs(office)
    rounds_are_opened(office)
    evidence_is_brought_with_a_phone(office)
    somebody_else_reviews_it(office)
    the_item_is_answered_and_told(office)
    the_return_goes_into_word_and_back(office)
    the_folder_is_put_forward(office)
    the_director_opens_the_link_and_signs(office)
    the_round_is_closed_and_issued(office)
    an_assessor_is_invited_and_judges(office)
    two_rounds_stand_side_by_side(office)
    for person in office.people.values():
        person.nothing_went_wrong()


def schools_come_in(office: Office) -> None:
    """The administrator takes a list over that an old system wrote."""
    one = office.person("administrator")
    one.keeps_picture("01-home-of-an-empty-office")
    one.go("/schools/")
    one.keeps_picture("02-no-schools-yet")
    one.follow("นำเข้ารายชื่อโรงเรียน")
    one.page.locator("main input[type=file]").set_input_files(
        office.file("รายชื่อโรงเรียน.csv", papers.list_of_schools())
    )
    one.keeps_picture("03-bring-a-list")
    one.press("อ่านไฟล์")
    one.sees("กลุ่มเครือข่าย", "จำนวนนักเรียน", "โรงเรียนบ้านตัวอย่าง 1")
    one.keeps_picture("04-columns-of-the-list")
    one.press("ตรวจไฟล์")
    one.sees("โรงเรียนใหม่", "เครือข่ายตัวอย่าง 1")
    one.keeps_picture("05-check-the-list")
    one.press("บันทึกทั้งหมด")
    one.sees("บันทึกแล้ว 12 โรงเรียน", "โรงเรียนบ้านตัวอย่าง 1", "ท่าตัวอย่าง")
    one.keeps_picture("06-schools")
    one.follow("โรงเรียนบ้านตัวอย่าง 2")
    one.sees("76010002", "74", "10 มิ.ย. 2569")
    one.keeps_picture("07-a-school")


def last_years_plan_becomes_this_years(office: Office) -> None:
    """The planner opens the year and takes from last year's file what goes on."""
    one = office.person("planner")
    one.keeps_picture("08-home-of-the-planner")
    one.go("/plans/open/")
    one.fill(year=papers.thai(YEAR))
    one.press("เปิดแผน")
    one.sees(f"แผนปฏิบัติการประจำปีงบประมาณ {YEAR}")
    one.keeps_picture("09-an-empty-plan")
    one.follow("นำเข้าแผน")
    one.page.locator("main input[type=file]").set_input_files(
        office.file("แผนปฏิบัติการ 2568.xlsx", papers.last_years_plan())
    )
    one.fill(year=YEAR)
    one.press("อ่านไฟล์")
    one.sees("โครงการ", "120,000")
    assert PROJECT in [box.input_value() for box in one.page.locator("main input[type=text]").all()]
    one.keeps_picture("10-what-last-years-plan-proposes")
    one.press("นำรายการที่เลือกเข้าแผน")
    one.sees("นำรายการที่เลือกเข้าแผนแล้ว", PROJECT, "โครงการพัฒนาระบบประกันคุณภาพภายใน")
    one.keeps_picture("11-the-plan-of-the-year")


def a_project_gets_what_it_needs(office: Office) -> None:
    """The planner adds a project, and to another one its activity, its money and the item that it serves."""
    one = office.person("planner")
    plan = one.page.url
    one.follow("เพิ่มโครงการ")
    one.fill(title="โครงการแลกเปลี่ยนเรียนรู้ผลงานที่เป็นแบบอย่าง", owner_title="กลุ่มส่งเสริมการจัดการศึกษา")
    one.press("บันทึก")
    one.sees("โครงการแลกเปลี่ยนเรียนรู้ผลงานที่เป็นแบบอย่าง", "กลุ่มส่งเสริมการจัดการศึกษา")
    one.go(plan)
    one.follow(PROJECT)
    project = one.page.url
    one.follow("เพิ่มกิจกรรม")
    one.fill(title="นิเทศ ติดตามรายสถานศึกษา ภาคเรียนที่ 1")
    one.choose("kind", "supervision")
    one.fill_day("period_start", "8/6/2569")
    one.fill_day("period_end", "28/8/2569")
    one.keeps_picture("12-add-an-activity")
    one.press("บันทึก")
    one.sees("นิเทศ ติดตามรายสถานศึกษา ภาคเรียนที่ 1")
    one.go(project)
    one.follow("เพิ่มรายการงบประมาณ")
    one.choose("source_kind", "budget")
    one.fill(title="ค่าพาหนะ", planned=papers.thai("15,000"))
    one.press("บันทึก")
    one.sees("ค่าพาหนะ", "15,000", "135,000")
    one.go(project)
    one.follow("เพิ่มข้อ")
    choice = (
        one.page.locator("select[name=item] optgroup", has_text="กำกับ ดูแล")
        .locator("option", has_text="กำกับ ดูแล")
        .first
    )
    if not choice.count():
        choice = one.page.locator("select[name=item] option", has_text="กำกับ ดูแล").first
    one.choose("item", choice.get_attribute("value") or "")
    one.fill(why="นิเทศครบทุกโรงเรียนตามแผน")
    one.keeps_picture("13-say-which-item-it-serves")
    one.press("บันทึก")
    one.sees("ข้อ 3", "นิเทศครบทุกโรงเรียนตามแผน")
    one.keeps_picture("14-a-project")


def rounds_are_opened(office: Office) -> None:
    """The planner opens the half-year and the year of the shipped form."""
    one = office.person("planner")
    for months in ("6", "12"):
        one.go("/rounds/open/")
        one.page.locator("label.choice", has_text=FORM).locator("input").check()
        one.keeps_picture("15-which-form")
        one.press("ดำเนินการต่อ")
        one.fill(fiscal_year=YEAR)
        one.page.locator(f"input[name=months][value='{months}']").check()
        one.fill_day("due_on", "30/9/2569")
        one.keeps_picture("16-open-a-round")
        one.press("เปิดรอบนี้")
        one.sees(FORM, f"ปีงบประมาณ {YEAR}", "เปิดรอบอยู่")
        office.half_year, office.round = office.round, re.search(r"/rounds/(\d+)/", one.page.url)[1]  # type: ignore[index]
    one.keeps_picture("17-a-round-just-opened")
    one.follow("มอบหมายข้อ")
    one.page.locator("main input[name=items][value='3']").check()
    one.fill(title=GROUP)
    one.fill_day("due_on", "31/8/2569")
    one.press("มอบหมาย")
    one.sees(GROUP, "31 สิงหาคม 2569")
    one.keeps_picture("18-items-shared-out")


def evidence_is_brought_with_a_phone(office: Office) -> None:
    """The supervisor brings a report for item 3, standing beside a school."""
    one = office.person("supervisor")
    one.keeps_picture("19-home-of-the-supervisor")
    one.go(f"/rounds/{office.round}/items/3/")
    one.keeps_picture("20-an-item-just-opened")
    one.follow("เพิ่มหลักฐาน")
    one.page.locator("main input[type=file]").first.set_input_files(
        office.file(f"{REPORT}.docx", papers.report_of_supervision())
    )
    one.page.locator(".sending .is-done").first.wait_for(timeout=60_000)
    one.choose("kind", "supervision_report")
    one.fill_day("period_start", "8/6/2569")
    one.fill_day("period_end", "28/8/2569")
    one.keeps_picture("21-bring-evidence")
    one.press("บันทึกหลักฐาน")
    one.go("/evidence/")
    one.sees(REPORT)
    one.keeps_picture("22-evidence")
    one.follow(REPORT)
    one.sees("ยังไม่ชัดเจน", "ข้อ 3")
    one.page.wait_for_load_state("networkidle")
    one.keeps_picture("23-a-piece-of-evidence")
    assert not one.page.locator("main").get_by_role("button", name="ใช่", exact=False).count(), (
        "nobody reviews what they brought themselves"
    )


def somebody_else_reviews_it(office: Office) -> None:
    """The head of the group finds it in the queue and says that it is clear."""
    one = office.person("reader")
    one.go("/evidence/reviews/")
    one.sees("หลักฐานที่รอสอบทาน", REPORT)
    one.keeps_picture("24-evidence-to-review")
    one.follow(REPORT)
    one.press("ใช่", exact=False)
    one.go("/evidence/")
    one.follow(REPORT)
    one.sees("ชัดเจน")
    one.page.wait_for_load_state("networkidle")
    one.keeps_picture("25-reviewed")


def the_item_is_answered_and_told(office: Office) -> None:
    """The planner answers the tests, writes a paragraph, and says something about the item."""
    one = office.person("planner")
    for item in ("1", "2", "3", "4", "5"):
        one.go(f"/rounds/{office.round}/items/{item}/")
        tests = one.page.locator(".test-line").count()
        for number in range(tests):
            line = one.page.locator(".test-line").nth(number)
            line.locator("[name=reason]").fill("ตามคำสั่งและรายงานการประชุม")
            word = "done" if item in {"1", "2", "3"} else "not_done"
            line.locator(f"button[value={word}]").click()
            one.page.locator(".test-line").nth(number).get_by_role("button", name="ถอนคำตอบ").or_(
                one.page.locator(".test-line").nth(number).locator("button[value=unanswered]")
            ).first.wait_for()
    one.go(f"/rounds/{office.round}/items/3/")
    one.page.locator("#comments textarea").first.fill("ขอเพิ่มสำเนาบันทึกการนิเทศของโรงเรียนที่ห่างไกล")
    one.press("บันทึกข้อคิดเห็น")
    one.sees("ขอเพิ่มสำเนาบันทึกการนิเทศ")
    one.keeps_picture("26-an-item-answered")
    one.go(f"/rounds/{office.round}/items/3/narrative/")
    one.fill(title=PROJECT)
    one.press("เพิ่มกลุ่มพร้อมหัวข้อตามแบบ")
    one.sees("ปัจจัย", "ปัญหา", "แนวทางการพัฒนา")
    section = one.page.locator(".edited-section").first
    section.locator("summary").first.click()
    section.locator("textarea[name=text]").fill(FACTOR)
    with one.page.expect_navigation():
        section.get_by_role("button", name="เพิ่ม", exact=True).click()
    one.sees(FACTOR)
    one.keeps_picture("27-the-narrative")
    one.page.locator(".edited-paragraph").last.get_by_role("link").first.click()
    one.page.wait_for_load_state("load")
    if one.page.locator("input[name=cite]").count():
        one.page.locator("input[name=cite]").first.check()
    one.keeps_picture("28-a-paragraph-and-what-it-cites")
    one.press("บันทึก")


def the_return_goes_into_word_and_back(office: Office) -> None:
    """The planner corrects the return in Word; the change is taken over as the record's words."""
    one = office.person("planner")
    one.go(f"/rounds/{office.round}/")
    one.sees("ระดับจากข้อมูล", "ระดับที่เขตประเมินตนเอง")
    one.keeps_picture("29-the-round-answered")
    one.go(f"/returns/{office.round}/")
    one.sees(FACTOR)
    one.keeps_picture("30-the-return")
    with one.page.expect_download() as waited:
        one.page.locator("main a[href$='draft.docx']").first.click()
    data = Path(waited.value.path()).read_bytes()
    edited = papers.edited_in_word(data, before=FACTOR, after=IN_WORD)
    one.page.locator("main input[type=file]").first.set_input_files(
        office.file("แบบรายงาน-แก้ไข.docx", edited)
    )
    one.press("ดูข้อความที่แก้ไข")
    one.sees("ข้อความที่แก้ไขใน Word", FACTOR, IN_WORD)
    one.keeps_picture("31-what-was-changed-in-word")
    one.press("รับการแก้ไข")
    one.go(f"/returns/{office.round}/")
    one.sees(IN_WORD)
    assert FACTOR not in one.words()


def the_folder_is_put_forward(office: Office) -> None:
    """The planner puts the folder before the director and copies the link."""
    one = office.person("planner")
    one.go(f"/rounds/{office.round}/")
    one.follow("เสนอแฟ้ม")
    one.choose("level", "2")
    one.fill(reason="คณะทำงานเห็นว่ายังขาดการสังเคราะห์ SAR", words="เสนอเพื่อโปรดลงนาม")
    one.keeps_picture("32-put-the-folder-forward")
    one.press("เสนอแฟ้ม")
    one.sees("เสนอแฟ้มแล้ว")
    one.keeps_picture("33-the-folder-lies-ready")
    text = one.page.locator("#line-text").input_value()
    office.link = re.search(r"/sign/\S+", text)[0]  # type: ignore[index]


def the_director_opens_the_link_and_signs(office: Office) -> None:
    """The director opens the link on a phone, signs in, sees what is signed, approves."""
    one = office.people["director"] = office.come(phone=True)
    one.go(office.link)
    one.sees("เข้าสู่ระบบเพื่อเปิดแฟ้ม")
    one.keeps_picture("34-the-link-asks-who-opens-it")
    one.page.get_by_role("link", name="เข้าสู่ระบบเพื่อเปิดแฟ้ม").click()
    one.page.fill("[name=login]", "director")
    one.page.fill("[name=password]", PASSWORD)
    one.page.press("[name=password]", "Enter")
    one.page.wait_for_url(lambda url: "/sign/" in url and "login" not in url)
    one.sees("เสนอเพื่อโปรดลงนาม", "คณะทำงานเห็นว่ายังขาดการสังเคราะห์ SAR", FORM)
    one.keeps_picture("35-what-the-director-signs")
    one.press("เห็นชอบและลงนาม", within="body")
    one.keeps_picture("36-signed")
    one.go(f"/rounds/{office.round}/")
    one.sees("ระดับ 2", "ผู้อำนวยการสำนักงานเขตพื้นที่")


def the_round_is_closed_and_issued(office: Office) -> None:
    """The director closes the round and issues the return; its files are whole."""
    one = office.person("director")
    one.press("ปิดรอบ")
    one.sees("ปิดรอบแล้ว")
    one.keeps_picture("37-a-closed-round")
    one.go(f"/returns/{office.round}/")
    one.press("ออกเลขที่และเก็บฉบับจริง")
    one.sees("แบบรายงาน เลขที่", "ตรงกับฉบับที่ออก ไม่มีการแก้ไข")
    one.keeps_picture("38-the-issued-return")
    for name, begins in (("return.docx", b"PK"), ("return.pdf", b"%PDF"), ("pack.zip", b"PK")):
        with one.page.expect_download() as waited:
            one.page.locator(f"main a[href$='{name}']").first.click()
        data = Path(waited.value.path()).read_bytes()
        assert data.startswith(begins) and len(data) > 2_000, name
    one.go("/")
    one.keeps_picture("39-home-of-the-director")


def an_assessor_is_invited_and_judges(office: Office) -> None:
    """An assessor comes in by the link, reads the frozen copy, gives a note and a level, and sees nothing else."""
    one = office.person("director")
    one.go(f"/rounds/{office.round}/assessors/")
    one.fill(title="ผู้ประเมินจาก สพฐ.")
    one.keeps_picture("40-invite-an-assessor")
    one.press("เชิญ")
    one.sees("ลิงก์ (แสดงครั้งเดียว)")
    one.keeps_picture("41-the-invitation")
    link = one.page.locator("#invitation-link").input_value()
    other = office.people["assessor"] = office.come()
    other.go(re.search(r"/join/\S+", link)[0])  # type: ignore[index]
    other.sees("ผู้ประเมินจาก สพฐ.")
    other.keeps_picture("42-the-assessor-joins")
    if other.page.locator("[name=username]").count():
        other.page.fill("[name=username]", "assessor-of-obec")
    other.page.fill("[name=password]", "a-word-of-their-own-2569")
    other.page.fill("[name=again]", "a-word-of-their-own-2569")
    other.press("เริ่มใช้งาน", within="body")
    other.keeps_picture("43-home-of-the-assessor")
    other.page.locator("main a[href*='/frozen/']").first.click()
    other.page.wait_for_load_state("load")
    other.sees(FORM, "ระดับ 2")
    other.keeps_picture("44-the-frozen-copy")
    frozen = other.page.url
    other.page.locator("main th a[href*='/items/3/']").click()
    other.page.wait_for_load_state("load")
    other.sees(IN_WORD, REPORT)
    other.page.locator("textarea[name=text]").fill("หลักฐานตรงกับข้อนี้ ขอดูสำเนาบันทึกการนิเทศเพิ่ม")
    other.press("บันทึกความเห็น")
    other.sees("หลักฐานตรงกับข้อนี้")
    other.keeps_picture("45-a-frozen-item-with-a-note")
    other.go(frozen)
    other.choose("level", "2")
    other.fill(reason="เห็นร่องรอยครบสามข้อแรก")
    other.press("ให้ระดับของผู้ประเมิน")
    other.keeps_picture("46-the-level-of-the-assessor")
    other.nothing_went_wrong()
    answer = other.page.goto(f"/rounds/{office.round}/")
    assert answer is not None and answer.status == 404, "the live house is closed to assessors"
    one.go(f"/rounds/{office.round}/assessors/")
    one.sees("หลักฐานตรงกับข้อนี้")
    one.keeps_picture("47-what-the-assessor-wrote")


def two_rounds_stand_side_by_side(office: Office) -> None:
    """The planner compares the year with its half."""
    one = office.person("planner")
    one.go(f"/rounds/{office.round}/compare/")
    one.sees("เปรียบเทียบสองรอบ", f"{YEAR} / 6", f"{YEAR} / 12")
    one.keeps_picture("48-two-rounds-compared")
    one.go("/")
    one.keeps_picture("49-home-of-the-planner-later")
    assert PHONE[0] == 390
