"""The language between the braces: names, rows that return, and "if". Nothing else is understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment

_LOOP = frozenset({"index", "first", "last", "length"})
"""What a row may ask of the rows around it."""
_DEEPEST = 2
"""Rows within rows; a third would let a small file fill a disk."""

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.Getattr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)


class PlainEnvironment(SandboxedEnvironment):
    """Knows dictionaries and rows, and of objects nothing."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, cache_size=0)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a row; of a loop its counters."""
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A field of a row."""
        if isinstance(obj, Mapping) and argument in obj:
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))

    def call(self, *_: Any, **__: Any) -> Any:
        """Refuse: a template calls nothing."""
        raise SecurityError("a template calls nothing")


class NotPlain(Exception):
    """A word between the braces that is not understood."""


def asked(source: str) -> Iterator[tuple[str, str]]:
    """What a text with fields asks for, as (list, field): ("", "เรื่อง"), ("คณะกรรมการ", "ชื่อ"), ("คณะกรรมการ", "").

    Raises `NotPlain` for what is not understood and TemplateSyntaxError for what is not finished.
    """
    tree = PlainEnvironment().parse(source)
    yield from _asked(tree, {}, 0)


def is_broken(error: Exception) -> bool:
    """Whether what went wrong lies in the words of the template."""
    return isinstance(error, TemplateSyntaxError | NotPlain | SecurityError)


def nearest(name: str, known: Mapping[str, Any] | list[str]) -> str:
    """The known name most like this one; "" where none is like it."""
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


def _asked(node: nodes.Node, rows: Mapping[str, str], depth: int) -> Iterator[tuple[str, str]]:
    if not isinstance(node, _ALLOWED):
        raise NotPlain(type(node).__name__)
    if isinstance(node, nodes.For):
        yield from _for(node, rows, depth)
        return
    if isinstance(node, nodes.Getattr):
        yield from _getattr(node, rows)
        return
    if isinstance(node, nodes.Name):
        if node.ctx != "load":
            raise NotPlain(node.name)
        if node.name not in rows:
            yield "", node.name
        return
    for child in node.iter_child_nodes():
        yield from _asked(child, rows, depth)


def _for(node: nodes.For, rows: Mapping[str, str], depth: int) -> Iterator[tuple[str, str]]:
    plain = isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name)
    if not plain or node.test or node.recursive or depth >= _DEEPEST:
        raise NotPlain("for")
    target, source = node.target.name, node.iter.name  # type: ignore[attr-defined]
    if source not in rows:
        yield source, ""
    inner = {**rows, target: source, "loop": ""}
    for part in (*node.body, *node.else_):
        yield from _asked(part, inner, depth + 1)


def _getattr(node: nodes.Getattr, rows: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not isinstance(node.node, nodes.Name) or node.node.name not in rows:
        raise NotPlain(node.attr)
    if node.node.name == "loop":
        if node.attr not in _LOOP:
            raise NotPlain(node.attr)
        return
    yield rows[node.node.name], node.attr
