"""Reading an edition's own cases: facts as a few words each, and what should come out."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from nithet.domain.frameworks.rules.edition import ANSWERS_BY_WORD, ROOT, Case, Node
from nithet.domain.frameworks.rules.facts import (
    NAMED_TRACES,
    Answer,
    Facts,
    ItemFacts,
    PieceFacts,
    TraceState,
)
from nithet.domain.frameworks.rules.loading.fields import Fields, Report, open_fields
from nithet.domain.frameworks.rules.measures import Measured, Share, Single, proposed_answer
from nithet.domain.frameworks.rules.yaml_tree import Mapping as Branch
from nithet.domain.frameworks.rules.yaml_tree import Scalar, Sequence, Tree

CASE_LIMIT = 300
WORK_LIMIT = 30_000  # cases times items, so that checking a file stays a matter of a moment
_CASE_KEYS = (
    *("why", "given", "level", "label", "possible", "flags", "scores", "levels", "traces"),
)
_GIVEN_KEYS = (
    *("done", "tests", "trace", "checkable", "level", "value", "applies"),
    *("pieces", "measured"),
)


def read_cases(fields: Fields, root: Node) -> tuple[Case, ...]:
    """The cases under `cases`; `root` must be whole, for they speak of its items."""
    nodes = {node.id: node for node in root.walk()}
    limit = min(CASE_LIMIT, WORK_LIMIT // sum(1 for _ in root.leaves()))
    entries = fields.each("cases", known=_CASE_KEYS, required=("given", "level"), limit=limit)
    cases = [_case(entry, root, nodes) for entry in entries]
    return tuple(case for case in cases if case is not None)


def _case(entry: Fields, root: Node, nodes: Mapping[str, Node]) -> Case | None:
    given = entry.mapping("given")
    if given is None:
        return None
    before = len(entry.report.problems)
    facts = _facts(entry, given, root, nodes)
    level = None if _is_null(entry, "level") else entry.integer("level", 0, 100)
    case = Case(
        why=entry.string("why") or "",
        facts=facts,
        level=level,
        label=entry.string("label"),
        possible=_integers(entry, "possible"),
        flags=entry.strings("flags", empty=True) if entry.has("flags") else None,
        scores=_numbers_by_node(entry, "scores", nodes),
        levels=tuple(
            (name, None if number is None else int(number))
            for name, number in _numbers_by_node(entry, "levels", nodes)
        ),
        traces=_traces_by_item(entry, nodes),
        line=entry.line,
    )
    return case if len(entry.report.problems) == before else None


def _is_null(fields: Fields, key: str) -> bool:
    node = fields.node.entries.get(key)
    return isinstance(node, Scalar) and node.value is None


def _integers(entry: Fields, key: str) -> tuple[int, ...] | None:
    if not entry.has(key):
        return None
    numbers = []
    for node, path in entry.sequence(key):
        if isinstance(node, Scalar) and isinstance(node.value, int):
            numbers.append(node.value)
        else:
            entry.report.add("not_an_integer", node, path)
    return tuple(numbers)


def _numbers_by_node(
    entry: Fields, key: str, nodes: Mapping[str, Node]
) -> tuple[tuple[str, Decimal | None], ...]:
    inner = _by_id(entry, key, nodes)
    if inner is None:
        return ()
    return tuple(
        ("" if name == "all" else name, None if _is_null(inner, name) else inner.number(name))
        for name in inner.node.entries
    )


def _traces_by_item(entry: Fields, nodes: Mapping[str, Node]) -> tuple[tuple[str, str], ...]:
    inner = _by_id(entry, "traces", nodes)
    if inner is None:
        return ()
    names = [one.value for one in NAMED_TRACES]
    found = [(item, inner.word(item, names)) for item in inner.node.entries]
    return tuple((item, name) for item, name in found if name is not None)


def _by_id(entry: Fields, key: str, nodes: Mapping[str, Node]) -> Fields | None:
    """The mapping under `key`, whose own keys are ids of nodes, or `all` for the whole."""
    node = entry.mapping(key)
    if node is None:
        return None
    known = {name for name in nodes if name != ROOT} | {"all"}
    for name, at in node.keys.items():
        if name not in known:
            entry.report.add("unknown_id", at, entry.at(key), under="items", id=name[:60])
    return Fields(entry.report, node, entry.at(key), known=node.keys)


def _facts(entry: Fields, given: Branch, root: Node, nodes: Mapping[str, Node]) -> Facts:
    inner = _by_id(entry, "given", nodes)
    everywhere = given.entries.get("all")
    items: dict[str, ItemFacts] = {}
    whole: int | None = None
    if everywhere is not None:
        for item in root.leaves():
            items[item.id] = _given(
                entry.report, everywhere, entry.at("given.all"), item, ItemFacts()
            )
    for name, node in given.entries.items():
        if name == "all" or name not in nodes or inner is None:
            continue
        items[name] = _given(
            entry.report, node, inner.at(name), nodes[name], items.get(name, ItemFacts())
        )
    if isinstance(everywhere, Branch) and root.levels is not None and root.levels.by_person:
        chosen = everywhere.entries.get("level")
        whole = (
            chosen.value if isinstance(chosen, Scalar) and isinstance(chosen.value, int) else None
        )
    return Facts(items, whole)


def _given(report: Report, node: Tree, path: str, item: Node, base: ItemFacts) -> ItemFacts:
    fields = open_fields(report, node, path, _GIVEN_KEYS)
    if fields is None:
        return base
    tests = dict(base.tests)
    if fields.has("done"):
        answer = _answer(fields, "done")
        tests = {test.id: answer for test in item.tests}
    tests.update(_proposed(fields, item))
    tests.update(_answers(fields, item))
    facts = replace(base, tests=tests)
    if fields.has("trace"):
        state = fields.choice("trace", TraceState)
        facts = replace(facts, trace=state or TraceState.NONE, pieces=None)
    if fields.has("checkable"):
        facts = replace(facts, checkable=bool(fields.boolean("checkable")))
    if fields.has("pieces"):
        facts = replace(facts, pieces=_pieces(fields))
    if fields.has("level") and not (item.levels is None or not item.levels.by_person):
        facts = replace(facts, level=None if _is_null(fields, "level") else fields.integer("level"))
    if fields.has("value") and item.value is not None:
        facts = replace(facts, value=None if _is_null(fields, "value") else fields.number("value"))
    if fields.has("applies"):
        facts = replace(facts, applies=fields.boolean("applies") is not False)
    return facts


def _answer(fields: Fields, key: str) -> Answer:
    node = fields.place(key)
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, bool | str) and value in ANSWERS_BY_WORD:
        return ANSWERS_BY_WORD[value]
    fields.fault("not_one_of", key, value=str(value)[:60], known="true, false, unanswered")
    return Answer.UNANSWERED


def _answers(fields: Fields, item: Node) -> dict[str, Answer]:
    node = fields.mapping("tests")
    if node is None:
        return {}
    known = [test.id for test in item.tests]
    inner = Fields(fields.report, node, fields.at("tests"), known=known)
    return {name: _answer(inner, name) for name in node.entries if name in known}


def _proposed(fields: Fields, item: Node) -> dict[str, Answer]:
    """The answers that follow from measured values, for the tests that ask those measures."""
    node = fields.mapping("measured")
    if node is None:
        return {}
    used = {threshold.measure for test in item.tests for threshold in test.thresholds}
    inner = Fields(fields.report, node, fields.at("measured"), known=used)
    measured = {name: _measured(inner, name) for name in node.entries if name in used}
    return {
        test.id: proposed_answer(test, measured)
        for test in item.tests
        if any(threshold.measure in measured for threshold in test.thresholds)
    }


def _measured(fields: Fields, key: str) -> Measured | None:
    """3 is a number, [118, 130] is n of N, [[2, 3], [4, 4]] and [[2], [5]] are one for each subject."""
    node = fields.place(key)
    if isinstance(node, Sequence) and any(isinstance(one, Sequence) for one in node.items):
        singles = [_single(one) for one in node.items]
        if None not in singles:
            return tuple(single for single in singles if single is not None)
    elif isinstance(node, Scalar) and (node.value is None or isinstance(node.value, bool)):
        return node.value
    elif (single := _single(node)) is not None:
        return single
    fields.fault("not_a_number", key)
    return None


def _single(node: Tree) -> Single | None:
    if isinstance(node, Scalar):
        return node.value if isinstance(node.value, int | Decimal) else None
    if not isinstance(node, Sequence):
        return None
    values = [one.value for one in node.items if isinstance(one, Scalar)]
    numbers = [one for one in values if isinstance(one, int) and not isinstance(one, bool)]
    if len(numbers) == 2 and len(node.items) == 2:
        return Share(numbers[0], numbers[1])
    return values[0] if len(values) == 1 and isinstance(values[0], int | Decimal) else None


def _pieces(fields: Fields) -> tuple[PieceFacts, ...]:
    pieces = []
    for entry in fields.each("pieces", known=("kind", "clarity", "name"), required=("kind",)):
        kind = entry.string("kind")
        node = entry.mapping("clarity")
        clarity: dict[str, bool | None] = {}
        if node is not None:
            inner = Fields(entry.report, node, entry.at("clarity"), known=node.keys)
            clarity = {
                name: None if _is_null(inner, name) else inner.boolean(name)
                for name in node.entries
            }
        if kind is not None:
            pieces.append(PieceFacts(kind, clarity, entry.string("name") or ""))
    return tuple(pieces)
