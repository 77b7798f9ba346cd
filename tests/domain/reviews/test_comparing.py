"""Two rounds beside each other."""

from nithet.domain.assessments.actions.answers import answer_test
from nithet.domain.assessments.actions.rounds import open_round
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.frameworks.models import Edition
from nithet.domain.reviews.queries.comparing import compare, others_of
from tests.conftest import Cast


def test_the_shorter_round_stands_first_and_what_moved_is_told(cast: Cast, edition: Edition, reporting_round: Round) -> None:
    planner = cast.actor("planner")
    half = open_round(actor=planner, edition=edition, fiscal_year=2555, months=6)
    answer_test(actor=planner, round=reporting_round, item="1", test="project", is_done=True, reason="มีโครงการ")
    found = compare(reporting_round, half)
    assert (found.earlier.round, found.later.round) == (half, reporting_round)
    assert [one.item for one in found.items if one.moved] == ["1"]
    first = found.items[0]
    assert first.earlier is not None
    assert first.later is not None
    assert (first.earlier.done, first.later.done, first.later.tests) == (0, 1, 1)
    assert found.same_form


def test_the_nearest_round_of_the_same_form_is_offered_first(cast: Cast, edition: Edition, reporting_round: Round) -> None:
    half = open_round(actor=cast.actor("planner"), edition=edition, fiscal_year=2555, months=6)
    assert others_of(cast.actor("director"), reporting_round) == [half]
