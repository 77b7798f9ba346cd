"""What instruments propose: forms that were filled in, and the schools where."""

from datetime import timedelta

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
    fill(unused, {"q1": "4"}, received_at=DAY + timedelta(days=400))
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
