"""Before and after, held against published examples."""

import math
import sys
from subprocess import run

import pytest

from nithet.domain.supervision.rules import effect_words as say
from nithet.domain.supervision.rules.comparison import Caution, Method
from nithet.domain.supervision.rules.effects import compare_independent, compare_paired
from nithet.domain.supervision.rules.intervals import (
    hedges_correction,
    noncentrality_interval,
    walsh_interval,
)

SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
"""Student (1908): hours of sleep gained, ten patients, two drugs."""
CROSSED = [188, 96, 168, 176, 153, 172, 177, 163, 146, 173, 186, 168, 177, 184, 96]
SELFED = [139, 163, 160, 160, 147, 149, 149, 122, 132, 144, 130, 144, 102, 124, 144]
"""Darwin's fifteen pairs of maize, in eighths of an inch, as Fisher (1935) works them out."""
DEPRESSION = (
    [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30],
    [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29],
)
"""Hollander & Wolfe (1973), p. 29."""
PERMEABILITY = (
    [1.15, 0.88, 0.90, 0.74, 1.21],
    [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
)
"""Hollander & Wolfe (1973), p. 69."""


def pairs(before: list[float], after: list[float]) -> list[tuple[float | None, float | None]]:
    return list(zip(before, after, strict=True))


def test_the_paired_t_test_gives_what_fisher_published() -> None:
    found = compare_paired(pairs([float(v) for v in SELFED], [float(v) for v in CROSSED]))
    assert found.method == Method.PAIRED_T
    assert found.statistic == pytest.approx(2.148, abs=0.0005)
    assert (found.df, found.n) == (14, 15)
    assert found.p == pytest.approx(0.0497, abs=0.00005)
    assert found.change == pytest.approx(314 / 15)
    assert found.d == pytest.approx(2.148 / math.sqrt(15), abs=0.0005)
    assert found.effect == pytest.approx(found.d * hedges_correction(14))
    assert found.caution == Caution.SMALL
    assert found.is_significant


def test_differences_that_are_not_normal_are_compared_by_ranks() -> None:
    found = compare_paired(pairs(SLEEP_1, SLEEP_2))
    # One pair did not change and drops out of the ranks; all others went up.
    assert found.method == Method.WILCOXON
    assert found.shapiro == pytest.approx(0.0333, abs=0.0001)
    assert found.p == pytest.approx(2 / 2**9)
    assert found.effect == 1.0


def test_few_pairs_are_compared_by_ranks_as_hollander_and_wolfe_published() -> None:
    found = compare_paired(pairs(*DEPRESSION))
    assert (found.method, found.n, found.statistic) == (Method.WILCOXON, 9, 5.0)
    assert found.p == pytest.approx(2 * 0.01953125)
    assert found.shift == pytest.approx(-0.46)
    assert (found.low, found.high) == (pytest.approx(-0.786), pytest.approx(-0.010))
    assert found.effect == pytest.approx((5 - 40) / 45)
    assert found.shapiro is None


def test_two_groups_that_look_normal_are_compared_by_welch() -> None:
    found = compare_independent(SLEEP_1, SLEEP_2)
    # The values that R's documentation gives for the same data.
    assert found.method == Method.WELCH_T
    assert found.statistic == pytest.approx(1.8608, abs=0.00005)
    assert found.df == pytest.approx(17.776, abs=0.0005)
    assert found.p == pytest.approx(0.07939, abs=0.000005)
    assert (found.low, found.high) == (
        pytest.approx(-0.2054832, abs=1e-6),
        pytest.approx(3.3654832, abs=1e-6),
    )
    assert found.d == pytest.approx(1.58 / math.sqrt((3.200556 + 4.009) / 2), abs=1e-4)
    assert not found.is_significant


def test_two_small_groups_are_compared_by_ranks_as_published() -> None:
    found = compare_independent(*PERMEABILITY)
    assert (found.method, found.statistic) == (Method.MANN_WHITNEY, 35.0)
    assert found.p == pytest.approx(2 * 0.1272, abs=0.0001)
    assert found.shift == pytest.approx(0.305)
    assert found.effect == pytest.approx(0.4)


def test_below_five_nothing_is_tested() -> None:
    found = compare_paired([(1.0, 2.0), (2.0, 4.0), (3.0, 3.5), (1.0, 2.5)])
    assert (found.method, found.caution, found.p, found.effect) == (
        Method.NONE,
        Caution.VALUES_ONLY,
        None,
        None,
    )
    assert found.change == pytest.approx(1.25)
    assert compare_independent([1.0] * 9, [2.0, 3.0, 2.5, 2.0]).caution == Caution.VALUES_ONLY


def test_nothing_at_all_is_told_and_not_computed() -> None:
    found = compare_paired([])
    assert (found.n, found.change, found.before.mean) == (0, None, None)


def test_a_row_without_one_of_its_values_is_left_out_and_counted() -> None:
    found = compare_paired([(1.0, 2.0)] * 4 + [(3.0, 5.0), (2.0, None), (None, 4.0), (None, None)])
    assert (found.n, found.left_out) == (5, 3)


def test_five_pairs_cannot_reach_significance_and_have_no_interval() -> None:
    found = compare_paired([(float(k), k + 1.0 + k / 10) for k in range(1, 6)])
    assert found.p == pytest.approx(0.0625)
    assert not found.is_significant
    assert (found.low, found.high) == (None, None)


def test_where_nothing_changed_there_is_nothing_to_test() -> None:
    assert compare_paired([(2.0, 2.0)] * 12).caution == Caution.UNCHANGED
    assert compare_independent([2.0] * 12, [2.0] * 12).caution == Caution.UNCHANGED


def test_the_same_change_for_everybody_is_compared_by_ranks() -> None:
    # 0.3 - 0.1 is not 0.2 in a machine; the differences are still the same for all.
    found = compare_paired([(0.1 * k, 0.1 * k + 0.2) for k in range(12)])
    assert (found.method, found.d, found.effect) == (Method.WILCOXON, None, 1.0)


def test_twenty_are_no_longer_called_few() -> None:
    rows = [(float(k), k + 2 + (k * 7 % 11 - 5) / 4) for k in range(20)]
    assert compare_paired(list(rows)).caution == Caution.NONE
    assert compare_paired(list(rows[:19])).caution == Caution.SMALL


def test_the_interval_of_an_effect_turns_the_noncentral_t_about() -> None:
    low, high = noncentrality_interval(4.0621, 9)
    assert noncentral_t(4.0621, 9, low) == pytest.approx(0.975, abs=1e-5)
    assert noncentral_t(4.0621, 9, high) == pytest.approx(0.025, abs=1e-5)


def noncentral_t(t: float, df: int, shift: float) -> float:
    """P(T <= t) by its definition: a normal value over the root of an independent chi-square, summed in small steps."""
    step, total = 0.0005, 0.0
    constant = 2 * (df / 2) ** (df / 2) / math.gamma(df / 2)
    for k in range(1, 8000):
        s = k * step
        density = constant * s ** (df - 1) * math.exp(-df * s * s / 2)
        total += density * 0.5 * math.erfc(-(t * s - shift) / math.sqrt(2)) * step
    return total


def test_a_huge_effect_still_has_an_interval() -> None:
    low, high = noncentrality_interval(-45.0, 198)
    assert low < -45 < high < 0


def test_the_correction_of_hedges_is_the_published_one() -> None:
    assert hedges_correction(9) == pytest.approx(1 - 3 / 35)


def test_the_interval_by_ranks_cuts_off_as_the_published_tables_do() -> None:
    # Critical values of the signed-rank sum, 5 % on both sides: none below 6, 0 at 6, 2 at 7, 5 at 9, 89 at 25.
    for n, critical in ((5, None), (6, 0), (7, 2), (8, 3), (9, 5), (10, 8), (25, 89)):
        values = [float(2**k) for k in range(n)]
        centre, low, high = walsh_interval(values)
        averages = sorted((values[i] + values[j]) / 2 for i in range(n) for j in range(i, n))
        expected = (
            (None, None) if critical is None else (averages[critical], averages[-critical - 1])
        )
        assert (low, high) == expected, n
        assert low is None or low <= centre <= high


def test_scipy_is_not_loaded_before_something_is_compared() -> None:
    code = "import nithet.domain.supervision.rules.effects, sys; sys.exit('scipy' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_effect_of_ranks_has_an_interval_on_fishers_scale() -> None:
    # By hand: ranks of |d| are 1..8 with 1 and 3 fallen, so r = (32 - 4) / 36; error = sqrt(8 * 9 * 17 / 6) / 36.
    found = compare_paired([(0.0, d) for d in (-1.0, 2.0, -3.0, 4.0, 5.0, 6.0, 7.0, 8.0)])
    r, error = 28 / 36, math.sqrt(204) / 36
    assert found.effect == pytest.approx(r)
    assert found.effect_low == pytest.approx(math.tanh(math.atanh(r) - 1.959964 * error))
    assert found.effect_high == pytest.approx(math.tanh(math.atanh(r) + 1.959964 * error))
    both = compare_independent(*PERMEABILITY)
    assert both.effect_low is not None
    assert both.effect_high is not None
    assert both.effect is not None
    assert -1 < both.effect_low < both.effect < both.effect_high < 1


def test_of_few_nothing_is_called_large_and_what_cannot_be_shown_is_said() -> None:
    found = compare_paired([(2.0, 3.0), (3.0, 4.0), (2.0, 4.0), (3.0, 3.5), (2.0, 3.0)])
    assert (found.effect, found.effect_low) == (1.0, None)
    said = say.sentence(found, "ระดับ", more_is_better=True)
    assert said.endswith("ขนาดอิทธิพล r = 1.00")
    limits = " ".join(say.limits_words(found))
    assert "ไม่มีกลุ่มเปรียบเทียบ" in limits
    assert "ไม่มีช่วงความเชื่อมั่นของ r" in limits
    assert "น้อยกว่า 6 คู่" in limits
    assert say.limits_words(compare_paired([(1.0, 2.0)])) == []
