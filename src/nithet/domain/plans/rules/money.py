"""Money: exact to the satang, added without rounding; what is not stated stays apart from 0."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from nithet.kernel.errors import RuleBroken

LARGEST = Decimal("999999999999.99")
_SATANG = Decimal("0.01")


def exact(amount: Decimal | int | None, field: str) -> Decimal | None:
    """Return an amount with two decimals; refuse one below 0, with more than two decimals or too large to be kept."""
    if amount is None:
        return None
    amount = Decimal(amount)
    if not amount.is_finite() or amount < 0:
        raise RuleBroken("amount.negative", "Write an amount of 0 or more.", field=field)
    if amount > LARGEST:
        raise RuleBroken("amount.large", "This amount is too large.", field=field)
    try:
        kept = amount.quantize(_SATANG)
    except InvalidOperation:  # more digits than the context holds
        raise RuleBroken("amount.large", "This amount is too large.", field=field) from None
    if kept != amount:
        raise RuleBroken("amount.satang", "Write at most two decimals.", field=field)
    return kept


@dataclass(frozen=True, slots=True)
class Sums:
    """What is planned and spent, in baht. `spent` None: no line says what was spent."""

    planned: Decimal = Decimal(0)
    spent: Decimal | None = None

    @property
    def left(self) -> Decimal:
        """Return what is planned and not spent; below 0 where more was spent."""
        return self.planned - (self.spent or Decimal(0))

    @property
    def share(self) -> int:
        """Return how much of the plan is spent, in whole per cent, halves up; 0 where nothing is planned."""
        if not self.planned:
            return 0
        part = (self.spent or Decimal(0)) * 100 / self.planned
        return int(part.quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def bar(self) -> int:
        """Return the share for a bar, at most 100."""
        return min(self.share, 100)


def add(lines: Iterable[tuple[Decimal | None, Decimal | None]]) -> Sums:
    """Add (planned, spent) exactly; None counts nothing.

    >>> add([(Decimal("0.10"), None), (Decimal("0.20"), Decimal("0.30"))])
    Sums(planned=Decimal('0.30'), spent=Decimal('0.30'))
    """
    planned, spent = Decimal(0), None
    for of_plan, of_spending in lines:
        planned += of_plan or Decimal(0)
        if of_spending is not None:
            spent = (spent or Decimal(0)) + of_spending
    return Sums(planned, spent)
