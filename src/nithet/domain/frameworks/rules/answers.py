"""The options that follow from facts: one where everything is answered, several where it is not."""

from collections.abc import Iterable
from fractions import Fraction

from nithet.domain.frameworks.rules.compiled import Compiled, Leaf, Option
from nithet.domain.frameworks.rules.edition import Edition, Node
from nithet.domain.frameworks.rules.facts import (
    NOTHING_KNOWN,
    Answer,
    Facts,
    ItemFacts,
    TraceState,
)
from nithet.domain.frameworks.rules.folding import Caps, squashed
from nithet.domain.frameworks.rules.numbers import Number
from nithet.domain.frameworks.rules.trace import trace_of
from nithet.kernel.errors import RuleBroken

MOST_REMEMBERED = 2048  # states of one item; an item with three tests has 108
MOST_SCORES = 512  # beyond this many, neighbouring scores are treated as one stretch
_RANKS = {TraceState.NONE: 0, TraceState.UNCLEAR: 1, TraceState.CLEAR: 2}

Level = int | None


def rank_of(edition: Edition, name: str, item: ItemFacts) -> int:
    """The rank of an item's trace: 0 none, 1 unclear, 2 clear, 3 clear and checkable."""
    state, checkable = item.trace, item.checkable
    if item.pieces is not None and edition.trace is not None:
        trace = trace_of(edition, name, item.pieces)
        state, checkable = trace.state, trace.checkable
    return 3 if checkable and state == TraceState.CLEAR else _RANKS[state]


class Known:
    """What the facts give, with everything unanswered left open either way."""

    def __init__(self, ready: Compiled, facts: Facts) -> None:
        self.ready = ready
        self.facts = facts
        self.items = facts.items
        if not facts.items.keys() <= ready.known:
            strange = next(name for name in facts.items if name not in ready.known)
            raise RuleBroken(
                "unknown_item", "There is no item %(item)s in this edition.", item=strange
            )

    def applies(self, node: Node) -> bool:
        """Whether the node concerns this subject."""
        return self.items.get(node.id, NOTHING_KNOWN).applies

    def of_leaf(self, leaf: Leaf) -> list[Option]:
        """One option where the item is fully answered."""
        item = self.items.get(leaf.name, NOTHING_KNOWN)
        tests = item.tests
        if item.pieces is not None or not item.applies:
            return self._learn(leaf, item)
        # With the number of answers in the key, a state that is remembered holds no unknown test.
        key = (
            item.trace,
            item.checkable,
            item.level,
            item.value,
            len(tests),
            *map(tests.get, leaf.tests),
        )
        options = leaf.memory.get(key)
        if options is None:
            if len(leaf.memory) >= MOST_REMEMBERED:
                leaf.memory.clear()
            options = leaf.memory[key] = self._learn(leaf, item)
        return options

    def _learn(self, leaf: Leaf, item: ItemFacts) -> list[Option]:
        """The options of an item, after refusing facts that it cannot have."""
        if not item.applies:
            raise RuleBroken("must_apply", "Item %(item)s always applies.", item=leaf.name)
        if any(name not in leaf.tests for name in item.tests):
            _refuse_tests(leaf.node, item)
        return self._options(leaf)

    def _answers(self, leaf: Leaf) -> tuple[ItemFacts, int, list[int]]:
        """The item's facts, the rank of its trace and every count its tests may come to."""
        item = self.items.get(leaf.node.id, NOTHING_KNOWN)
        rank = rank_of(self.ready.edition, leaf.node.id, item)
        every = {leaf.own[rank]}
        for name, adds in leaf.answers:
            given = adds.get(item.tests.get(name, Answer.UNANSWERED))
            answers = adds.values() if given is None else (given,)
            every = {squashed(one + add, leaf.caps) for one in every for add in answers}
        return item, rank, sorted(every)

    def leaf_done(self, leaf: Leaf) -> bool | None:
        """Whether the item is done; None while that depends on what is unanswered."""
        found = {leaf.done(counts, None) for counts in self._answers(leaf)[2]}
        return found.pop() if len(found) == 1 else None

    def leaf_outcome(self, leaf: Leaf) -> tuple[tuple[Level, ...], Number | None, Number | None]:
        """The levels the item may have (None: below its scale), its lowest and highest value."""
        item, _, every = self._answers(leaf)
        low, high = value_between(leaf.node, item)
        if leaf.grading is None:
            return (), low, high
        found = {level for one in every for level in self._levels(leaf, one, low, high)}
        reached = tuple(sorted(level for level in found if level is not None))
        return ((None, *reached) if None in found else reached), low, high

    def _options(self, leaf: Leaf) -> list[Option]:
        item, rank, every = self._answers(leaf)
        low, high = value_between(leaf.node, item)
        found: dict[Option, None] = {}
        for counts in every:
            done = leaf.done(counts, None)
            for level in self._levels(leaf, counts, low, high):
                bottom, top = leaf.hand.numbers(level, low, high)
                adds = leaf.table[leaf.code_of(rank, level, done=done)]
                found[(adds, bottom, top, 0, None)] = None
        return list(found)

    def _levels(
        self, leaf: Leaf, counts: int, low: Number | None, high: Number | None
    ) -> tuple[Level, ...]:
        if leaf.grading is None:
            return (None,)
        if leaf.grading.grading.by_person:
            return tuple(level for level, _, _ in self.of_person(leaf.node))
        return leaf.grading.levels_between(counts, low, high)

    def of_person(self, node: Node) -> list[tuple[Level, int, object]]:
        """The level chosen, or every level of the scale while nobody has chosen."""
        own = self.items.get(node.id, NOTHING_KNOWN).level
        chosen = own if node.id else self.facts.level
        numbers = node.levels.numbers if node.levels else ()
        if chosen is None:
            return [(number, 0, None) for number in numbers]
        if chosen not in numbers:
            raise RuleBroken(
                "level_not_in_scale", "Level %(level)s is not in the scale.", level=chosen
            )
        return [(chosen, 0, None)]

    def kept(self, options: Iterable[Option], caps: Caps) -> list[Option]:
        """Options that differ in what still matters."""
        return apart(options, caps)


