"""How heavy the offline client is, and how soon it opens and draws a long form on a slow tablet.

    python bench/field_client.py [--repeat 5] [--slower 4]

Size: bytes of every built file, raw and with brotli, as the server sends them. Speed: a server of its own answers on
127.0.0.1 with the demo office; a supervisor signs in with Chromium, the service worker keeps the client, the network is
switched off and the processor slowed down (`Emulation.setCPUThrottlingRate`). Opening counts from the start of the
navigation until the home page stands with its schools. A form of 60 questions is drawn in three ways: touched on the page of
a school that somebody has read for three seconds, as supervisors come to it; asked for from the home page when the form was read but no
record begun; and cold, in the moment in which the client opened. Each counts from the touch until the first screen is
on the glass, complete and to be answered ("first screen"), and until the last question is ("all drawn").

Exits with 1 when script and style exceed 350 KB with brotli, fonts 65 KB, the median opening one second, or the median
first screen of the first two ways 300 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import brotli
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.served import environment, load_of_machine, make_demo, median, serving  # noqa: E402

BUDGET, FONTS = 350 * 1024, 65 * 1024
OPENING_MS, DRAWING_MS = 1000.0, 300.0
READS_MS = 3000.0
CHROMIUM = os.environ.get("NITHET_CHROMIUM") or shutil.which("chromium") or "chromium"
PUBLISH = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "nithet.config.settings"
import django; django.setup()
from tests.journey.field_work import workbook
from tests.journey.test_field_offline import LEVELS, sixty_questions
from nithet.domain.instruments.actions.forms import bring_form
from nithet.foundation.access.actors import actor_for
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
posting = Posting.objects.filter(role=Role.SUPERVISOR).order_by("pk").select_related("user", "unit").first()
actor = actor_for(posting.user, clock.today())
with scope(actor.office_id):
    form = bring_form(actor=actor, data=workbook(sixty_questions(), LEVELS, form_id="bench", title="sixty"),
        file_name="bench.xlsx", publish=True)
print(posting.user.username, form.pk)
"""


def sizes() -> bool:
    """Print the sizes; say whether they are within their budgets."""
    dist = ROOT / "src/nithet/static/dist"
    said = json.loads((dist / "field/files.json").read_text())
    code = fonts = 0
    for name in [said["style"], *said["scripts"]]:
        data = (dist / "field" / name).read_bytes()
        packed = len(brotli.compress(data))
        code += packed
        print(f"{name:<28}{len(data) / 1024:8.1f} KB {packed / 1024:8.1f} KB brotli")
    for name in said["fonts"]:
        fonts += (dist / "fonts" / name).stat().st_size
    print(
        f"script and style {code / 1024:.1f} of {BUDGET / 1024:.0f} KB; fonts {fonts / 1024:.1f} of {FONTS / 1024:.0f} KB"
    )
    return code <= BUDGET and fonts <= FONTS


def mark(page: Page, name: str) -> float:
    """Return when the page set a mark, in milliseconds since the navigation began."""
    found = page.evaluate(
        "(name) => performance.getEntriesByName(name).at(-1)?.startTime ?? -1", name
    )
    return float(found)


def opened(page: Page) -> float:
    """Open the client anew; return milliseconds until it stands."""
    page.goto("about:blank")
    page.goto("/field/", wait_until="commit")
    page.locator("main h1").wait_for()
    page.locator("html[data-opened=yes]").wait_for()
    return mark(page, "nithet-opened")


def stands(page: Page) -> tuple[float, float]:
    """Wait until the whole form stands; return milliseconds from the touch to its first screen and to its last question."""
    page.locator(".form[data-drawn=all]").wait_for()
    page.locator(".form .field").nth(58).wait_for(state="attached")
    page.wait_for_timeout(400)
    asked = mark(page, "asked")
    return mark(page, "nithet-form-first") - asked, mark(page, "nithet-form-drawn") - asked


def from_school(page: Page, form: str) -> tuple[float, float]:
    """Touch the form on the page of a school."""
    page.evaluate("location.hash = '#/'")
    page.locator('a[href^="#/school/"]').last.click()
    way = page.locator(f'a[href^="#/record/{form}."]')
    way.wait_for()
    page.wait_for_timeout(READS_MS)
    way.scroll_into_view_if_needed()
    page.evaluate(
        "performance.clearMarks(); addEventListener('pointerdown', () => performance.mark('asked'), { once: true, capture: true })"
    )
    way.click()
    return stands(page)


def straight(page: Page, form: str) -> tuple[float, float]:
    """Ask for the form by its address, without a school."""
    page.evaluate(
        "(form) => { performance.clearMarks(); performance.mark('asked'); location.hash = `#/record/${form}.0`; }",
        form,
    )
    return stands(page)


def from_home(page: Page, form: str) -> tuple[float, float]:
    """Ask for the form from the home page, when it lies read."""
    page.evaluate("location.hash = '#/'")
    page.locator("main h1").wait_for()
    page.wait_for_timeout(500)
    return straight(page, form)


def cold(page: Page, form: str) -> tuple[float, float]:
    """Open the client and ask for the form in the same moment."""
    opened(page)
    return straight(page, form)


def measured(folder: Path, port: int, repeat: int, slower: float) -> bool:
    """Measure opening and drawing; say whether both are quick enough."""
    username, form = subprocess.run(
        [sys.executable, "-c", PUBLISH],
        env={**environment(folder), "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()[-2:]
    password = json.loads((folder / "demo-accounts.json").read_text())["password"]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as kept:
        context = playwright.chromium.launch_persistent_context(
            kept,
            executable_path=CHROMIUM,
            args=["--no-sandbox"],
            viewport={"width": 390, "height": 844},
            base_url=f"http://127.0.0.1:{port}",
            locale="th-TH",
        )
        page = context.pages[0]
        page.goto("/account/login/?next=/field/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.locator("html[data-opened=yes]").wait_for()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.locator("main h2").first.wait_for()
        opened(page)
        context.set_offline(True)
        wire = context.new_cdp_session(page)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        openings = [opened(page) for _ in range(repeat)]
        page.wait_for_timeout(3000)  # somebody reads the page of the school before they begin
        ways = {
            "touched on a school's page": from_school,
            "read, no record begun": from_home,
            "cold, as the client opens": cold,
        }
        drawings = {words: [way(page, form) for _ in range(repeat)] for words, way in ways.items()}
        context.close()
    print(
        f"processor slowed down {slower:g} times, network off, {repeat} times each; milliseconds, median (worst)"
    )
    print(f"opens from the service worker      {median(openings):7.0f} ({max(openings):.0f})")
    medians = []
    for words, rows in drawings.items():
        first, whole = zip(*rows, strict=True)
        medians.append(median(first))
        print(
            f"{words:<32} first screen {median(first):6.0f} ({max(first):.0f}), all drawn {median(whole):6.0f} ({max(whole):.0f})"
        )
    return median(openings) < OPENING_MS and max(medians[:2]) < DRAWING_MS


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--repeat", type=int, default=5, help="how often to open and draw; medians count"
    )
    parser.add_argument(
        "--slower", type=float, default=4.0, help="how much slower the processor is made"
    )
    options = parser.parse_args()
    print(load_of_machine())
    light = sizes()
    with tempfile.TemporaryDirectory(prefix="nithet-bench-") as kept:
        folder = Path(kept) / "demo"
        make_demo(folder)
        with serving(folder) as server:
            quick = measured(folder, server.port, options.repeat, options.slower)
    return 0 if light and quick else 1


if __name__ == "__main__":
    sys.exit(main())
