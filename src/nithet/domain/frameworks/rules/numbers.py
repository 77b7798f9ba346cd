"""Exact arithmetic of scores: fractions, and rounding as the edition states it."""

from decimal import Decimal
from fractions import Fraction

from nithet.domain.frameworks.rules.grading import Rounding, RoundingMode

Number = Fraction | int
"""An exact score; whole ones are kept as int, which is faster."""

ZERO: Number = 0


def whole(number: Number) -> Number:
    """The same number, as an int where it is one."""
    return number.numerator if number.denominator == 1 else number


def units(score: Number, rounding: Rounding) -> int:
    """`score` rounded as stated, counted in units of the last digit kept. Scores are never negative.

    >>> from nithet.domain.frameworks.rules.grading import Rounding, RoundingMode
    >>> units(Fraction("2.345"), Rounding(2, RoundingMode.HALF_UP))
    235
    """
    scale: int = 10**rounding.digits
    bottom = score.denominator
    whole_units, rest = divmod(score.numerator * scale, bottom)
    if rounding.mode is RoundingMode.DOWN:
        return whole_units
    half = 2 * rest - bottom
    if half > 0 or (half == 0 and (rounding.mode is RoundingMode.HALF_UP or whole_units % 2)):
        return whole_units + 1
    return whole_units


def rounded(score: Number, rounding: Rounding | None) -> Number:
    """`score` rounded as stated; unchanged when `rounding` is None.

    >>> from nithet.domain.frameworks.rules.grading import Rounding, RoundingMode
    >>> rounded(Fraction(7, 2), Rounding(0, RoundingMode.HALF_UP))
    Fraction(4, 1)
    >>> rounded(Fraction(5, 2), Rounding(0, RoundingMode.HALF_EVEN))
    Fraction(2, 1)
    >>> rounded(Fraction("3.679"), Rounding(2, RoundingMode.DOWN))
    Fraction(367, 100)
    """
    if rounding is None:
        return score
    return Fraction(units(score, rounding), 10**rounding.digits)


def shown(score: Number, digits: int = 2) -> str:
    """`score` for a sentence: half up to `digits`, without zeros that say nothing.

    >>> shown(Fraction(11, 3)), shown(Fraction(4)), shown(Fraction(9, 2))
    ('3.67', '4', '4.5')
    """
    whole = rounded(score, Rounding(digits, RoundingMode.HALF_UP))
    number = Decimal(whole.numerator) / Decimal(whole.denominator)
    return f"{number.normalize():f}"
