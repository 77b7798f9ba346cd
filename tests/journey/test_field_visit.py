"""A supervisor leaves the school with nothing left to write: the standard form, filled offline, is the visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Playwright, sync_playwright

from nithet.domain.commitments.models import Commitment
from nithet.domain.instruments.actions.handing_over import hand_over_submissions
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.supervision.actions.standard_forms import ensure_standard_forms
from nithet.domain.supervision.models.findings import AgreementCheck
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast
from tests.journey.field_work import Tablet, make_schools, photo
from tests.journey.people import PICTURES
from tests.journey.test_field_controls import option, sign

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(200)]

OLD = ("จัดตารางอ่านออกเสียงทุกเช้า", "จัดมุมอ่านหนังสือทุกห้อง")


@pytest.fixture
def playing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Playwright]:
    """The test itself stays synchronous although playwright keeps an event loop."""
    with sync_playwright() as playwright:
        monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield playwright


def keeps_pictures(tablet: Tablet, name: str) -> None:
    """Keep the page as it looks on a tablet, a phone and the smallest phone; nothing may stand out to the side."""
    folder = PICTURES / "field"
    folder.mkdir(parents=True, exist_ok=True)
    size = tablet.page.viewport_size
    assert size
    for width in (820, 390, 320):
        tablet.page.set_viewport_size({"width": width, "height": 844})
        tablet.page.screenshot(
            path=folder / f"{name}-{width}.png", full_page=True, animations="disabled"
        )
        assert tablet.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    tablet.page.set_viewport_size(size)


def test_the_standard_form_filled_in_a_school_becomes_the_visit(
    cast: Cast, live_server, straight_from_the_build: None, playing: Playwright, tmp_path: Path
) -> None:
    with scope(cast.office.pk):
        ensure_standard_forms(actor=cast.actor("supervisor"))
        school, _ = make_schools(cast, "โรงเรียนบ้านหนองน้ำใส", "โรงเรียนวัดป่าสักงาม")
        school.telephone = "032 000 000"
        school.save()
        old = [
            Commitment.objects.create(
                office=cast.office,
                kind="promise",
                text=text,
                owner_title="ครูวิชาการ",
                about=f"directory.school:{school.pk}",
                due_on=clock.today(),
            )
            for text in OLD
        ]
        planned = Visit.objects.create(
            office=cast.office,
            school=school,
            kind="supervision",
            visited_on=clock.today(),
            planned_for=clock.today(),
        )
        Visitor.objects.create(
            office=cast.office,
            visit=planned,
            title="ศึกษานิเทศก์",
            user_id=cast.users["supervisor"].pk,
        )
    tablet = Tablet(playing, live_server.url, tmp_path / "tablet")
    page = tablet.page
    tablet.sign_in("supervisor")
    tablet.kept_for_offline()
    page.get_by_role("heading", name="สัปดาห์นี้ 1 โรงเรียน").wait_for()
    keeps_pictures(tablet, "1-home")
    tablet.offline()
    page.get_by_role("link", name=school.name).first.click()
    page.get_by_role("heading", name="ครั้งก่อนตกลงไว้ 2 เรื่อง").wait_for()
    assert page.get_by_role("link", name="โทร 032 000 000").get_attribute("href") == "tel:032000000"
    keeps_pictures(tablet, "2-school")
    page.get_by_role("link", name="เริ่มบันทึก").click()
    page.locator(".form[data-drawn=all]").wait_for()

    # Where and when are known; what was agreed last time stands there line by line.
    assert tablet.field("school").locator(".known span").inner_text() == school.name
    assert [
        page.locator('[data-name="agreement"] .known span').nth(at).inner_text() for at in range(2)
    ] == list(OLD)
    page.locator('[data-name="progress"]').nth(0).get_by_text("แล้ว", exact=True).click()
    page.locator('[data-name="progress"]').nth(1).get_by_text("บางส่วน").click()
    tablet.field("good").locator("textarea").fill("นักเรียนชั้น ป.2 อ่านคล่องขึ้น\nครูมีสมุดบันทึกการอ่าน")
    option("yes", name="in_work")(tablet)
    tablet.field("agreed_text").locator("textarea").fill("ส่งผลการอ่านทุกสิ้นเดือน")
    tablet.field("agreed_owner").locator("input").fill("ครูวิชาการ")
    tablet.field("photo").locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    tablet.field("photo").get_by_text("ย่อและเก็บไว้ในเครื่องแล้ว").wait_for()
    keeps_pictures(tablet, "3-form")
    page.get_by_role("button", name="ก่อนกลับ").click()
    page.get_by_text("ส่งผลการอ่านทุกสิ้นเดือน").wait_for()
    tablet.field("signer").locator("input").fill("ผู้อำนวยการสถานศึกษา")
    sign(tablet)
    keeps_pictures(tablet, "4-before-leaving")
    page.get_by_role("button", name="เก็บเพื่อส่ง").click()
    page.locator("svg.qr").wait_for()
    keeps_pictures(tablet, "5-left")
    number = str(page.locator("main").get_attribute("data-record"))
    picture = tmp_path / "qr.png"
    page.locator("svg.qr").screenshot(path=picture)
    (code,) = zxingcpp.read_barcodes(Image.open(picture))
    assert code.text == f"{live_server.url}/field/copy/{number.removeprefix('uuid:')}/"

    tablet.offline(is_off=False)
    tablet.go("sent")
    page.locator("[data-state=received]").wait_for()
    keeps_pictures(tablet, "6-sent")
    page.get_by_role("link", name="สำเนาของโรงเรียน").click()
    page.get_by_text("ส่งผลการอ่านทุกสิ้นเดือน").wait_for()
    keeps_pictures(tablet, "7-copy")
    complaints = tablet.complaints
    tablet.close_browser()
    assert complaints == []
    with scope(cast.office.pk):
        hand_over_submissions.func(cast.office.pk)
        (row,) = Submission.objects.all()
        assert (row.instance_id, row.state, row.is_complete) == (number, "accepted", True)
        visit = Visit.objects.get()
        assert (visit.pk, visit.state, visit.qa_in_work) == (planned.pk, "done", "yes")
        assert {(one.agreement_id, one.answer) for one in AgreementCheck.objects.all()} == {
            (old[0].pk, "done"),
            (old[1].pk, "partly"),
        }
        assert Commitment.objects.filter(text="ส่งผลการอ่านทุกสิ้นเดือน", owner_title="ครูวิชาการ").exists()
        assert visit.school_answer.signed_by == "ผู้อำนวยการสถานศึกษา"
