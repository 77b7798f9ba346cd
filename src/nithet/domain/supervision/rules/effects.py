"""Before and after: which test fits, how large the change is, and how much can be said of so few.

scipy is loaded only when something is compared: it takes memory that a small server does not have to spare.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import fmean, median, stdev

from nithet.domain.supervision.rules.intervals import (
    ALPHA,
    hedges_correction,
    noncentrality_interval,
    walsh_interval,
)

FEWEST_FOR_TEST = 5
"""Below this many nothing is tested: the values themselves are shown."""
FEWEST_FOR_T = 10
"""Below this many a test of normality finds nothing, so the t-test is not presumed to fit."""
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
    Hedges' g (with a t-test) or the rank-biserial r (with ranks), `effect_low`/`effect_high` its 95 % interval, known for g only.
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


def compare_paired(pairs: Sequence[tuple[float | None, float | None]]) -> Compared:
    """Compare the same persons or schools before and after; a row without one of its values is left out and counted.

    Shapiro-Wilk on the differences decides between the paired t-test and Wilcoxon's signed ranks; below ten pairs it is always
    Wilcoxon, because a test of normality finds nothing there.
    """
    whole = [(a, b) for a, b in pairs if a is not None and b is not None]
    before, after = side([a for a, _ in whole]), side([b for _, b in whole])
    differences = [_tidy(b - a) for a, b in whole]
    change = fmean(differences) if differences else None
    n, left_out = len(whole), len(pairs) - len(whole)
    if n < FEWEST_FOR_TEST:
        return Compared(
            is_paired=True,
            before=before,
            after=after,
            left_out=left_out,
            change=change,
            method=Method.NONE,
            caution=Caution.VALUES_ONLY,
        )
    if not any(differences):
        return Compared(
            is_paired=True,
            before=before,
            after=after,
            left_out=left_out,
            change=change,
            method=Method.NONE,
            caution=Caution.UNCHANGED,
        )
    caution = Caution.SMALL if n < SMALL else Caution.NONE
    is_constant = len(set(differences)) == 1
    normality = None if n < FEWEST_FOR_T or is_constant else _shapiro(differences)
    if normality is not None and normality >= ALPHA:
        return _paired_t(before, after, differences, left_out, caution, normality)
    return _wilcoxon(before, after, differences, left_out, caution, normality)


def compare_independent(before_values: Sequence[float], after_values: Sequence[float]) -> Compared:
    """Compare two groups of different persons: Welch's t where both look normal and have ten or more, else Mann-Whitney."""
    before, after = side(before_values), side(after_values)
    change = (
        after.mean - before.mean if after.mean is not None and before.mean is not None else None
    )
    fewest = min(before.n, after.n)
    if fewest < FEWEST_FOR_TEST:
        return Compared(
            is_paired=False,
            before=before,
            after=after,
            left_out=0,
            change=change,
            method=Method.NONE,
            caution=Caution.VALUES_ONLY,
        )
    if len({*before_values, *after_values}) == 1:
        return Compared(
            is_paired=False,
            before=before,
            after=after,
            left_out=0,
            change=change,
            method=Method.NONE,
            caution=Caution.UNCHANGED,
        )
    caution = Caution.SMALL if fewest < SMALL else Caution.NONE
    sides = (before_values, after_values)
    is_constant = any(len(set(values)) == 1 for values in sides)
    normality = (
        None if fewest < FEWEST_FOR_T or is_constant else min(_shapiro(values) for values in sides)
    )
    if normality is not None and normality >= ALPHA:
        return _welch(before, after, before_values, after_values, caution, normality)
    return _mann_whitney(before, after, before_values, after_values, caution, normality)


def _shapiro(values: Sequence[float]) -> float:
    from scipy import stats  # noqa: PLC0415  loaded only when something is compared

    return float(stats.shapiro(values).pvalue)