def apart(options: Iterable[Option], caps: Caps) -> list[Option]:
    """Options that differ in counts (up to their caps) or in numbers; too many numbers are joined.

    Joining neighbouring numbers into a stretch can only add possibilities, never lose one.
    """
    found: dict[tuple[int, Number | None, Number | None], Option] = {}
    for counts, low, high, cost, changes in options:
        counts = squashed(counts, caps)
        found.setdefault((counts, low, high), (counts, low, high, cost, changes))
    if len(found) <= MOST_SCORES:
        return list(found.values())
    grouped: dict[int, list[Option]] = {}
    for option in found.values():
        grouped.setdefault(option[0], []).append(option)
    return [option for group in grouped.values() for option in _stretched(group)]


def _stretched(group: list[Option]) -> list[Option]:
    joined: list[Option] = []
    stretches: list[tuple[Number, Number]] = []
    for option in group:
        counts, low, high, cost, changes = option
        if low is None or high is None:
            joined.append(option)
        else:
            stretches.append((low, high))
    stretches.sort()
    size = -(-len(stretches) // (MOST_SCORES // 4)) or 1
    for start in range(0, len(stretches), size):
        chunk = stretches[start : start + size]
        joined.append((counts, chunk[0][0], max(high for _, high in chunk), cost, changes))
    return joined


def value_between(node: Node, item: ItemFacts) -> tuple[Number | None, Number | None]:
    """The item's value, or the whole range while it is not known; None for an item without one."""
    if node.value is None:
        return None, None
    if item.value is None:
        return Fraction(node.value.low), Fraction(node.value.high)
    if not node.value.low <= item.value <= node.value.high:
        raise RuleBroken(
            "value_out_of_range",
            "The value of item %(item)s must lie between %(low)s and %(high)s.",
            item=node.id,
            low=node.value.low,
            high=node.value.high,
        )
    value = Fraction(item.value)
    return value, value


def _refuse_tests(node: Node, item: ItemFacts) -> None:
    """Refuses answers to tests that the item does not have; tests may well be unanswered."""
    known = {test.id for test in node.tests}
    for name in item.tests:
        if name not in known:
            raise RuleBroken(
                "unknown_test",
                "Item %(item)s has no test “%(test)s”.",
                item=node.id,
                test=name,
            )
