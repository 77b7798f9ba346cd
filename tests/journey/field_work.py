"""A supervisor with a tablet: forms of an office, and what they do on the offline client."""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, Playwright

from nithet.domain.directory.actions.schools import register_school
from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.actions.forms import bring_form
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.access.actors import Actor
from tests.conftest import Cast
from tests.journey.conftest import CHROMIUM

TABLET = {"width": 820, "height": 1180}
PASSWORD = "a-long-enough-password"
Row = Mapping[str, object]


def workbook(
    survey: Sequence[Row], choices: Sequence[Row] = (), *, form_id: str, title: str, **settings: str
) -> bytes:
    """Return an XLSForm as an office brings it."""
    book = Workbook()
    del book["Sheet"]
    for name, rows in (
        ("survey", survey),
        ("choices", choices),
        ("settings", [{"form_title": title, "form_id": form_id, "version": "1", **settings}]),
    ):
        sheet = book.create_sheet(name)
        heads = list(dict.fromkeys(key for row in rows for key in row))
        sheet.append(heads)
        for row in rows:
            sheet.append([row.get(head) for head in heads])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def publish(
    actor: Actor,
    survey: Sequence[Row],
    choices: Sequence[Row] = (),
    *,
    form_id: str,
    title: str,
    purpose: str = "",
    **settings: str,
) -> InstrumentVersion:
    """Bring a form and publish it to the supervisors."""
    data = workbook(survey, choices, form_id=form_id, title=title, **settings)
    return bring_form(
        actor=actor, data=data, file_name=f"{form_id}.xlsx", purpose=purpose, publish=True
    )


def make_schools(cast: Cast, *names: str) -> list[School]:
    """Register schools of the office."""
    actor = cast.actor("administrator")
    return [register_school(actor=actor, name=name) for name in names]


def photo(width: int = 2400, height: int = 1800) -> bytes:
    """Return a photo as a camera makes it: large, and with words of the camera inside."""
    picture = Image.effect_noise((width // 8, height // 8), 60).resize((width, height))
    exif = Image.Exif()
    exif[0x010F] = "CameraThatTells"
    exif[0x8825] = {1: "N", 2: (13.0, 6.0, 0.0), 3: "E", 4: (99.0, 56.0, 0.0)}
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


class Tablet:
    """A browser that keeps what it holds when it is closed."""

    def __init__(self, playwright: Playwright, address: str, folder: Path) -> None:
        self.playwright, self.address, self.folder = playwright, address, folder
        self.complaints: list[str] = []
        self.context: BrowserContext
        self.page: Page
        self.open_browser()

    def open_browser(self) -> None:
        """Switch the tablet on."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=CHROMIUM,
            args=["--no-sandbox"],
            viewport=TABLET,
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            base_url=self.address,
            accept_downloads=True,
        )
        self.context.set_default_timeout(20_000)
        self.page = self.context.pages[0]
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: (
                self.complaints.append(said.text)
                if said.type == "error" and "Failed to load resource" not in said.text
                else None
            ),
        )

    def close_browser(self) -> None:
        """Switch it off; what was typed a moment ago must be there again."""
        self.context.close()

    def sign_in(self, username: str) -> None:
        """Sign in by the form that people use, and come back to the client."""
        self.page.goto("/account/login/?next=/field/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/field/")
        self.page.locator("html[data-opened=yes]").wait_for()

    def kept_for_offline(self) -> None:
        """Wait until the worker has everything, as the first visit in the office does."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def offline(self, *, is_off: bool = True) -> None:
        """Take the network away, or give it back."""
        self.context.set_offline(is_off)

    def open_client(self) -> None:
        """Open the client's page."""
        self.page.goto("/field/")
        self.page.locator("html[data-opened=yes]").wait_for()

    def go(self, place: str) -> None:
        """Go to a page of the client by its mark in the address."""
        self.page.goto(f"/field/#/{place}")

    def field(self, name: str) -> Locator:
        """Return the field of a question; of a repeat, that of its last entry."""
        return self.page.locator(f'[data-name="{name}"]').last

    def begin(self, version: InstrumentVersion, school: School | None = None) -> None:
        """Begin a record of a form at a school."""
        self.go(f"record/{version.pk}.{school.pk if school else 0}")
        self.page.locator(".form[data-drawn=all]").wait_for()

    def draft_is_saved(self, *words: str) -> str:
        """Wait until the draft with these words is on the device; return its number."""
        self.page.locator("main[data-record^=uuid]").wait_for()
        number = str(self.page.locator("main").get_attribute("data-record"))
        self.until(lambda: all(one in str(self.record(number).get("xml")) for one in words))
        return number

    def until(self, holds: Callable[[], bool]) -> None:
        """Ask again until it holds; the page forbids scripts of strangers, so it cannot be asked inside of it."""
        for _ in range(150):
            if holds():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("it did not come about")

    def finish(self) -> str:
        """Leave the school: read the summary, keep for sending; return the number of the record."""
        self.page.get_by_role("button", name="ก่อนกลับ").click()
        self.page.locator("main[data-stage=leave]").wait_for()
        self.page.get_by_role("button", name="เก็บเพื่อส่ง").click()
        self.page.locator("main[data-stage=done]").wait_for()
        return str(self.page.locator("main").get_attribute("data-record"))

    def record(self, instance_id: str) -> dict[str, object]:
        """Return what lies on the device of a record, its files by name with their sizes and types."""
        return dict(
            self.page.evaluate(
                """async (id) => {
                    const open = (name) => new Promise((done, no) => {
                        const asked = indexedDB.open(name);
                        asked.onsuccess = () => done(asked.result); asked.onerror = () => no(asked.error);
                    });
                    const get = (asked) => new Promise((done, no) => {
                        asked.onsuccess = () => done(asked.result); asked.onerror = () => no(asked.error);
                    });
                    for (const { name } of await indexedDB.databases()) {
                        if (!/^nithet-field-/.test(name)) continue;
                        const base = await open(name);
                        const all = base.transaction(['records', 'files']);
                        const record = await get(all.objectStore('records').get(id));
                        const files = await get(all.objectStore('files').getAll());
                        base.close();
                        if (record) return { ...record, files: files.filter((one) => one.record === id)
                            .map((one) => ({ name: one.name, size: one.blob.size, type: one.blob.type })) };
                    }
                    return {};
                }""",
                instance_id,
            )
        )
