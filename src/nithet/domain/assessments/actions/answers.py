"""Answering the tests of a round."""

from collections.abc import Sequence

from nithet.domain.assessments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.assessments.actions.holding import held_answer, hold_open
from nithet.domain.assessments.models.rounds import ItemAnswer, Round, TestAnswer
from nithet.domain.assessments.queries.standing import answers_of, proposals_of
from nithet.domain.frameworks.queries import rules_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note
from nithet.foundation.actions.errors import Conflict
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken


@action("test.answer", event="test.answered", on="round")
def answer_test(
    *,
    actor: Actor,
    round: Round,
    item: str,
    test: str,
    is_done: bool | None,
    reason: str = "",
    seen: str | None = None,
) -> ItemAnswer:
    """Answer one test of an item: done, not done, or (None) take the answer back.

    What the records propose is kept beside the answer; an answer that differs from it needs a reason. `seen` is the
    answer that the writer had before them ("done", "not_done", "unanswered"); `Conflict` where it reads otherwise by now.
    None does not ask.
    """
    answer = held_answer(round, item)
    node = rules_of(round.edition).nodes[item]
    named = next((one.name.th for one in node.tests if one.id == test), None)
    if named is None:
        raise RuleBroken("test.unknown", "Item %(item)s has no such test.", field="test", item=item)
    kept = answer.tests.filter(test=test).first()
    stands = "unanswered" if kept is None else "done" if kept.is_done else "not_done"
    if seen is not None and seen != stands:
        raise Conflict(
            "test.answered_meanwhile",
            "Somebody else answered this test meanwhile. Look at the answer again and decide.",
        )
    note(item=item, test=test, test_name=named, was=stands, is_done=is_done, reason=reason)
    if is_done is None:
        answer.tests.filter(test=test).delete()
        return answer
    proposal = proposals_of(round, [item]).get((item, test))
    proposed = proposal.is_done if proposal else None
    # The reason of the opposite answer, still standing in the field, says nothing about this one.
    is_of_the_other = kept is not None and kept.is_done != is_done and kept.reason.strip() == reason.strip()
    if proposed is not None and proposed != is_done and (is_of_the_other or not reason.strip()):
        raise RuleBroken(
            "test.reason",
            "Your answer differs from what the records show. Please say why.",
            field="reason",
        )
    TestAnswer.objects.update_or_create(
        answer=answer,
        test=test,
        defaults={
            "office_id": round.office_id,
            "is_done": is_done,
            "proposed": proposed,
            "reason": reason.strip(),
            "answered_by": actor.signature,
            "answered_at": clock.now(),
        },
    )
    return answer


@action("proposals.accept", event="proposals.accepted", on="round")
def accept_proposals(*, actor: Actor, round: Round, items: Sequence[str]) -> Round:
    """Confirm, for whole items, every unanswered test that the records show as done.

    What the records show as not done, or cannot tell, stays unanswered for a person.
    """
    hold_open(round)
    answers = answers_of(round)
    proposals = proposals_of(round, items)
    rows = []
    for (item, test), proposal in proposals.items():
        given = {row.test for row in answers[item].given}
        if proposal.is_done and test not in given:
            rows.append(
                TestAnswer(
                    office_id=round.office_id,
                    answer=answers[item],
                    test=test,
                    is_done=True,
                    proposed=True,
                    answered_by=actor.signature,
                    answered_at=clock.now(),
                )
            )
    TestAnswer.objects.bulk_create(rows)
    note(count=len(rows), items=list(items))
    if len(items) == 1 and items[0] in answers:
        about(answers[items[0]])
    return round


@action("level.state", event="level.stated", on="round")
def state_level(*, actor: Actor, round: Round, item: str, level: int | None) -> ItemAnswer:
    """Keep the level that an old return ticked at an item. It declares nothing: only a signature does."""
    answer = held_answer(round, item)
    note(item=item)
    change(answer, stated_level=level)
    return answer
