"""The catalogue of measures: set-based questions about one office or all offices at once, each with what stands behind it.

Work packages register theirs in `apps.ready()`. A measure proposes, a person answers; what the records cannot say is None
and proposes nothing. Editions name measures; `rules.measures` holds what an edition must know about one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext

from nithet.domain.frameworks.rules.edition import ItemTest
from nithet.domain.frameworks.rules.facts import Answer
from nithet.domain.frameworks.rules.measures import Measured as MeasuredValue
from nithet.domain.frameworks.rules.measures import MeasureSpec, Share, Single, proposed_answer
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.scope import unscoped
from nithet.kernel.messages import msgid
from nithet.kernel.periods import Period

Rows = tuple[RecordRef, ...] | Callable[[], tuple[RecordRef, ...]]
NOTHING_KNOWN = msgid("The records do not say.")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as an English message id and its values."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Return the sentence in the language of the reader."""
        return gettext(self.message) % dict(self.params)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure found: its value, the sentence that says it, and the records behind it.

    `value` is a number, yes or no, or (for n of N) the share in per cent with one decimal, rounded half up; None where the
    records cannot say. `each` holds one value for every single subject, for measures of that signature. `rows` may be a
    function, so that lists are fetched only when somebody opens them; call it inside the office's scope.
    """

    value: Decimal | int | bool | None
    sentence: Sentence
    n: int | None = None
    of: int | None = None
    each: tuple[Single, ...] | None = None
    rows: Rows = ()

    @classmethod
    def number(cls, value: int, sentence: Sentence, rows: Rows = ()) -> "Measured":
        """Answer with one number."""
        return cls(value, sentence, rows=rows)

    @classmethod
    def share(cls, n: int, of: int, sentence: Sentence, rows: Rows = ()) -> "Measured":
        """Answer with n of N, N being at least 1."""
        per_cent = (Decimal(100 * n) / of).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return cls(per_cent, sentence, n, of, rows=rows)

    @classmethod
    def yes_or_no(cls, *, holds: bool, sentence: Sentence) -> "Measured":
        """Answer with yes or no."""
        return cls(holds, sentence)

    @classmethod
    def unknown(cls, sentence: Sentence, n: int | None = None, of: int | None = None) -> "Measured":
        """Answer that the records cannot say, and why."""
        return cls(None, sentence, n, of)

    @property
    def given(self) -> MeasuredValue | None:
        """Return what the rules are given; None where the records cannot say."""
        if self.value is None:
            return None
        if self.each is not None:
            return self.each
        if self.n is not None and self.of is not None:
            return Share(self.n, self.of)
        return self.value

    def behind(self) -> tuple[RecordRef, ...]:
        """Return the records behind the value."""
        return self.rows() if callable(self.rows) else self.rows


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: which offices, which time, and (for measures that look at one item) which item of which edition."""

    offices: tuple[int, ...]
    period: Period
    edition_id: int | None = None
    item: str = ""


Compute = Callable[[Question], Mapping[int, Measured]]
"""Answers a question for every office in it by a fixed number of queries; an office left out is unknown."""

ComputeOfPieces = Callable[[Sequence[Any], Period], Mapping[int, Measured]]
"""Answers yes or no for every piece of evidence, by primary key, by a fixed number of queries."""

_specs: dict[str, MeasureSpec] = {}
_of_offices: dict[str, Compute] = {}
_of_pieces: dict[str, ComputeOfPieces] = {}
_awaited: set[str] = set()


def register(spec: MeasureSpec, compute: Compute) -> None:
    """Make a measure of offices known; each name once, save that records may arrive for an awaited one."""
    _take(spec)
    _of_offices[spec.name] = compute


def register_of_pieces(spec: MeasureSpec, compute: ComputeOfPieces) -> None:
    """Make a measure of single pieces of evidence known; each name once."""
    _take(spec)
    _of_pieces[spec.name] = compute


def register_awaited(spec: MeasureSpec, sentence: str) -> None:
    """Make a measure known whose records this product does not keep yet: it answers None and says so.

    The package that brings the records registers the same name and takes it over, whichever comes first.
    """
    if spec.name in _specs:
        return
    _specs[spec.name] = spec
    _awaited.add(spec.name)
    unknown = Measured.unknown(Sentence(sentence))
    _of_offices[spec.name] = lambda question: dict.fromkeys(question.offices, unknown)


def _take(spec: MeasureSpec) -> None:
    if spec.name in _specs and spec.name not in _awaited:
        raise ValueError(f"the measure {spec.name!r} is registered twice")
    _awaited.discard(spec.name)
    _specs[spec.name] = spec


def known_measures() -> dict[str, MeasureSpec]:
    """Return every registered measure by name, as editions may name them."""
    return dict(_specs)


def ask(name: str, question: Question) -> dict[int, Measured]:
    """Ask a measure; the answer holds every office asked about. Raises LookupError for an unknown name."""
    if (compute := _of_offices.get(name)) is None:
        raise LookupError(f"there is no measure of offices named {name!r}")
    # A measure may be asked about all offices at once; each computes only for the offices it is asked about.
    with unscoped():
        found = compute(question)
    unknown = Measured.unknown(Sentence(NOTHING_KNOWN))
    return {office: found.get(office, unknown) for office in question.offices}


def measure(
    name: str,
    office_ids: Iterable[int],
    period: Period,
    *,
    edition_id: int | None = None,
    item: str = "",
) -> dict[int, Measured]:
    """Ask a measure about offices and a time, in one call."""
    return ask(name, Question(tuple(office_ids), period, edition_id, item))


def ask_of_pieces(name: str, pieces: Sequence[Any], period: Period) -> dict[int, Measured]:
    """Ask a measure of single pieces; the answer holds every piece by primary key. Raises LookupError for an unknown name."""
    if (compute := _of_pieces.get(name)) is None:
        raise LookupError(f"there is no measure of pieces named {name!r}")
    found = compute(pieces, period)
    unknown = Measured.unknown(Sentence(NOTHING_KNOWN))
    return {piece.pk: found.get(piece.pk, unknown) for piece in pieces}


def holds(
    test: ItemTest,
    measured: Measured | Mapping[str, Measured] | None,
    thresholds: Mapping[str, Decimal] | None = None,
) -> bool | None:
    """Say what measured values propose for a test: done, not done, or None where they cannot tell.

    A test with several measures needs a mapping by name; `thresholds` are the office's own figures by measure.
    """
    if isinstance(measured, Mapping):
        given = {name: one.given for name, one in measured.items()}
    else:
        value = measured.given if measured else None
        given = {threshold.measure: value for threshold in test.thresholds}
    answer = proposed_answer(test, given, thresholds)
    return {Answer.DONE: True, Answer.NOT_DONE: False, Answer.UNANSWERED: None}[answer]
