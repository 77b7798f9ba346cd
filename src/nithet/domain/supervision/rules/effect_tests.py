"""The four tests with the size of their effect and its interval."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, median, stdev

from nithet.domain.supervision.rules.comparison import Caution, Compared, Method, Side, tidy
from nithet.domain.supervision.rules.intervals import (
    ALPHA,
    hedges_correction,
    noncentrality_interval,
    rank_interval,
    walsh_interval,
)


def paired_t(
    before: Side,
    after: Side,
    differences: list[float],
    left_out: int,
    caution: Caution,
    normality: float,
) -> Compared:
    """Test pairs by the paired t-test; the effect is Hedges' g of the differences."""
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


def wilcoxon(
    before: Side,
    after: Side,
    differences: list[float],
    left_out: int,
    caution: Caution,
    normality: float | None,
) -> Compared:
    """Test pairs by Wilcoxon's signed ranks; pairs that did not change are left out of the ranks."""
    from scipy import stats  # noqa: PLC0415  loaded only when something is compared

    moved = [one for one in differences if one]
    found = stats.wilcoxon(moved)
    ranks = stats.rankdata([abs(one) for one in moved])
    up = float(sum(rank for rank, one in zip(ranks, moved, strict=True) if one > 0))
    total = len(moved) * (len(moved) + 1) / 2
    shift, low, high = walsh_interval(differences)
    count = len(moved)
    effect = (2 * up - total) / total
    # The rank sum of n pairs without a difference has the variance n(n + 1)(2n + 1)/24; r is twice the sum by its total.
    effect_low, effect_high = rank_interval(
        effect, sqrt(count * (count + 1) * (2 * count + 1) / 6) / total
    )
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
        effect=effect,
        effect_low=effect_low,
        effect_high=effect_high,
        shapiro=normality,
    )


def _dz(differences: list[float]) -> float | None:
    spread = stdev(differences)
    return fmean(differences) / spread if spread else None


def welch(
    before: Side,
    after: Side,
    first: Sequence[float],
    second: Sequence[float],
    caution: Caution,
    normality: float,
) -> Compared:
    """Test two groups by Welch's t; the effect is Hedges' g of the pooled spread."""
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


def mann_whitney(
    before: Side,
    after: Side,
    first: Sequence[float],
    second: Sequence[float],
    caution: Caution,
    normality: float | None,
) -> Compared:
    """Test two groups by the ranks of Mann and Whitney."""
    from scipy import stats  # noqa: PLC0415  loaded only when something is compared

    found = stats.mannwhitneyu(second, first, alternative="two-sided")
    wins = float(found.statistic)
    n, m = len(first), len(second)
    effect = 2 * wins / (n * m) - 1
    effect_low, effect_high = rank_interval(effect, sqrt((n + m + 1) / (3 * n * m)))
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
        shift=median([tidy(b - a) for a in first for b in second]),
        effect=effect,
        effect_low=effect_low,
        effect_high=effect_high,
        shapiro=normality,
    )
