"""A visit made on another day than planned, dictated: one visit, the planned one."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.actions.handing_over import hand_over_submissions
from nithet.domain.supervision.actions.standard_forms import ensure_standard_forms
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast
from tests.journey.field_work import Tablet, make_schools

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(200)]

A_BROWSER_THAT_HEARS = """
window.SpeechRecognition = class {
  start() {
    window.heard = { lang: this.lang };
    const result = Object.assign([{ transcript: 'ครูถามให้นักเรียนคิด' }], { isFinal: true });
    setTimeout(() => { this.onresult({ results: [result], resultIndex: 0 }); }, 20);
  }
  stop() { setTimeout(() => this.onend()); }
  abort() { this.onend(); }
};
"""


@pytest.fixture
def playing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Playwright]:
    """The test itself stays synchronous although playwright keeps an event loop."""
    with sync_playwright() as playwright:
        monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield playwright


def plan(cast: Cast, school: School, days: int) -> Visit:
    day = clock.today() + timedelta(days=days)
    visit = Visit.objects.create(
        office=cast.office, school=school, kind="supervision", visited_on=day, planned_for=day
    )
    Visitor.objects.create(
        office=cast.office, visit=visit, title="ศึกษานิเทศก์", user_id=cast.users["supervisor"].pk
    )
    return visit


@pytest.mark.parametrize("is_of_plan", [True, False])
def test_a_dictated_record_fulfils_the_planned_visit_that_was_chosen(
    cast: Cast,
    live_server,
    straight_from_the_build: None,
    playing: Playwright,
    tmp_path: Path,
    is_of_plan: bool,
) -> None:
    with scope(cast.office.pk):
        ensure_standard_forms(actor=cast.actor("supervisor"))
        school, _ = make_schools(cast, "โรงเรียนบ้านหนองน้ำใส", "โรงเรียนวัดป่าสักงาม")
        before, after = plan(cast, school, -2), plan(cast, school, 3)
    tablet = Tablet(playing, live_server.url, tmp_path / "tablet")
    tablet.context.add_init_script(A_BROWSER_THAT_HEARS)
    page = tablet.page
    tablet.sign_in("supervisor")
    tablet.kept_for_offline()
    page.get_by_role("link", name="โรงเรียนบ้านหนองน้ำใส").last.click()
    chosen = page.locator(".planned .option.chosen")
    assert chosen.locator("input").input_value() == str(before.pk)
    value = after.pk if is_of_plan else 0
    page.locator(f'.planned .option:has(input[value="{value}"])').click()
    page.get_by_role("link", name="เริ่มบันทึก").click()
    page.locator(".form[data-drawn=all]").wait_for()
    assert not page.get_by_text("ข้อตกลงครั้งก่อน ทำแล้วหรือยัง").count()

    speak = tablet.field("good").locator("[data-dictate]")
    speak.click()
    tablet.field("good").get_by_text("ผู้ผลิตเบราว์เซอร์จะได้ยินเสียงที่พูด").wait_for()
    assert tablet.page.evaluate("window.heard ?? null") is None, "nothing listens before it is read"
    speak.click()
    tablet.until(lambda: "คิด" in tablet.field("good").locator("textarea").input_value())
    assert tablet.page.evaluate("window.heard.lang") == "th-TH"
    speak.click()
    tablet.offline()
    speak.wait_for(state="hidden")
    draft = tablet.draft_is_saved("ครูถามให้นักเรียนคิด")
    assert tablet.record(draft)["visit"] == f"supervision.visit:{value}"

    # The draft is opened again: the school stands as a fact, and nothing has to be looked up.
    tablet.open_client()
    page.locator(f'a[href*="{draft.removeprefix("uuid:")}"]').first.click()
    page.locator(".form[data-drawn=all]").wait_for()
    assert "โรงเรียนบ้านหนองน้ำใส" in tablet.field("school").locator(".known").inner_text()
    page.get_by_role("button", name="ก่อนกลับ").click()
    page.locator("main[data-stage=leave]").wait_for()
    page.get_by_role("button", name="ตอบข้อนี้").click()
    tablet.field("in_work").locator('.option:has(input[value="partly"])').click()
    number = tablet.finish()
    page.get_by_text("ยังไม่ได้ส่ง 1 จะส่งเองเมื่อมีสัญญาณ").wait_for()
    tablet.offline(is_off=False)
    page.get_by_role("heading", name="สำนักงานได้รับแล้ว").wait_for()
    assert not page.get_by_text("ยังไม่ได้ส่ง").count()
    assert tablet.record(number)["state"] == "received"
    assert tablet.complaints == []
    tablet.close_browser()
    with scope(cast.office.pk):
        hand_over_submissions.func(cast.office.pk)
        done = Visit.objects.get(state="done")
        assert (done.visited_on, done.qa_in_work) == (clock.today(), "partly")
        assert (done.pk == after.pk) is is_of_plan
        assert Visit.objects.count() == (2 if is_of_plan else 3)
        before.refresh_from_db()
        assert before.state == "planned"
