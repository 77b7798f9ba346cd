"""What plans propose to the tests of items."""

import pytest

from nithet.domain.frameworks.measures import holds, measure
from nithet.domain.frameworks.queries import item_of
from nithet.domain.plans.actions.activities import add_activity
from nithet.domain.plans.actions.plans import open_plan
from nithet.domain.plans.actions.projects import serve_item
from nithet.foundation.access.actors import system_actor
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.school_years import fiscal_year_period
from tests.conftest import Cast, make_unit
from tests.domain.record_factories import YEAR, make_edition, make_plan, make_project

PERIOD = fiscal_year_period(YEAR)
SERVING = "plans.projects_serving"
ACTIVE = "plans.projects_serving_with_activity"


def test_an_office_without_a_plan_is_unknown_and_one_with_a_plan_has_none(
    cast: Cast, office: Unit
) -> None:
    edition = make_edition()
    before = measure(SERVING, [office.pk], PERIOD, edition_id=edition.pk, item="1")[office.pk]
    assert (before.value, before.given) == (None, None)
    assert "2555" in before.sentence.words
    make_plan(cast.actor("planner"))
    after = measure(SERVING, [office.pk], PERIOD, edition_id=edition.pk, item="1")[office.pk]
    assert after.value == 0
    test = item_of(edition, "1").tests[0]
    assert (holds(test, before), holds(test, after)) == (None, False)


def test_projects_are_counted_for_the_item_asked_about_with_the_records_behind(
    cast: Cast, office: Unit
) -> None:
    actor, edition = cast.actor("planner"), make_edition()
    first, second = make_project(actor, "ก"), make_project(actor, "ข")
    for project, item in ((first, "1"), (second, "1"), (first, "2")):
        serve_item(actor=actor, project=project, edition=edition, item=item)
    for title in ("ประชุม", "ติดตาม"):
        add_activity(actor=actor, project=first, title=title, kind="training")
    one = measure(SERVING, [office.pk], PERIOD, edition_id=edition.pk, item="1")[office.pk]
    assert one.value == 2
    assert [ref.id for ref in one.behind()] == [str(first.pk), str(second.pk)]
    active = measure(ACTIVE, [office.pk], PERIOD, edition_id=edition.pk, item="1")[office.pk]
    assert (active.value, active.behind()) == (1, (RecordRef("plans.project", str(first.pk)),))
    assert (
        measure(SERVING, [office.pk], PERIOD, edition_id=edition.pk, item="3")[office.pk].value == 0
    )
    assert (
        holds(
            item_of(edition, "2").tests[0],
            measure(ACTIVE, [office.pk], PERIOD, edition_id=edition.pk, item="2")[office.pk],
        )
        is True
    )
    assert (
        measure(SERVING, [office.pk], fiscal_year_period(2556), edition_id=edition.pk, item="1")[
            office.pk
        ].value
        is None
    )


def test_a_measure_of_an_item_says_so_when_no_item_is_named(cast: Cast, office: Unit) -> None:
    make_project(cast.actor("planner"))
    assert measure(SERVING, [office.pk], PERIOD)[office.pk].value is None


@pytest.mark.parametrize("count", [1, 30])
def test_all_offices_are_asked_at_once(
    cast: Cast, django_assert_num_queries: object, count: int
) -> None:
    edition = make_edition()
    offices = [make_unit("office", f"สำนักงานทดสอบ {number}") for number in range(count)]
    for number, unit in enumerate(offices):
        actor = system_actor("test", unit.pk)
        with scope(unit.pk):
            open_plan(actor=actor, fiscal_year=YEAR, title="แผน")
            for place in range(number % 3):
                project = make_project(actor, f"โครงการ {place}")
                serve_item(actor=actor, project=project, edition=edition, item="1")
    keys = [unit.pk for unit in offices]
    for name in (SERVING, ACTIVE):
        with django_assert_num_queries(2):  # type: ignore[operator]
            found = measure(name, keys, PERIOD, edition_id=edition.pk, item="1")
        wanted = [number % 3 if name == SERVING else 0 for number in range(count)]
        assert [found[key].value for key in keys] == wanted
