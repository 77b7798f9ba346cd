"""Finds every message id in Python sources and Django templates.

An id is a literal text that is given to one of `CALLS`; that stands in a table of a module whose
name ends in MESSAGES, SENTENCES or WORDS; or that holds a place such as %(name)s beside words of its
own and is neither logged, nor filled on the spot, nor given beside its Thai. Any other is marked by
`nithet.kernel.messages.msgid`.
"""

import ast
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

TEMPLATES = {".html", ".txt", ".xml"}


@dataclass(frozen=True)
class Spec:
    """Where a call holds its message: positions of the id, its plural and its context, and its keyword.

    `is_formatted` says that an edge fills the places by ``%`` whatever the message looks like;
    `takes_values` that the values are the other keyword arguments of the very call.
    """

    message: int = 0
    plural: int | None = None
    context: int | None = None
    keyword: str | None = "message"
    is_formatted: bool = False
    takes_values: bool = False


_BROKEN = Spec(1, keyword=None, is_formatted=True, takes_values=True)
_VERDICT = Spec(0, keyword="reason", is_formatted=True, takes_values=True)
_PLAIN, _PLURAL = Spec(), Spec(plural=1)
_CONTEXT, _CONTEXT_PLURAL = Spec(1, context=0), Spec(1, plural=2, context=0)

