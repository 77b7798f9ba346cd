"""Results of a search and notices are taken away as Excel, in the order of the page."""

import io

from django.test import Client
from openpyxl import load_workbook

from nithet.foundation.jobs.worker import drain
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.record_factories import make_project
from tests.web.test_finding_pages import tell_planner


def rows_of(client: Client, address: str) -> list[tuple[object, ...]]:
    with scope(None):
        assert "as=xlsx" in client.get(address).content.decode()
        sheet = client.get(f"{address}{'&' if '?' in address else '?'}as=xlsx")
    return list(load_workbook(io.BytesIO(sheet.content)).worksheets[0].values)


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


def test_results_of_a_search_are_a_file(cast: Cast, office: Unit) -> None:
    make_project(cast.actor("planner"), "โครงการพัฒนาเครือข่าย ๒๕๕๕")
    drain()
    head, *rows = rows_of(signed_in(cast, "planner"), "/search/?q=เครือข่าย")
    assert len(head) == 5
    assert [row[1] for row in rows] == ["โครงการพัฒนาเครือข่าย ๒๕๕๕"]


def test_notices_are_a_file(cast: Cast, office: Unit) -> None:
    for title in ("เรื่องแรก", "เรื่องที่สอง"):
        tell_planner(cast, cast.actor("director"), title=title)
    rows = rows_of(signed_in(cast, "planner"), "/notices/")[1:]
    assert [row[2] for row in rows] == ["director gave you เรื่องที่สอง", "director gave you เรื่องแรก"]
