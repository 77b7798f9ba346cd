"""A YAML text as a small tree that knows its lines, read so that a hostile file cannot do harm.

The tree is built from the parser's events, never from its constructors: no anchors, no tags, bounded
length and depth. Plain scalars follow YAML 1.2's core schema, so that ``no`` and ``on`` are words
(the rules say "no: piece") and every fraction is an exact Decimal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import yaml

from nithet.domain.frameworks.rules.problems import Problem, problem

MAX_CHARACTERS = 300_000
MAX_DEPTH = 24
_MOST_DUPLICATES = 100

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}\Z")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: text, whole number, Decimal, true/false or None (empty, ``null`` or ``~``)."""

    line: int
    column: int
    value: str | int | Decimal | bool | None
    text: str


@dataclass(slots=True)
class Sequence:
    """A list, in the order of the file."""

    line: int
    column: int
    items: list["Tree"] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys and values; a key that stands twice is reported and its first value kept."""

    line: int
    column: int
    entries: dict[str, "Tree"] = field(default_factory=dict)
    keys: dict[str, Scalar] = field(default_factory=dict)


Tree = Scalar | Sequence | Mapping


class _Refused(Exception):
    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.found = found


def read_tree(text: str) -> tuple[Tree | None, list[Problem]]:
    r"""The tree of `text`, or None and why the text is refused.

    >>> tree, problems = read_tree("trace: {none: {no: piece}}")
    >>> tree.entries["trace"].entries["none"].entries["no"].value, problems
    ('piece', [])
    >>> read_tree("a: 1\nb: *a")[1][0].code, read_tree("a: 1\nb: *a")[1][0].line
    ('alias', 2)
    """
    if len(text) > MAX_CHARACTERS:
        return None, [problem("too_long", 1, 1, "", characters=len(text), limit=MAX_CHARACTERS)]
    problems: list[Problem] = []
    try:
        tree = _build(yaml.parse(text, Loader=_LOADER), problems)
    except _Refused as refused:
        return None, [refused.found]
    except yaml.reader.ReaderError as error:
        return None, [_unreadable(text, error)]
    except yaml.MarkedYAMLError as error:
        return None, [_not_yaml(error)]
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        return None, [problem("not_yaml", 1, 1, "", problem=type(error).__name__)]
    if tree is None:
        return None, [problem("empty", 1, 1, "")]
    return tree, problems


def _build(events: Iterator[yaml.Event], problems: list[Problem]) -> Tree | None:
    root: Tree | None = None
    documents = 0
    open_nodes: list[Sequence | Mapping] = []
    waiting: list[Scalar | None] = []  # for each open mapping, the key whose value comes next
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _refusal("several_documents", event)
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            open_nodes.pop()
            waiting.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        node = _node(event, len(open_nodes))
        if not open_nodes:
            root = node
        else:
            _place(node, open_nodes[-1], waiting, problems)
        if not isinstance(node, Scalar):
            open_nodes.append(node)
            waiting.append(None)
    return root


def _node(event: yaml.NodeEvent, depth: int) -> Tree:
    line, column = _place_of(event)
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise _refusal("alias", event)
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise _refusal("tag", event, tag=str(tag)[:60])
    if isinstance(event, yaml.ScalarEvent):
        value = event.value if event.style else _scalar(event.value)
        return Scalar(line, column, value, event.value)
    if depth >= MAX_DEPTH:
        raise _refusal("too_deep", event, limit=MAX_DEPTH)
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(line, column)
    return Mapping(line, column)


def _place(
    node: Tree,
    parent: Sequence | Mapping,
    waiting: list[Scalar | None],
    problems: list[Problem],
) -> None:
    if isinstance(parent, Sequence):
        parent.items.append(node)
        return
    key = waiting[-1]
    if key is None:
        if not isinstance(node, Scalar):
            raise _Refused(problem("key_not_text", node.line, node.column, ""))
        waiting[-1] = node
        return
    waiting[-1] = None
    first = parent.keys.get(key.text)
    if first is not None and len(problems) >= _MOST_DUPLICATES:
        return
    if first is not None:
        problems.append(
            problem("duplicate_key", key.line, key.column, "", key=key.text, first=first.line)
        )
        return
    parent.keys[key.text] = key
    parent.entries[key.text] = node


def _scalar(text: str) -> str | int | Decimal | bool | None:
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return Decimal(text)
    return text


def _refusal(code: str, event: yaml.Event, **params: object) -> _Refused:
    line, column = _place_of(event)
    return _Refused(problem(code, line, column, "", **params))


def _place_of(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _not_yaml(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return problem("not_yaml", line, column, "", problem=error.problem or error.context or "")


def _unreadable(text: str, error: yaml.reader.ReaderError) -> Problem:
    position = error.position if isinstance(error.position, int) else 0
    before = text[:position]
    line = before.count("\n") + 1
    column = position - (before.rfind("\n") + 1) + 1
    character = error.character
    shown = f"U+{ord(character):04X}" if isinstance(character, str) else str(character)
    return problem("unreadable_character", line, column, "", character=shown)
