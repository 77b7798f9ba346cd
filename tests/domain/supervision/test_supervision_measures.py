"""What visits propose to the tests of item 5."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nithet.domain.directory.actions.schools import register_school
from nithet.domain.frameworks.measures import Measured, holds, measure
from nithet.domain.frameworks.queries import item_of
from nithet.domain.plans.actions.needs import record_need
from nithet.domain.supervision.actions.planning import open_supervision_plan
from nithet.domain.supervision.actions.visits import record_visit
from nithet.domain.supervision.models.plans import PlannedVisit, SupervisionPlanVersion
from nithet.domain.supervision.models.visits import Visit, VisitNeed
from nithet.domain.supervision.rules.semesters import semesters_of
from nithet.foundation.access.actors import system_actor
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year_period
from tests.conftest import Cast, make_unit
from tests.domain.record_factories import YEAR, make_edition, make_school, make_visit

PERIOD = fiscal_year_period(YEAR)
NEEDS = "supervision.visits_answering_needs"
PLANNED = "supervision.planned_visits_done"
REVIEWS = "supervision.system_reviews"
DAY = date(2012, 6, 20)


def measured(name: str, office: Unit) -> Measured:
    return measure(name, [office.pk], PERIOD)[office.pk]


def test_records_that_say_nothing_propose_nothing(cast: Cast, office: Unit) -> None:
    edition = make_edition()
    tests = {test.thresholds[0].measure: test for test in item_of(edition, "5").tests}
    assert set(tests) == {NEEDS, PLANNED, REVIEWS}
    make_visit(cast, make_school(cast))  # a committee visit, as the real return has thirteen
    for name, test in tests.items():
        found = measured(name, office)
        assert found.value is None
        assert holds(test, found) is None
        assert found.sentence.words


def test_needs_that_nobody_recorded_are_unknown_and_not_missed(cast: Cast, office: Unit) -> None:
    for number in range(3):
        make_visit(cast, make_school(cast, f"วัด {number}"), DAY, "supervision")
    found = measured(NEEDS, office)
    assert (found.value, found.n, found.of, found.given) == (None, 0, 3, None)
    assert "3" in found.sentence.words


def test_visits_that_name_the_need_are_counted_among_those_done(cast: Cast, office: Unit) -> None:
    for number, need in enumerate(["การจัดทำแผน", "การประเมินผล", "", "มาตรฐาน", "ครูไม่ครบชั้น"]):
        make_visit(cast, make_school(cast, f"วัด {number}"), DAY, "supervision", need=need)
    make_visit(cast, make_school(cast, "วัด 9"), DAY, "supervision", need="อนาคต", state="planned")
    make_visit(cast, make_school(cast, "วัด 8"), DAY, "committee")
    make_visit(cast, make_school(cast, "วัด 7"), date(2012, 10, 1), "supervision")
    found = measured(NEEDS, office)
    assert (found.n, found.of, found.value) == (4, 5, Decimal("80.0"))
    assert len(found.behind()) == 5
    test = next(t for t in item_of(make_edition(), "5").tests if t.thresholds[0].measure == NEEDS)
    assert holds(test, found) is True


def test_only_visits_that_a_plan_named_show_that_the_plan_was_carried_out(
    cast: Cast, office: Unit
) -> None:
    make_visit(cast, make_school(cast, "ไม่มีแผน"), DAY, "supervision")
    assert measured(PLANNED, office).value is None
    make_visit(cast, make_school(cast, "ตรวจเยี่ยม"), DAY, "committee", state="planned")
    assert measured(PLANNED, office).value is None
    schools = [make_school(cast, f"วัด {number}") for number in range(4)]
    for school in schools:
        make_visit(cast, school, DAY, "supervision", state="planned")
    for school in schools[:2]:
        make_visit(cast, school, DAY, "supervision", state="done")
    Visit.objects.filter(school=schools[3]).update(state=Visit.State.CANCELLED)
    found = measured(PLANNED, office)
    assert (found.n, found.of, found.value) == (2, 4, Decimal("50.0"))


def test_a_visit_planned_for_a_day_to_come_is_not_missed_yet(cast: Cast, office: Unit) -> None:
    school = make_school(cast)
    with clock.fixed(datetime(2012, 6, 20, 5, tzinfo=UTC)):
        make_visit(cast, school, date(2012, 6, 20), "supervision", state="planned")
        make_visit(cast, school, date(2012, 6, 20), "supervision", state="done")
        make_visit(cast, school, date(2012, 6, 21), "supervision", state="planned")
        found = measured(PLANNED, office)
        assert (found.n, found.of) == (1, 1)
    with clock.fixed(datetime(2012, 6, 21, 5, tzinfo=UTC)):
        assert (measured(PLANNED, office).n, measured(PLANNED, office).of) == (1, 2)


@pytest.mark.parametrize("count", [1, 30])
def test_all_offices_are_asked_at_once(
    cast: Cast, django_assert_num_queries: object, count: int
) -> None:
    offices = [make_unit("office", f"สำนักงานทดสอบ {number}") for number in range(count)]
    for number, unit in enumerate(offices):
        actor = system_actor("test", unit.pk)
        with scope(unit.pk):
            school = register_school(actor=actor, name="วัดทดสอบ")
            for day in range(1, number % 4 + 2):
                for state in ("planned", "done"):
                    record_visit(
                        actor=actor,
                        school=school,
                        kind="supervision",
                        visited_on=date(2012, 6, day),
                        state=state,
                        need="แผน" if day == 1 else "",
                    )
    keys = [unit.pk for unit in offices]
    for name, queries in ((NEEDS, 1), (PLANNED, 2)):
        with django_assert_num_queries(queries):  # type: ignore[operator]
            found = measure(name, keys, PERIOD)
        assert [found[key].of for key in keys] == [number % 4 + 1 for number in range(count)]
        assert [found[key].n for key in keys] == [
            1 if name == NEEDS else number % 4 + 1 for number in range(count)
        ]


@pytest.mark.parametrize("year", range(2550, 2581))
def test_a_fiscal_year_answers_for_two_semesters(year: int) -> None:
    assert [(one.academic_year, one.number) for one in semesters_of(year)] == [
        (year - 1, 2),
        (year, 1),
    ]


def test_a_need_that_only_the_plan_tied_to_a_visit_is_not_said_by_the_visit(
    cast: Cast, office: Unit
) -> None:
    planner = cast.actor("planner")
    school = make_school(cast)
    need = record_need(actor=planner, school=school, fiscal_year=YEAR, text="ต้องการสื่อ")
    visit = make_visit(cast, school, DAY, "supervision")
    VisitNeed.objects.create(office=cast.office, visit=visit, need=need)
    assert (measured(NEEDS, office).n, measured(NEEDS, office).of) == (1, 1)
    plan = open_supervision_plan(actor=planner, fiscal_year=YEAR)
    PlannedVisit.objects.create(
        office=cast.office, plan=plan, school=school, kind="supervision", planned_on=DAY,
        academic_year=YEAR, semester=1, origin="by_hand", state="accepted", visit=visit,
    )  # fmt: skip
    assert measured(NEEDS, office).value is None
    Visit.objects.filter(pk=visit.pk).update(written_at=clock.now(), written_by="ศน.")
    assert (measured(NEEDS, office).n, measured(NEEDS, office).of) == (1, 1)


def test_without_an_approved_plan_the_sentence_says_that_there_is_none(
    cast: Cast, office: Unit
) -> None:
    make_visit(cast, make_school(cast), DAY, "supervision", state="planned")
    assert "ยังไม่มีแผนนิเทศที่อนุมัติ" in measured(PLANNED, office).sentence.words
    plan = open_supervision_plan(actor=cast.actor("planner"), fiscal_year=YEAR)
    SupervisionPlanVersion.objects.create(
        office=cast.office, plan=plan, number=1, content={"lines": []}, digest="0" * 64,
        approved_at=clock.now(), approved_by="ผอ.",
    )  # fmt: skip
    assert "ยังไม่มีแผนนิเทศที่อนุมัติ" not in measured(PLANNED, office).sentence.words
