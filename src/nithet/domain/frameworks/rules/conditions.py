"""The language in which an edition states its rules: quantifiers over items, and what they ask.

A condition is plain data, so that it can be judged, explained, turned round ("what would have to
change") and read aloud. `conditions.py` only says what a condition is; `tally.py` makes it fast,
`reasons.py` explains it and `phrases.py` speaks it.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from nithet.domain.frameworks.rules.facts import TraceState


class Subject(StrEnum):
    """What a quantifier counts."""

    ITEM = "item"  # the leaves below the node, at whatever depth
    PART = "part"  # the children of the node
    TEST = "test"  # the tests of one item
    OWN = "own"  # the item itself


class Quantifier(StrEnum):
    """How many of the subjects."""

    EVERY = "every"
    SOME = "some"
    NO = "no"
    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class State:
    """What is asked of one subject; a part that is None is not asked. All asked parts must be so.

    `done`: its tests. `traces`: any of these states. `checkable`: clear and checkable (True) or not.
    `level`: at least this level.
    """

    done: bool | None = None
    traces: frozenset[TraceState] | None = None
    checkable: bool | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Quantified:
    """“Every item is clear”, “exactly 1 item is clear, the others have no trace”.

    `among` restricts the subjects to these ids (None: all of them); `count` belongs to exactly,
    at_least and at_most. `others`: every subject that is not in `state` is in this one, and there is
    at least one such subject.
    """

    quantifier: Quantifier
    subject: Subject
    state: State
    count: int = 0
    among: tuple[str, ...] | None = None
    others: State | None = None


@dataclass(frozen=True, slots=True)
class ScoreAtLeast:
    """The node's own score, rounded as its rule of scores says, is at least this."""

    score: Decimal


@dataclass(frozen=True, slots=True)
class Reaches:
    """The rule of this lower level holds too (“level k = level k-1 and …”)."""

    level: int


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these conditions holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these conditions holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    part: "Condition"


Condition = Quantified | ScoreAtLeast | Reaches | All | AnyOf | Not


class Quality(StrEnum):
    """What a clarity criterion is for."""

    CLEAR = "clear"
    CHECKABLE = "checkable"


class EvidenceSubject(StrEnum):
    """What a trace rule counts: pieces of evidence, or the kinds an item expects."""

    PIECE = "piece"
    EXPECTATION = "expectation"


@dataclass(frozen=True, slots=True)
class EvidenceCondition:
    """“No piece”, “every expectation met by clear pieces”.

    A piece qualifies when it has all `qualities`; an expectation is met when at least its number of
    pieces of its kinds qualify.
    """

    quantifier: Quantifier
    subject: EvidenceSubject
    qualities: frozenset[Quality] = frozenset()
    count: int = 0
