"""Intervals of effects and of changes, and the correction for small groups."""

from collections.abc import Sequence
from math import atanh, sqrt, tanh
from statistics import median

ALPHA = 0.05


def hedges_correction(df: float) -> float:
    """Return Hedges' factor 1 - 3 / (4 df - 1), which makes d of a small group a little smaller (Hedges, 1981)."""
    return 1 - 3 / (4 * df - 1)


def noncentrality_interval(t: float, df: float) -> tuple[float, float]:
    """Return the 95 % interval of the noncentrality under which t was found, by turning the noncentral t about.

    Where t is so large that its distribution cannot be computed, the usual large-sample interval stands in for it.
    """
    from scipy import optimize, stats  # noqa: PLC0415  loaded only when something is compared

    def bound(share: float) -> float:
        reach = abs(t) + 10.0
        found = optimize.brentq(
            lambda delta: stats.nct.cdf(t, df, delta) - share, t - reach, t + reach
        )
        return float(found)

    try:
        return bound(1 - ALPHA / 2), bound(ALPHA / 2)
    except ValueError:
        margin = float(stats.norm.ppf(1 - ALPHA / 2)) * sqrt(1 + t * t / (2 * df))
        return t - margin, t + margin


def rank_interval(r: float, error: float) -> tuple[float | None, float | None]:
    """Return the 95 % interval of a rank-biserial r on Fisher's scale, `error` that of r where nothing changed; close, not exact.

    (None, None) where r is 1 or -1: on that scale it has no place, and all that can be said is that all went one way.
    """
    if abs(r) >= 1:
        return None, None
    reach = 1.959963984540054 * error
    return tanh(atanh(r) - reach), tanh(atanh(r) + reach)


def walsh_interval(
    differences: Sequence[float],
) -> tuple[float, float | None, float | None]:
    """Return the Hodges-Lehmann median of differences and its interval of at least 95 % from Wilcoxon's exact distribution.

    The interval is None where so few differences cannot give 95 % (below six). With zeros or ties it is close, not exact.
    """
    n = len(differences)
    averages = sorted((differences[i] + differences[j]) / 2 for i in range(n) for j in range(i, n))
    centre = median(averages)
    depth = _depth(n)
    if depth < 1:
        return centre, None, None
    return centre, averages[depth - 1], averages[-depth]


def _depth(n: int) -> int:
    """How many averages are cut off on each side: the most for which both tails together hold at most 5 %."""
    if n > 50:
        mean, spread = n * (n + 1) / 4, sqrt(n * (n + 1) * (2 * n + 1) / 24)
        return max(int(mean - 1.959963984540054 * spread), 0)
    ways = [1]
    for rank in range(1, n + 1):
        longer = ways + [0] * rank
        for total in range(len(ways)):
            longer[total + rank] += ways[total]
        ways = longer
    below, depth = 0, 0
    for count in ways:
        below += count
        if 2 * below > ALPHA * 2**n:
            return depth
        depth += 1
    return depth
