"""A round is held while something is written in it."""

from nithet.domain.assessments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.assessments.models.rounds import ItemAnswer, Round
from nithet.foundation.actions.errors import Conflict
from nithet.kernel.errors import RuleBroken


def hold_open(reporting_round: Round) -> None:
    """Lock a round to the end of the action, so that it is not signed or closed over what is being written."""
    fresh = Round.objects.select_for_update(no_key=True).get(pk=reporting_round.pk)
    if fresh.state != Round.State.OPEN:
        raise Conflict("round.closed_meanwhile", "The round was closed meanwhile, so nothing was saved.")


def held_answer(reporting_round: Round, item: str) -> ItemAnswer:
    """Return the answer to an item, its round locked and open; `RuleBroken` where the form has no such item."""
    hold_open(reporting_round)
    answer = reporting_round.answers.filter(item=item).first()
    if answer is None:
        raise RuleBroken("item.unknown", "This form has no item %(item)s.", field="item", item=item)
    return answer
