"""Every page of an office with a full year: for everybody's eyes and hands, on a phone, and without scripts."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from nithet.console.demo.office import build_demo, build_examples
from nithet.domain.frameworks.actions import add_edition
from nithet.domain.frameworks.queries import shipped_editions
from nithet.foundation.access.actors import system_actor
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.journey.crawling import Found, cookies_of, crawl
from tests.journey.people import DESKTOP, PHONE, PICTURES
from tests.web.conftest import taken_over
from tests.web.permission_table import TABLE
from tests.web.test_permissions import World, address, named_routes, world

__all__ = ["taken_over", "world"]

pytestmark = pytest.mark.django_db(transaction=True)

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
ROLES = {"director": 400, "administrator": 250, "school-head": 120, "assessor": 80}
"""Whose pages are looked at, and how many links of theirs are tried."""
HARD_TO_REACH = (
    *("directory:list_columns", "directory:list_check", "directory:edit_act"),
    *("history:record", "papers:paper", "papers:next_version", "returns:issued", "returns:edited"),
    *("returns:verify", "plans:import", "plans:decide_point", "plans:edit_review"),
    *("plans:edit_strategy", "plans:edit_target", "plans:version", "evidence:paper"),
)
"""Pages that stand behind a step which nobody has taken in the example year."""
LOOK = """() => {
  const main = document.querySelector('main') ?? document.createElement('main');
  return {
    h1: document.querySelectorAll('h1').length,
    over: document.documentElement.scrollWidth - innerWidth,
    text: main.innerText.length,
    links: main.querySelectorAll('a[href]').length,
    empty: [...main.querySelectorAll('.box')].filter(e => !e.innerText.trim()).length,
  };
}"""
CLIENT = "/field/"
"""The offline client: an app, not a page to read, walked by the tests of the field."""
AXE_RUN = "axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"


@dataclass
class Looked:
    """What was seen of a page, and what was wrong with it."""

    seen: dict[str, int]
    faults: list[str]


@pytest.fixture
def full_year(settings: Settings, tmp_path: Path) -> Unit:
    """The example office with a full year, beside the demo office that its people come from."""
    settings.NITHET_DATA = tmp_path
    for text in shipped_editions():
        add_edition(actor=system_actor("test"), text=text)
    build_demo()
    return build_examples()[0]


def client_of(username: str, office: Unit) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=username))
    session = client.session
    session["office_id"] = office.pk
    session.save()
    return client


@pytest.fixture
def pages_of(
    full_year: Unit, live_server, straight_from_the_build: None, browser: Browser
) -> Iterator[dict[str, tuple[Client, Found]]]:
    with scope(None):
        clients = {name: client_of(name, full_year) for name in ROLES}
        yield {
            name: (client, crawl(client, _starts(client), most=ROLES[name]))
            for name, client in clients.items()
        }


def _starts(client: Client) -> list[str]:
    return ["/", "/account/mine/", "/notices/", "/search/?q=โครงการ"]


@pytest.mark.timeout(2400)
def test_every_page_is_whole_for_everybody(
    pages_of: dict[str, tuple[Client, Found]], browser: Browser, live_server, settings: Settings
) -> None:
    faults: list[str] = []
    done: set[str] = set()
    for name, (client, found) in pages_of.items():
        faults += [f"{name}: {code} {path}" for path, code in found.answers.items() if code >= 500]
        faults += [f"{name}: leads nowhere: {one}" for one in found.unknown]
        fresh = {
            view: path
            for view, path in found.pages.items()
            if (view not in done or path == "/") and path != CLIENT
        }
        done |= set(fresh)
        faults += _looked_at(browser, live_server.url, client, name, fresh)
    assert not faults, "\n".join(faults)
    reached = {view for _, found in pages_of.values() for view in found.pages}
    assert len(reached & set(TABLE)) > 90, sorted(set(TABLE) - reached)


def _looked_at(
    browser: Browser, address: str, client: Client, name: str, pages: dict[str, str]
) -> list[str]:
    faults: list[str] = []
    contexts = [
        ("1366", browser.new_context(viewport=_size(DESKTOP), locale="th-TH", base_url=address)),
        ("390", browser.new_context(viewport=_size(PHONE), locale="th-TH", base_url=address)),
        (
            "no scripts",
            browser.new_context(
                viewport=_size(DESKTOP), locale="th-TH", base_url=address, java_script_enabled=False
            ),
        ),
    ]
    opened = []
    for width, context in contexts:
        context.add_cookies(cookies_of(client, address))  # type: ignore[arg-type]
        opened.append((width, context.new_page()))
    for view, path in pages.items():
        seen: dict[str, dict[str, int]] = {}
        for width, page in opened:
            looked = _look(page, path, with_axe=width != "no scripts")
            seen[width] = looked.seen
            faults += [f"{name} {view} {path} at {width}: {fault}" for fault in looked.faults]
            if os.environ.get("NITHET_PICTURES") and width != "no scripts":
                folder = PICTURES.parent / "pages"
                folder.mkdir(parents=True, exist_ok=True)
                page.screenshot(
                    path=folder / f"{view.replace(':', '-')}-{name}-{width}.png",
                    full_page=True,
                    animations="disabled",
                )
        with_scripts, without = seen["1366"], seen["no scripts"]
        if (
            without["text"] < 0.7 * with_scripts["text"]
            or without["links"] < 0.8 * with_scripts["links"]
        ):
            faults.append(
                f"{name} {view} {path}: without scripts {without}, with them {with_scripts}"
            )
    for _, context in contexts:
        context.close()
    return faults


def _size(pair: tuple[int, int]) -> dict[str, int]:
    return {"width": pair[0], "height": pair[1]}


def _look(page: Page, path: str, *, with_axe: bool) -> Looked:
    complaints: list[str] = []
    listeners = {
        "console": lambda said: (
            complaints.append(said.text) if said.type in {"error", "warning"} else None
        ),
        "pageerror": lambda error: complaints.append(str(error)),
    }
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    answer = page.goto(path, wait_until="load")
    assert answer is not None
    if with_axe and page.locator("[hx-trigger~=load]").count():
        page.wait_for_load_state("networkidle")
    seen = page.evaluate(LOOK)
    faults = [] if answer.status == 200 else [f"answers {answer.status}"]
    if seen["h1"] != 1:
        faults.append(f"{seen['h1']} first headings")
    if seen["over"] > 0:
        faults.append(f"{seen['over']} px too wide")
    if seen["text"] < 20:
        faults.append("says nothing")
    if seen["empty"]:
        faults.append(f"{seen['empty']} empty boxes")
    if with_axe:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(AXE_RUN)
        faults += [
            f"axe {rule['impact']} {rule['id']}: {json.dumps([node['target'] for node in rule['nodes'][:3]])}"
            for rule in found["violations"]
            if rule["impact"] in {"serious", "critical"}
        ]
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    faults += [f"the browser says: {one[:300]}" for one in complaints]
    return Looked(seen, faults)


@pytest.mark.timeout(600)
def test_pages_that_few_links_lead_to_are_whole_as_well(
    world: World, browser: Browser, live_server, straight_from_the_build: None
) -> None:
    converters = dict(named_routes())
    client = world.people["director"]
    pages = {name: address(name, converters[name], world.ids) for name in HARD_TO_REACH}
    faults = _looked_at(browser, live_server.url, client, "director", pages)
    assert not faults, "\n".join(faults)
