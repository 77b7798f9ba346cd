"""Reading the tree of items: tests, expected evidence, and how numbers combine on the way up."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from nithet.domain.frameworks.rules.conditions import Condition
from nithet.domain.frameworks.rules.edition import Expectation, Node, Value
from nithet.domain.frameworks.rules.grading import Combination, Grading, ScoreRule
from nithet.domain.frameworks.rules.loading.conditions import Scope, read_condition
from nithet.domain.frameworks.rules.loading.fields import Fields
from nithet.domain.frameworks.rules.loading.item_tests import read_tests
from nithet.domain.frameworks.rules.loading.levels import Range, read_grading, read_rounding
from nithet.domain.frameworks.rules.loading.shelf import Shelf
from nithet.domain.frameworks.rules.numbers import Number, rounded
from nithet.domain.frameworks.rules.words import Text

ITEM_LIMIT = 500
_RESERVED = ("all",)  # a case speaks of every item by this word

_NODE_KEYS = ("id", "title", "weight", "may_not_apply", "levels")
_LEAF_KEYS = ("asks", "list_caption", "tests", "done", "expects", "value")
_BRANCH_KEYS = ("items", "score")


def read_nodes(shelf: Shelf, parent: Fields) -> tuple[Node, ...]:
    """The nodes under `items` of this mapping, with everything below them."""
    listed = parent.each(
        "items",
        known=(*_NODE_KEYS, *_LEAF_KEYS, *_BRANCH_KEYS),
        required=("id", "title"),
        limit=ITEM_LIMIT,
        empty=False,
    )
    read = [_node(shelf, fields) for fields in listed]
    return tuple(node for node in read if node is not None)


def _node(shelf: Shelf, fields: Fields) -> Node | None:
    name = shelf.items.claim(fields, _RESERVED)
    given_out = len(shelf.items.lines)
    if given_out > ITEM_LIMIT:
        if given_out == ITEM_LIMIT + 1:
            fields.fault("too_many", "id", count=given_out, limit=ITEM_LIMIT)
        return None
    title = fields.text("title")
    bare = Node(name or "?", title or Text("?"), line=fields.line)
    node = _branch(shelf, fields, bare) if fields.has("items") else _leaf(shelf, fields, bare)
    if name is None or title is None:
        return None
    return replace(
        node, weight=_weight(fields), may_not_apply=fields.boolean("may_not_apply") or False
    )


def _weight(fields: Fields) -> Decimal | None:
    weight = fields.number("weight", 0, 1_000_000)
    if weight == 0:
        fields.fault("out_of_range", "weight", value=0, low="0.000001", high=1_000_000)
        return None
    return weight


def _leaf(shelf: Shelf, fields: Fields, bare: Node) -> Node:
    if fields.has("score"):
        fields.fault("not_together", "score", one="score", other="tests")
    tests = read_tests(shelf, fields)
    value = _value(shelf, fields)
    scope = Scope(shelf.report, shelf.traces, tests=tuple(test.id for test in tests))
    done: Condition | None = None
    if fields.has("done"):
        done = read_condition(fields.place("done"), fields.at("done"), scope)
    grading: Grading | None = None
    if fields.has("levels"):
        graded = replace(scope, own=shelf.traces, score=value is not None)
        span = Range(Fraction(value.low), Fraction(value.high)) if value else None
        grading = read_grading(shelf.report, fields, graded, span, of_value=True)
    if not any(fields.has(key) for key in ("tests", "value", "levels")):
        fields.report.add("nothing_to_judge", fields.node, fields.path, id=bare.id)
    return replace(
        bare,
        asks=fields.text("asks"),
        list_caption=fields.text("list_caption"),
        tests=tests,
        done=done,
        expects=_expects(shelf, fields),
        value=value,
        levels=grading,
    )


def _expects(shelf: Shelf, fields: Fields) -> tuple[Expectation, ...]:
    found = []
    for one in fields.each("expects", known=("kind", "kinds", "at_least")):
        key = one.only_one_of("kind", "kinds")
        kinds = one.strings(key) if key else ()
        count = one.integer("at_least", 1, 1000) if one.has("at_least") else 1
        fine = [kind for kind in kinds if shelf.kinds.check(one, key or "kind", kind)]
        if fine and count is not None:
            found.append(Expectation(tuple(fine), count))
    return tuple(found)


def _value(shelf: Shelf, fields: Fields) -> Value | None:
    inner = fields.fields(
        "value", known=("from", "to", "unit", "measure", "answer"), required=("from", "to")
    )
    if inner is None:
        return None
    low, high = inner.number("from"), inner.number("to")
    inner.word("answer", ("person",))
    inner.only_one_of("measure", "answer")
    measure = inner.string("measure")
    if measure is not None:
        shelf.check_measure(inner, "measure", measure)
    if low is None or high is None:
        return None
    if high <= low:
        inner.fault("band_backwards", "to", low=low, high=high)
        return None
    return Value(low, high, inner.text("unit") or Text("คะแนน", "points"), measure)


def _branch(shelf: Shelf, fields: Fields, bare: Node) -> Node:
    for key in _LEAF_KEYS:
        if fields.has(key):
            fields.fault("not_together", key, one="items", other=key)
    return read_branch(shelf, fields, bare)


def read_branch(shelf: Shelf, fields: Fields, bare: Node, *, whole: bool = False) -> Node:
    """A node that gathers others: its children, the score from theirs, its levels."""
    children = read_nodes(shelf, fields)
    node = replace(bare, children=children)
    score = _score_rule(fields, node)
    span = score_range(replace(node, score=score)) if score else None
    node = replace(node, score=score)
    if not fields.has("levels") or (fields.has("items") and not children):
        return node
    scope = Scope(
        shelf.report,
        shelf.traces,
        items={leaf.id: leaf for leaf in node.leaves()},
        parts={child.id: child for child in children},
        score=score is not None,
    )
    grading = read_grading(shelf.report, fields, scope, span, whole=whole)
    return replace(node, levels=grading)


def _score_rule(fields: Fields, node: Node) -> ScoreRule | None:
    names = [one.value for one in Combination]
    inner = fields.fields("score", known=(*names, "of", "round", "weights_sum"))
    if inner is None:
        return None
    name = inner.only_one_of(*names)
    if name is None or inner.word(name, ("children",)) is None:
        return None
    of: Literal["level", "score"] = (
        "level" if inner.word("of", ("level", "score")) == "level" else "score"
    )
    if not inner.has("of"):
        inner.report.add("missing_key", inner.node, inner.path, key="of")
    rule = ScoreRule(
        Combination(name), of, read_rounding(inner, "round"), inner.number("weights_sum")
    )
    _check_weights(inner, node, rule)
    _check_numbers(inner, node, rule)
    return rule


def _check_weights(fields: Fields, node: Node, rule: ScoreRule) -> None:
    if rule.weights_sum is None:
        return
    for child in node.children:
        if child.weight is None:
            fields.fault("weight_missing", "weights_sum", id=child.id)
            return
    total = sum((child.weight or Decimal(0) for child in node.children), Decimal(0))
    if total != rule.weights_sum:
        fields.fault(
            "weights_do_not_sum",
            "weights_sum",
            id=node.id or "items",
            sum=total,
            declared=rule.weights_sum,
        )


def _check_numbers(fields: Fields, node: Node, rule: ScoreRule) -> None:
    for child in node.children:
        if rule.of == "level" and child.levels is None:
            fields.fault("child_without_number", "of", id=child.id, of="level")
        if rule.of == "score" and child.score is None and child.value is None:
            fields.fault("child_without_number", "of", id=child.id, of="score")
        bands = child.levels.bands if child.levels else None
        if rule.of == "score" and bands is not None and bands.down:
            fields.fault("child_runs_down", "of", id=child.id)


def number_range(node: Node, of: str) -> Range | None:
    """Between which numbers this node's level (or score) can lie; None where it has none."""
    if of == "score":
        if node.value is not None:
            return Range(Fraction(node.value.low), Fraction(node.value.high))
        return score_range(node) if node.score else None
    if node.levels is None or not node.levels.scale:
        return None
    numbers = node.levels.numbers
    low = Fraction(numbers[0]) if node.levels.counts_as is None else Fraction(node.levels.counts_as)
    return Range(low, Fraction(numbers[-1]))


def score_range(node: Node) -> Range | None:
    """Between which numbers the node's own score can lie, rounded as it is."""
    rule = node.score
    if rule is None:
        return None
    spans = [(number_range(child, rule.of), Fraction(child.weight or 1)) for child in node.children]
    known = [(span, weight) for span, weight in spans if span is not None]
    if len(known) < len(spans) or not known:
        return None
    ends = []
    for end in (0, 1):
        numbers = [((span.low, span.high)[end], weight) for span, weight in known]
        weighted = sum((number * weight for number, weight in numbers), Fraction(0))
        match rule.combination:
            case Combination.MEAN:
                combined: Number = weighted / sum((weight for _, weight in numbers), Fraction(0))
            case Combination.SUM:
                combined = weighted
            case Combination.MINIMUM:
                combined = min(number for number, _ in numbers)
        ends.append(rounded(combined, rule.rounding))
    return Range(ends[0], ends[1])
