"""Before and after: which test fits, how large the change is, and how much can be said of so few.

scipy is loaded only when something is compared: it takes memory that a small server does not have to spare.
"""

from collections.abc import Sequence
from statistics import fmean

from nithet.domain.supervision.rules.comparison import (
    FEWEST_FOR_T,
    SMALL,
    Caution,
    Compared,
    Method,
    side,
    tidy,
)
from nithet.domain.supervision.rules.effect_tests import mann_whitney, paired_t, welch, wilcoxon
from nithet.domain.supervision.rules.intervals import ALPHA

FEWEST_FOR_TEST = 5
"""Below this many nothing is tested: the values themselves are shown."""


def compare_paired(pairs: Sequence[tuple[float | None, float | None]]) -> Compared:
    """Compare the same persons or schools before and after; a row without one of its values is left out and counted.

    Shapiro-Wilk on the differences decides between the paired t-test and Wilcoxon's signed ranks; below ten pairs it is always
    Wilcoxon, because a test of normality finds nothing there.
    """
    whole = [(a, b) for a, b in pairs if a is not None and b is not None]
    before, after = side([a for a, _ in whole]), side([b for _, b in whole])
    differences = [tidy(b - a) for a, b in whole]
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
        return paired_t(before, after, differences, left_out, caution, normality)
    return wilcoxon(before, after, differences, left_out, caution, normality)


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
        return welch(before, after, before_values, after_values, caution, normality)
    return mann_whitney(before, after, before_values, after_values, caution, normality)


def _shapiro(values: Sequence[float]) -> float:
    from scipy import stats  # noqa: PLC0415  loaded only when something is compared

    return float(stats.shapiro(values).pvalue)
