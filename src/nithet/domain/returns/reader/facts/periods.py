"""Spans of months and days that a return names: sub-headings and running words alike."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from nithet.domain.returns.document import Item, Role
from nithet.domain.returns.reader import passages
from nithet.domain.returns.reader.passages import Passage
from nithet.kernel.periods import Period, find_periods

_YEAR = re.compile(r"\d{4}")
_ANY_YEAR = 2555
"""Used where the year is not known; a span that would depend on it is dropped."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``start`` to ``end``, both included, and the words that name them."""

    label: str
    start: date
    end: date
    line: int | None


def spans_of(items: Iterable[Item], fiscal_year: int | None) -> tuple[Span, ...]:
    """Every span of the narrative in the order of the items; overlapping ones are all kept.

    Months without a year need the fiscal year to be dated; without one they are left out.
    """
    return tuple(span for item in items for span in _spans(item, fiscal_year))


def _spans(item: Item, fiscal_year: int | None) -> Iterator[Span]:
    kept = (Role.PERIOD, Role.POINT, Role.TEXT)
    for group in item.groups:
        for paragraph in group.paragraphs:
            if paragraph.role in kept:
                yield from find_spans(passages.of(paragraph), fiscal_year)


def find_spans(passage: Passage, fiscal_year: int | None) -> Iterator[Span]:
    """The spans of one text.

    >>> passage = Passage("(ช่วงเดือนตุลาคม – เมษายน 2555)", 28, ())
    >>> for span in find_spans(passage, 2555):
    ...     print(span.label, span.start, span.end)
    ตุลาคม – เมษายน 2555 2011-10-01 2012-04-30
    >>> list(find_spans(Passage("ตุลาคม – เมษายน", 28, ()), None))
    []
    """
    for period in _periods(passage.text, fiscal_year or _ANY_YEAR):
        if fiscal_year or _YEAR.search(period.label):
            line = passage.line_at(max(0, passage.text.find(period.label)))
            yield Span(period.label, period.start, period.end, line)


def _periods(text: str, fiscal_year: int) -> list[Period]:
    try:
        return find_periods(text, fiscal_year)
    except (ValueError, OverflowError):  # a year that no calendar has
        return []
