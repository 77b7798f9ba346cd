"""Owned rows fail closed."""

import pytest

from nithet.domain.plans.models.plan import Plan
from nithet.foundation.tenancy.scope import OutsideScopeError, scope, unscoped
from tests.conftest import Cast


def test_an_owned_row_is_out_of_reach_without_a_scope(cast: Cast) -> None:
    with pytest.raises(OutsideScopeError):
        list(Plan.objects.all())


def test_a_scope_shows_its_own_office_alone(cast: Cast) -> None:
    for unit in (cast.office, cast.other_office):
        with scope(unit.pk):
            Plan.objects.create(office=unit, fiscal_year=2555, title=str(unit))
    with scope(cast.office.pk):
        assert [p.office_id for p in Plan.objects.all()] == [cast.office.pk]
    with unscoped():
        assert Plan.objects.count() == 2


def test_a_row_of_another_office_cannot_be_written(cast: Cast) -> None:
    with scope(cast.office.pk):
        with pytest.raises(ValueError, match="another office"):
            Plan.objects.create(office=cast.other_office, fiscal_year=2555, title="x")
        with pytest.raises(ValueError, match="another office"):
            Plan.objects.bulk_create([Plan(office=cast.other_office, fiscal_year=2555, title="x")])
