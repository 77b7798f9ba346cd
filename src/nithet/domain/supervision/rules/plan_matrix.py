"""The year as months by whoever leads, visits outside of the plan among them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nithet.domain.supervision.rules.plan_sums import YearVisit
from nithet.foundation.thai_text.forms import sort_key

COMMITTEE_ROW = "committee"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A supervisor's year: the visits of each month, October first. `key` is "committee" for its row, "" where nobody is named."""

    key: str
    title: str
    months: tuple[tuple[YearVisit, ...], ...]

    @property
    def total(self) -> int:
        """Return how many visits there are."""
        return sum(len(one) for one in self.months)


def matrix_of(visits: Iterable[YearVisit], months: Sequence[date]) -> list[MatrixRow]:
    """Return visits as month by supervisor; whoever leads a visit has it. What was called off is left out."""
    places = {(one.year, one.month): at for at, one in enumerate(months)}
    rows: dict[str, list[list[YearVisit]]] = defaultdict(lambda: [[] for _ in months])
    titles: dict[str, str] = {}
    for one in sorted(visits, key=lambda each: (each.day, each.name)):
        at = places.get((one.day.year, one.day.month))
        if one.is_off or at is None:
            continue
        leads = one.goers[0] if one.goers else ("", "")
        key = COMMITTEE_ROW if one.kind == "committee" else leads[0]
        titles.setdefault(key, "" if key in {"", COMMITTEE_ROW} else leads[1])
        rows[key][at].append(one)
    order = sorted(
        rows, key=lambda key: (key == "", key == COMMITTEE_ROW, sort_key(titles[key]), key)
    )
    return [MatrixRow(key, titles[key], tuple(tuple(one) for one in rows[key])) for key in order]
