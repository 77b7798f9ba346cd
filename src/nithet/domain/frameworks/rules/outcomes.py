"""What the judge found about single nodes, items and tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.frameworks.rules.facts import Answer
from nithet.domain.frameworks.rules.numbers import Number

Levels = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class TestRef:
    """A test of an item; for what is no test and yet unanswered, `test` is "level" or "value"."""

    __test__ = False  # not a test case of ours

    item: str
    test: str


@dataclass(frozen=True, slots=True)
class NodeOutcome:
    """What came out for one node: its levels (None among them: below its scale) and its scores.

    With everything answered there is one level and one score (or none); otherwise `levels` are all
    that are possible, rising, and the score lies from `low` to `high`.
    """

    levels: Levels
    low: Number | None = None
    high: Number | None = None

    @property
    def level(self) -> int | None:
        """The level, where only one is possible; None also when it is not reached."""
        return self.levels[0] if len(self.levels) == 1 else None

    @property
    def score(self) -> Number | None:
        """The exact score, where only one is possible."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item as judged.

    `done` is None while it depends on what is unanswered; `rank` is that of its trace
    (`facts.NAMED_TRACES`); `levels` are those still possible, empty for an item without levels.
    """

    node: Node
    done: bool | None
    rank: int
    levels: Levels = ()
    applies: bool = True


@dataclass(frozen=True, slots=True)
class Views:
    """What the conditions of one node speak of, as it turned out."""

    items: Mapping[str, ItemView] = field(default_factory=dict)
    parts: Mapping[str, NodeOutcome] = field(default_factory=dict)
    tests: Mapping[str, Answer] = field(default_factory=dict)
    own: ItemView | None = None
    score: NodeOutcome | None = None
