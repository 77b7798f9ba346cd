"""A round is held while something is written in it."""

from nithet.domain.assessments.models.rounds import ItemAnswer, Round
from nithet.foundation.actions.errors import Conflict
from nithet.kernel.errors import RuleBroken


def hold(reporting_round: Round) -> Round:
    """Lock a round to the end of the action and return it as it stands."""
    return Round.objects.select_for_update(of=("self",), no_key=True).get(pk=reporting_round.pk)


def hold_open(reporting_round: Round) -> Round:
    """Lock a round, so that it is not signed or closed over what is being written; `Conflict` where it was closed."""
    fresh = hold(reporting_round)
    if fresh.state != Round.State.OPEN:
        raise Conflict(
            "round.closed_meanwhile", "The round was closed meanwhile, so nothing was saved."
        )
    return fresh


def held_answer(reporting_round: Round, item: str) -> ItemAnswer:
    """Return the answer to an item, its round locked and open; `RuleBroken` where the form has no such item."""
    hold_open(reporting_round)
    answer = reporting_round.answers.filter(item=item).first()
    if answer is None:
        raise RuleBroken("item.unknown", "This form has no item %(item)s.", field="item", item=item)
    return answer
