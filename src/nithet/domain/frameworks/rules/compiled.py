"""An edition made ready for judging: every node with its questions, tables and gradings.

Compiled once per Edition and kept as long as the edition lives.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
    ScoreAtLeast,
    State,
    Subject,
)
from nithet.domain.frameworks.rules.edition import ROOT, Edition, Node
from nithet.domain.frameworks.rules.facts import Answer
from nithet.domain.frameworks.rules.grading import Bands, Grading, Rule
from nithet.domain.frameworks.rules.numbers import rounded
from nithet.domain.frameworks.rules.tally import Holds, Standing, TallyBook, all_of, any_of

EVERY_TEST_DONE = Quantified(Quantifier.EVERY, Subject.TEST, State(done=True))

Number = Fraction | int


@dataclass(slots=True)
class CompiledGrading:
    """A grading whose conditions are functions. `steps`: the rules, then the readings."""

    grading: Grading
    presumes: Holds
    steps: tuple[tuple[Holds, Rule], ...]
    flags: tuple[tuple[Holds, str], ...]
    thresholds: tuple[Fraction, ...]

    def step_at(self, counts: int, score: Fraction | None) -> int | None:
        """Which step decides; None when no level is reached."""
        if self.presumes(counts, score):
            for index, (holds, _) in enumerate(self.steps):
                if holds(counts, score):
                    return index
        return None

    def level_at(self, counts: int, score: Fraction | None) -> int | None:
        """The level at one exact score."""
        if self.grading.bands is not None:
            return None if score is None else _banded(self.grading.bands, score)
        step = self.step_at(counts, score)
        return None if step is None else self.steps[step][1].level

    def points(self, low: Fraction | None, high: Fraction | None) -> tuple[Fraction | None, ...]:
        """Scores that stand for every score from `low` to `high`: between them nothing changes."""
        if low is None or high is None or low == high:
            return (low,)
        return (low, *(one for one in self.thresholds if low < one <= high))

    def levels_between(
        self, counts: int, low: Fraction | None, high: Fraction | None
    ) -> tuple[int | None, ...]:
        """Every level that a score from `low` to `high` can earn."""
        if low == high:
            return (self.level_at(counts, low),)
        bands = self.grading.bands
        if bands is not None and low is not None and high is not None:
            return _banded_between(bands, low, high)
        return tuple(dict.fromkeys(self.level_at(counts, one) for one in self.points(low, high)))


def _banded(bands: Bands, score: Fraction) -> int | None:
    index = _band_index(bands, score)
    if index < 0 or score_above(bands, score):
        return None
    return bands.bands[index].level


def _band_index(bands: Bands, score: Fraction) -> int:
    """The last band that begins at or below the score; -1 below all of them."""
    classed = rounded(score, bands.rounding)
    found = -1
    for index, band in enumerate(bands.bands):
        if Fraction(band.low) <= classed:
            found = index
    return found


def score_above(bands: Bands, score: Fraction) -> bool:
    """Whether the score lies above the last band."""
    return rounded(score, bands.rounding) > Fraction(bands.bands[-1].high)


def _banded_between(bands: Bands, low: Fraction, high: Fraction) -> tuple[int | None, ...]:
    first, last = _band_index(bands, low), _band_index(bands, high)
    levels: list[int | None] = [None] if first < 0 or score_above(bands, high) else []
    levels += [bands.bands[index].level for index in range(max(first, 0), last + 1)]
    return tuple(levels)


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
    weight: Fraction
    hands: str = ""  # which number the parent counts: "level", "score" or ""
    caps: tuple[tuple[int, int], ...] = ()
    table: tuple[int, ...] = ()
    level_index: dict[int | None, int] = field(default_factory=dict)
    simple: bool = False  # tests and a trace, nothing else
    settled: tuple[list["Option"], ...] = ()  # the options of a simple item, by code

    def code_of(self, rank: int, level: int | None, *, done: bool) -> int:
        """One number for how the item stands."""
        return done + 2 * rank + 8 * self.level_index[level]


@dataclass(slots=True)
class Branch:
    """A node that gathers others. `keep`: the counts that belong to nodes above it."""

    node: Node
    children: tuple["Leaf | Branch", ...]
    grading: CompiledGrading | None
    weight: Fraction
    keep: int
    caps: tuple[tuple[int, int], ...]
    hands: str = ""
    part_table: dict[int | None, int] = field(default_factory=dict)


Option = tuple[int, "Fraction | None", "Fraction | None", int, object]
"""Counts, lowest and highest number handed up, cost, and the changes made (see `folding`)."""


@dataclass(slots=True)
class Compiled:
    """A whole edition, ready for judging."""

    edition: Edition
    root: Branch
    leaves: tuple[Leaf, ...]
    branches: tuple[Branch, ...]
    known: frozenset[str]


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
    return Compiled(edition, root, tuple(leaves), tuple(branches), known)


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
            leaf.simple = child.levels is None and child.value is None
            zero = Fraction(0)
            leaf.settled = tuple([(adds, zero, zero, 0, None)] for adds in leaf.table)
            leaves.append(leaf)
            children.append(leaf)
        children[-1].hands = node.score.of if node.score else ""
    above_masks = sum(one.mask for _, one in above.books)
    caps = _caps(*(one for _, one in books.books))
    branch = Branch(node, tuple(children), grading, _weight(node), above_masks, caps)
    branches.append(branch)
    return branch, after


def _weight(node: Node) -> Fraction:
    return Fraction(1 if node.weight is None else node.weight)


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
    presumes = book.compile(grading.presumes, {}) if grading.presumes else all_of([])
    reached: dict[int, Holds] = {}
    own: dict[int, Holds] = {}  # by position, for rules of one level may be several
    for level in sorted({rule.level for rule in grading.rules}):
        below = list(reached.values()) if grading.cumulative else []
        holding = []
        for position, rule in enumerate(grading.rules):
            if rule.level == level:
                own[position] = all_of([*below, book.compile(rule.when, reached)])
                holding.append(own[position])
        reached[level] = any_of(holding)
    steps = [(own[position], rule) for position, rule in enumerate(grading.rules)]
    steps += [(book.compile(rule.when, reached), rule) for rule in grading.readings]
    flags = [(book.compile(flag.when, reached), flag.id) for flag in grading.flags if flag.when]
    asked = {score for condition in conditions_of(grading) for score in _scores_in(condition)}
    return CompiledGrading(
        grading, presumes, tuple(steps), tuple(flags), tuple(sorted(map(Fraction, asked)))
    )


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
