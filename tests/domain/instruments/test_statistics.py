"""Means and standard deviations, held against certified and published values."""

from decimal import Decimal
from fractions import Fraction

import pytest

from nithet.domain.instruments.rules.statistics import (
    Tally,
    describe,
    percent,
    rounded,
    rounded_root,
)


def counted(values: list[str]) -> dict[Decimal, int]:
    found: dict[Decimal, int] = {}
    for value in values:
        found[Decimal(value)] = found.get(Decimal(value), 0) + 1
    return found


@pytest.mark.parametrize(
    ("values", "mean", "variance"),
    [
        # NIST StRD, NumAcc1 and NumAcc2: certified mean and standard deviation, 15 digits.
        (["10000001", "10000003", "10000002"], Fraction(10000002), Fraction(1)),
        (["1.2", *(["1.1", "1.3"] * 500)], Fraction(12, 10), Fraction(1, 100)),
        # NIST StRD, NumAcc3 and NumAcc4: the differences lie far behind the leading digits.
        (
            ["1000000.2", *(["1000000.1", "1000000.3"] * 500)],
            Fraction(10000002, 10),
            Fraction(1, 100),
        ),
        (
            ["10000000.2", *(["10000000.1", "10000000.3"] * 500)],
            Fraction(100000002, 10),
            Fraction(1, 100),
        ),
        # Anscombe (1973), x of the first set: mean 9, variance 11.
        (
            [*["10", "8", "13", "9", "11", "14", "6", "4", "12", "7", "5"]],
            Fraction(9),
            Fraction(11),
        ),
    ],
)
def test_mean_and_variance_are_the_certified_ones(
    values: list[str], mean: Fraction, variance: Fraction
) -> None:
    found = describe(counted(values))
    assert (found.n, found.mean, found.variance) == (len(values), mean, variance)


def test_the_divisor_is_n_minus_one() -> None:
    # The population value of these eight is 2.00; offices print that of a sample.
    assert describe(counted(["2", "4", "4", "4", "5", "5", "7", "9"])).sd_2 == Decimal("2.14")


def test_one_answer_has_a_mean_and_no_standard_deviation() -> None:
    found = describe({4: 1})
    assert (found.mean_2, found.sd_2) == (Decimal("4.00"), None)


def test_no_answer_has_neither() -> None:
    found = describe({})
    assert (found.n, found.mean_2, found.sd_2) == (0, None, None)
    assert describe({5: 0}) == found


def test_equal_answers_have_a_standard_deviation_of_nought() -> None:
    assert describe({3: 12}).sd_2 == Decimal("0.00")


def test_a_count_below_nought_is_a_fault() -> None:
    with pytest.raises(ValueError, match="less than never"):
        describe({3: -1})


def test_the_mean_of_a_half_hundredth_is_rounded_up() -> None:
    # 4.505 = 101 x 5 and 99 x 4 of 200: as a float of two decimals it would become 4.5.
    assert describe({5: 101, 4: 99}).mean_2 == Decimal("4.51")


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Fraction(5, 1000), "0.01"),
        (Fraction(4999999, 10**9), "0.00"),
        (Fraction(-5, 1000), "-0.01"),
        (Fraction(2675, 1000), "2.68"),
    ],
)
def test_halves_are_rounded_away_from_nought(value: Fraction, printed: str) -> None:
    assert rounded(value) == Decimal(printed)


def test_a_root_is_rounded_as_its_exact_square_demands() -> None:
    for k in range(1, 400):
        edge = Fraction(2 * k - 1, 200)  # k - 1/2 hundredths
        assert rounded_root(edge * edge) == Decimal(k).scaleb(-2)
        assert rounded_root(edge * edge - Fraction(1, 10**12)) == Decimal(k - 1).scaleb(-2)


def test_percent_of_nothing_is_not_nought() -> None:
    assert percent(0, 0) is None
    assert percent(2, 3) == Decimal("66.67")


def test_a_tally_tells_who_did_not_answer_and_who_saw_nothing() -> None:
    tally = Tally(asked=10, given={"5": 4, "4": 2}, unseen=3, answered=6)
    assert tally.unanswered == 1
    assert tally.share("5") == Decimal("66.67")