def _paired_t(
    before: Side,
    after: Side,
    differences: list[float],
    left_out: int,
    caution: Caution,
    normality: float,
) -> Compared:
    from scipy import stats  # noqa: PLC0415  loaded only when something is compared

    n = len(differences)
    mean, spread = fmean(differences), stdev(differences)
    error = spread / sqrt(n)
    t = mean / error
    margin = float(stats.t.ppf(1 - ALPHA / 2, n - 1)) * error
    correction = hedges_correction(n - 1)
    low, high = noncentrality_interval(t, n - 1)
    return Compared(
        is_paired=True,
        before=before,
        after=after,
        left_out=left_out,
        change=mean,
        method=Method.PAIRED_T,
        caution=caution,
        statistic=t,
        df=n - 1,
        p=2 * float(stats.t.sf(abs(t), n - 1)),
        low=mean - margin,
        high=mean + margin,
        d=mean / spread,
        effect=correction * mean / spread,
        effect_low=correction * low / sqrt(n),
        effect_high=correction * high / sqrt(n),
        shapiro=normality,
    )


def _wilcoxon(
    before: Side,
    after: Side,
    differences: list[float],
    left_out: int,
    caution: Caution,
    normality: float | None,
) -> Compared:
    from scipy import stats  # noqa: PLC0415  loaded only when something is compared

    moved = [one for one in differences if one]
    found = stats.wilcoxon(moved)
    ranks = stats.rankdata([abs(one) for one in moved])
    up = float(sum(rank for rank, one in zip(ranks, moved, strict=True) if one > 0))
    total = len(moved) * (len(moved) + 1) / 2
    shift, low, high = walsh_interval(differences)
    return Compared(
        is_paired=True,
        before=before,
        after=after,
        left_out=left_out,
        change=fmean(differences),
        method=Method.WILCOXON,
        caution=caution,
        statistic=min(up, total - up),
        p=float(found.pvalue),
        shift=shift,
        low=low,
        high=high,
        d=_dz(differences),
        effect=(2 * up - total) / total,
        shapiro=normality,
    )


def _dz(differences: list[float]) -> float | None:
    spread = stdev(differences)
    return fmean(differences) / spread if spread else None


def _welch(
    before: Side,
    after: Side,
    first: Sequence[float],
    second: Sequence[float],
    caution: Caution,
    normality: float,
) -> Compared:
    from scipy import stats  # noqa: PLC0415  loaded only when something is compared

    found = stats.ttest_ind(second, first, equal_var=False)
    interval = found.confidence_interval(1 - ALPHA)
    n, m = len(first), len(second)
    d = _pooled_d(first, second)
    df = n + m - 2
    correction = hedges_correction(df)
    scale = sqrt(1 / n + 1 / m)
    low, high = noncentrality_interval(d / scale, df)
    return Compared(
        is_paired=False,
        before=before,
        after=after,
        left_out=0,
        change=fmean(second) - fmean(first),
        method=Method.WELCH_T,
        caution=caution,
        statistic=float(found.statistic),
        df=float(found.df),
        p=float(found.pvalue),
        low=float(interval.low),
        high=float(interval.high),
        d=d,
        effect=correction * d,
        effect_low=correction * low * scale,
        effect_high=correction * high * scale,
        shapiro=normality,
    )


def _pooled_d(first: Sequence[float], second: Sequence[float]) -> float:
    n, m = len(first), len(second)
    pooled = sqrt(((n - 1) * stdev(first) ** 2 + (m - 1) * stdev(second) ** 2) / (n + m - 2))
    return (fmean(second) - fmean(first)) / pooled


def _mann_whitney(
    before: Side,
    after: Side,
    first: Sequence[float],
    second: Sequence[float],
    caution: Caution,
    normality: float | None,
) -> Compared:
    from scipy import stats  # noqa: PLC0415  loaded only when something is compared

    found = stats.mannwhitneyu(second, first, alternative="two-sided")
    wins = float(found.statistic)
    return Compared(
        is_paired=False,
        before=before,
        after=after,
        left_out=0,
        change=fmean(second) - fmean(first),
        method=Method.MANN_WHITNEY,
        caution=caution,
        statistic=wins,
        p=float(found.pvalue),
        shift=median([_tidy(b - a) for a in first for b in second]),
        effect=2 * wins / (len(first) * len(second)) - 1,
        shapiro=normality,
    )


def _tidy(value: float) -> float:
    """A difference of two decimals as a person would write it: 0.3 - 0.1 is 0.2."""
    return round(value, 10)
