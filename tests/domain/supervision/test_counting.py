"""นิเทศครบ n of N, plan against done, every member every semester."""

from datetime import date

import pytest

from nithet.domain.frameworks.measures import Question
from nithet.domain.supervision.actions.planning import open_supervision_plan
from nithet.domain.supervision.actions.visits import cancel_visit
from nithet.domain.supervision.models.plans import SupervisionPlanVersion
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.planning_measures import members_every_semester
from nithet.domain.supervision.queries.counting import (
    SHOWN,
    committee_cover,
    months_of_year,
    plan_is_approved,
    visits_of_month,
    visits_of_semester,
    year_cover,
)
from nithet.domain.supervision.rules.covering import Done, SchoolPlace, cover
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year_period, semester
from tests.conftest import Cast
from tests.domain.record_factories import make_visit
from tests.domain.supervision.planning_factories import (
    BEGIN,
    YEAR,
    make_members,
    make_schools,
    make_supervisor,
    put_in_plan,
)

SECOND = semester(date(2012, 1, 10))
SCHOOLS = [
    SchoolPlace(1, "ก", "เครือข่าย 10", "ศน. 1"),
    SchoolPlace(2, "ข", "เครือข่าย 2", "ศน. 1"),
    SchoolPlace(3, "ค", "", ""),
]


def counted(*done: Done, today: date = date(2012, 3, 20)):  # type: ignore[no-untyped-def]
    assert not isinstance(SECOND, type(None))
    return cover(SECOND, date(2012, 4, 1), SCHOOLS, done, today)  # type: ignore[arg-type]


def test_only_being_there_counts_and_other_ways_are_counted_apart() -> None:
    found = counted(
        Done(1, date(2012, 1, 10), False),
        Done(1, date(2012, 2, 10), False),
        Done(2, date(2012, 1, 11), True),
        Done(9, date(2012, 1, 11), False),
        Done(3, date(2012, 6, 1), False),
    )
    assert (found.all.count, found.all.total, [one.name for one in found.all.left]) == (
        1,
        3,
        ["ข", "ค"],
    )
    assert [one.name for one in found.all.remote_only] == ["ข"]
    assert (found.on_site, found.remote, found.outside) == (3, 1, 1)
    assert found.weeks_left == 2 and counted(today=date(2012, 4, 2)).weeks_left == 0


def test_networks_stand_in_the_order_of_their_numbers_and_none_comes_last() -> None:
    found = counted(Done(2, date(2012, 1, 10), False))
    assert [(one.name, one.count, one.total) for one in found.networks] == [
        ("เครือข่าย 2", 1, 1),
        ("เครือข่าย 10", 0, 1),
        ("", 0, 1),
    ]
    assert [(one.name, one.count, one.total) for one in found.supervisors] == [
        ("ศน. 1", 1, 2),
        ("", 0, 1),
    ]


@pytest.fixture
def year(cast: Cast, office: Unit) -> list[Visit]:
    """Three of the plan for November (one done in December, one called off), one agreed by hand alone, one by telephone."""
    schools = make_schools(cast, 5)
    make_supervisor(cast, schools[:3])
    with clock.fixed(BEGIN):
        planned = [
            make_visit(cast, school, date(2011, 11, 8 + at), "supervision", state="planned")
            for at, school in enumerate(schools[:3])
        ]
        for one in planned:
            put_in_plan(one)
        cancel_visit(actor=cast.actor("planner"), visit=planned[1], reason="น้ำท่วม")
    Visit.objects.filter(pk=planned[0].pk).update(state="done", visited_on=date(2011, 12, 1))
    other = make_visit(cast, schools[3], date(2011, 11, 20), "supervision")
    Visit.objects.filter(pk=other.pk).update(planned_for=date(2011, 11, 20))
    phoned = make_visit(cast, schools[4], date(2011, 11, 21), "supervision")
    Visit.objects.filter(pk=phoned.pk).update(mode="telephone")
    return [*planned, other, phoned]


def test_plan_and_deed_by_month_open_the_rows_that_they_count(
    cast: Cast, year: list[Visit]
) -> None:
    actor = cast.actor("supervisor")
    months = {one.first: one for one in months_of_year(actor, YEAR)}
    november = months[date(2011, 11, 1)]
    assert (
        november.planned,
        november.done,
        november.missing,
        november.cancelled,
        november.unplanned,
    ) == (3, 1, 1, 1, 2)
    december = months[date(2011, 12, 1)]
    assert december.planned == 0 and len(months) == 12
    # The visit of November that was carried out in December is a deed of December.
    assert (november.in_month, december.in_month) == (2, 1)
    for month in (november, december):
        for shown in SHOWN:
            rows = visits_of_month(actor, month.first, shown, "supervision")
            assert rows.count() == getattr(month, shown), (month.first, shown)


def test_a_year_is_planned_only_once_a_version_of_its_plan_is_approved(
    cast: Cast, year: list[Visit]
) -> None:
    actor = cast.actor("director")
    assert not plan_is_approved(actor, YEAR)
    plan = open_supervision_plan(actor=actor, fiscal_year=YEAR)
    assert not plan_is_approved(actor, YEAR)
    SupervisionPlanVersion.objects.create(
        office=cast.office, plan=plan, number=1, content={"lines": []}, digest="0" * 64,
        approved_at=clock.now(), approved_by="ผอ.",
    )  # fmt: skip
    assert plan_is_approved(actor, YEAR) and not plan_is_approved(actor, YEAR + 1)


