"""Counting answers: n of N, percent, mean and standard deviation, worked out exactly and rounded once, at the end.

Everything follows from how often each value was given, so that the database may do the counting. Means are kept as fractions:
a mean of 4.505 is rounded to 4.51 as offices round (half up), never to 4.50 because of how a machine holds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt

TWO = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of one question's figures.

    `mean` is exact; None where nobody answered. `variance` is that of a sample (n - 1), exact; None below two answers, so that
    "–" is printed and never 0.
    """

    n: int
    mean: Fraction | None
    variance: Fraction | None

    @property
    def mean_2(self) -> Decimal | None:
        """Return the mean with two decimals, half up."""
        return None if self.mean is None else rounded(self.mean)

    @property
    def sd_2(self) -> Decimal | None:
        """Return the standard deviation of the sample with two decimals, half up."""
        return None if self.variance is None else rounded_root(self.variance)


def describe(counts: Mapping[Decimal | int, int]) -> Described:
    """Describe values by how often each was given; a count below 0 is a fault.

    >>> one = describe({4: 1, 5: 2})
    >>> one.n, one.mean_2, one.sd_2
    (3, Decimal('4.67'), Decimal('0.58'))
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("A value cannot be given less than never.")
    n = sum(counts.values())
    if n == 0:
        return Described(0, None, None)
    # Whole numbers all the way: values are scaled until none has a decimal, and divided once, at the end.
    scale = max((_decimals(value) for value in counts), default=1)
    first = second = 0
    for value, count in counts.items():
        whole = int(value * scale)
        first += count * whole
        second += count * whole * whole
    mean = Fraction(first, n * scale)
    if n == 1:
        return Described(1, mean, None)
    return Described(n, mean, Fraction(n * second - first * first, n * (n - 1) * scale * scale))


def _decimals(value: Decimal | int) -> int:
    """Return the power of ten that makes a value whole."""
    if isinstance(value, int):
        return 1
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("A value must be a number.")
    return int(10 ** max(-exponent, 0))


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Round an exact value half up (away from 0), as it is printed.

    >>> rounded(Fraction(901, 200)), rounded(Fraction(-1, 8)), rounded(Fraction(2, 3), 1)
    (Decimal('4.51'), Decimal('-0.13'), Decimal('0.7'))
    """
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def rounded_root(value: Fraction, places: int = 2) -> Decimal:
    """Round the square root of an exact value half up, without ever holding the root itself.

    The root lies at or above k - 1/2 (in the last place) exactly where 4 times the value reaches (2k - 1) squared.

    >>> rounded_root(Fraction(2)), rounded_root(Fraction(0)), rounded_root(Fraction(1, 40_000))
    (Decimal('1.41'), Decimal('0.00'), Decimal('0.01'))
    """
    scaled = 4 * value * 100**places
    return Decimal((isqrt(scaled.numerator // scaled.denominator) + 1) // 2).scaleb(-places)


def percent(part: int, whole: int, places: int = 2) -> Decimal | None:
    """Return how many of a hundred, half up; None of nothing.

    >>> percent(1, 3), percent(1, 8, 1), percent(0, 0)
    (Decimal('33.33'), Decimal('12.5'), None)
    """
    return rounded(Fraction(100 * part, whole), places) if whole else None


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to one question, by how often each was given.

    `asked` (N) are the records that put the question, `unseen` those that answered that there was nothing to judge
    (ไม่ได้สังเกต, ไม่มีข้อมูล): they stand outside n, and are told. `given` counts each choice or number.
    """

    asked: int
    given: Mapping[str, int]
    unseen: int = 0
    answered: int = 0
    """n: records with an answer that counts; with several choices ticked it is less than the sum of `given`."""

    @property
    def unanswered(self) -> int:
        """Return how many left the question open."""
        return max(self.asked - self.answered - self.unseen, 0)

    def share(self, value: str) -> Decimal | None:
        """Return the percent of those who answered that gave a value."""
        return percent(self.given.get(value, 0), self.answered)
