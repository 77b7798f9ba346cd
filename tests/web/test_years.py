"""One rule for the fiscal year of a page: asked for, else running, else the newest with records; the same on every page."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from nithet.domain.overview.years import years_of_records
from nithet.domain.plans.actions.needs import record_need
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast
from tests.domain.record_factories import make_school, make_visit

PAGES = (
    "visits:visits",
    "visits:opinions",
    "needs:needs",
    "needs:offers",
    "needs:surveys",
    "cycle:cycle",
    "cycle:information",
    "cycle:matrix",
    "cycle:indicators",
    "cycle:reviews",
    "cycle:summary",
    "planner:standing",
    "planner:bodies",
    "supervision_reports:reports",
    "supervision_reports:year",
    "studies:studies",
)
FIRST_OF_OCTOBER = clock.at(date(2026, 10, 1))
"""The first day of the fiscal year 2570."""


def shown_years(cast: Cast, query: str = "", name: str = "planner") -> set[str]:
    """The years that the pages of supervision say they show, each once."""
    client = Client()
    client.force_login(cast.users[name])
    found = set()
    with scope(None):
        for page in PAGES:
            html = client.get(reverse(page) + query).content.decode()
            switch = html.split('class="year-switch"', 1)[1].split("</nav>", 1)[0]
            found |= set(re.findall(r'aria-current="true">([^<]+)<', switch))
    return found


def test_without_a_record_every_page_shows_the_running_year(cast: Cast, office: Unit) -> None:
    with clock.fixed(FIRST_OF_OCTOBER):
        assert shown_years(cast) == {"2570"}


def test_on_the_first_of_october_the_old_year_is_shown_until_something_of_the_new_one_is_recorded(
    cast: Cast, office: Unit
) -> None:
    with clock.fixed(FIRST_OF_OCTOBER):
        school = make_school(cast)
        make_visit(cast, school, date(2026, 9, 20), "supervision")
        assert shown_years(cast) == {"2569"}
        make_visit(cast, school, date(2026, 10, 5), "supervision", state="planned")
        assert shown_years(cast) == {"2570"}


def test_a_year_that_lies_ahead_is_shown_where_it_alone_has_records(
    cast: Cast, office: Unit
) -> None:
    with clock.fixed(FIRST_OF_OCTOBER):
        record_need(
            actor=cast.actor("planner"), school=make_school(cast), fiscal_year=2571, text="ขาดครู"
        )
        assert shown_years(cast) == {"2571"}


@pytest.mark.parametrize("typed", ["2555", "๒๕๕๕"])
def test_the_year_asked_for_is_shown_on_every_page(cast: Cast, office: Unit, typed: str) -> None:
    with clock.fixed(FIRST_OF_OCTOBER):
        assert shown_years(cast, f"?year={typed}") == {"2555"}


@pytest.mark.parametrize("typed", ["0000", "9999", "0001", "2489", "abcd", "25555", "", "²²²²"])
def test_a_year_that_cannot_be_asks_for_none(cast: Cast, office: Unit, typed: str) -> None:
    with clock.fixed(FIRST_OF_OCTOBER):
        assert shown_years(cast, f"?year={typed}") == {"2570"}


def test_every_year_is_listed_where_it_is_asked_for_and_tasks_lead_to_any_year(
    cast: Cast, office: Unit
) -> None:
    client = Client()
    client.force_login(cast.users["planner"])
    school = make_school(cast)
    for day in (date(2011, 10, 4), date(2012, 10, 4)):
        make_visit(cast, school, day, "supervision")
    with scope(None):
        assert client.get("/visits/?year=2555").context["page"].paginator.count == 1
        assert client.get("/visits/?year=all").context["page"].paginator.count == 2
        other = client.get("/visits/?year=2555&kind=supervision&page=3&since=2011-10-01")
        hrefs = re.findall(r'href="(\?[^"]*year=2556[^"]*)"', other.content.decode())
    assert hrefs == ["?kind=supervision&amp;year=2556"]


def test_a_reader_follows_the_records_that_they_may_read(cast: Cast, office: Unit) -> None:
    ours = make_school(cast, "วัดหนึ่ง")
    make_visit(cast, ours, date(2012, 6, 5), "supervision")
    record_need(actor=cast.actor("planner"), school=ours, fiscal_year=2560, text="ขาดครู")
    assert years_of_records(cast.actor("planner")) == {2555, 2560}
    assert years_of_records(cast.actor("school_head")) == frozenset()
    assert years_of_records(cast.actor("nobody")) == frozenset()
