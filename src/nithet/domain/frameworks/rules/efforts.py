"""The options that follow from changing facts, each at its cost: what the smallest change is sought in.

One change is one test becoming done, or one item's trace raised to a named state; where an edition
has them, also one level chosen by a person or one value raised. Each costs one. Among equally few
changes the lower raises win: the effort of a raise is counted behind the number of changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from nithet.domain.frameworks.rules.answers import rank_of, value_between
from nithet.domain.frameworks.rules.compiled import Compiled, Leaf, Option
from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.frameworks.rules.facts import (
    NAMED_TRACES,
    NOTHING_KNOWN,
    Answer,
    Facts,
    ItemFacts,
)
from nithet.domain.frameworks.rules.folding import Caps, joined, squashed
from nithet.domain.frameworks.rules.numbers import Number

ONE = 1 << 24
"""The cost of one change; efforts are counted below it."""


class ChangeKind(StrEnum):
    """What is changed."""

    TEST_DONE = "test_done"
    TRACE_TO = "trace_to"
    LEVEL_TO = "level_to"
    VALUE_TO = "value_to"


@dataclass(frozen=True, slots=True)
class Change:
    """One change to the facts of one item (or node, for a level chosen by a person).

    `detail` is the test's id, the name of the trace's new state (`NamedTrace`), the new level, or the
    new value. `because` says how it stands now: the answer of the test, the name of the trace's
    state, the level or the value, "" where there is none.
    """

    item: str
    kind: ChangeKind
    detail: str
    because: str


class Efforts:
    """What the facts give, and what they would give after changes. Unanswered counts as not done.

    `looked_at` are the bits of the counts that matter to the question; the fewer, the faster.
    """

    def __init__(self, ready: Compiled, facts: Facts, looked_at: int = -1) -> None:
        self.ready = ready
        self.looked_at = looked_at
        self._caps: dict[int, Caps] = {}
        self.facts = facts
        self.traces = ready.edition.trace is not None

    def applies(self, node: Node) -> bool:
        """Whether the node concerns this subject."""
        return self.facts.items.get(node.id, NOTHING_KNOWN).applies

    def of_leaf(self, leaf: Leaf) -> list[Option]:
        """Every state the item can be brought to, at its least cost."""
        item = self.facts.items.get(leaf.node.id, NOTHING_KNOWN)
        now = rank_of(self.ready.edition, leaf.node.id, item)
        found: list[Option] = []
        for rank in range(now, 4 if self.traces else now + 1):
            cost, change = 0, None
            if rank > now:
                cost = ONE + 4 * rank - now  # the lower state first, then the shorter way
                change = _trace_change(leaf, now, rank)
            for option in self._at_rank(leaf, item, rank):
                adds, low, high, extra, changes = option
                found.append((adds, low, high, cost + extra, joined(changes, change)))
        return self.kept(found, ())

    def _at_rank(self, leaf: Leaf, item: ItemFacts, rank: int) -> list[Option]:
        found: list[Option] = []
        for counts, (cost, changes) in self._tests(leaf, item, rank).items():
            done = leaf.done(counts, None)
            for value, extra, change in _values(leaf, item):
                for level, more, choice in self._levels(leaf, counts, value):
                    low, high = leaf.hand.numbers(level, value, value)
                    adds = leaf.table[leaf.code_of(rank, level, done=done)]
                    every = joined(joined(changes, change), choice)
                    found.append((adds, low, high, cost + extra + more, every))
        return found

    def _tests(self, leaf: Leaf, item: ItemFacts, rank: int) -> dict[int, tuple[int, object]]:
        """What the counts of the tests can become, each at its least cost."""
        reached: dict[int, tuple[int, object]] = {leaf.own[rank]: (0, None)}
        for name, adds in leaf.answers:
            answer = item.tests.get(name, Answer.UNANSWERED)
            done, not_done = adds[Answer.DONE], adds[Answer.NOT_DONE]
            steps: list[tuple[int, int, object]] = [(done, 0, None)]
            if answer != Answer.DONE:
                change = Change(leaf.node.id, ChangeKind.TEST_DONE, name, Answer(answer).value)
                steps = [(not_done, 0, None), (done, ONE, change)]
            following: dict[int, tuple[int, object]] = {}
            for counts, (cost, changes) in reached.items():
                for add, extra, change_made in steps:
                    key = squashed(counts + add, leaf.caps)
                    if key not in following or cost + extra < following[key][0]:
                        following[key] = (cost + extra, joined(changes, change_made))
            reached = following
        return reached

    def _levels(
        self, leaf: Leaf, counts: int, value: Number | None
    ) -> list[tuple[int | None, int, object]]:
        if leaf.grading is None:
            return [(None, 0, None)]
        if leaf.grading.grading.by_person:
            return self.of_person(leaf.node)
        return [(leaf.grading.level_at(counts, value), 0, None)]

    def of_person(self, node: Node) -> list[tuple[int | None, int, object]]:
        """The level chosen, and every higher one at the cost of one change."""
        own = self.facts.items.get(node.id, NOTHING_KNOWN).level
        chosen = own if node.id else self.facts.level
        found: list[tuple[int | None, int, object]] = [(chosen, 0, None)]
        for effort, level in enumerate(node.levels.numbers if node.levels else (), start=1):
            if chosen is None or level > chosen:
                now = "" if chosen is None else str(chosen)
                change = Change(node.id, ChangeKind.LEVEL_TO, str(level), now)
                found.append((level, ONE + effort, change))
        return found

    def kept(self, options: Iterable[Option], caps: Caps) -> list[Option]:
        """The cheapest option for each count, and dearer ones only where they score higher.

        An edition may ask for levels and scores only upwards (`only_upwards` is checked when it is
        loaded), so a lower score at no lower cost never leads further.
        """
        mine = self._caps.get(id(caps))
        if mine is None:
            mine = self._caps[id(caps)] = tuple(cap for cap in caps if cap[0] & self.looked_at)
        grouped: dict[int, list[Option]] = {}
        for counts, low, high, cost, changes in options:
            counts = squashed(counts & self.looked_at, mine)
            grouped.setdefault(counts, []).append((counts, low, high, cost, changes))
        found: list[Option] = []
        for group in grouped.values():
            group.sort(key=_cheapest_first)
            best: Number | None = None
            for index, option in enumerate(group):
                low = option[1]
                if index == 0 or (low is not None and (best is None or low > best)):
                    found.append(option)
                    best = low
        return found


class AsItStands(Efforts):
    """The facts without any change, with everything unanswered counted as not done."""

    def of_leaf(self, leaf: Leaf) -> list[Option]:
        """The one option that costs nothing."""
        return [option for option in super().of_leaf(leaf) if option[3] == 0]

    def of_person(self, node: Node) -> list[tuple[int | None, int, object]]:
        """The level chosen, or none."""
        return super().of_person(node)[:1]


def _cheapest_first(option: Option) -> tuple[int, Number]:
    _, low, _, cost, _ = option
    return cost, Fraction(1) if low is None else -low


def _trace_change(leaf: Leaf, now: int, rank: int) -> Change:
    return Change(
        leaf.node.id, ChangeKind.TRACE_TO, NAMED_TRACES[rank].value, NAMED_TRACES[now].value
    )


def _values(leaf: Leaf, item: ItemFacts) -> list[tuple[Number | None, int, object]]:
    """The value as it is, and every better value at which something changes."""
    spec = leaf.node.value
    if spec is None:
        return [(None, 0, None)]
    now: Number | None = None
    if item.value is not None:
        now, _ = value_between(leaf.node, item)
    found: list[tuple[Number | None, int, object]] = [(now, 0, None)]
    for effort, value in enumerate(_better_values(leaf, now), start=1):
        shown = "" if item.value is None else f"{item.value:f}"
        change = Change(leaf.node.id, ChangeKind.VALUE_TO, f"{value:f}", shown)
        found.append((Fraction(value), ONE + effort, change))
    return found


def _better_values(leaf: Leaf, now: Number | None) -> list[Decimal]:
    spec = leaf.node.value
    if spec is None:
        return []
    grading = leaf.grading
    bands = grading.grading.bands if grading else None
    down = bands is not None and bands.down
    steps = [spec.low if down else spec.high]
    if bands is not None:
        steps += [band.high if down else band.low for band in bands.bands]
    if grading is not None:
        steps += [Decimal(one.numerator) / Decimal(one.denominator) for one in grading.thresholds]
    possible = {step for step in steps if spec.low <= step <= spec.high}
    better = [
        step
        for step in possible
        if now is None or (Fraction(step) < now if down else Fraction(step) > now)
    ]
    return sorted(better, reverse=down)
