"""Every figure of the reports of year, semester and month is followed: it opens as many records as it says, of its own year."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from nithet.domain.commitments.actions import make_commitment
from nithet.domain.directory.models.schools import School
from nithet.domain.plans.actions.needs import record_need
from nithet.domain.supervision.actions.planning import open_supervision_plan
from nithet.domain.supervision.models.plans import SupervisionPlanVersion
from nithet.domain.supervision.models.visits import Visit, VisitNeed
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year_period
from tests.conftest import Cast
from tests.domain.record_factories import YEAR, make_visit
from tests.domain.supervision.planning_factories import make_members, make_schools

LINK = re.compile(r'<a[^>]*href="([^"]*/supervision/reports/rows/[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
REPORTS = [
    ("year", {"year": YEAR}, 12),
    ("semester", {"semester": f"1/{YEAR}", "body": "monitoring"}, 6),
    ("semester", {"semester": f"2/{YEAR - 1}", "body": "area"}, 4),
    ("month", {"month": "2012-06"}, 4),
    ("month", {"month": "2012-01"}, 3),
]


@pytest.fixture
def planner(cast: Cast, office: Unit) -> Client:
    """Somebody who reads reports, and a year with every kind of visit that could be counted wrongly."""
    schools = make_schools(cast, 7)
    make_members(cast, 2)
    actor = cast.actor("planner")
    days = [date(2011, 11, 8), date(2012, 1, 10), date(2012, 6, 5), date(2012, 6, 19)]
    with clock.fixed(clock.at(date(2011, 10, 3))):
        planned = [
            make_visit(cast, one, days[0], "supervision", state="planned") for one in schools[:3]
        ]
    Visit.objects.filter(pk__in=[one.pk for one in planned[:2]]).update(state="done")
    for day in days[1:]:
        for school in schools[:4]:
            make_visit(cast, school, day, "supervision")
    remote = [
        make_visit(cast, school, day, "supervision")
        for school, day in zip(schools[4:6], (date(2012, 1, 11), date(2012, 6, 6)), strict=True)
    ]
    Visit.objects.filter(pk__in=[one.pk for one in remote]).update(mode="telephone")
    cancelled = make_visit(cast, schools[4], date(2012, 6, 7), "supervision")
    Visit.objects.filter(pk=cancelled.pk).update(state="cancelled")
    committee = make_visit(cast, schools[5], date(2012, 6, 12))
    committee.visitors.create(office=cast.office, title="กรรมการ คนที่ 1")
    make_visit(cast, schools[0], date(2012, 6, 13))
    # A school that closed within the year, visited before, and a visit of the next year.
    closed = make_visit(cast, schools[6], date(2012, 1, 12), "supervision")
    Unit.objects.filter(pk=closed.school.unit_id).update(ends_on=date(2012, 3, 1))
    make_visit(cast, schools[0], date(2012, 10, 2), "supervision")
    need = record_need(actor=actor, school=schools[0], fiscal_year=YEAR, text="ต้องการสื่อ")
    first = Visit.objects.filter(
        school=schools[0], kind="supervision", mode="on_site", state="done"
    ).order_by("pk")[0]
    VisitNeed.objects.create(office=cast.office, visit=first, need=need)
    for number in range(3):
        make_commitment(
            actor=actor,
            kind="promise",
            text=f"เรื่องที่ {number}",
            owner_title="ครูวิชาการ",
            due_on=date(2012, 7, 1) + timedelta(days=number),
            about=RecordRef("directory.school", str(schools[0].pk)),
            arose_from=RecordRef("supervision.visit", str(first.pk)),
        )
    plan = open_supervision_plan(actor=actor, fiscal_year=YEAR)
    SupervisionPlanVersion.objects.create(
        office=cast.office, plan=plan, number=1, content={"lines": []}, digest="0" * 64,
        approved_at=clock.now(), approved_by="ผอ.",
    )  # fmt: skip
    client = Client()
    client.force_login(cast.users["planner"])
    return client


@pytest.mark.parametrize(("name", "query", "least"), REPORTS)
def test_every_figure_opens_as_many_records_as_it_says(
    planner: Client, name: str, query: dict[str, str | int], least: int
) -> None:
    with scope(None):
        page = planner.get(reverse(f"supervision_reports:{name}"), query)
        html = page.content.decode()
        links = LINK.findall(html)
        assert len({href for href, _ in links}) >= least
        for href, words in links:
            said = re.sub(r"<[^>]*>", " ", words.split("<strong>")[-1])
            number = int(re.search(r"\d+", said).group())  # type: ignore[union-attr]
            opened = planner.get(unescape(href))
            assert opened.status_code == 200
            assert opened.context["page"].paginator.count == number > 0, (href, said)
            assert len(opened.context["records"]) == min(number, 30), href
            assert opened.context["year"] == YEAR, href


@pytest.mark.parametrize(("name", "query", "least"), REPORTS)
def test_what_a_figure_opens_is_of_the_same_year(
    planner: Client, office: Unit, name: str, query: dict[str, str | int], least: int
) -> None:
    period = fiscal_year_period(YEAR)
    with scope(None):
        figures = list(
            planner.get(reverse(f"supervision_reports:{name}"), query)
            .context["report"]
            .every_figure()
        )
    assert figures
    for figure in figures:
        assert len(figure.rows) == figure.n, figure.code
        assert figure.of is None or figure.n <= figure.of, figure.code
        for ref in figure.rows:
            if ref.kind == "supervision.visit":
                assert Visit.objects.get(pk=ref.id).visited_on in period
            elif ref.kind == "directory.school":
                assert School.objects.get(pk=ref.id).unit.ends_on is None, (
                    "a closed school counts in no N"
                )


def test_the_year_goes_along_through_the_tabs_and_the_choice(planner: Client) -> None:
    with scope(None):
        for name, query in (
            ("visits:visits", {}),
            ("needs:needs", {}),
            ("cycle:cycle", {}),
            ("planner:standing", {}),
            ("supervision_reports:reports", {}),
            ("supervision_reports:semester", {"semester": f"1/{YEAR}"}),
            ("supervision_reports:month", {"month": "2012-06"}),
            ("planner:calendar", {"month": "2012-06"}),
        ):
            html = planner.get(reverse(name), query or {"year": YEAR}).content.decode()
            tabs = html.split('class="tab-row"', 1)[1].split("</nav>", 1)[0]
            hrefs = re.findall(r'href="([^"]+)"', tabs)
            assert len(hrefs) > 5
            without = [href for href in hrefs if not href.endswith(f"?year={YEAR}")]
            # The page without a network is kept on the tablet by its bare address.
            assert without in ([], [reverse("field:shell")]), name
            switch = html.split('class="year-switch"', 1)[1].split("</nav>", 1)[0]
            assert f'aria-current="true">{YEAR}</a>' in switch, name
