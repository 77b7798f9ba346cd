"""An edition made ready for judging: every node with its questions, tables and gradings.

Compiled once per Edition and kept as long as the edition lives.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from weakref import WeakKeyDictionary

from nithet.domain.frameworks.rules.conditions import (
    All,
    AnyOf,
    Condition,
    Not,
    Quantified,
    Quantifier,
    Reaches,
    ScoreAtLeast,
    State,
    Subject,
)
from nithet.domain.frameworks.rules.edition import ROOT, Edition, Node
from nithet.domain.frameworks.rules.facts import Answer
from nithet.domain.frameworks.rules.grading import Bands, Combination, Grading, Rounding, Rule
from nithet.domain.frameworks.rules.numbers import ZERO, Number, units, whole
from nithet.domain.frameworks.rules.tally import Holds, Standing, TallyBook, all_of, any_of

EVERY_TEST_DONE = Quantified(Quantifier.EVERY, Subject.TEST, State(done=True))


@dataclass(slots=True)
class CompiledBands:
    """Bands by their edges: `edges[i]` is where the band that earns `levels[i]` begins.

    Edges and `top` are in units of the last digit that the rounding keeps; without rounding they are
    scores. `top` is the last score of the last band.
    """

    edges: tuple[Number, ...]
    levels: tuple[int, ...]
    top: Number
    rounding: Rounding | None

    @classmethod
    def of(cls, bands: Bands) -> "CompiledBands":
        """Bands made ready."""
        rounding = bands.rounding
        scale = 10**rounding.digits if rounding else 1
        edges = tuple(whole(Fraction(band.low) * scale) for band in bands.bands)
        levels = tuple(band.level for band in bands.bands)
        return cls(edges, levels, whole(Fraction(bands.bands[-1].high) * scale), rounding)

    def classed(self, score: Number) -> Number:
        """The score as it is held against the edges."""
        return score if self.rounding is None else units(score, self.rounding)

    def level_of(self, score: Number) -> int | None:
        """The level of one score; None below the first band and above the last."""
        classed = self.classed(score)
        index = bisect_right(self.edges, classed) - 1
        return None if index < 0 or classed > self.top else self.levels[index]

    def levels_between(self, low: Number, high: Number) -> tuple[int | None, ...]:
        """Every level that a score from `low` to `high` can earn."""
        bottom, top = self.classed(low), self.classed(high)
        first = bisect_right(self.edges, bottom) - 1
        last = bisect_right(self.edges, top) - 1
        outside: tuple[None, ...] = (None,) if first < 0 or top > self.top else ()
        return (*outside, *self.levels[max(first, 0) : last + 1])


@dataclass(frozen=True, slots=True)
class Step:
    """One rule or reading as a function; `mask` are the bits it looks at, with what is presumed."""

    holds: Holds
    rule: Rule
    mask: int


@dataclass(slots=True)
class CompiledGrading:
    """A grading whose conditions are functions. `steps`: the rules, then the readings."""

    grading: Grading
    presumes: Holds
    steps: tuple[Step, ...]
    flags: tuple[tuple[Holds, str], ...]
    thresholds: tuple[Number, ...]
    bands: "CompiledBands | None" = None

    @property
    def exact(self) -> bool:
        """Whether counts and score alone decide, and no person."""
        return not self.grading.by_person

    def step_at(self, counts: int, score: Number | None) -> int | None:
        """Which step decides; None when no level is reached."""
        if self.presumes(counts, score):
            for index, step in enumerate(self.steps):
                if step.holds(counts, score):
                    return index
        return None

    def level_at(self, counts: int, score: Number | None) -> int | None:
        """The level at one exact score."""
        if self.bands is not None:
            return None if score is None else self.bands.level_of(score)
        step = self.step_at(counts, score)
        return None if step is None else self.steps[step].rule.level

    def points(self, low: Number | None, high: Number | None) -> tuple[Number | None, ...]:
        """Scores that stand for every score from `low` to `high`: between them nothing changes."""
        if low is None or high is None or low == high:
            return (low,)
        return (low, *(one for one in self.thresholds if low < one <= high))

    def levels_between(
        self, counts: int, low: Number | None, high: Number | None
    ) -> tuple[int | None, ...]:
        """Every level that a score from `low` to `high` can earn."""
        if low is high or low == high:
            return (self.level_at(counts, low),)
        if self.bands is not None and low is not None and high is not None:
            return self.bands.levels_between(low, high)
        return tuple(dict.fromkeys(self.level_at(counts, one) for one in self.points(low, high)))


@dataclass(frozen=True, slots=True)
class Hand:
    """Which number a node hands its parent's score, times its weight.

    `of` is "" where the parent has no score; `below` is what counts when no level is reached.
    """

    of: str = ""
    factor: Number = 1
    below: Number | None = None

    def numbers(
        self, level: int | None, low: Number | None, high: Number | None
    ) -> tuple[Number | None, Number | None]:
        """The lowest and highest number handed up; None where there is none."""
        if not self.of:
            return ZERO, ZERO
        if self.of == "level":
            number = self.below if level is None else level
            low = high = number
        if low is None or high is None:
            return None, None
        bottom = low * self.factor
        return bottom, bottom if low is high or low == high else high * self.factor


def _hand(child: Node, parent: Node) -> Hand:
    rule = parent.score
    if rule is None:
        return Hand()
    weightless = child.weight is None or rule.combination is Combination.MINIMUM
    factor = Fraction(1) if weightless else Fraction(child.weight or 1)
    below = child.levels.counts_as if child.levels else None
    return Hand(rule.of, whole(factor), None if below is None else whole(Fraction(below)))


@dataclass(slots=True)
class Leaf:
    """An item ready for judging.

    `answers`: per test its id and what an answer adds to the item's own counts. `own`: what the
    trace's rank adds to them. `table`: what the item adds to the counts above it, by `code_of`.
    """

    node: Node
    answers: tuple[tuple[str, dict[Answer, int]], ...]
    own: tuple[int, ...]
    done: Holds
    grading: CompiledGrading | None
    weight: Number
    hand: Hand = Hand()
    name: str = ""
    may_not_apply: bool = False
    caps: tuple[tuple[int, int], ...] = ()
    table: tuple[int, ...] = ()
    level_index: dict[int | None, int] = field(default_factory=dict)
    tests: tuple[str, ...] = ()
    memory: dict[object, list["Option"]] = field(default_factory=dict)  # options by what is known

    def code_of(self, rank: int, level: int | None, *, done: bool) -> int:
        """One number for how the item stands."""
        return done + 2 * rank + 8 * self.level_index[level]


@dataclass(slots=True)
class Branch:
    """A node that gathers others. `own` are the bits of its counts, `keep` those of the nodes above."""

    node: Node
    children: tuple["Leaf | Branch", ...]
    grading: CompiledGrading | None
    weight: Number
    own: int
    keep: int
    caps: tuple[tuple[int, int], ...]
    hand: Hand = Hand()
    may_not_apply: bool = False
    part_table: dict[int | None, int] = field(default_factory=dict)


Option = tuple[int, Number | None, Number | None, int, object]
"""Counts, lowest and highest number handed up, cost, and the changes made (see `folding`)."""


@dataclass(slots=True)
class Compiled:
    """A whole edition, ready for judging."""

    edition: Edition
    root: Branch
    leaves: tuple[Leaf, ...]
    branches: tuple[Branch, ...]
    known: frozenset[str]
    inner_mask: int  # the bits of the counts of every node below the root


_kept: "WeakKeyDictionary[Edition, Compiled]" = WeakKeyDictionary()


def compiled(edition: Edition) -> Compiled:
    """The edition made ready, from memory where it has been asked for before."""
    found = _kept.get(edition)
    if found is None:
        found = _kept[edition] = _compile(edition)
    return found


@dataclass(frozen=True, slots=True)
class _Books:
    """The tally books of the nodes above, from the root down, with their nodes."""

    books: tuple[tuple[Node, TallyBook], ...] = ()

    def under(self, node: Node, book: TallyBook) -> "_Books":
        return _Books((*self.books, (node, book)))


def _compile(edition: Edition) -> Compiled:
    leaves: list[Leaf] = []
    branches: list[Branch] = []
    root, _ = _branch(edition.root, _Books(), 0, leaves, branches)
    known = frozenset(edition.nodes) - {ROOT}
    return Compiled(edition, root, tuple(leaves), tuple(branches), known, ~root.own)


def _branch(
    node: Node, above: _Books, first: int, leaves: list[Leaf], branches: list[Branch]
) -> tuple[Branch, int]:
    subjects = {
        Subject.ITEM: [leaf.id for leaf in node.leaves()],
        Subject.PART: [child.id for child in node.children],
    }
    book = TallyBook(first, subjects)
    grading = _grading(node.levels, book) if node.levels else None
    books = above.under(node, book)
    after = book.next
    children: list[Leaf | Branch] = []
    for child in node.children:
        if child.children:
            branch, after = _branch(child, books, after, leaves, branches)
            branch.part_table = _part_table(child, node, book)
            children.append(branch)
        else:
            leaf = _leaf(child)
            leaf.table = _table(leaf, node, books)
            leaves.append(leaf)
            children.append(leaf)
        children[-1].hand = _hand(child, node)
        children[-1].may_not_apply = child.may_not_apply
    above_masks = sum(one.mask for _, one in above.books)
    caps = _caps(*(one for _, one in books.books))
    branch = Branch(node, tuple(children), grading, _weight(node), book.mask, above_masks, caps)
    branches.append(branch)
    return branch, after


def _weight(node: Node) -> Number:
    return whole(Fraction(1 if node.weight is None else node.weight))


def _caps(*books: TallyBook) -> tuple[tuple[int, int], ...]:
    return tuple(
        (counter.mask, counter.cap << counter.shift)
        for book in books
        for counter in book.counters.values()
        if counter.cap < (counter.mask >> counter.shift)
    )


def _leaf(node: Node) -> Leaf:
    book = TallyBook(0, {Subject.TEST: [test.id for test in node.tests], Subject.OWN: [node.id]})
    done = book.compile(node.done or EVERY_TEST_DONE, {})
    grading = _grading(node.levels, book) if node.levels else None
    answers = tuple(
        (
            test.id,
            {
                Answer.DONE: book.contribution(Subject.TEST, test.id, Standing(done=True)),
                Answer.NOT_DONE: book.contribution(Subject.TEST, test.id, Standing()),
            },
        )
        for test in node.tests
    )
    own = tuple(book.contribution(Subject.OWN, node.id, Standing(rank=rank)) for rank in range(4))
    leaf = Leaf(node, answers, own, done, grading, _weight(node), caps=_caps(book))
    leaf.name = node.id
    leaf.tests = tuple(test.id for test in node.tests)
    levels = (None, *(node.levels.numbers if node.levels else ()))
    leaf.level_index = {level: index for index, level in enumerate(levels)}
    return leaf


def _table(leaf: Leaf, parent: Node, books: _Books) -> tuple[int, ...]:
    name = leaf.node.id
    table = []
    for level in leaf.level_index:
        for rank in range(4):
            for done in (False, True):
                total, standing = 0, Standing(done, rank, level)
                for node, book in books.books:
                    total += book.contribution(Subject.ITEM, name, standing)
                    if node is parent:
                        total += book.contribution(Subject.PART, name, standing)
                table.append(total)
    return tuple(table)


def _part_table(child: Node, parent: Node, book: TallyBook) -> dict[int | None, int]:
    levels = (None, *(child.levels.numbers if child.levels else ()))
    return {
        level: book.contribution(Subject.PART, child.id, Standing(level=level)) for level in levels
    }


def _grading(grading: Grading, book: TallyBook) -> CompiledGrading:
    presumes, presumed = all_of([]), 0
    if grading.presumes is not None:
        presumes, presumed = book.compile_noting(grading.presumes, {})
    reached: dict[int, Holds] = {}
    own: dict[int, Step] = {}  # by position, for rules of one level may be several
    looked = presumed
    for level in sorted({rule.level for rule in grading.rules}):
        below = list(reached.values()) if grading.cumulative else []
        holding = []
        for position, rule in enumerate(grading.rules):
            if rule.level == level:
                holds, mask = book.compile_noting(rule.when, reached)
                looked |= mask
                own[position] = Step(all_of([*below, holds]), rule, looked)
                holding.append(own[position].holds)
        reached[level] = any_of(holding)
    steps = [own[position] for position in range(len(grading.rules))]
    for reading in grading.readings:
        holds, mask = book.compile_noting(reading.when, reached)
        steps.append(Step(holds, reading, looked | mask))
    independent = not grading.cumulative and not any(map(_mentions_levels, conditions_of(grading)))
    if independent:
        steps = [replace(step, mask=presumed | _mask(step.rule, book, reached)) for step in steps]
    flags = [(book.compile(flag.when, reached), flag.id) for flag in grading.flags if flag.when]
    bands = CompiledBands.of(grading.bands) if grading.bands else None
    asked = {score for condition in conditions_of(grading) for score in _scores_in(condition)}
    thresholds = tuple(sorted(whole(Fraction(score)) for score in asked))
    return CompiledGrading(grading, presumes, tuple(steps), tuple(flags), thresholds, bands)


def _mask(rule: Rule, book: TallyBook, reached: Mapping[int, Holds]) -> int:
    return book.compile_noting(rule.when, reached)[1]


def _mentions_levels(condition: Condition) -> bool:
    match condition:
        case Reaches():
            return True
        case Not(part):
            return _mentions_levels(part)
        case All(parts) | AnyOf(parts):
            return any(_mentions_levels(part) for part in parts)
        case _:
            return False


def conditions_of(grading: Grading) -> Iterator[Condition]:
    """Every condition that a grading states."""
    if grading.presumes is not None:
        yield grading.presumes
    for rule in (*grading.rules, *grading.readings):
        yield rule.when
    for flag in grading.flags:
        if flag.when is not None:
            yield flag.when


def _scores_in(condition: Condition) -> Iterator[Decimal]:
    match condition:
        case ScoreAtLeast(score):
            yield score
        case Not(part):
            yield from _scores_in(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _scores_in(part)
        case _:
            return


def leaf_by_id(ready: Compiled) -> Mapping[str, Leaf]:
    """The items by id."""
    return {leaf.node.id: leaf for leaf in ready.leaves}
