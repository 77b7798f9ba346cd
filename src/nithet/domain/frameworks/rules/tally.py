"""Conditions made fast: quantifiers become counts, and all counts of a node live in one integer.

Every distinct question ("how many items are clear and checkable?", "how many are not done?") gets a
field of bits. A subject's contribution to all questions at once is one number, so judging is adding
a few integers and comparing fields. The three uses (what is the level, which levels are possible,
what must change) fold the same integers.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

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
from nithet.domain.frameworks.rules.facts import TRACE_OF_RANK
from nithet.domain.frameworks.rules.numbers import Number

Holds = Callable[[int, Number | None], bool]
"""Whether a condition holds, given the counts and the node's score (None: no score)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one subject stands: whether its tests are done, the rank of its trace, its level.

    `rank` is an index into `facts.NAMED_TRACES`; `level` None: below its scale, or without one.
    """

    done: bool = False
    rank: int = 0
    level: int | None = None

    def is_in(self, state: State) -> bool:
        """Whether this is the state that is asked for."""
        if state.done is not None and state.done != self.done:
            return False
        if state.traces is not None and TRACE_OF_RANK[self.rank][0] not in state.traces:
            return False
        if state.checkable is not None and state.checkable != (self.rank == 3):
            return False
        return state.level is None or (self.level is not None and self.level >= state.level)


@dataclass(frozen=True, slots=True)
class Question:
    """Of these subjects, how many are in a state; are not in it; are in neither of two states."""

    subject: Subject
    among: tuple[str, ...] | None
    sort: Literal["is", "not", "neither"]
    state: State
    others: State | None = None

    def speaks_of(self, name: str) -> bool:
        """Whether the subject `name` is asked."""
        return self.among is None or name in self.among

    def counts(self, standing: "Standing") -> bool:
        """Whether a subject that stands so is counted."""
        inside = standing.is_in(self.state)
        if self.sort == "is":
            return inside
        if self.sort == "neither" and self.others is not None:
            return not inside and not standing.is_in(self.others)
        return not inside


@dataclass(slots=True)
class Counter:
    """A field of bits. Counts above `cap` need not be told apart."""

    shift: int
    width: int
    cap: int

    @property
    def one(self) -> int:
        """What one counted subject adds."""
        return 1 << self.shift

    @property
    def mask(self) -> int:
        """All bits of the field."""
        return ((1 << self.width) - 1) << self.shift


class TallyBook:
    """The questions of one node and their fields, from bit `first` upward."""

    def __init__(self, first: int, subjects: Mapping[Subject, Collection[str]]) -> None:
        self.next = first
        self.subjects = subjects
        self.counters: dict[Question, Counter] = {}
        self._touched = 0

    @property
    def mask(self) -> int:
        """All bits of all fields."""
        return sum(counter.mask for counter in self.counters.values())

    def contribution(self, subject: Subject, name: str, standing: Standing) -> int:
        """What one subject that stands so adds to the counts."""
        return sum(
            counter.one
            for question, counter in self.counters.items()
            if question.subject is subject
            and question.speaks_of(name)
            and question.counts(standing)
        )

    def compile(self, condition: Condition, reached: Mapping[int, Holds]) -> Holds:
        """A condition as a function of counts and score; `reached` answers for lower levels."""
        match condition:
            case Quantified():
                return self._quantified(condition)
            case ScoreAtLeast(score):
                least = Fraction(score)
                return lambda _, score: score is not None and score >= least
            case Reaches(level):
                return reached[level]
            case Not(part):
                inner = self.compile(part, reached)
                return lambda counts, score: not inner(counts, score)
            case All(parts):
                return all_of([self.compile(part, reached) for part in parts])
            case AnyOf(parts):
                return any_of([self.compile(part, reached) for part in parts])

    def compile_noting(
        self, condition: Condition, reached: Mapping[int, Holds]
    ) -> tuple[Holds, int]:
        """The same, with the bits of the fields that the condition looks at."""
        self._touched = 0
        return self.compile(condition, reached), self._touched

    def _quantified(self, asked: Quantified) -> Holds:
        main = self._main(asked)
        if asked.others is None:
            return main
        rest = Question(asked.subject, asked.among, "not", asked.state)
        neither = Question(asked.subject, asked.among, "neither", asked.state, asked.others)
        return all_of([main, self._at_least(rest, 1), self._none(neither)])

    def _main(self, asked: Quantified) -> Holds:
        inside = Question(asked.subject, asked.among, "is", asked.state)
        outside = Question(asked.subject, asked.among, "not", asked.state)
        match asked.quantifier:
            case Quantifier.EVERY:
                return self._none(outside)
            case Quantifier.NO:
                return self._none(inside)
            case Quantifier.SOME:
                return self._at_least(inside, 1)
            case Quantifier.AT_LEAST:
                return self._at_least(inside, asked.count)
            case Quantifier.AT_MOST:
                more = self._at_least(inside, asked.count + 1)
                return lambda counts, score: not more(counts, score)
            case Quantifier.EXACTLY:
                enough = self._at_least(inside, asked.count)
                more = self._at_least(inside, asked.count + 1)
                return lambda counts, score: enough(counts, score) and not more(counts, score)

    def _none(self, question: Question) -> Holds:
        mask = self._counter(question, 1).mask
        return lambda counts, _: not counts & mask

    def _at_least(self, question: Question, count: int) -> Holds:
        if count <= 0:
            return lambda _counts, _score: True
        counter = self._counter(question, count)
        mask, least = counter.mask, count << counter.shift
        return lambda counts, _: counts & mask >= least

    def _counter(self, question: Question, cap: int) -> Counter:
        counter = self.counters.get(question)
        if counter is None:
            total = len(question.among or self.subjects.get(question.subject, ())) or 1
            # Room for one more than there are subjects, since "more than n" is asked for n = all.
            counter = Counter(self.next, (total + 1).bit_length(), cap)
            self.counters[question] = counter
            self.next += counter.width
        counter.cap = max(counter.cap, cap)
        self._touched |= counter.mask
        return counter


def all_of(parts: list[Holds]) -> Holds:
    """Every part holds; the empty list holds."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        first, second = parts
        return lambda counts, score: first(counts, score) and second(counts, score)
    return lambda counts, score: all(part(counts, score) for part in parts)


def any_of(parts: list[Holds]) -> Holds:
    """At least one part holds."""
    if len(parts) == 1:
        return parts[0]
    return lambda counts, score: any(part(counts, score) for part in parts)
