"""A day in three schools without a network: nothing is lost, and everything arrives once and whole."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.journey.field_work import Row, Tablet, make_schools, photo, publish
from tests.journey.test_field_controls import sign

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(280)]

SCHOOLS = ("โรงเรียนบ้านหนองน้ำใส", "โรงเรียนวัดป่าสักงาม", "โรงเรียนบ้านเขาใหญ่")
LEVELS = [
    {"list_name": "five", "name": str(level), "label": word}
    for level, word in ((5, "ดีเยี่ยม"), (4, "ดีมาก"), (3, "ดี"), (2, "พอใช้"), (1, "เริ่มต้น"))
]


def sixty_questions() -> list[Row]:
    """Six groups of nine ratings, the first questions, an agreement to repeat with its photo, and the signature."""
    rows: list[Row] = [
        {"type": "begin group", "name": "about", "label": "ข้อมูลการนิเทศ"},
        {"type": "text", "name": "school", "label": "โรงเรียน", "required": "yes"},
        {"type": "date", "name": "visited_on", "label": "วันที่นิเทศ", "required": "yes"},
        {"type": "end group"},
    ]
    for group in range(6):
        rows.append({"type": "begin group", "name": f"g{group}", "label": f"ตอนที่ {group + 1}"})
        rows += [
            {
                "type": "select_one five",
                "name": f"q{group}_{at}",
                "label": f"{group + 1}.{at + 1} การปฏิบัติที่พบ",
                "appearance": "likert",
            }
            for at in range(9)
        ]
        rows.append({"type": "end group"})
    return [
        *rows,
        {"type": "begin repeat", "name": "agreed", "label": "ตกลงร่วมกัน"},
        {"type": "text", "name": "what", "label": "เรื่องที่ตกลง", "appearance": "multiline"},
        {"type": "image", "name": "photo", "label": "ภาพ", "parameters": "max-pixels=1024"},
        {"type": "end repeat"},
        {"type": "text", "name": "impressed", "label": "สิ่งที่พบเห็น", "appearance": "multiline"},
        {
            "type": "image",
            "name": "signed",
            "label": "ลายมือชื่อผู้รับการนิเทศ",
            "appearance": "signature",
        },
    ]


@pytest.fixture
def playing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Playwright]:
    """The test itself stays synchronous although playwright keeps an event loop."""
    with sync_playwright() as playwright:
        monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield playwright


@pytest.fixture
def form(cast: Cast, live_server, straight_from_the_build: None) -> InstrumentVersion:
    with scope(cast.office.pk):
        return publish(
            cast.actor("planner"), sixty_questions(), LEVELS, form_id="sixty", title="แบบนิเทศหกสิบข้อ"
        )


def fill(tablet: Tablet, at: int) -> None:
    """Answer some ratings and two agreements with a photo each."""
    page = tablet.page
    for group in range(6):
        tablet.field(f"q{group}_{at}").locator(".option").nth(at).click()
    for place in range(2):
        if place:
            page.get_by_role("button", name="เพิ่มรายการ").click()
        tablet.field("what").locator("textarea").fill(f"โรงเรียนที่ {at + 1} ตกลงเรื่องที่ {place + 1}")
        tablet.field("photo").locator("input[type=file]").set_input_files(
            {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        )
        tablet.field("photo").get_by_text("ย่อและเก็บไว้ในเครื่องแล้ว").wait_for()
    tablet.field("impressed").locator("textarea").fill("นักเรียนอ่านให้ฟังทุกเช้า")


def test_three_schools_in_a_day_without_a_network(
    cast: Cast, live_server, form: InstrumentVersion, playing: Playwright, tmp_path: Path
) -> None:
    with scope(cast.office.pk):
        schools = make_schools(cast, *SCHOOLS)
    tablet = Tablet(playing, live_server.url, tmp_path / "tablet")
    tablet.sign_in("supervisor")
    tablet.page.get_by_text("เตรียมไว้ 3 โรงเรียน แบบ 1 ฉบับ").wait_for()
    tablet.kept_for_offline()
    tablet.close_browser()

    # In the morning, on the road: switched on without a network.
    tablet.open_browser()
    tablet.offline()
    tablet.open_client()
    sent = []
    for at, school in enumerate(schools[:2]):
        tablet.begin(form, school)
        assert tablet.field("school").locator("input").input_value() == SCHOOLS[at]
        fill(tablet, at)
        tablet.page.get_by_role("button", name="ก่อนกลับ").click()
        sign(tablet)
        tablet.page.get_by_role("button", name="เก็บเพื่อส่ง").click()
        tablet.page.locator("main[data-stage=done] svg.qr").wait_for()
        sent.append(str(tablet.page.locator("main").get_attribute("data-record")))
    tablet.begin(form, schools[2])
    fill(tablet, 2)
    draft = tablet.draft_is_saved("โรงเรียนที่ 3 ตกลงเรื่องที่ 2", "นักเรียนอ่านให้ฟังทุกเช้า")
    tablet.close_browser()

    # The battery was empty. The third school goes on where it stopped.
    tablet.open_browser()
    tablet.offline()
    tablet.open_client()
    tablet.page.get_by_text("บันทึกไว้ในเครื่องแล้ว ยังไม่ได้ส่ง 2").wait_for()
    tablet.page.get_by_role("link", name=SCHOOLS[2]).first.click()
    tablet.page.locator(".form[data-drawn=all]").wait_for()
    assert tablet.field("what").locator("textarea").input_value() == "โรงเรียนที่ 3 ตกลงเรื่องที่ 2"
    assert tablet.page.locator('[data-name="photo"] img').count() == 2
    assert tablet.field("q5_2").locator(".chosen").inner_text() == "ดี"
    tablet.page.get_by_role("button", name="ก่อนกลับ").click()
    sign(tablet)
    tablet.page.get_by_role("button", name="เก็บเพื่อส่ง").click()
    tablet.page.locator("main[data-stage=done]").wait_for()
    sent.append(str(tablet.page.locator("main").get_attribute("data-record")))
    assert sent[2] == draft

    # Back within reach: everything is sent by itself, and the device says so only with the receipts.
    kept = {one: tablet.record(one) for one in sent}
    assert [one["state"] for one in kept.values()] == ["ready"] * 3
    # The session ended with the browser: nothing is sent, nothing is lost, and the page asks for the person.
    tablet.offline(is_off=False)
    tablet.page.get_by_text("หมดเวลาเข้าสู่ระบบแล้ว งานยังอยู่ครบในเครื่อง").wait_for()
    assert [tablet.record(one)["state"] for one in sent] == ["ready"] * 3
    tablet.sign_in("supervisor")
    tablet.go("sent")
    tablet.page.locator("[data-state=received]").nth(2).wait_for()
    for one in sent:
        record = tablet.record(one)
        assert record["receipt"]["sha256"] == sha256(str(kept[one]["xml"]).encode()).hexdigest()  # type: ignore[index]
    assert tablet.complaints == []
    tablet.close_browser()
    with scope(cast.office.pk):
        rows = {row.instance_id: row for row in Submission.objects.all()}
        assert set(rows) == set(sent)
        for one, row in rows.items():
            assert row.body == kept[one]["xml"]
            assert row.is_complete
            assert row.state == "accepted"
            files = {file.name: file.size for file in row.attachments.all()}
            assert files == {file["name"]: file["size"] for file in kept[one]["files"]}  # type: ignore[attr-defined]
            assert len(files) == 3
            assert all(size < 600_000 for size in files.values())
        assert [rows[one].school for one in sent] == schools
