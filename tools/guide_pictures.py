"""Take the pictures of the Thai guide anew, from a demo of its own: python tools/guide_pictures.py [NAME ...]

Starts `nithet demo` on 127.0.0.1 with a folder that is thrown away, signs in as each role in the example offices, and writes
docs/guide-th/images/*.png, 1000 pixels wide. Without names all pictures are taken, and pictures that no longer belong go.
"""

import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, ViewportSize, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs/guide-th/images"
WIDTH = 1000
MOST_BYTES = 120_000
GAP, RULE, PAPER = 20, (190, 198, 208), (255, 255, 255)
DESK, PHONE = 1240, 390
ENTRANCE = "/account/login/"

FULL_YEAR, TODAY = "ปีเต็ม", "ตัวอย่าง เขต 1"
"""Words that only the name of one example office has: the full year of 2555, and the office of 2569."""

TAKEN_ALONG = "?เตรียมไว้"
"""Waits until the page that works without a network has taken along what it needs."""

AT_THE_DESK = "ครูธุรการโรงเรียน"


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: where it starts, what is clicked or written on the way, and from which words the picture begins.

    A step is the words of a link or button, "name=value" for a field that is filled in, "@/address/" to go on to, or
    "?words" to wait for what a page writes by itself, "#selector" for the first such place of the page.
    """

    start: str
    steps: tuple[str, ...] = ()
    top: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """What one role sees in one example office: one screen of a desk, or up to three of a phone side by side."""

    role: str
    office: str
    height: int
    screens: tuple[Screen, ...]
    on_phone: bool = False


def at_desk(role: str, office: str, height: int, start: str, *steps: str, top: str = "") -> Picture:
    """Return a picture of a desk's screen; `height` is that of the window (1240 wide)."""
    return Picture(role, office, height, (Screen(start, steps, top),))


def on_phone(role: str, office: str, height: int, *screens: Screen) -> Picture:
    """Return a picture of three screens of a phone; `height` is that of each (390 wide)."""
    return Picture(role, office, height, screens, on_phone=True)


