"""What a measure is called and gives, and which answer its value proposes to a test.

Other packages register their measures at start-up and compute them in sets; here is only what an
edition must know about them, and the comparison with a threshold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from nithet.domain.frameworks.rules.edition import Bound, ItemTest, Threshold
from nithet.domain.frameworks.rules.facts import Answer
from nithet.domain.frameworks.rules.words import Text


class Signature(StrEnum):
    """What a measure gives."""

    NUMBER = "number"  # one number: 3 projects
    RATIO = "ratio"  # n of N: 118 of 130 schools
    EACH = "each"  # a number or an n of N for every single subject
    BOOL = "bool"  # yes or no


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """A measure as an edition sees it: ``plans.projects_serving``, in projects, one number.

    `unit` is what is counted; for EACH, `of_shares` says whether each subject has an n of N.
    """

    name: str
    unit: Text
    signature: Signature
    title: Text
    of_shares: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """n of N. A share of nobody (N = 0) proves nothing."""

    n: int
    of: int

    @property
    def fraction(self) -> Fraction | None:
        """n/N, or None when N is 0."""
        return Fraction(self.n, self.of) if self.of else None


Single = Decimal | int | Share
Measured = Single | bool | tuple[Single, ...]
"""A measured value: a number, a share, yes or no, or one for each subject."""


def proposed_answer(
    test: ItemTest,
    measured: Mapping[str, Measured | None],
    thresholds: Mapping[str, Decimal] | None = None,
) -> Answer:
    """The answer that measured values propose to `test`; a person gives the answer itself.

    Done only when every threshold is met; not done when one is certainly missed; unanswered when a
    value is missing, is a share of nobody, or the test has no measure. `thresholds` holds the
    office's own figures by measure, and counts only where the test's figures are a reading.

    >>> from nithet.domain.frameworks.rules.edition import Bound, ItemTest, Threshold
    >>> from nithet.domain.frameworks.rules.words import Text
    >>> late = ItemTest("on_time", Text("ทันตามกำหนดเวลา"), reading=True, thresholds=(
    ...     Threshold("communication.on_time", Bound.AT_LEAST, Decimal("0.85"), is_share=True),))
    >>> proposed_answer(late, {"communication.on_time": Share(80, 100)}).value
    'not_done'
    >>> proposed_answer(late, {"communication.on_time": Share(80, 100)},
    ...     thresholds={"communication.on_time": Decimal("0.8")}).value
    'done'
    >>> proposed_answer(late, {"communication.on_time": Share(0, 0)}).value
    'unanswered'
    """
    own = thresholds if thresholds and test.reading else {}
    verdicts = [
        _meets(threshold, measured.get(threshold.measure), own.get(threshold.measure))
        for threshold in test.thresholds
    ]
    if False in verdicts:
        return Answer.NOT_DONE
    if not verdicts or None in verdicts:
        return Answer.UNANSWERED
    return Answer.DONE


def _meets(threshold: Threshold, measured: Measured | None, own: Decimal | None) -> bool | None:
    if measured is None:
        return None
    if threshold.bound is Bound.HOLDS:
        return bool(measured) == bool(threshold.value) if isinstance(measured, bool) else None
    if isinstance(measured, bool):
        return None
    value = Fraction(threshold.value if own is None else own)
    upwards = threshold.bound in (Bound.AT_LEAST, Bound.EACH_AT_LEAST)
    singles = measured if isinstance(measured, tuple) else (measured,)
    verdicts = [_single_meets(single, value, upwards=upwards) for single in singles]
    if False in verdicts:
        return False
    return None if not verdicts or None in verdicts else True


def _single_meets(single: Single, value: Fraction, *, upwards: bool) -> bool | None:
    number = single.fraction if isinstance(single, Share) else Fraction(single)
    if number is None:
        return None
    return number >= value if upwards else number <= value
