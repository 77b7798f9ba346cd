"""A second judge, slow and straight: it looks at one fully answered set of facts and counts by hand.

It shares no code with the judge: no counters, no folding, no intervals; rounding goes by Decimal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import product

from nithet.domain.frameworks.rules import conditions as c
from nithet.domain.frameworks.rules.edition import Edition, Node
from nithet.domain.frameworks.rules.facts import Answer, Facts, ItemFacts, TraceState
from nithet.domain.frameworks.rules.grading import (
    Bands,
    Combination,
    Grading,
    Rounding,
    RoundingMode,
)

ABSENT = object()


class NaiveJudge:
    """`level(node)` and `score(node)` of fully answered facts."""

    def __init__(self, edition: Edition, facts: Facts) -> None:
        self.edition = edition
        self.facts = facts
        self.known_levels: dict[str, int | None] = {}

    def item(self, node: Node) -> ItemFacts:
        return self.facts.items.get(node.id, ItemFacts())

    def applies(self, node: Node) -> bool:
        if node.may_not_apply and not self.item(node).applies:
            return False
        return not node.children or any(self.applies(child) for child in node.children)

    def children(self, node: Node) -> list[Node]:
        return [child for child in node.children if self.applies(child)]

    def leaves(self, node: Node) -> Iterator[Node]:
        if not node.children:
            yield node
        for child in self.children(node):
            yield from self.leaves(child)

    def level(self, node: Node) -> int | None:
        if node.id not in self.known_levels:
            self.known_levels[node.id] = self._level(node)
        return self.known_levels[node.id]

    def _level(self, node: Node) -> int | None:
        grading = node.levels
        if grading is None or not self.applies(node):
            return None
        if grading.by_person:
            return self.item(node).level if node.id else self.facts.level
        if grading.bands is not None:
            return banded(grading.bands, self.score(node))
        if grading.presumes is not None and not self.holds(grading.presumes, node):
            return None
        for rule in grading.rules:
            if self.rule_holds(grading, rule.level, rule.when, node):
                return rule.level
        for reading in grading.readings:
            if self.holds(reading.when, node):
                return reading.level
        return None

    def rule_holds(self, grading: Grading, level: int, when: c.Condition, node: Node) -> bool:
        if not self.holds(when, node):
            return False
        if not grading.cumulative:
            return True
        lower = {rule.level for rule in grading.rules if rule.level < level}
        return all(
            any(
                self.rule_holds(grading, rule.level, rule.when, node)
                for rule in grading.rules
                if rule.level == one
            )
            for one in lower
        )

    def score(self, node: Node) -> Fraction | None:
        if node.value is not None:
            value = self.item(node).value
            return None if value is None else Fraction(value)
        if node.score is None:
            return None
        numbers = []
        for child in self.children(node):
            number: Fraction | None
            if node.score.of == "level":
                level = self.level(child)
                if level is not None:
                    number = Fraction(level)
                else:
                    below = child.levels.counts_as
                    number = None if below is None else Fraction(below)
            else:
                number = self.score(child)
            if number is None:
                return None
            numbers.append((number, Fraction(1 if child.weight is None else child.weight)))
        if not numbers:
            return None
        if node.score.combination is Combination.MINIMUM:
            combined = min(number for number, _ in numbers)
        else:
            combined = sum((number * weight for number, weight in numbers), Fraction(0))
            if node.score.combination is Combination.MEAN:
                combined /= sum(weight for _, weight in numbers)
        return by_decimal(combined, node.score.rounding)

    def holds(self, condition: c.Condition, node: Node) -> bool:
        match condition:
            case c.All(parts):
                return all(self.holds(part, node) for part in parts)
            case c.AnyOf(parts):
                return any(self.holds(part, node) for part in parts)
            case c.Not(part):
                return not self.holds(part, node)
            case c.ScoreAtLeast(least):
                score = self.score(node)
                return score is not None and score >= Fraction(least)
            case c.Reaches(level):
                return any(
                    self.rule_holds(node.levels, rule.level, rule.when, node)
                    for rule in node.levels.rules
                    if rule.level == level
                )
            case c.Quantified():
                return self.quantified(condition, node)

    def quantified(self, condition: c.Quantified, node: Node) -> bool:
        subjects: Sequence[object]
        if condition.subject is c.Subject.ITEM:
            subjects = [leaf for leaf in self.leaves(node) if is_among(leaf.id, condition)]
        elif condition.subject is c.Subject.PART:
            subjects = [part for part in self.children(node) if is_among(part.id, condition)]
        elif condition.subject is c.Subject.TEST:
            subjects = [(node, test.id) for test in node.tests if is_among(test.id, condition)]
        else:
            subjects = [node]
        inside = [one for one in subjects if self.is_in(one, condition.state)]
        outside = [one for one in subjects if one not in inside]
        count = len(inside)
        matches = {
            c.Quantifier.EVERY: not outside,
            c.Quantifier.SOME: count > 0,
            c.Quantifier.NO: count == 0,
            c.Quantifier.EXACTLY: count == condition.count,
            c.Quantifier.AT_LEAST: count >= condition.count,
            c.Quantifier.AT_MOST: count <= condition.count,
        }[condition.quantifier]
        if condition.others is None:
            return matches
        rest = all(self.is_in(one, condition.others) for one in outside)
        return matches and bool(outside) and rest

    def is_in(self, subject: object, state: c.State) -> bool:
        if isinstance(subject, tuple):
            node, test = subject
            return (self.item(node).tests.get(test) == Answer.DONE) == state.done
        assert isinstance(subject, Node)
        if state.done is not None and self.done(subject) != state.done:
            return False
        item = self.item(subject)
        if state.traces is not None and item.trace not in state.traces:
            return False
        checkable = item.checkable and item.trace is TraceState.CLEAR
        if state.checkable is not None and checkable != state.checkable:
            return False
        if state.level is None:
            return True
        level = self.level(subject)
        return level is not None and level >= state.level

    def done(self, node: Node) -> bool:
        if node.done is not None:
            return self.holds(node.done, node)
        return all(self.item(node).tests.get(test.id) == Answer.DONE for test in node.tests)


def banded(bands: Bands, score: Fraction | None) -> int | None:
    if score is None:
        return None
    classed = by_decimal(score, bands.rounding)
    for band in bands.bands:
        high = Fraction(band.high)
        closed = bands.rounding is not None or band is bands.bands[-1]
        if Fraction(band.low) <= classed and (classed <= high if closed else classed < high):
            return band.level
    return None


def is_among(name: str, condition: c.Quantified) -> bool:
    return condition.among is None or name in condition.among


MODES = {
    RoundingMode.HALF_UP: ROUND_HALF_UP,
    RoundingMode.HALF_EVEN: ROUND_HALF_EVEN,
    RoundingMode.DOWN: ROUND_DOWN,
}


def by_decimal(score: Fraction, rounding: Rounding | None) -> Fraction:
    if rounding is None:
        return score
    context = Context(prec=60)
    number = context.divide(Decimal(score.numerator), Decimal(score.denominator))
    step = Decimal(1).scaleb(-rounding.digits)
    return Fraction(number.quantize(step, rounding=MODES[rounding.mode], context=context))


def naive_level(edition: Edition, facts: Facts) -> int | None:
    naive = NaiveJudge(edition, facts)
    return naive.level(edition.root) if naive.applies(edition.root) else None


def completions(edition: Edition, facts: Facts, values: Sequence[Decimal] = ()) -> Iterator[Facts]:
    """Every way of answering what is unanswered; `values` stand for every value a measure may have."""
    slots: list[list[tuple[str, ItemFacts]]] = []
    for node in edition.root.walk():
        if not node.id:
            continue
        item = facts.items.get(node.id, ItemFacts())
        open_tests = [
            test.id
            for test in node.tests
            if item.tests.get(test.id, Answer.UNANSWERED) == Answer.UNANSWERED
        ]
        levels: Sequence[int | None] = [item.level]
        if node.levels is not None and node.levels.by_person and item.level is None:
            levels = node.levels.numbers
        given: Sequence[Decimal | None] = [item.value]
        if node.value is not None and item.value is None:
            given = values
        slots.append(
            [
                (
                    node.id,
                    replace(
                        item,
                        tests={**item.tests, **dict(zip(open_tests, answers, strict=True))},
                        level=level,
                        value=value,
                    ),
                )
                for answers in product((Answer.DONE, Answer.NOT_DONE), repeat=len(open_tests))
                for level in levels
                for value in given
            ]
        )
    for combination in product(*slots):
        yield Facts(dict(combination), facts.level)
