"""A round of the shipped edition in the cast's office."""

import pytest

from nithet.domain.assessments.actions.rounds import open_round
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.frameworks.actions import add_edition
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import get_edition, shipped_editions
from nithet.foundation.access.actors import system_actor
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast

URN = "urn:nithet:edition:obec-return-2555:5.4"


@pytest.fixture
def edition(office: Unit) -> Edition:
    for text in shipped_editions():
        add_edition(actor=system_actor("test"), text=text)
    return get_edition(URN)


@pytest.fixture
def reporting_round(cast: Cast, edition: Edition) -> Round:
    return open_round(actor=cast.actor("planner"), edition=edition, fiscal_year=2555)