PICTURES = {
    "supervisor-field": on_phone(
        "supervisor",
        TODAY,
        450,
        Screen("/field/", (TAKEN_ALONG,)),
        Screen("/field/", (TAKEN_ALONG, "โรงเรียนตัวอย่าง 69/", "?เริ่มบันทึก")),
        Screen("/field/", (TAKEN_ALONG, "โรงเรียนตัวอย่าง 69/", "เริ่มบันทึก", "?ก่อนกลับ")),
    ),
    "supervisor-visit": at_desk(
        "supervisor",
        TODAY,
        420,
        "/visits/?todo=close",
        "#tbody a",
        "แก้ไขหรือเพิ่มเติม",
        "finding_impression=ครูใช้สื่อที่นักเรียนช่วยกันทำ",
        "finding_problem=โรงเรียนยังไม่ได้เทียบผลกับเป้าหมาย",
        "agreement-0-text=จัดทำแผนพัฒนาคุณภาพการศึกษา",
        "agreement-0-owner=ครูวิชาการ",
        "บันทึก แล้วดูก่อนกลับ",
        "หน้าการนิเทศครั้งนี้",
        top="โรงเรียนตัวอย่าง 69/",
    ),
    "director-home": at_desk("director", FULL_YEAR, 450, "/"),
    "director-sign": on_phone(
        "director",
        FULL_YEAR,
        450,
        Screen("/"),
        Screen("/", ("เปิดแฟ้มรอลงนาม",)),
        Screen("/", ("เปิดแฟ้มรอลงนาม",), "การพิจารณาของท่าน"),
    ),
    "group-head-round": at_desk("group-head", TODAY, 450, "/rounds/", "มาตรฐาน สพท.", top="รายข้อ"),
    "group-head-review": at_desk("group-head", TODAY, 450, "/evidence/reviews/", "สอบทานชิ้นถัดไป"),
    "planner-plan": at_desk("planner", FULL_YEAR, 410, "/plans/"),
    "planner-return": at_desk("planner", FULL_YEAR, 410, "/returns/", "ประเด็นที่ 5.4"),
    "clerk-papers": at_desk("communications-officer", FULL_YEAR, 450, "/papers/new/"),
    "clerk-publications": at_desk(
        "communications-officer", FULL_YEAR, 450, "/papers/publications/", top="เสนอ PDF เพื่อเผยแพร่"
    ),
    "administrator-home": at_desk("administrator", FULL_YEAR, 450, "/"),
    "administrator-slips": at_desk("administrator", FULL_YEAR, 450, "/people/invitations/schools/"),
    "school-head-phone": on_phone(
        "school-head",
        FULL_YEAR,
        470,
        Screen("/"),
        Screen("/", ("เปิดหน้าของโรงเรียน",)),
        Screen("/visits/"),
    ),
    "school-head-edit": on_phone(
        "school-head",
        FULL_YEAR,
        510,
        Screen("/", ("เปิดหน้าของโรงเรียน", "แก้ไขข้อมูล")),
        Screen("/evidence/"),
        Screen("/evidence/add/"),
    ),
    "school-desk-phone": on_phone(
        "school-clerk",
        FULL_YEAR,
        460,
        Screen("/account/login/"),
        Screen("/", (f"speaker={AT_THE_DESK}",)),
        Screen("/account/", (f"speaker={AT_THE_DESK}", "ใช้ชื่อนี้")),
    ),
    "school-desk-evidence": on_phone(
        "school-clerk",
        FULL_YEAR,
        460,
        Screen("/account/", (f"speaker={AT_THE_DESK}", "ใช้ชื่อนี้", "@/evidence/")),
        Screen("/evidence/add/"),
        Screen("/evidence/add/", top="ชื่อเรื่อง"),
    ),
    "committee-phone": on_phone(
        "committee-member",
        FULL_YEAR,
        460,
        Screen("/account/login/"),
        Screen("/"),
        Screen("/schools/"),
    ),
    "committee-school": on_phone(
        "committee-member",
        FULL_YEAR,
        460,
        Screen("/schools/?q=ตัวอย่างที่ 23", ("โรงเรียนตัวอย่างที่ 23",)),
        Screen("/schools/?q=ตัวอย่างที่ 23", ("โรงเรียนตัวอย่างที่ 23",), "ผลการทดสอบระดับชาติ"),
        Screen("/visits/"),
    ),
    "assessor-round": at_desk("assessor", "", 450, "/", "เปิดดูรอบการรายงาน"),
    "assessor-item": at_desk("assessor", "", 450, "/", "เปิดดูรอบการรายงาน", "ข้อ 5 "),
}


