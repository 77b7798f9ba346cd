"""The gallery of components and the way in, in a real browser: accessible, calm under the policy, whole on a phone."""

import gzip
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, sync_playwright

ROOT = Path(__file__).parents[3]
CHROMIUM = (
    os.environ.get("NITHET_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
)
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PAGES = ["/gallery/", "/gallery/?wrong=1", "/account/login/"]
SIZES = {"desktop": (1366, 900), "phone": (390, 800)}

pytestmark = [
    pytest.mark.urls("tests.foundation.ui.gallery"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium on this machine; name one in NITHET_CHROMIUM"
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread; the test itself stays synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def address(settings, live_server) -> str:
    # Straight from the build; hashed names are for what has been collected.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return str(live_server.url)


def open_page(
    browser: Browser,
    url: str,
    size: str = "desktop",
    *,
    colours: str = "light",
    scripts: bool = True,
) -> tuple[Page, list[str]]:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=colours,
        java_script_enabled=scripts,
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    return page, complaints


@pytest.mark.parametrize(
    ("size", "colours"), [("desktop", "light"), ("phone", "light"), ("phone", "dark")]
)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_stands_in_the_way_of_a_reader(
    browser: Browser, address: str, path: str, size: str, colours: str
) -> None:
    page, complaints = open_page(browser, address + path, size, colours=colours)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    checked = {rule["id"] for rule in found["passes"]}
    serious = [
        (rule["id"], [node["target"] for node in rule["nodes"]])
        for rule in found["violations"]
        if rule["impact"] in {"serious", "critical"}
    ]
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.context.close()
    assert {"color-contrast", "html-has-lang"} <= checked, "the check itself did not run"
    assert serious == []
    assert too_wide <= 0
    assert complaints == []


def test_the_check_finds_a_planted_fault(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address + "/gallery/")
    page.evaluate("document.querySelector('.page-lead').className = 'tone-planted'")
    page.evaluate(
        "const sheet = new CSSStyleSheet(); sheet.replaceSync('.tone-planted{color:#bbb}');"
        "document.adoptedStyleSheets = [sheet]"
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    page.context.close()
    assert "color-contrast" in [rule["id"] for rule in found["violations"]]


def test_the_policy_stops_a_planted_script(browser: Browser, address: str) -> None:
    page, complaints = open_page(browser, address + "/gallery/")
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.planted = 1'; document.body.append(s)"
    )
    planted = page.evaluate("window.planted")
    page.context.close()
    assert planted is None
    assert any("Content Security Policy" in said for said in complaints)


def test_the_first_load_stays_light(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, "about:blank")
    sent: dict[str, int] = {}

    def weigh(answer: Response) -> None:
        body = answer.body()
        sent[answer.url] = len(body) if answer.url.endswith(".woff2") else len(gzip.compress(body))

    page.on("response", weigh)
    page.goto(address + "/gallery/", wait_until="networkidle")
    page.context.close()
    assert {"app.css", "app.js", "htmx.min.js", "icons.svg", "logo.svg"} <= {
        url.rsplit("/", 1)[1] for url in sent
    }
    assert sum(sent.values()) < 150 * 1024


@pytest.mark.parametrize("size", SIZES)
def test_fingers_find_every_control_of_the_office(
    browser: Browser, address: str, size: str
) -> None:
    page, _ = open_page(browser, address + "/gallery/", size)
    small = page.evaluate(
        """[...document.querySelectorAll('button, .btn, nav a, .tab-row a, select, input:not([type=hidden]):not([type=file]), summary')]
        .filter(e => e.offsetParent && !e.closest('label'))
        .filter(e => e.getBoundingClientRect().height < 39.5)
        .map(e => e.outerHTML.slice(0, 90))"""
    )
    page.context.close()
    assert small == []


def test_the_one_action_lies_under_the_thumb_on_a_phone_and_top_right_on_a_desktop(
    browser: Browser, address: str
) -> None:
    phone, _ = open_page(browser, address + "/gallery/", "phone")
    box = phone.locator(".primary-action .btn").bounding_box()
    phone.context.close()
    desktop, _ = open_page(browser, address + "/gallery/", "desktop")
    place = desktop.locator(".primary-action .btn").bounding_box()
    desktop.context.close()
    assert box and place
    assert box["y"] + box["height"] > 740 and box["width"] > 340
    assert place["y"] < 200 and place["x"] > 900


def test_the_menu_of_a_phone_opens_and_closes_without_scripts(
    browser: Browser, address: str
) -> None:
    page, _ = open_page(browser, address + "/gallery/", "phone", scripts=False)
    menu = page.locator("#navigation")
    assert not menu.is_visible()
    page.locator("button[popovertarget=navigation]").first.click()
    assert menu.is_visible()
    page.locator("button[popovertargetaction=hide]").click()
    assert not menu.is_visible()
    page.context.close()


def test_the_menu_stands_beside_the_page_on_a_desktop(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address + "/gallery/", "desktop")
    assert page.locator("#navigation").is_visible()
    assert not page.locator("button[popovertarget=navigation]").first.is_visible()
    page.context.close()


def test_without_scripts_the_language_changes_and_files_can_be_picked(
    browser: Browser, address: str
) -> None:
    page, _ = open_page(browser, address + "/gallery/", "phone", scripts=False)
    picker = page.locator("input[type=file]").first
    assert picker.is_visible() and picker.bounding_box()["width"] > 100
    page.locator("button[name=language]").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url.endswith("/gallery/")
    page.context.close()


def test_a_table_becomes_a_list_on_a_phone_with_its_headings_as_labels(
    browser: Browser, address: str
) -> None:
    page, _ = open_page(browser, address + "/gallery/", "phone")
    cell = page.locator("td[data-label='หลักฐาน']").first
    said = cell.evaluate("e => getComputedStyle(e, '::before').content")
    row = page.locator(".list-table tbody tr").first.evaluate("e => getComputedStyle(e).display")
    page.context.close()
    assert "หลักฐาน" in said
    assert row == "block"


def test_the_summary_of_errors_has_the_focus(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address + "/gallery/?wrong=1")
    focused = page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.locator("[data-error-summary] a").first.click()
    led_to = page.evaluate("document.activeElement.id")
    page.context.close()
    assert focused
    assert led_to == "id_title"


def test_a_date_is_echoed_in_the_buddhist_era_and_today_fills_it(
    browser: Browser, address: str
) -> None:
    page, _ = open_page(browser, address + "/gallery/")
    page.locator("[data-date-day]").fill("๑๐")
    page.locator("[data-date-month]").select_option("6")
    page.locator("[data-date-year]").fill("2555")
    echo = page.locator(".field-echo").inner_text()
    page.locator("[data-date-day]").fill("31")
    wrong = page.locator(".field-echo").inner_text()
    page.locator("[data-date-today]").click()
    year = int(page.locator("[data-date-year]").input_value())
    page.context.close()
    assert "10 มิถุนายน" in echo and "2555" in echo and "อาทิตย์" in echo
    assert wrong == "ไม่มีวันที่นี้ในปฏิทิน"
    assert year > 2560


def test_a_chosen_file_is_named_in_our_words(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    chosen = tmp_path / "รายงานผล.pdf"
    chosen.write_bytes(b"x" * 2048)
    page, _ = open_page(browser, address + "/gallery/")
    before = page.locator("[data-file-names]").inner_text()
    page.locator("input[type=file]").first.set_input_files(chosen)
    after = page.locator("[data-file-names]").inner_text()
    page.context.close()
    assert before == "ยังไม่ได้เลือกไฟล์"
    assert after == "รายงานผล.pdf (2 KB)"


def test_marks_above_and_below_thai_letters_do_not_touch_the_next_line(
    browser: Browser, address: str
) -> None:
    page, _ = open_page(browser, address + "/gallery/")
    heights = page.evaluate(
        """[...document.querySelectorAll('main p, main li, main td, main dd, main a, main button')].filter(e => e.offsetParent)
        .map(e => parseFloat(getComputedStyle(e).lineHeight) / parseFloat(getComputedStyle(e).fontSize))"""
    )
    family = page.evaluate("getComputedStyle(document.body).fontFamily")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("document.fonts.check('16px \"IBM Plex Sans Thai\"', 'ที่')")
    page.context.close()
    assert min(heights) >= 1.35
    assert family.startswith('"IBM Plex Sans Thai"') and loaded
