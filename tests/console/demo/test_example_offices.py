"""The two example offices of the demo, as records: they add up, they are marked, and the document's office is left alone."""

import pytest
from django.db.models import Sum

from nithet.console.demo.example_year import loading
from nithet.console.demo.example_year.marks import EXAMPLE
from nithet.console.demo.office import build_demo, build_examples
from nithet.console.installation import set_up_editions
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import School
from nithet.domain.plans.models.money import BudgetLine
from nithet.domain.reviews.models.folders import Folder
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.models import OfficeSettings, Unit
from nithet.foundation.tenancy.scope import scope


@pytest.fixture
def offices(db: None, tmp_path: object, settings: object) -> list[Unit]:
    settings.NITHET_DATA = tmp_path  # type: ignore[attr-defined]
    set_up_editions()
    demo = build_demo()
    return [demo.office, *build_examples()]


def test_the_example_offices(offices: list[Unit]) -> None:
    document, year, second = offices
    with scope(document.pk):
        assert School.objects.count() == 13
        assert not Visit.objects.filter(source=EXAMPLE).exists()
        assert standing_of(Round.objects.get()).judgement.level is None
    with scope(year.pk):
        assert School.objects.filter(is_example=True).count() == 117
        assert School.objects.filter(is_example=False).count() == 13
        assert Census.objects.aggregate(Sum("pupils"))["pupils__sum"] == 19_500
        assert Census.objects.aggregate(Sum("rooms"))["rooms__sum"] == 1_130
        assert Visit.objects.filter(state="done").count() == 431
        assert Visit.objects.filter(kind="committee").count() == 13
        assert not Visitor.objects.filter(visit__kind="committee").exists()
        assert Visit.objects.filter(state="cancelled").count() == 28
        assert BudgetLine.objects.aggregate(Sum("planned"))["planned__sum"] == 611_000
        judgement = standing_of(Round.objects.get(months=12)).judgement
        assert judgement.level == 3
        assert Round.objects.get(months=6).state == "closed"
        assert Folder.objects.get().state == "waiting"
        assert loading.is_loaded()
    with scope(second.pk):
        assert School.objects.count() == School.objects.filter(is_example=True).count() == 96
        assert standing_of(Round.objects.get()).judgement.level is not None
    assert OfficeSettings.objects.get(office=year).is_example
    assert OfficeSettings.objects.get(office=second).is_example
    assert not OfficeSettings.objects.get(office=document).is_example
    before = Visit._base_manager.count(), User.objects.count()
    build_examples()
    assert (Visit._base_manager.count(), User.objects.count()) == before
