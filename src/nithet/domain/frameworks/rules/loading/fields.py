"""Reading a mapping field by field, so that every mistake is reported with its line."""

import difflib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from nithet.domain.frameworks.rules.problems import Problem, problem
from nithet.domain.frameworks.rules.words import Text
from nithet.domain.frameworks.rules.yaml_tree import Mapping, Scalar, Sequence, Tree

_Choice = TypeVar("_Choice", bound=StrEnum)

_ID = re.compile(r"[A-Za-z0-9ก-๛][A-Za-z0-9ก-๛._-]{0,59}\Z")
LIST_LIMIT = 500
PROBLEM_LIMIT = 200


@dataclass(slots=True)
class Report:
    """The problems found so far, in one file."""

    problems: list[Problem] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether so much is wrong that more need not be looked for."""
        return len(self.problems) >= PROBLEM_LIMIT

    def add(self, code: str, at: Tree, path: str, **params: Any) -> None:
        """Reports `code` at the place of `at`; the same twice, and beyond the limit, is left out."""
        self.say(code, at.line, at.column, path, **params)

    def say(self, code: str, line: int, column: int, path: str, **params: Any) -> None:
        """Reports `code` at a line and column."""
        self.tell(problem(code, line, column, path, **params))

    def tell(self, found: Problem) -> None:
        """Reports a problem that has words of its own."""
        if not self.full and found not in self.problems[-20:]:
            self.problems.append(found)


class Fields:
    """One mapping being read. Every key must be asked for with `known` first; the rest is reported.

    A getter returns None (or an empty list) when the key is absent or wrong; a wrong one has been
    reported by then, so callers need only go on.
    """

    def __init__(
        self,
        report: Report,
        node: Mapping,
        path: str,
        *,
        known: Collection[str],
        required: Collection[str] = (),
    ) -> None:
        self.report = report
        self.node = node
        self.path = path
        for key, scalar in node.keys.items():
            if key not in known:
                self._unknown(key, scalar, known)
        for key in required:
            if key not in node.entries:
                report.add("missing_key", node, path, key=key)

    @property
    def line(self) -> int:
        """The line where the mapping begins."""
        return self.node.line

    def _unknown(self, key: str, at: Scalar, known: Collection[str]) -> None:
        path = self.at(key)
        near = [] if self.report.full else difflib.get_close_matches(key[:40], known, n=1)
        if near:
            self.report.add("unknown_key_near", at, path, key=key[:60], near=near[0])
        else:
            self.report.add("unknown_key", at, path, key=key[:60], known=listed(known))

    def at(self, key: str) -> str:
        """The path of `key`."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Whether the key stands there, even empty."""
        return key in self.node.entries

    def place(self, key: str) -> Tree:
        """Where to report a problem with `key`: its value, or the mapping when it is absent."""
        return self.node.entries.get(key, self.node)

    def fault(self, code: str, key: str, **params: Any) -> None:
        """Reports a problem with the value of `key`."""
        self.report.add(code, self.place(key), self.at(key), **params)

    def string(self, key: str) -> str | None:
        """Text; numbers must stand in quotes."""
        node = self.node.entries.get(key)
        if node is None:
            return None
        if isinstance(node, Scalar) and isinstance(node.value, str) and node.value.strip():
            return node.value
        self.fault("not_text", key)
        return None

    def identifier(self, key: str = "id") -> str | None:
        """Text that may serve as an id."""
        text = self.string(key)
        if text is not None and not _ID.match(text):
            self.fault("bad_id", key, id=text[:60])
            return None
        return text

    def integer(self, key: str, low: int = 0, high: int = 1_000_000) -> int | None:
        """A whole number from `low` to `high`."""
        node = self.node.entries.get(key)
        if node is None:
            return None
        if (
            not isinstance(node, Scalar)
            or isinstance(node.value, bool)
            or not isinstance(node.value, int)
        ):
            self.fault("not_an_integer", key)
            return None
        if not low <= node.value <= high:
            self.fault("out_of_range", key, value=node.value, low=low, high=high)
            return None
        return node.value

    def number(self, key: str, low: int = 0, high: int = 1_000_000_000) -> Decimal | None:
        """A number, kept exactly."""
        node = self.node.entries.get(key)
        if node is None:
            return None
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fault("not_a_number", key)
            return None
        if not low <= value <= high:
            self.fault("out_of_range", key, value=value, low=low, high=high)
            return None
        return Decimal(value)

    def boolean(self, key: str) -> bool | None:
        """True or false."""
        node = self.node.entries.get(key)
        if node is None:
            return None
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        self.fault("not_true_or_false", key)
        return None

    def choice(self, key: str, kinds: type[_Choice]) -> _Choice | None:
        """One of the values of an enumeration."""
        text = self.word(key, [kind.value for kind in kinds])
        return None if text is None else kinds(text)

    def word(self, key: str, possible: Collection[str]) -> str | None:
        """One of these words."""
        text = self.string(key)
        if text is None or text in possible:
            return text
        self.fault("not_one_of", key, value=text[:60], known=listed(possible))
        return None

    def text(self, key: str) -> Text | None:
        """Words: a mapping with `th` and, if wanted, `en`."""
        inner = self.fields(key, known=("th", "en"), required=("th",))
        return None if inner is None else inner.words()

    def words(self) -> Text | None:
        """The words of this very mapping, from its keys `th` and `en`."""
        thai, english = self.string("th"), self.string("en")
        return None if thai is None else Text(thai, english or "")

    def fields(
        self, key: str, *, known: Collection[str], required: Collection[str] = ()
    ) -> "Fields | None":
        """The mapping under `key`."""
        node = self.node.entries.get(key)
        return (
            None if node is None else open_fields(self.report, node, self.at(key), known, required)
        )

    def mapping(self, key: str) -> Mapping | None:
        """The raw mapping under `key`, for keys that are not known beforehand."""
        node = self.node.entries.get(key)
        if node is None or isinstance(node, Mapping):
            return node
        self.fault("not_a_mapping", key)
        return None

    def sequence(
        self, key: str, limit: int = LIST_LIMIT, *, empty: bool = True
    ) -> list[tuple[Tree, str]]:
        """The entries of a list with their paths."""
        node = self.node.entries.get(key)
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self.fault("not_a_list", key)
            return []
        if len(node.items) > limit:
            self.fault("too_many", key, count=len(node.items), limit=limit)
            return []
        if not node.items and not empty:
            self.fault("empty_list", key)
        return [(item, f"{self.at(key)}[{index}]") for index, item in enumerate(node.items)]

    def each(
        self,
        key: str,
        *,
        known: Collection[str],
        required: Collection[str] = (),
        limit: int = LIST_LIMIT,
        empty: bool = True,
    ) -> list["Fields"]:
        """The mappings of a list; entries that are none are reported and left out."""
        opened = (
            open_fields(self.report, node, path, known, required)
            for node, path in self.sequence(key, limit, empty=empty)
        )
        return [one for one in opened if one is not None]

    def strings(self, key: str, *, empty: bool = False) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        node = self.node.entries.get(key)
        if isinstance(node, Scalar):
            one = self.string(key)
            return () if one is None else (one,)
        found = []
        for item, path in self.sequence(key, empty=empty):
            if isinstance(item, Scalar) and isinstance(item.value, str) and item.value.strip():
                found.append(item.value)
            else:
                self.report.add("not_text", item, path)
        return tuple(found)

    def only_one_of(self, *keys: str, needed: bool = True) -> str | None:
        """The one of these keys that stands here; reports two of them, and none where one is needed."""
        there = [key for key in keys if self.has(key)]
        if len(there) > 1:
            self.fault("not_together", there[1], one=there[0], other=there[1])
        if not there and needed:
            self.report.add("one_of_needed", self.node, self.path, known=listed(keys))
        return there[0] if there else None


