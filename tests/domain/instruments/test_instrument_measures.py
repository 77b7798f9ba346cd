"""What instruments propose: forms that were filled in, and the schools where."""

from datetime import UTC, datetime, timedelta

from nithet.domain.frameworks.measures import Measured, measure
from nithet.domain.instruments.measures import FORMS_FILLED, SCHOOLS_COVERED
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.school_years import fiscal_year_period
from tests.conftest import Cast
from tests.domain.instruments.result_factories import DAY, fill, make_form, make_school, rating

YEAR = fiscal_year_period(2555)


def measured(name: str, office: Unit) -> Measured:
    return measure(name, [office.pk], YEAR)[office.pk]


def test_forms_filled_in_during_the_year_are_counted_with_the_forms_behind(
    cast: Cast, office: Unit
) -> None:
    used, unused = make_form(office, [rating("q1")]), make_form(office, [rating("q1")])
    fill(used, {"q1": "5"})
    fill(used, {"q1": "4"})
    late = DAY + timedelta(days=400)
    fill(unused, {"q1": "4"}, ended_at=late, received_at=late)
    fill(unused, {"q1": "4"}, state="waiting")
    found = measured(FORMS_FILLED.name, office)
    assert found.value == 1
    assert found.sentence.params == {"forms": 1, "records": 2}
    assert [one.id for one in found.behind()] == [str(used.instrument_id)]


def test_schools_are_counted_once_of_all_that_stand_open(cast: Cast, office: Unit) -> None:
    first, second = make_school(cast.school), make_school(cast.other_school)
    form = make_form(office, [rating("q1")])
    fill(form, {"q1": "5"}, school=first)
    fill(form, {"q1": "5"}, school=first)
    found = measured(SCHOOLS_COVERED.name, office)
    assert (found.n, found.of) == (1, 2)
    assert [one.id for one in found.behind()] == [str(first.pk)]
    assert second.pk != first.pk


def test_without_a_school_nothing_is_said(cast: Cast, office: Unit) -> None:
    assert measured(SCHOOLS_COVERED.name, office).value is None


def test_a_form_counts_in_the_year_it_was_filled_in_however_late_it_arrives(
    cast: Cast, office: Unit
) -> None:
    form = make_form(office, [rating("q1")])
    school = make_school(cast.school)
    filled = datetime(2012, 9, 28, 3, tzinfo=UTC)
    fill(form, {"q1": "5"}, school=school, ended_at=filled, received_at=filled + timedelta(days=4))
    next_year = fiscal_year_period(2556)
    for name in (FORMS_FILLED.name, SCHOOLS_COVERED.name):
        assert len(measured(name, office).behind()) == 1
        assert not measure(name, [office.pk], next_year)[office.pk].behind()
