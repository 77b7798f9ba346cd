"""What goes wrong in the field: two people on one tablet, a tablet that can send no more, two records with one number."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.journey.field_work import Tablet, publish

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(200)]

QUESTIONS = [
    {
        "type": "text",
        "name": "seen",
        "label": "สิ่งที่พบเห็น",
        "required": "yes",
        "required_message": "เขียนสักหนึ่งบรรทัด",
    },
    {
        "type": "integer",
        "name": "pupils",
        "label": "จำนวนนักเรียน",
        "constraint": ". < 100",
        "constraint_message": "ไม่ควรเกิน 100 คน",
    },
    {"type": "begin repeat", "name": "agreed", "label": "ตกลงร่วมกัน"},
    {"type": "text", "name": "what", "label": "เรื่องที่ตกลง"},
    {"type": "end repeat"},
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
        return publish(cast.actor("planner"), QUESTIONS, form_id="troubles", title="แบบบันทึกสั้น")


@pytest.fixture
def tablet(
    playing: Playwright, live_server, form: InstrumentVersion, tmp_path: Path
) -> Iterator[Tablet]:
    one = Tablet(playing, live_server.url, tmp_path / "tablet")
    one.sign_in("supervisor")
    one.page.get_by_text("แบบ 1 ฉบับ").wait_for()
    one.kept_for_offline()
    yield one
    one.close_browser()


def write(tablet: Tablet, form: InstrumentVersion, words: str) -> str:
    """Write a record without a network and keep it for sending."""
    tablet.begin(form)
    tablet.field("seen").locator("input").fill(words)
    return tablet.finish()


def test_people_who_share_a_tablet_never_see_one_anothers_work(
    tablet: Tablet, form: InstrumentVersion
) -> None:
    tablet.offline()
    write(tablet, form, "ของคนแรก")
    tablet.begin(form)
    tablet.field("seen").locator("input").fill("ร่างของคนแรก")
    tablet.draft_is_saved("ร่างของคนแรก")
    # Leaving with work that was not sent is warned of, and the work stays.
    tablet.go("more")
    tablet.page.get_by_role("button", name="ออกจากระบบ").click()
    tablet.page.get_by_text("ยังมีงานที่ไม่ได้ส่ง 1 และทำค้าง 1").wait_for()
    tablet.context.clear_cookies()
    tablet.offline(is_off=False)
    tablet.sign_in("planner")
    home = tablet.page.locator("body").inner_text()
    assert "ยังไม่ได้ส่ง" not in home
    assert "ทำค้างไว้" not in home
    tablet.go("outbox")
    tablet.page.get_by_text("ส่งครบแล้ว").wait_for()
    # The first person comes back and finds everything.
    tablet.context.clear_cookies()
    tablet.sign_in("supervisor")
    tablet.page.get_by_text("ทำค้างไว้ 1").wait_for()
    tablet.go("sent")
    tablet.page.locator("[data-state=received]").wait_for()


def test_signed_out_when_the_client_is_opened_shows_nothing_but_that_the_work_is_safe(
    tablet: Tablet, form: InstrumentVersion
) -> None:
    tablet.offline()
    write(tablet, form, "ความลับของโรงเรียน")
    tablet.context.clear_cookies()
    tablet.offline(is_off=False)
    tablet.page.goto("about:blank")
    tablet.open_client()
    tablet.page.get_by_role("heading", name="เข้าสู่ระบบอีกครั้ง").wait_for()
    shown = tablet.page.locator("body").inner_text()
    assert "ยังไม่ได้ส่ง 1" in shown
    assert "แบบบันทึกสั้น" not in shown


def test_unsent_work_is_saved_to_one_file_and_sent_from_another_device(
    cast: Cast,
    tablet: Tablet,
    form: InstrumentVersion,
    playing: Playwright,
    live_server,
    tmp_path: Path,
) -> None:
    tablet.offline()
    number = write(tablet, form, "เครื่องนี้จะพัง")
    tablet.go("outbox")
    tablet.page.get_by_text("สำรองงานที่ยังไม่ได้ส่ง").click()
    with tablet.page.expect_download() as waiting:
        tablet.page.get_by_role("button", name="ดาวน์โหลดไฟล์สำรอง").click()
    rescue = tmp_path / "rescue.json"
    waiting.value.save_as(rescue)

    other = Tablet(playing, live_server.url, tmp_path / "other")
    other.sign_in("supervisor")
    other.go("outbox")
    other.page.get_by_text("สำรองงานที่ยังไม่ได้ส่ง").click()
    chooser = other.page.locator("input[type=file]")
    chooser.set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": b"{}"})
    other.page.get_by_text("ไม่ใช่ไฟล์สำรอง").wait_for()
    chooser.set_input_files(rescue)
    other.page.get_by_text("รับเข้าเครื่องแล้ว 1 รายการ").wait_for()
    other.go("sent")
    other.page.locator("[data-state=received]").wait_for()
    other.close_browser()
    # The first device is mended after all, and sends too: there is still one record.
    tablet.offline(is_off=False)
    tablet.go("sent")
    tablet.page.locator("[data-state=received]").wait_for()
    with scope(cast.office.pk):
        assert [row.instance_id for row in Submission.objects.all()] == [number]


def test_two_records_with_one_number_are_shown_and_both_are_kept(
    cast: Cast, tablet: Tablet, form: InstrumentVersion
) -> None:
    tablet.offline()
    number = write(tablet, form, "ฉบับในเครื่อง")
    other = str(tablet.record(number)["xml"]).replace("ฉบับในเครื่อง", "ฉบับอื่น")
    tablet.offline(is_off=False)
    # The record of another device is there first: its sending and ours meet at the server.
    with scope(cast.office.pk):
        from nithet.domain.instruments.actions.submissions import receive_submission

        tablet.until(lambda: tablet.record(number)["state"] == "received")
        receive_submission(actor=cast.actor("supervisor"), device=None, body=other.encode())
    change = """async ([id, xml]) => {
        for (const { name } of await indexedDB.databases()) if (/^nithet-field-/.test(name)) {
            const base = await new Promise((done) => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result); });
            await new Promise((done) => {
                const rows = base.transaction('records', 'readwrite').objectStore('records');
                const asked = rows.get(id);
                asked.onsuccess = () => { rows.put({ ...asked.result, xml, state: 'ready', nextAt: 0 }).onsuccess = done; };
            });
            base.close();
        }
    }"""
    tablet.page.evaluate(change, [number, other])
    tablet.page.goto("about:blank")
    tablet.open_client()
    tablet.go("outbox")
    tablet.page.get_by_text("เก็บไว้ให้แล้วทั้งสองฉบับ").wait_for()
    tablet.page.get_by_role("button", name="ส่งฉบับในเครื่องเป็นบันทึกใหม่").click()
    tablet.page.get_by_role("heading", name="ส่งครบแล้ว").wait_for()
    with scope(cast.office.pk):
        assert Submission.objects.filter(instance_id=number).count() == 2
        assert Submission.objects.exclude(instance_id=number).count() == 1


def test_what_stands_against_leaving_is_named_and_led_to(
    tablet: Tablet, form: InstrumentVersion
) -> None:
    tablet.offline()
    tablet.begin(form)
    tablet.field("pupils").locator("input").fill("100")
    tablet.page.get_by_role("button", name="ก่อนกลับ").click()
    problems = tablet.page.locator(".problems")
    problems.wait_for()
    assert "เขียนสักหนึ่งบรรทัด" in problems.inner_text()
    assert "ไม่ควรเกิน 100 คน" in problems.inner_text()
    problems.get_by_role("button", name="จำนวนนักเรียน").click()
    tablet.page.locator('[data-name="pupils"] input:focus').wait_for()
    tablet.field("pupils").locator("input").fill("๙๙")
    tablet.field("seen").locator("input").fill("ครบแล้ว")
    tablet.finish()


def test_a_line_taken_away_by_mistake_comes_back(tablet: Tablet, form: InstrumentVersion) -> None:
    tablet.offline()
    tablet.begin(form)
    tablet.field("seen").locator("input").fill("ก")
    tablet.field("what").locator("input").fill("อย่าหาย")
    tablet.page.get_by_role("button", name="ลบรายการที่ 1").click()
    assert tablet.page.locator('[data-name="what"]').count() == 0
    tablet.page.get_by_role("button", name="เรียกคืน").click()
    tablet.page.locator('[data-name="what"] input').wait_for()
    assert tablet.field("what").locator("input").input_value() == "อย่าหาย"


def test_a_draft_put_away_comes_back_and_what_was_not_sent_yet_can_be_changed(
    cast: Cast, tablet: Tablet, form: InstrumentVersion
) -> None:
    tablet.offline()
    tablet.begin(form)
    tablet.field("seen").locator("input").fill("ร่างที่ลบผิด")
    tablet.draft_is_saved("ร่างที่ลบผิด")
    tablet.page.get_by_role("button", name="ลบร่างนี้").click()
    tablet.page.get_by_role("button", name="เรียกคืน").click()
    tablet.page.get_by_text("ทำค้างไว้ 1").wait_for()
    tablet.page.get_by_role("link", name="แบบบันทึกสั้น").click()
    tablet.page.locator(".form[data-drawn=all]").wait_for()
    assert tablet.field("seen").locator("input").input_value() == "ร่างที่ลบผิด"
    number = tablet.finish()
    tablet.go("outbox")
    tablet.page.get_by_role("button", name="กลับไปแก้ไข").click()
    tablet.page.locator(".form[data-drawn=all]").wait_for()
    tablet.field("seen").locator("input").fill("แก้ก่อนส่ง")
    assert tablet.finish() == number
    tablet.offline(is_off=False)
    tablet.go("sent")
    tablet.page.locator("[data-state=received]").wait_for()
    with scope(cast.office.pk):
        (row,) = Submission.objects.all()
        assert "แก้ก่อนส่ง" in row.body


@pytest.mark.parametrize("width", [320, 390, 820])
def test_nothing_stands_out_to_the_side_and_targets_are_large(
    tablet: Tablet, form: InstrumentVersion, width: int
) -> None:
    tablet.page.set_viewport_size({"width": width, "height": 700})
    tablet.begin(form)
    places = ["", "outbox", "sent", "more"]
    for place in [None, *places]:
        if place is not None:
            tablet.go(place)
            tablet.page.locator("main h1").wait_for()
        assert tablet.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        small = tablet.page.evaluate(
            """() => [...document.querySelectorAll('.button, input:not([type=file]):not([type=radio]):not([type=checkbox]), select, .option')]
                .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 48).map((one) => one.outerHTML.slice(0, 90))"""
        )
        assert small == []
