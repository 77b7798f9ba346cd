"""A visit that the plan names and nobody made does not look as if somebody had been there."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast
from tests.domain.record_factories import make_school, make_visit


@pytest.fixture
def shown(cast: Cast, office: Unit) -> Callable[..., str]:
    def page(name: str, *parts: int) -> str:
        browser = Client()
        browser.force_login(cast.users["supervisor"])
        return browser.get(reverse(name, args=parts)).content.decode()

    return page


@pytest.mark.parametrize(
    ("state", "listed", "is_said"),
    [
        ("planned", "ยังไม่ได้บันทึกผล", True),
        ("cancelled", "ยกเลิก", True),
        ("done", "บันทึกแล้ว", False),
    ],
)
def test_only_a_visit_that_was_carried_out_stands_without_its_state(
    state: str, listed: str, is_said: bool, cast: Cast, office: Unit, shown: Callable[..., str]
) -> None:
    visit = make_visit(cast, make_school(cast), date(2012, 6, 1))
    Visit.objects.filter(pk=visit.pk).update(state=state)
    word = f"{Visit.State(state).label}</span>"
    assert (f"{listed}</span>" in shown("visits:visits")) is is_said
    assert (word in shown("visits:visit", visit.pk)) is is_said
