"""A round that can be put before the director, and one that was signed and closed."""

import pytest

from nithet.domain.assessments.actions.rounds import close_round, open_round
from nithet.domain.assessments.actions.signing import sign_off
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.frameworks.models import Edition
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast
from tests.domain.record_factories import make_edition


@pytest.fixture
def edition(office: Unit) -> Edition:
    return make_edition()


@pytest.fixture
def reporting_round(cast: Cast, edition: Edition) -> Round:
    return open_round(actor=cast.actor("planner"), edition=edition, fiscal_year=2555)


@pytest.fixture
def closed_round(cast: Cast, reporting_round: Round) -> Round:
    director = cast.actor("director")
    shown = standing_of(reporting_round).digest
    sign_off(actor=director, round=reporting_round, declared_level=2, shown=shown, request_key="k", reason="มติคณะทำงาน")
    return close_round(actor=director, round=reporting_round)
