"""An edition made ready for judging: every node with its questions, tables and gradings.

Compiled once per Edition and kept as long as the edition lives.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from weakref import WeakKeyDictionary

from nithet.domain.frameworks.rules.conditions import (
    Quantified,
    Quantifier,
    State,
    Subject,
)
from nithet.domain.frameworks.rules.edition import ROOT, Edition, Node
from nithet.domain.frameworks.rules.facts import Answer
from nithet.domain.frameworks.rules.grading import Combination
from nithet.domain.frameworks.rules.numbers import ZERO, Number, whole
from nithet.domain.frameworks.rules.ready_gradings import CompiledGrading, ready_grading
from nithet.domain.frameworks.rules.tally import Holds, Standing, TallyBook

EVERY_TEST_DONE = Quantified(Quantifier.EVERY, Subject.TEST, State(done=True))


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
    grading = ready_grading(node.levels, book) if node.levels else None
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
    grading = ready_grading(node.levels, book) if node.levels else None
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
