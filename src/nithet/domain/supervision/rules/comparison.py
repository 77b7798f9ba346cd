"""What comparing two sides gives: plain values, without the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median, stdev

from nithet.domain.supervision.rules.intervals import ALPHA

FEWEST_FOR_T = 10
"""Below this many a test of normality finds nothing, so the t-test is not presumed to fit, and no effect is called large or small."""
SMALL = 20
"""Below this many it is said that the result is of this small group only."""


class Method(StrEnum):
    """How it was tested."""

    NONE = "none"
    PAIRED_T = "paired_t"
    WILCOXON = "wilcoxon"
    WELCH_T = "welch_t"
    MANN_WHITNEY = "mann_whitney"


class Caution(StrEnum):
    """What must be said of how few there are; `UNCHANGED` and `CONSTANT` say why nothing could be tested."""

    NONE = ""
    VALUES_ONLY = "values_only"
    SMALL = "small"
    UNCHANGED = "unchanged"
    CONSTANT = "constant"


@dataclass(frozen=True, slots=True)
class Side:
    """The values of one side. `sd` is that of a sample (n - 1), None below two values."""

    n: int
    mean: float | None
    sd: float | None
    median: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing two sides gave.

    `change` is the mean of the differences (paired) or the difference of the means, after minus before; `low` and `high` are its
    95 % confidence interval, for a test of ranks that of `shift`, the Hodges-Lehmann median of the differences. `effect` is
    Hedges' g (with a t-test) or the rank-biserial r (with ranks), `effect_low`/`effect_high` its 95 % interval; None where r is 1 or -1.
    `d` is Cohen's d (independent) or dz (paired) before the correction. `shapiro` is the p of the test of normality (the smaller of
    two for independent sides), None where it was not asked. What is None was not computed, and `caution` says why.
    """

    is_paired: bool
    before: Side
    after: Side
    left_out: int
    change: float | None
    method: Method
    caution: Caution
    statistic: float | None = None
    df: float | None = None
    p: float | None = None
    shift: float | None = None
    low: float | None = None
    high: float | None = None
    d: float | None = None
    effect: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None
    shapiro: float | None = None

    @property
    def n(self) -> int:
        """Return how many were compared: pairs, or the smaller side."""
        return min(self.before.n, self.after.n)

    @property
    def is_significant(self) -> bool | None:
        """Say whether p lies below .05; None where nothing was tested."""
        return None if self.p is None else self.p < ALPHA


def side(values: Sequence[float]) -> Side:
    """Describe one side."""
    return Side(
        len(values),
        fmean(values) if values else None,
        stdev(values) if len(values) > 1 else None,
        median(values) if values else None,
    )


def tidy(value: float) -> float:
    """Return a difference of two decimals as a person would write it: 0.3 - 0.1 is 0.2."""
    return round(value, 10)
