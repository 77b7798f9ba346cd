"""What comes over the line when somebody opens the first page on a machine that has never seen the product."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Request

from tests.conftest import Cast
from tests.journey.crawling import cookies_of
from tests.web.conftest import office_with_return

BUDGET = 150 * 1024
"""Bytes as they are sent, headings of the answers included."""


@pytest.fixture
def served(transactional_db: None) -> Iterator[str]:
    """Return the address of the product with its files as they are collected and packed, served as in an office."""
    thread = LiveServerThread("127.0.0.1", static_handler=lambda application: application, port=0)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    connections.close_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["director", "school_head"])
def test_the_first_page_after_signing_in_stays_below_its_budget(
    served: str, browser: Browser, cast: Cast, who: str
) -> None:
    office_with_return(cast)
    client = Client()
    client.force_login(cast.users[who])
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="th-TH")
    context.add_cookies(cookies_of(client, served))  # type: ignore[arg-type]
    page = context.new_page()
    done: list[Request] = []
    page.on("requestfinished", lambda request: done.append(request))
    page.goto(f"{served}/", wait_until="networkidle")
    sent = {one.url: one.sizes() for one in done}
    kinds = {one.resource_type for one in done}
    packed = {
        one.url: (answer.headers.get("content-encoding", "") if (answer := one.response()) else "")
        for one in done
    }
    context.close()
    assert {"document", "stylesheet", "script", "font"} <= kinds
    assert all(packed[url] in {"br", "gzip"} for url in sent if url.endswith((".css", ".js")))
    whole = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sent.values())
    table = "\n".join(f"{one['responseBodySize']} {one['responseHeadersSize']} {url}" for url, one in sent.items())
    assert 20_000 < whole < BUDGET, f"{whole} bytes\n{table}"