CALLS = {
    "RuleBroken": _BROKEN,
    "allow": _VERDICT,
    "deny": _VERDICT,
    "Event": Spec(1, keyword="sentence", is_formatted=True),
    "msgid": Spec(keyword="text"),
    "Sentence": Spec(is_formatted=True),
    "Finding": Spec(2, is_formatted=True),
    **dict.fromkeys(("say", "both"), Spec(is_formatted=True)),
    "gettext_noop": _PLAIN,
    **dict.fromkeys(("gettext", "gettext_lazy"), _PLAIN),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), _CONTEXT_PLURAL),
}
MODULES = {"translation", "errors", "verdicts", "events", "messages"}
_IN_TEMPLATES = {
    "gettext": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%\(([A-Za-z_][A-Za-z0-9_]*)\)[#0\- +]*[0-9]*(?:\.[0-9]+)?[a-zA-Z]")
THAI = re.compile("[\u0e01-\u0e5b]")
TABLES = re.compile(r"(?:.*_)?(?:MESSAGES|SENTENCES|WORDS)")
BILINGUAL = {"Text"}
LOGGING = {"debug", "info", "warning", "error", "exception", "critical", "log"}
_NOT_VALUES = {"field"}


@dataclass(frozen=True)
class Found:
    """One place that says a message."""

    id: str
    plural: str | None
    context: str | None
    path: Path
    line: int
    is_formatted: bool = False
    values: frozenset[str] | None = None


@dataclass(frozen=True)
class Fault:
    """Something that has to be put right, and where."""

    path: Path
    line: int
    text: str


@dataclass
class Everything:
    """What the sources say, where they say it wrongly, and every literal text by file."""

    found: list[Found] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    literals: dict[Path, set[str]] = field(default_factory=dict)


def sources(package: Path) -> list[Path]:
    """Every file of a package that may hold messages, migrations left out."""
    files = (path for path in sorted(package.rglob("*")) if "migrations" not in path.parts)
    return [
        p for p in files if p.suffix == ".py" or (p.suffix in TEMPLATES and "templates" in p.parts)
    ]


def says_something(text: str) -> bool:
    """Whether a message has words of its own; one of places and signs alone needs no translation."""
    return any(sign.isalpha() for sign in PLACE.sub("", text))


def find(files: Iterable[Path]) -> Everything:
    """Every message of the files, and every place where one is built so that it cannot be translated."""
    all_of_it = Everything()
    trees: dict[Path, ast.Module] = {}
    for path in files:
        try:
            if path.suffix == ".py":
                trees[path] = ast.parse(path.read_text(encoding="utf-8"))
            else:
                all_of_it.found += _in_template(path)
        except Exception as error:  # noqa: BLE001 - the file is named, whatever is wrong with it
            line = getattr(error, "lineno", None) or 1
            all_of_it.faults.append(Fault(path, line, f"cannot be read: {error}"))
    heirs, called_alike = _kinds_of_broken_rules(trees.values())
    calls = CALLS | dict.fromkeys(called_alike, _BROKEN)
    for path, tree in trees.items():
        reader = _Reader(path, tree, calls, heirs)
        reader.visit(tree)
        all_of_it.found += reader.found
        all_of_it.faults += reader.faults
        all_of_it.literals[path] = reader.literals
    return all_of_it


def _in_template(path: Path) -> Iterator[Found]:
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # Indentation means nothing in a template, but stops Babel's reader of Python.
    flat = "\n".join(line.lstrip() for line in code.split("\n"))
    lines = io.BytesIO(flat.encode())
    for line, function, said, _ in extract_python(lines, _IN_TEMPLATES, [], {"encoding": "utf-8"}):
        parts = [said] if isinstance(said, str) else list(said)
        context = parts.pop(0) if function.startswith(("pg", "npg")) else None
        plural = parts[1] if len(parts) > 1 else None
        if says_something(parts[0]):
            yield Found(parts[0], plural, context, path, line)


def _kinds_of_broken_rules(trees: Iterable[ast.Module]) -> tuple[set[str], set[str]]:
    """Names of the heirs of RuleBroken, and of those among them that are called as it is."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    heirs = {"RuleBroken", "BadInput", "Busy"}
    alike = set(heirs)
    size = 0
    while len(heirs) > size:
        size = len(heirs)
        for node in classes:
            bases = {_name(base) for base in node.bases}
            if bases & heirs:
                heirs.add(node.name)
            if bases & alike and not _has_constructor(node):
                alike.add(node.name)
    return heirs, alike


def _has_constructor(node: ast.ClassDef) -> bool:
    return any(isinstance(part, ast.FunctionDef) and part.name == "__init__" for part in node.body)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


class _Reader(ast.NodeVisitor):
    """Reads one Python file, knowing under which names it has imported the calls that hold messages."""

    def __init__(
        self, path: Path, tree: ast.Module, calls: dict[str, Spec], heirs: set[str]
    ) -> None:
        self.path, self.calls, self.heirs = path, calls, heirs
        self.in_heir = False
        self.literals: set[str] = set()
        self.passed_over: set[int] = set()
        self.found: list[Found] = []
        self.faults: list[Fault] = []
        self.names: dict[str, str] = {}
        self.constants: dict[str, ast.expr] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                self.names |= {part.asname or part.name: part.name for part in node.names}
        for part in tree.body:
            self._read_table(part)
            if isinstance(part, ast.FunctionDef | ast.ClassDef):
                self.names[part.name] = part.name
            elif isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
                self.constants[part.targets[0].id] = part.value
            elif (
                isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name) and part.value
            ):
                self.constants[part.target.id] = part.value

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        outside, self.in_heir = self.in_heir, any(_name(base) in self.heirs for base in node.bases)
        self.generic_visit(node)
        self.in_heir = outside

    def _read_table(self, part: ast.stmt) -> None:
        target = part.targets[0] if isinstance(part, ast.Assign) else getattr(part, "target", None)
        value = getattr(part, "value", None)
        if not (isinstance(target, ast.Name) and TABLES.fullmatch(target.id) and value):
            return
        parts = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", [])
        for node in parts:
            for said in self._texts(node):
                self.found.append(Found(said, None, None, self.path, node.lineno))

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Constant):
            return  # a docstring
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.Mod):
            self.passed_over.add(id(node.left))
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if not isinstance(node.value, str):
            return
        self.literals.add(node.value)
        if id(node) in self.passed_over or "config" in self.path.parts:
            return
        has_place = PLACE.search(node.value) and not THAI.search(node.value)
        if has_place and says_something(node.value):
            self.found.append(
                Found(node.value, None, None, self.path, node.lineno, is_formatted=True)
            )

    def visit_Call(self, call: ast.Call) -> None:
        spec = self._spec(call.func)
        if spec or _name(call.func) in LOGGING or _speaks_both_languages(call):
            self.passed_over |= {id(part) for part in call.args}
        self.generic_visit(call)
        if spec is None:
            return
        message = self._argument(call, spec.message, spec.keyword)
        if message is None:
            return
        plural = self._one(self._argument(call, spec.plural, "plural"))
        context = self._one(self._argument(call, spec.context, "context"))
        for said in self._texts(message):
            self.found.append(
                Found(
                    said,
                    plural,
                    context,
                    self.path,
                    message.lineno,
                    spec.is_formatted,
                    _values(call, spec),
                )
            )

    def _spec(self, function: ast.expr) -> Spec | None:
        if isinstance(function, ast.Attribute):
            if (
                function.attr == "__init__"
                and self.in_heir
                and isinstance(function.value, ast.Call)
            ):
                return _BROKEN
            inside = isinstance(function.value, ast.Name) and function.value.id in MODULES
            return self.calls.get(function.attr) if inside else None
        return self.calls.get(self.names.get(_name(function), ""))

    def _argument(
        self, call: ast.Call, position: int | None, keyword: str | None
    ) -> ast.expr | None:
        if position is None:
            return None
        if position < len(call.args):
            return call.args[position]
        named = (given.value for given in call.keywords if keyword and given.arg == keyword)
        return next(named, None)

    def _one(self, node: ast.expr | None) -> str | None:
        texts = list(self._texts(node)) if node is not None else []
        return texts[0] if texts else None

    def _texts(self, node: ast.expr) -> Iterator[str]:
        """The literal texts an argument may be; what a variable brings was collected where it was written."""
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and says_something(node.value):
                yield node.value
        elif isinstance(node, ast.IfExp):
            yield from self._texts(node.body)
            yield from self._texts(node.orelse)
        elif isinstance(node, ast.Name) and node.id in self.constants:
            constant = self.constants[node.id]
            if isinstance(constant, ast.Constant):
                yield from self._texts(constant)
        elif isinstance(node, ast.JoinedStr) or (isinstance(node, ast.BinOp) and _holds_text(node)):
            text = (
                "a message is put together from pieces, so no catalogue can hold it: use %(name)s"
            )
            self.faults.append(Fault(self.path, node.lineno, text))


def _speaks_both_languages(call: ast.Call) -> bool:
    """Whether a call is given its Thai beside its English, so that no catalogue is needed."""
    if _name(call.func) in BILINGUAL:
        return True
    texts = [part.value for part in call.args if isinstance(part, ast.Constant)]
    return len(texts) > 1 and any(isinstance(text, str) and THAI.search(text) for text in texts)


def _holds_text(node: ast.expr) -> bool:
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(node)
    )


def _values(call: ast.Call, spec: Spec) -> frozenset[str] | None:
    """Names of the values that a call gives to its message; None where they are not to be seen there."""
    given = {keyword.arg for keyword in call.keywords}
    if not spec.takes_values or None in given:
        return None
    return frozenset(name for name in given if name) - _NOT_VALUES - {spec.keyword}
