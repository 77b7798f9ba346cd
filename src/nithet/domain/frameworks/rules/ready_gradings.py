"""Gradings made ready: conditions as functions, bands as edges."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from nithet.domain.frameworks.rules.conditions import (
    All,
    AnyOf,
    Condition,
    Not,
    Reaches,
    ScoreAtLeast,
)
from nithet.domain.frameworks.rules.grading import Bands, Grading, Rounding, Rule
from nithet.domain.frameworks.rules.numbers import Number, units, whole
from nithet.domain.frameworks.rules.tally import Holds, TallyBook, all_of, any_of


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


def ready_grading(grading: Grading, book: TallyBook) -> CompiledGrading:
    """A grading with its conditions as functions, its questions entered in `book`."""
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
