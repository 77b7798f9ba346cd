"""How a node earns a score and a level: combinations, rounding, rules, bands, or a person."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from nithet.domain.frameworks.rules.conditions import Condition
from nithet.domain.frameworks.rules.words import Text


class Combination(StrEnum):
    """How the numbers of the children become the number of their parent."""

    MEAN = "mean"  # weighted
    SUM = "sum"  # of weight times number
    MINIMUM = "minimum"  # weights play no part


class RoundingMode(StrEnum):
    """What happens to a half: up (away from zero), to the even digit; or everything goes down."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Rounding:
    """Rounding to `digits` decimals."""

    digits: int
    mode: RoundingMode


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """The score of a node from its children's levels or scores; the score itself may be rounded."""

    combination: Combination
    of: Literal["level", "score"]
    rounding: Rounding | None = None
    weights_sum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scale: its number, its name where it has one, its description where it has one."""

    number: int
    name: Text | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A level and what must hold for it; a reading raises a flag beside it."""

    level: int
    when: Condition
    flag: str | None = None
    text: Text | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to be said beside a level. `when` None: only a reading raises it."""

    id: str
    name: Text
    when: Condition | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Band:
    """Scores from `low` to `high` earn this level.

    `high` belongs to the band, except where the bands are not rounded: there it is the first score
    of the next one (None at the top).
    """

    level: int
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands in the order of their scores; the score is rounded before it is classed.

    `down`: less is better, so levels fall as scores rise.
    """

    bands: tuple[Band, ...]
    rounding: Rounding | None = None
    down: bool = False


@dataclass(frozen=True, slots=True)
class Grading:
    """How a node earns a level: by rules, by bands of its score, or by a person reading descriptions.

    Exactly one of `rules`, `bands` and `by_person` is in use. Rules are tried from the top after
    `presumes`, the first that holds decides; then the readings. `cumulative`: a rule also needs every
    lower one. `otherwise` is said when no level is reached, and `counts_as` is what such a node gives
    to its parent's score (None: then the parent has no score either).
    """

    scale: tuple[Level, ...]
    otherwise: Text
    counts_as: Decimal | None = None
    presumes: Condition | None = None
    rules: tuple[Rule, ...] = ()
    readings: tuple[Rule, ...] = ()
    flags: tuple[Flag, ...] = ()
    cumulative: bool = False
    bands: Bands | None = None
    by_person: bool = False
    line: int = field(default=0, compare=False)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The levels of the scale, rising."""
        return tuple(level.number for level in self.scale)