@contextmanager
def demo() -> Iterator[tuple[str, str]]:
    """Serve a new demo while the block runs; yields its address and the password of all its accounts."""
    with tempfile.TemporaryDirectory(prefix="nithet-guide-") as folder:
        port = _free_port()
        command = [str(Path(sys.executable).with_name("nithet")), "demo", "--port", str(port)]
        served = subprocess.Popen(
            command, env={**os.environ, "NITHET_DATA": folder}, stdout=subprocess.DEVNULL
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/health/", served)
            yield address, json.loads((Path(folder) / "demo-accounts.json").read_text())["password"]
        finally:
            served.terminate()
            served.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait_for(address: str, served: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if served.poll() is not None:
            sys.exit("the demo ended before it answered")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    sys.exit("the demo did not answer within two minutes")


class Camera:
    """Takes pictures of one demo; each role signs in to each office once."""

    def __init__(self, browser: Browser, address: str, password: str) -> None:
        self.browser, self.address, self.password = browser, address, password
        self._signed_in: dict[tuple[str, str], StorageState] = {}

    def take(self, picture: Picture) -> Image.Image:
        """Return the finished picture of what a role sees."""
        shots = [self._shot(picture, screen) for screen in picture.screens]
        return _side_by_side(shots) if picture.on_phone else _framed(shots[0], WIDTH)

    def _shot(self, picture: Picture, screen: Screen) -> Image.Image:
        size: ViewportSize = {
            "width": PHONE if picture.on_phone else DESK,
            "height": picture.height,
        }
        state = None if screen.start == ENTRANCE else self._state(picture.role, picture.office)
        context = self.browser.new_context(
            viewport=size,
            device_scale_factor=2,
            locale="th-TH",
            timezone_id="Asia/Bangkok",
            storage_state=state,
        )
        page = context.new_page()
        page.set_default_timeout(20_000)
        _walk(page, screen, self.address)
        shot = _shoot(page, screen.top)
        context.close()
        return shot

    def _state(self, role: str, office: str) -> StorageState:
        if (role, office) not in self._signed_in:
            context = self.browser.new_context(locale="th-TH")
            page = context.new_page()
            page.goto(self.address + ENTRANCE)
            page.fill("input[name=login]", role)
            page.fill("input[name=password]", self.password)
            page.click("main button[type=submit]")
            page.wait_for_load_state()
            if office:
                page.goto(f"{self.address}/account/")
                page.locator("form[action$='/account/office/'] li", has_text=office).first.locator(
                    "button"
                ).click()
                page.wait_for_load_state()
            self._signed_in[role, office] = context.storage_state()
            context.close()
        return self._signed_in[role, office]


def _walk(page: Page, screen: Screen, address: str) -> None:
    page.goto(address + screen.start)
    for step in screen.steps:
        if field := re.fullmatch(r"([\w-]+)=(.+)", step):
            page.fill(f"[name={field[1]}]", field[2])
        elif step.startswith("@"):
            page.goto(address + step[1:])
        elif step.startswith("#"):
            page.locator("main").locator(step[1:]).first.click()
            page.wait_for_load_state()
        elif step.startswith("?"):
            page.locator("main").get_by_text(step[1:]).first.wait_for()
        else:
            page.locator("main a, main button", has_text=step).first.click()
            page.wait_for_load_state()


def _shoot(page: Page, top: str) -> Image.Image:
    page.wait_for_timeout(300)
    if top:
        box = page.locator("main").get_by_text(top).first.bounding_box()
        assert box, f"{page.url} does not say: {top}"
        page.evaluate("y => window.scrollTo(0, y)", box["y"] - 24)
        page.wait_for_timeout(100)
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def _framed(shot: Image.Image, width: int) -> Image.Image:
    inner = shot.resize(
        (width - 2, round(shot.height * (width - 2) / shot.width)), Image.Resampling.LANCZOS
    )
    framed = Image.new("RGB", (width, inner.height + 2), RULE)
    framed.paste(inner, (1, 1))
    return framed


def _side_by_side(shots: list[Image.Image]) -> Image.Image:
    each = (WIDTH - 2 * GAP) // 3
    framed = [_framed(shot, each) for shot in shots]
    sheet = Image.new("RGB", (WIDTH, max(one.height for one in framed)), PAPER)
    for place, one in enumerate(framed):
        sheet.paste(one, (place * (each + GAP), 0))
    return sheet


def save(image: Image.Image, path: Path) -> int:
    """Write a picture with as many colours as fit the size that is allowed; returns its bytes."""
    for colours in (256, 128, 64, 32):
        image.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            path, optimize=True
        )
        if (size := path.stat().st_size) < MOST_BYTES:
            return size
    sys.exit(f"{path.name} is larger than {MOST_BYTES} bytes even with 32 colours")


def main(names: list[str]) -> None:
    """Take the pictures that are named, or all."""
    if unknown := set(names) - set(PICTURES):
        sys.exit(f"no such picture: {', '.join(sorted(unknown))}")
    IMAGES.mkdir(parents=True, exist_ok=True)
    if not names:
        for old in IMAGES.glob("*.png"):
            if old.stem not in PICTURES:
                old.unlink()
    with demo() as (address, password), sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        camera = Camera(browser, address, password)
        for name in names or PICTURES:
            size = save(camera.take(PICTURES[name]), IMAGES / f"{name}.png")
            print(f"{name}.png {size // 1000} kB", flush=True)
        browser.close()


if __name__ == "__main__":
    # Ended from outside it still ends its demo and takes the folder away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    main(sys.argv[1:])
