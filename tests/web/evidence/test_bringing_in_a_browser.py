"""Files brought in a real browser: several at once, a line that breaks, a form sent while they are on their way."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, sync_playwright

from nithet.domain.evidence.models import Piece
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.record_factories import one_page_pdf

CHROMIUM = (
    os.environ.get("NITHET_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
)
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium on this machine; name one in NITHET_CHROMIUM"
    ),
]
PASSWORD = "a-long-enough-password"  # of every person of the cast


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
def page(
    browser: Browser, settings, live_server, transactional_db: None, cast: Cast
) -> Iterator[Page]:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    context = browser.new_context(viewport={"width": 390, "height": 800})
    opened = context.new_page()
    opened.goto(f"{live_server.url}/account/login/")
    opened.fill("[name=login]", "supervisor")
    opened.fill("[name=password]", PASSWORD)
    opened.press("[name=password]", "Enter")
    opened.wait_for_url(lambda url: "login" not in url)
    opened.goto(f"{live_server.url}{reverse('evidence:add')}")
    yield opened
    context.close()


def pieces(cast: Cast) -> list[Piece]:
    with scope(cast.office.pk):
        return list(Piece.objects.order_by("title"))


def large(folder: Path, name: str, size: int) -> Path:
    path = folder / name
    path.write_bytes(one_page_pdf(b"x" * size))
    return path


def test_several_files_go_ahead_of_the_form_and_become_pieces(
    page: Page, cast: Cast, tmp_path: Path
) -> None:
    files = [large(tmp_path, f"รายงาน {n}.pdf", 900_000 + n) for n in (1, 2)]
    page.locator("input[type=file]").first.set_input_files(files)
    page.locator(".sending .is-done").nth(1).wait_for(timeout=60_000)
    page.locator("[name=sealed_title]").first.fill("ภาพการประชุม")
    page.select_option("[name=kind]", "photo")
    page.click("form[data-bring] button[type=submit].btn-large")
    page.wait_for_url(lambda url: "/add/" not in url)
    assert [(one.title, one.file_name) for one in pieces(cast)] == [
        ("ภาพการประชุม", "รายงาน 1.pdf"),
        ("รายงาน 2", "รายงาน 2.pdf"),
    ]
    assert not page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('nithet-upload'))")


def test_a_broken_line_costs_a_piece_and_not_the_file(
    page: Page, cast: Cast, tmp_path: Path
) -> None:
    offsets: list[int] = []

    def unsteady(route: Route) -> None:
        if route.request.method == "PATCH":
            offsets.append(int(route.request.headers["upload-offset"]))
            if len(offsets) in {2, 3}:
                route.abort()
                return
        route.continue_()

    page.route("**/evidence/uploads/**", unsteady)
    path = large(tmp_path, "ยาว.pdf", 2_000_000)
    page.locator("input[type=file]").first.set_input_files(path)
    page.select_option("form[data-bring] [name=kind]", index=1)
    page.click("form[data-bring] button[type=submit].btn-large")
    page.wait_for_url(lambda url: "/add/" not in url, timeout=90_000)
    assert [one.file_size for one in pieces(cast)] == [path.stat().st_size]
    assert offsets[:4] == [0, 262_144, 262_144, 262_144], "it went on where it stopped"
    assert offsets.count(0) == 1


def test_a_file_chosen_again_after_a_reload_goes_on(page: Page, cast: Cast, tmp_path: Path) -> None:
    offsets: list[int] = []
    cut = True

    def dead(route: Route) -> None:
        if route.request.method == "PATCH":
            offsets.append(int(route.request.headers["upload-offset"]))
            if cut and len(offsets) > 1:
                route.abort()
                return
        route.continue_()

    page.route("**/evidence/uploads/**", dead)
    path = large(tmp_path, "ยาว.pdf", 1_000_000)
    page.locator("input[type=file]").first.set_input_files(path)
    page.locator(".sending .ink-needs").wait_for(timeout=30_000)
    page.reload()
    assert "ยาว.pdf" in page.locator(".sending").inner_text()
    cut = False
    offsets.clear()
    page.locator("input[type=file]").first.set_input_files(path)
    page.locator(".sending .is-done").wait_for(timeout=60_000)
    assert offsets[0] > 0


def test_a_dropped_file_that_is_refused_says_why(page: Page, cast: Cast) -> None:
    page.evaluate(
        """() => {
          const given = new DataTransfer();
          given.items.add(new File(["MZ" + "\\0".repeat(300)], "a.pdf", { type: "application/pdf" }));
          document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true }));
        }"""
    )
    said = page.locator(".sending .ink-bad")
    said.wait_for(timeout=30_000)
    assert len(said.inner_text()) > 10
    assert pieces(cast) == []
