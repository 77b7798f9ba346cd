"""One walk up the tree, used three ways: what the facts give, what is possible, what must change.

Every node hands its parent a list of options. An option is the counts it adds, the lowest and the
highest number it hands up, its cost, and the changes that lead to it. Known facts are one option;
something unanswered is several; a change is one more, at a cost. An `Options` says what the options
of an item are and which need not be told apart (`answers.py`, `efforts.py`); the walk is the same.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Protocol

from nithet.domain.frameworks.rules.compiled import Branch, Leaf, Option
from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.frameworks.rules.grading import Combination, ScoreRule
from nithet.domain.frameworks.rules.numbers import ZERO, Number, rounded

Caps = tuple[tuple[int, int], ...]

Witness = Callable[[Node, int, Number | None, Number | None, tuple[int | None, ...]], None]
"""Told of every node with levels or a score: its counts, lowest and highest score, its levels."""

End = tuple[int, Number | None, Number | None, int | None, int, object]
"""One way the whole can come out: counts, lowest and highest score, level, cost, changes."""


class Options(Protocol):
    """Where options come from, and which of them are kept."""

    def applies(self, node: Node) -> bool:
        """Whether the node concerns this subject at all."""

    def of_leaf(self, leaf: Leaf) -> list[Option]:
        """What this item may come out as."""

    def of_person(self, node: Node) -> list[tuple[int | None, int, object]]:
        """The levels a person may choose for a node, each with its cost and its change."""

    def kept(self, options: Iterable[Option], caps: Caps) -> list[Option]:
        """The options worth telling apart."""


def fold_root(root: Branch, options: Options, witness: Witness | None = None) -> list[End]:
    """Every way the whole can come out; empty when nothing in it applies."""
    together = fold_children(root, options, witness)
    if together is None:
        return []
    ends: list[End] = []
    grading = root.grading
    if len(together) == 1 and witness is None and grading is not None and grading.exact:
        counts, low, high, cost, changes = together[0]
        if low is high:  # the common case, without the detours of the general one
            return [(counts, low, high, grading.level_at(counts, low), cost, changes)]
    for counts, low, high, cost, changes in together:
        for level, extra, change in _levels(root, options, witness, counts, low, high):
            ends.append((counts, low, high, level, cost + extra, joined(changes, change)))
    return ends


def _fold(branch: Branch, options: Options, witness: Witness | None) -> list[Option] | None:
    together = fold_children(branch, options, witness)
    if together is None:
        return None
    handed: list[Option] = []
    for counts, low, high, cost, changes in together:
        for level, extra, change in _levels(branch, options, witness, counts, low, high):
            adds = (counts & branch.keep) + branch.part_table[level]
            bottom, top = branch.hand.numbers(level, low, high)
            handed.append((adds, bottom, top, cost + extra, joined(changes, change)))
    return handed if len(handed) == 1 else options.kept(handed, branch.caps)


def _levels(
    branch: Branch,
    options: Options,
    witness: Witness | None,
    counts: int,
    low: Number | None,
    high: Number | None,
) -> list[tuple[int | None, int, object]]:
    grading = branch.grading
    if grading is None:
        found: list[tuple[int | None, int, object]] = [(None, 0, None)]
    elif grading.grading.by_person:
        found = options.of_person(branch.node)
    else:
        found = [(level, 0, None) for level in grading.levels_between(counts, low, high)]
    if witness is not None and (grading is not None or branch.node.score is not None):
        witness(branch.node, counts, low, high, tuple(level for level, _, _ in found))
    return found


def fold_children(branch: Branch, options: Options, witness: Witness | None) -> list[Option] | None:
    """The options of the children together, with the node's own score; None: no child applies."""
    rule = branch.node.score
    weights: Number = 0
    several: list[list[Option]] = []
    counts, cost, changes, alone = 0, 0, None, 0
    for child in branch.children:
        if child.may_not_apply and not options.applies(child.node):
            continue
        if isinstance(child, Leaf):
            offered = options.of_leaf(child)
        else:
            below = _fold(child, options, witness)
            if below is None:
                continue
            offered = below
        if rule is not None:
            weights += child.weight
        elif len(offered) == 1:
            more, _, _, extra, change = offered[0]
            counts += more
            cost += extra
            changes = joined(changes, change)
            alone += 1
            continue
        several.append(offered)
    if not several and not alone:
        return None
    if rule is None:
        start: list[Option] = [(counts, ZERO, ZERO, cost, changes)]
        return start if not several else _combined([start, *several], branch, options)
    return [_scored(option, rule, weights) for option in _combined(several, branch, options)]


def _combined(lists: list[list[Option]], branch: Branch, options: Options) -> list[Option]:
    """Every way to take one option from each list, as far as they need be told apart."""
    rule = branch.node.score
    current = lists[0]
    for offered in lists[1:]:
        if len(current) == 1 and len(offered) == 1:
            current = [_together(current[0], offered[0], rule)]
        else:
            pairs = (_together(one, other, rule) for one in current for other in offered)
            current = options.kept(pairs, branch.caps)
    return current


def _together(one: Option, other: Option, rule: ScoreRule | None) -> Option:
    counts, low, high, cost, changes = one
    more, lowest, highest, extra, change = other
    if rule is None:
        pass
    elif low is None or high is None or lowest is None or highest is None:
        low = high = None
    elif rule.combination is Combination.MINIMUM:
        low, high = min(low, lowest), min(high, highest)
    elif low is high and lowest is highest:
        low = high = low + lowest
    else:
        low, high = low + lowest, high + highest
    return counts + more, low, high, cost + extra, joined(changes, change)


def _scored(option: Option, rule: ScoreRule, weights: Number) -> Option:
    counts, low, high, cost, changes = option
    if low is None or high is None:
        return option
    if rule.combination is Combination.MEAN:
        one = low is high or low == high
        low = _over(low, weights)
        high = low if one else _over(high, weights)
    if rule.rounding is not None:
        one = low is high or low == high
        low = rounded(low, rule.rounding)
        high = low if one else rounded(high, rule.rounding)
    return counts, low, high, cost, changes


def _over(number: Number, weights: Number) -> Number:
    top, bottom = number.numerator * weights.denominator, number.denominator * weights.numerator
    return top // bottom if top % bottom == 0 else Fraction(top, bottom)


def joined(changes: object, change: object) -> object:
    """Two sets of changes as one; sets are pairs of sets, None is the empty one."""
    if change is None:
        return changes
    return change if changes is None else (changes, change)


def squashed(counts: int, caps: Caps) -> int:
    """The counts with every field brought down to the most that matters."""
    for mask, cap in caps:
        field = counts & mask
        if field > cap:
            counts += cap - field
    return counts
