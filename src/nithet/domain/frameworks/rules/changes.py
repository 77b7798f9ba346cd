"""The smallest set of changes that reaches a level, and what follows if changes are made."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from nithet.domain.frameworks.rules.compiled import Compiled, compiled
from nithet.domain.frameworks.rules.edition import ROOT, Edition
from nithet.domain.frameworks.rules.efforts import AsItStands, Change, ChangeKind, Efforts
from nithet.domain.frameworks.rules.facts import (
    NAMED_TRACES,
    NOTHING_KNOWN,
    TRACE_OF_RANK,
    Answer,
    Facts,
    ItemFacts,
    NamedTrace,
)
from nithet.domain.frameworks.rules.folding import fold_children, fold_root
from nithet.domain.frameworks.rules.judge import Judgement, judge
from nithet.kernel.errors import RuleBroken


def smallest_changes(edition: Edition, facts: Facts, target_level: int) -> tuple[Change, ...]:
    """The fewest changes after which at least `target_level` is reached; empty when it already is.

    Unanswered counts as not done until a change makes it done. Among equally small sets the one with
    the lower raises is taken, then the first in the order of the form, so the answer is always the
    same. The time grows with the items, not with their combinations. Raises RuleBroken
    `level_not_in_scale`, and `level_out_of_reach` where no change of these kinds leads there.
    """
    grading = edition.root.levels
    if grading is None or target_level not in grading.numbers:
        raise RuleBroken(
            "level_not_in_scale", "Level %(level)s is not in the scale.", level=target_level
        )
    judge(edition, facts)  # refuses facts that do not belong to the edition
    ready = compiled(edition)
    reaching = list(_ways(ready, facts, target_level))
    if not reaching:
        raise RuleBroken(
            "level_out_of_reach", "No change leads to level %(level)s.", level=target_level
        )
    _, changes = min(reaching, key=lambda way: way[0])
    order = {name: position for position, name in enumerate(edition.nodes)}
    found = sorted(_listed(changes), key=lambda change: order[change.item])
    return _no_higher_than_needed(edition, facts, tuple(found), target_level)


def _ways(ready: Compiled, facts: Facts, target: int) -> Iterator[tuple[int, object]]:
    """The cheapest changes by which each rule could lead to the target, with their cost.

    Each rule is sought on its own, for it looks at few of the counts; together they would multiply.
    """
    grading = ready.root.grading
    if grading is None or not grading.steps:
        for _, _, _, level, cost, changes in fold_root(ready.root, Efforts(ready, facts)):
            if level is not None and level >= target:
                yield cost, changes
        return
    below = ready.inner_mask
    for index, step in enumerate(grading.steps):
        if step.rule.level < target:
            continue
        before = [one for one in grading.steps[:index] if one.rule.level < target]
        looked_at = step.mask | below
        for one in before:
            looked_at |= one.mask
        efforts = Efforts(ready, facts, looked_at)
        for counts, score, _, cost, changes in fold_children(ready.root, efforts, None) or ():
            if (
                grading.presumes(counts, score)
                and step.holds(counts, score)
                and not any(one.holds(counts, score) for one in before)
            ):
                yield cost, changes


def what_if(edition: Edition, facts: Facts, changes: Iterable[Change]) -> Judgement:
    """The judgement after these changes; the facts themselves stay as they are."""
    return judge(edition, changed(edition, facts, changes))


def changed(edition: Edition, facts: Facts, changes: Iterable[Change]) -> Facts:
    """The facts after these changes.

    Raises RuleBroken `unknown_item` or `unknown_test` for what the edition does not have.
    """
    items = dict(facts.items)
    whole = facts.level
    for change in changes:
        if change.item == ROOT and change.kind is ChangeKind.LEVEL_TO:
            whole = int(change.detail)
            continue
        if change.item not in edition.nodes:
            raise RuleBroken(
                "unknown_item", "There is no item %(item)s in this edition.", item=change.item
            )
        items[change.item] = _applied(items.get(change.item, NOTHING_KNOWN), change)
    return Facts(items, whole)


def _applied(item: ItemFacts, change: Change) -> ItemFacts:
    match change.kind:
        case ChangeKind.TEST_DONE:
            return replace(item, tests={**item.tests, change.detail: Answer.DONE})
        case ChangeKind.TRACE_TO:
            rank = NAMED_TRACES.index(NamedTrace(change.detail))
            state, checkable = TRACE_OF_RANK[rank]
            return replace(item, trace=state, checkable=checkable, pieces=None)
        case ChangeKind.LEVEL_TO:
            return replace(item, level=int(change.detail))
        case ChangeKind.VALUE_TO:
            return replace(item, value=Decimal(change.detail))


def _listed(changes: object) -> Iterator[Change]:
    waiting = [changes]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Change):
            yield one
        elif isinstance(one, tuple):
            waiting.extend(reversed(one))


def _no_higher_than_needed(
    edition: Edition, facts: Facts, changes: tuple[Change, ...], target: int
) -> tuple[Change, ...]:
    """The same changes, with values that a sum or a mean counts lowered to what is still enough."""
    for position, change in enumerate(changes):
        node = edition.nodes[change.item]
        if change.kind is not ChangeKind.VALUE_TO or node.levels is not None or node.value is None:
            continue
        others = (*changes[:position], *changes[position + 1 :])
        low = _hundredths(Fraction(change.because or f"{node.value.low:f}"))
        high = highest = _hundredths(Fraction(change.detail))
        while low < high:
            middle = (low + high) // 2
            tried = replace(change, detail=f"{Decimal(middle) / 100:f}")
            level = _standing(edition, changed(edition, facts, (*others, tried)))
            if level is not None and level >= target:
                high = middle
            else:
                low = middle + 1
        if high < highest:
            lower = replace(change, detail=f"{Decimal(high) / 100:f}")
            changes = (*changes[:position], lower, *changes[position + 1 :])
    return changes


def _standing(edition: Edition, facts: Facts) -> int | None:
    """The level as it stands when everything unanswered counts as not done."""
    ready = compiled(edition)
    ends = fold_root(ready.root, AsItStands(ready, facts))
    return ends[0][3] if ends else None


def _hundredths(value: Fraction) -> int:
    return -(-value.numerator * 100 // value.denominator)