def test_coverage_of_the_year_names_what_is_left_and_says_what_every_school_is(
    cast: Cast, year: list[Visit]
) -> None:
    found = year_cover(cast.actor("supervisor"), YEAR)
    second, first = found.semesters
    assert (second.all.count, second.all.total, second.remote) == (2, 5, 1)
    assert [one.name for one in second.supervisors][-1] == ""
    assert (first.all.count, first.all.total) == (0, 5)
    assert "5" in found.population.sentence and found.population.n == 5
    rows = visits_of_semester(
        cast.actor("supervisor"), YEAR, second.semester, kind="supervision", remote=True
    )
    assert rows.count() == 1


def test_a_member_is_known_by_account_or_title_and_unnamed_visits_are_said(
    cast: Cast, office: Unit
) -> None:
    make_members(cast, 2)
    schools = make_schools(cast, 3)
    visits = [make_visit(cast, school, date(2012, 6, 1)) for school in schools]
    Visitor.objects.create(office=cast.office, visit=visits[0], title="กรรมการ คนที่ 1")
    Visitor.objects.create(office=cast.office, visit=visits[1], title="กรรมการ คนที่ 1")
    found = committee_cover(cast.actor("planner"), YEAR)
    assert [[part.count for part in one.semesters] for one in found.members] == [[0, 2], [0, 0]]
    assert found.unnamed == (0, 1) and (found.count_of(0), found.count_of(1)) == (0, 1)
    assert set(found.members[0].semesters[1].visits) == {visits[0].pk, visits[1].pk}


def test_counting_costs_the_same_queries_whatever_the_rows(
    cast: Cast, year: list[Visit], django_assert_max_num_queries: object
) -> None:
    actor = cast.actor("supervisor")
    for number in (1, 30):
        for at, school in enumerate(make_schools(cast, 2)):
            make_visit(cast, school, date(2012, 1, number % 28 + at + 1), "supervision")
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            year_cover(actor, YEAR)
        with django_assert_max_num_queries(1):  # type: ignore[operator]
            months_of_year(actor, YEAR)


def test_every_member_every_semester_is_measured_and_unknown_where_visits_name_nobody(
    cast: Cast, office: Unit
) -> None:
    ask = Question((cast.office.pk, cast.other_office.pk), fiscal_year_period(YEAR))
    assert members_every_semester(ask)[cast.office.pk].value is None
    make_members(cast, 2)
    first, second = make_schools(cast, 2)
    visit = make_visit(cast, first, date(2012, 6, 1))
    assert members_every_semester(ask)[cast.office.pk].value is None
    Visitor.objects.create(office=cast.office, visit=visit, title="กรรมการ คนที่ 1")
    Visitor.objects.create(
        office=cast.office, visit=visit, title="กรรมการ คนที่ 2", is_companion=True
    )
    found = members_every_semester(ask)[cast.office.pk]
    assert (found.n, found.of) == (1, 4)
    again = make_visit(cast, second, date(2012, 1, 10))
    for at in (1, 2):
        Visitor.objects.create(office=cast.office, visit=again, title=f"กรรมการ คนที่ {at}")
    found = members_every_semester(ask)[cast.office.pk]
    assert (found.n, found.of) == (3, 4)
    assert members_every_semester(ask)[cast.other_office.pk].value is None


def test_a_school_that_closed_within_the_year_is_outside_of_n_and_its_visit_is_said_apart(
    cast: Cast, year: list[Visit]
) -> None:
    closed = year[0].school
    with clock.fixed(clock.at(date(2012, 3, 1))):
        before = year_cover(cast.actor("supervisor"), YEAR).semesters[0]
        Unit.objects.filter(pk=closed.unit_id).update(ends_on=date(2012, 2, 1))
        after = year_cover(cast.actor("supervisor"), YEAR).semesters[0]
    assert (before.all.count, before.all.total, before.outside) == (2, 5, 0)
    assert (after.all.count, after.all.total, after.outside) == (1, 4, 1)
    assert closed.pk not in {one.key for one in after.schools}


def test_calls_cancelled_visits_and_committees_never_make_a_school_visited(
    cast: Cast, office: Unit
) -> None:
    schools = make_schools(cast, 4)
    day = date(2012, 1, 10)
    make_visit(cast, schools[0], day)
    for school, mode in zip(schools[1:3], ("online", "recorded"), strict=True):
        made = make_visit(cast, school, day, "supervision")
        Visit.objects.filter(pk=made.pk).update(mode=mode)
    called_off = make_visit(cast, schools[3], day, "supervision")
    Visit.objects.filter(pk=called_off.pk).update(state="cancelled")
    found = year_cover(cast.actor("supervisor"), YEAR).semesters[0]
    assert (found.all.count, found.on_site, found.remote) == (0, 0, 2)
    assert {one.key for one in found.all.remote_only} == {one.pk for one in schools[1:3]}