def open_fields(
    report: Report, node: Tree, path: str, known: Collection[str], required: Collection[str] = ()
) -> Fields | None:
    """`node` as a mapping to be read, or None after reporting that it is none."""
    if isinstance(node, Mapping):
        return Fields(report, node, path, known=known, required=required)
    report.add("not_a_mapping", node, path)
    return None


def listed(words: Iterable[str]) -> str:
    """Words for a message, at most a dozen of them."""
    some = list(words)
    return ", ".join(some[:12]) + (", …" if len(some) > 12 else "")


@dataclass(slots=True)
class Ids:
    """The ids given out under one key of the file, with their lines."""

    under: str
    lines: dict[str, int] = field(default_factory=dict)

    def claim(self, fields: Fields, reserved: Collection[str] = ()) -> str | None:
        """The id of this mapping; reports one that is bad, reserved or taken."""
        name = fields.identifier()
        if name is None:
            return None
        if name in reserved:
            fields.fault("reserved_id", "id", id=name)
            return None
        if name in self.lines:
            fields.fault("duplicate_id", "id", id=name, first=self.lines[name])
            return None
        self.lines[name] = fields.place("id").line
        return name

    def check(self, fields: Fields, key: str, name: str) -> bool:
        """Whether `name` exists; reports it under `key` when it does not."""
        if name in self.lines:
            return True
        fields.fault("unknown_id", key, under=self.under, id=name[:60])
        return False
