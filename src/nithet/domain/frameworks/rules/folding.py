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
from nithet.domain.frameworks.rules.numbers import rounded

ZERO = Fraction(0)
NOTHING: Option = (0, ZERO, ZERO, 0, None)

Caps = tuple[tuple[int, int], ...]

Witness = Callable[[Node, int, Fraction | None, Fraction | None, tuple[int | None, ...]], None]
"""Told of every node with levels or a score: its counts, lowest and highest score, its levels."""

End = tuple[int, Fraction | None, Fraction | None, int | None, int, object]
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
    together = _children(root, options, witness)
    if together is None:
        return []
    ends: list[End] = []
    for counts, low, high, cost, changes in together:
        for level, extra, change in _levels(root, options, witness, counts, low, high):
            ends.append((counts, low, high, level, cost + extra, joined(changes, change)))
    return ends


def _fold(branch: Branch, options: Options, witness: Witness | None) -> list[Option] | None:
    together = _children(branch, options, witness)
    if together is None:
        return None
    handed: list[Option] = []
    for counts, low, high, cost, changes in together:
        for level, extra, change in _levels(branch, options, witness, counts, low, high):
            adds = (counts & branch.keep) + branch.part_table[level]
            bottom, top = handed_up(branch.node, branch.hands, level, low, high)
            handed.append((adds, bottom, top, cost + extra, joined(changes, change)))
    return handed if len(handed) == 1 else options.kept(handed, branch.caps)


def _levels(
    branch: Branch,
    options: Options,
    witness: Witness | None,
    counts: int,
    low: Fraction | None,
    high: Fraction | None,
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


def handed_up(
    node: Node, of: str, level: int | None, low: Fraction | None, high: Fraction | None
) -> tuple[Fraction | None, Fraction | None]:
    """The lowest and highest number a node gives to its parent's score; None when it has none."""
    if of == "score":
        return low, high
    if of != "level":
        return ZERO, ZERO
    if level is not None:
        number: Fraction | None = Fraction(level)
    else:
        below = node.levels.counts_as if node.levels else None
        number = None if below is None else Fraction(below)
    return number, number


def _children(branch: Branch, options: Options, witness: Witness | None) -> list[Option] | None:
    """The options of the children together, with the node's own score; None: no child applies."""
    rule = branch.node.score
    current: list[Option] | None = None
    weights = ZERO
    for child in branch.children:
        if child.node.may_not_apply and not options.applies(child.node):
            continue
        if isinstance(child, Leaf):
            offered = options.of_leaf(child)
        else:
            below = _fold(child, options, witness)
            if below is None:
                continue
            offered = below
        if rule is not None and rule.combination is not Combination.MINIMUM:
            offered = [_weighted(option, child.weight) for option in offered]
            weights += child.weight
        if current is None:
            current = offered
        elif len(current) == 1 and len(offered) == 1:
            current = [_together(current[0], offered[0], rule)]
        else:
            pairs = (_together(one, other, rule) for one in current for other in offered)
            current = options.kept(pairs, branch.caps)
    if rule is None or current is None:
        return current
    return [_scored(option, rule, weights) for option in current]


def _weighted(option: Option, weight: Fraction) -> Option:
    counts, low, high, cost, changes = option
    if low is None or high is None or weight == 1:
        return option
    return counts, low * weight, high * weight, cost, changes


def _together(one: Option, other: Option, rule: ScoreRule | None) -> Option:
    counts, low, high, cost, changes = one
    more, lowest, highest, extra, change = other
    if rule is None:
        pass
    elif low is None or high is None or lowest is None or highest is None:
        low = high = None
    elif rule.combination is Combination.MINIMUM:
        low, high = min(low, lowest), min(high, highest)
    else:
        low, high = low + lowest, high + highest
    return counts + more, low, high, cost + extra, joined(changes, change)


def _scored(option: Option, rule: ScoreRule, weights: Fraction) -> Option:
    counts, low, high, cost, changes = option
    if low is None or high is None:
        return option
    if rule.combination is Combination.MEAN:
        low, high = low / weights, high / weights
    return counts, rounded(low, rule.rounding), rounded(high, rule.rounding), cost, changes


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
