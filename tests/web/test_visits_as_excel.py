"""The list of visits is taken away as Excel, in its own order and with its filter."""

import io

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast
from tests.domain.record_factories import make_school, make_visit


def test_the_list_of_visits_is_a_file_of_the_same_rows(cast: Cast, office: Unit) -> None:
    visit = make_visit(cast, make_school(cast))
    browser = Client()
    browser.force_login(cast.users["supervisor"])
    address = reverse("visits:visits")
    assert "?as=xlsx" in browser.get(address).content.decode()
    rows = list(load_workbook(io.BytesIO(browser.get(address, {"as": "xlsx"}).content)).worksheets[0].values)
    assert rows[0][:2] == ("โรงเรียน", "วันที่")
    assert [(row[0], row[1].date()) for row in rows[1:]] == [(str(visit.school), visit.visited_on)]
    other = "supervision" if visit.kind == "committee" else "committee"
    filtered = browser.get(address, {"as": "xlsx", "kind": other})
    assert load_workbook(io.BytesIO(filtered.content)).worksheets[0].max_row == 1
