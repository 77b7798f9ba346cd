"""The trace of an item from its pieces of evidence, by the edition's own rule.

A criterion that nobody has answered is not met: a piece is clear when every question for "clear" is
answered yes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nithet.domain.frameworks.rules.conditions import (
    EvidenceCondition,
    EvidenceSubject,
    Quality,
    Quantifier,
)
from nithet.domain.frameworks.rules.edition import Edition, Expectation, Node
from nithet.domain.frameworks.rules.facts import PieceFacts, TraceState
from nithet.kernel.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What keeps a trace from being better.

    `expected` (None: the item as a whole) needs `needed` pieces and has `have` that are good enough.
    `unmet` names the criteria, by id, that pieces of these kinds answered with no, `unanswered` those
    that nobody has answered yet. `quality` is what would be gained.
    """

    quality: Quality
    expected: Expectation | None
    needed: int
    have: int
    unmet: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """The state of an item's trace; `checkable` is only ever True beside clear.

    `because` holds what keeps it from being better, and is empty for a clear and checkable trace.
    """

    state: TraceState
    checkable: bool = False
    because: tuple[Shortfall, ...] = ()


def trace_of(edition: Edition, item_id: str, pieces: Sequence[PieceFacts]) -> Trace:
    """The trace of this item from these pieces.

    A piece of a kind that the edition does not name is a piece, but meets no expectation. Raises
    RuleBroken `no_trace_rule` where the edition has none, `unknown_item` for an item it does not know.
    """
    rule = edition.trace
    if rule is None:
        raise RuleBroken("no_trace_rule", "This edition has no rule for traces of evidence.")
    item = edition.nodes.get(item_id)
    if item is None or item.children:
        raise RuleBroken("unknown_item", "There is no item %(item)s in this edition.", item=item_id)
    if _holds(rule.none, edition, item, pieces):
        return Trace(TraceState.NONE, because=_shortfalls(rule.clear, edition, item, pieces))
    if not _holds(rule.clear, edition, item, pieces):
        return Trace(TraceState.UNCLEAR, because=_shortfalls(rule.clear, edition, item, pieces))
    if rule.checkable is None or not _holds(rule.checkable, edition, item, pieces):
        missing = _shortfalls(rule.checkable, edition, item, pieces) if rule.checkable else ()
        return Trace(TraceState.CLEAR, because=missing)
    return Trace(TraceState.CLEAR, checkable=True)


def _has(edition: Edition, piece: PieceFacts, qualities: frozenset[Quality]) -> bool:
    return all(
        piece.clarity.get(criterion.id) is True
        for criterion in edition.clarity
        if criterion.serves in qualities
    )


def _met(
    edition: Edition,
    expectation: Expectation,
    pieces: Sequence[PieceFacts],
    qualities: frozenset[Quality],
) -> int:
    return sum(
        1 for piece in pieces if piece.kind in expectation.kinds and _has(edition, piece, qualities)
    )


def _holds(
    condition: EvidenceCondition, edition: Edition, item: Node, pieces: Sequence[PieceFacts]
) -> bool:
    if condition.subject is EvidenceSubject.PIECE:
        total = len(pieces)
        good = sum(1 for piece in pieces if _has(edition, piece, condition.qualities))
    else:
        total = len(item.expects)
        good = sum(
            1
            for expectation in item.expects
            if _met(edition, expectation, pieces, condition.qualities) >= expectation.count
        )
    match condition.quantifier:
        case Quantifier.EVERY:
            return total > 0 and good == total
        case Quantifier.SOME:
            return good > 0
        case Quantifier.NO:
            return good == 0
        case Quantifier.EXACTLY:
            return good == condition.count
        case Quantifier.AT_LEAST:
            return good >= condition.count
        case Quantifier.AT_MOST:
            return good <= condition.count


def _shortfalls(
    condition: EvidenceCondition, edition: Edition, item: Node, pieces: Sequence[PieceFacts]
) -> tuple[Shortfall, ...]:
    quality = Quality.CHECKABLE if Quality.CHECKABLE in condition.qualities else Quality.CLEAR
    if condition.subject is EvidenceSubject.PIECE:
        needed = {Quantifier.EVERY: max(len(pieces), 1), Quantifier.SOME: 1}
        wanted = needed.get(condition.quantifier, condition.count)
        good = sum(1 for piece in pieces if _has(edition, piece, condition.qualities))
        return (_shortfall(edition, condition.qualities, quality, None, wanted, good, pieces),)
    found = []
    for expectation in item.expects:
        good = _met(edition, expectation, pieces, condition.qualities)
        if good < expectation.count:
            related = [piece for piece in pieces if piece.kind in expectation.kinds]
            found.append(
                _shortfall(
                    edition,
                    condition.qualities,
                    quality,
                    expectation,
                    expectation.count,
                    good,
                    related,
                )
            )
    return tuple(found)


def _shortfall(
    edition: Edition,
    qualities: frozenset[Quality],
    quality: Quality,
    expectation: Expectation | None,
    needed: int,
    have: int,
    pieces: Sequence[PieceFacts],
) -> Shortfall:
    asked = [criterion.id for criterion in edition.clarity if criterion.serves in qualities]
    weak = [piece for piece in pieces if not _has(edition, piece, qualities)]
    unmet = tuple(c for c in asked if any(piece.clarity.get(c) is False for piece in weak))
    unanswered = tuple(c for c in asked if any(piece.clarity.get(c) is None for piece in weak))
    return Shortfall(quality, expectation, needed, have, unmet, unanswered)
