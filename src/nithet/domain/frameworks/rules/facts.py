"""What is known about an office or a school when an edition is judged: plain values, no records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Answer(StrEnum):
    """The answer to one test of an item. Unanswered never counts as done."""

    DONE = "done"
    NOT_DONE = "not_done"
    UNANSWERED = "unanswered"


class TraceState(StrEnum):
    """The state of an item's trace of evidence (ร่องรอยหลักฐาน)."""

    NONE = "none"
    UNCLEAR = "unclear"
    CLEAR = "clear"


class NamedTrace(StrEnum):
    """The four states of a trace by one name each, in rising order."""

    NONE = "none"
    UNCLEAR = "unclear"
    CLEAR = "clear"
    CHECKABLE = "checkable"  # clear and checkable (เด่นชัด ตรวจสอบได้)


NAMED_TRACES: tuple[NamedTrace, ...] = tuple(NamedTrace)
"""The named states by rank: 0 none, 1 unclear, 2 clear, 3 clear and checkable."""

TRACE_OF_RANK: tuple[tuple[TraceState, bool], ...] = (
    (TraceState.NONE, False),
    (TraceState.UNCLEAR, False),
    (TraceState.CLEAR, False),
    (TraceState.CLEAR, True),
)
"""State and checkability by rank."""


@dataclass(frozen=True, slots=True)
class PieceFacts:
    """One piece of evidence as a trace rule sees it.

    `clarity` answers the edition's criteria by id: True, False, or None (also absent) for not yet
    answered, which never counts as met. `name` is only for sentences.
    """

    kind: str
    clarity: Mapping[str, bool | None] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What is known about one item.

    `tests`: answers by test id; an absent one is unanswered. The trace is either given (`trace` and
    `checkable`, which only counts beside clear) or follows from `pieces` by the edition's rule: where
    `pieces` is not None it decides. `level`: the level that a person chose, where the edition leaves
    it to a person. `value`: the item's number, where it has one. `applies` is False for an item that
    does not concern this subject (only where the edition allows that).
    """

    tests: Mapping[str, Answer] = field(default_factory=dict)
    trace: TraceState = TraceState.NONE
    checkable: bool = False
    pieces: tuple[PieceFacts, ...] | None = None
    level: int | None = None
    value: Decimal | None = None
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about every item, by its id; an absent item is wholly unanswered.

    Nodes above the items appear only where a person chooses their level. `level` is the level of the
    whole, where the edition leaves it to a person.
    """

    items: Mapping[str, ItemFacts] = field(default_factory=dict)
    level: int | None = None


NOTHING_KNOWN = ItemFacts()
"""An item about which nothing has been said."""
