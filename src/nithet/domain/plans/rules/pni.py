"""Priority needs index: how far the actual state of a thing lies below the desired one.

PNI = (I - D) x I and PNImodified = (I - D) / D, where I is the mean of the desired and D that of the actual state
(นงลักษณ์ วิรัชชัย, สุวิมล ว่องวาณิช). The two order things differently, so every table names the one that it uses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction


class Formula(StrEnum):
    """Which of the two."""

    PNI = "pni"
    MODIFIED = "pni_modified"


WRITTEN = {Formula.PNI: "PNI = (I − D) × I", Formula.MODIFIED: "PNImodified = (I − D) ÷ D"}
"""How each stands under its table."""
_PLACES = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Means:
    """The exact means of one item: desired (I), actual (D), and how many people answered (n)."""

    desired: Fraction
    actual: Fraction
    n: int


@dataclass(frozen=True, slots=True)
class Index:
    """An item in a table: its index with three decimals and its rank from 1.

    `value` is None where it cannot be worked out: nobody answered, or D is 0 in PNImodified. `is_met` says that I does not lie
    above D: there is no need left. What has no value and what is met stands last.
    """

    at: int
    value: Decimal | None
    rank: int
    is_met: bool
    why: str = ""


def mean_of(values: Sequence[tuple[Decimal, int]]) -> Fraction | None:
    """Return the mean of (value, how many people it stands for); None where nobody answered.

    >>> mean_of([(Decimal("4"), 1), (Decimal("3.5"), 3)])
    Fraction(29, 8)
    """
    n = sum(weight for _, weight in values)
    if n == 0:
        return None
    return sum((Fraction(value) * weight for value, weight in values), Fraction(0)) / n


def exact_index(means: Means, formula: Formula) -> Fraction | None:
    """Return the index unrounded; None where D is 0 and the formula divides by it.

    >>> exact_index(Means(Fraction(9, 2), Fraction(7, 2), 1), Formula.PNI)
    Fraction(9, 2)
    """
    gap = means.desired - means.actual
    if formula is Formula.PNI:
        return gap * means.desired
    return gap / means.actual if means.actual else None


def rounded(value: Fraction) -> Decimal:
    """Return a value with three decimals, halves away from zero."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES, ROUND_HALF_UP)


def indexes(rows: Sequence[Means | None], formula: Formula) -> list[Index]:
    """Return the index and the rank of every row, in the order given; None: nobody answered the item.

    Ranked by the exact value, the highest first; equal values share a rank and the next one is left out. Last, in this
    order, stand what is met (I not above D), what has D = 0, and what nobody answered; they are ranked on after the others.
    """
    keys = [_key(row, formula) for row in rows]
    ordered = sorted(keys)
    found = []
    for at, (row, key) in enumerate(zip(rows, keys, strict=True)):
        exact = exact_index(row, formula) if row else None
        found.append(
            Index(
                at,
                None if exact is None else rounded(exact),
                ordered.index(key) + 1,
                is_met=bool(row and row.desired <= row.actual),
                why=_why(row, exact),
            )
        )
    return found


def _key(row: Means | None, formula: Formula) -> tuple[int, Fraction]:
    if row is None:
        return 3, Fraction(0)
    exact = exact_index(row, formula)
    if row.desired <= row.actual:
        return 1, -(exact if exact is not None else Fraction(0))
    return (2, -row.desired) if exact is None else (0, -exact)


def _why(row: Means | None, exact: Fraction | None) -> str:
    if row is None:
        return "nobody"
    if row.desired <= row.actual:
        return "met"
    return "" if exact is not None else "zero"
