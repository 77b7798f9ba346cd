"""The supervision cycle of the document lives in the records, and the return built from them says what it said before."""

from nithet.console.demo.supervision_cycle import keep_supervision_cycle
from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.evidence.models import Piece, Use
from nithet.domain.frameworks.measures import measure
from nithet.domain.returns.builder import build_return
from nithet.domain.supervision.models.cycle import CycleStep
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.text import collapse
from tests.conftest import Cast
from tests.web.conftest import office_with_return


def test_the_cycle_of_the_document_is_kept_and_its_return_is_the_same(
    cast: Cast,
) -> None:
    taken_over = office_with_return(cast)
    with scope(cast.office.pk):
        planner = cast.actor("planner")
        before = build_return(taken_over)
        counted = (Piece.objects.count(), Use.objects.count())
        cycle = keep_supervision_cycle(planner, taken_over)
        assert keep_supervision_cycle(planner, taken_over) == cycle
        assert build_return(taken_over) == before
        assert (Piece.objects.count(), Use.objects.count()) == counted
        steps = list(CycleStep.objects.filter(cycle=cycle))
        told = {
            row.mark: row
            for row in NarrativeParagraph.objects.filter(
                mark__startswith="1.3.", group__position=0, group__answer__item="5"
            )
        }
        assert [step.mark for step in steps] == [f"1.3.{n}" for n in range(1, 9)]
        for step in steps:
            assert step.text == collapse(told[step.mark].text)
            assert f"supervision.cyclestep:{step.pk}" in told[step.mark].cites
        done = [step.code for step in steps if step.state == CycleStep.State.DONE]
        assert done == ["plan", "supervise", "report"]
        assert {step.done_on for step in steps} == {None}
        asked = measure("supervision.system_reviews", [cast.office.pk], fiscal_year_period(2555))
        assert asked[cast.office.pk].value is None
