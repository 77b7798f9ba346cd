"""An edition (ฉบับของมาตรฐาน/แบบรายงาน) as frozen values: what good looks like, in one year's words.

Everything that makes one year's form different from another's is here as data: the items and their
tests, the evidence they expect, when a trace is clear, which level follows, how the form is laid out.
`loading` makes an Edition from a file; nothing else does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal

from nithet.domain.frameworks.rules.conditions import Condition, EvidenceCondition, Quality
from nithet.domain.frameworks.rules.facts import Answer, Facts
from nithet.domain.frameworks.rules.grading import Grading, ScoreRule
from nithet.domain.frameworks.rules.layout import Form
from nithet.domain.frameworks.rules.words import Text

ROOT = ""
"""The id of the whole: of the node that holds the items."""


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Something that the source does not say, and why it is left out or read in one way."""

    what: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where the edition comes from, and what that source leaves open."""

    name: Text
    unconfirmed: tuple[Unconfirmed, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """One address of this edition in one scheme of codes; the same matter has several."""

    scheme: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of the clarity checklist, asked of every piece of evidence.

    `measure` answers it from the records; where it is None a person does, whose part is `answer`.
    """

    id: str
    name: Text
    serves: Quality
    measure: str | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class TraceRule:
    """When an item has no trace, a clear one, and a checkable one; in every other case: unclear."""

    none: EvidenceCondition
    clear: EvidenceCondition
    checkable: EvidenceCondition | None = None


class Bound(StrEnum):
    """How a measured value is held against a threshold; `each`: every single subject's value."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EACH_AT_LEAST = "each_at_least"
    EACH_AT_MOST = "each_at_most"
    HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a measure must show. A share is a fraction of 1 here (95% in the file is 0.95)."""

    measure: str
    bound: Bound
    value: Decimal
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class ItemTest:
    """One test of an item (รายการตรวจ): a person answers it; thresholds, if any, propose the answer.

    `reading`: the thresholds are our reading of the source, which an office may change before its
    round opens.
    """

    id: str
    name: Text
    thresholds: tuple[Threshold, ...] = ()
    reading: bool = False
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """An item expects at least `count` pieces of any of these kinds."""

    kinds: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Value:
    """The number of an item: between `low` and `high`, from a measure or given by a person."""

    low: Decimal
    high: Decimal
    unit: Text
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree: an item (a leaf, with tests) or what gathers items.

    `asks` is the item's full text in the form's column of results, `list_caption` what stands above
    its list of projects. `done` says which tests make the item done (None: every test).
    """

    id: str
    title: Text
    children: tuple["Node", ...] = ()
    weight: Decimal | None = None
    may_not_apply: bool = False
    asks: Text | None = None
    list_caption: Text | None = None
    tests: tuple[ItemTest, ...] = ()
    done: Condition | None = None
    expects: tuple[Expectation, ...] = ()
    value: Value | None = None
    score: ScoreRule | None = None
    levels: Grading | None = None
    line: int = field(default=0, compare=False)

    def leaves(self) -> Iterator["Node"]:
        """The items at and below this node, in the order of the form."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def walk(self) -> Iterator["Node"]:
        """The node and everything below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Case:
    """One of the edition's own examples. An expectation that is None is not looked at, except
    `level`, which always is.
    """

    why: str
    facts: Facts
    level: int | None
    label: str | None = None
    possible: tuple[int, ...] | None = None
    flags: tuple[str, ...] | None = None
    scores: tuple[tuple[str, Decimal | None], ...] = ()
    levels: tuple[tuple[str, int | None], ...] = ()
    traces: tuple[tuple[str, str], ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, eq=False)
class Edition:
    """One edition, whole and checked. Two editions are the same only if they are the same object."""

    urn: str
    version: int
    title: Text
    subject: Literal["office", "school"]
    calendar: Literal["fiscal", "academic"]
    years: tuple[int, ...]
    source: Source
    root: Node
    codes: tuple[Code, ...] = ()
    words: Mapping[str, Text] = field(default_factory=dict)
    kinds: tuple[Kind, ...] = ()
    clarity: tuple[Criterion, ...] = ()
    trace: TraceRule | None = None
    form: Form | None = None
    cases: tuple[Case, ...] = ()

    @cached_property
    def items(self) -> tuple[Node, ...]:
        """The items, in the order of the form, from whatever depth."""
        return tuple(self.root.leaves())

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Every node by id; the whole itself stands under ROOT."""
        return {node.id: node for node in self.root.walk()}

    @property
    def measures(self) -> frozenset[str]:
        """The names of all measures that the edition uses."""
        used = {
            threshold.measure
            for item in self.items
            for test in item.tests
            for threshold in test.thresholds
        }
        used |= {one.measure for one in self.clarity if one.measure}
        used |= {item.value.measure for item in self.items if item.value and item.value.measure}
        return frozenset(used)

    def word(self, noun: str) -> Text:
        """What this edition calls an item, a part, a test, a level, a score."""
        return self.words.get(noun) or DEFAULT_WORDS[noun]


DEFAULT_WORDS: Mapping[str, Text] = {
    "item": Text("ข้อ", "item"),
    "part": Text("ส่วน", "part"),
    "test": Text("รายการตรวจ", "test"),
    "level": Text("ระดับ", "level"),
    "score": Text("คะแนน", "score"),
}

ANSWERS_BY_WORD: Mapping[bool | str, Answer] = {
    True: Answer.DONE,
    False: Answer.NOT_DONE,
    "done": Answer.DONE,
    "not_done": Answer.NOT_DONE,
    "unanswered": Answer.UNANSWERED,
}
"""How a case may state an answer."""
