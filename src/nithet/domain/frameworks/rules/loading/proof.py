"""Holding a loaded edition against itself: can every rule decide, is every mix decided, do its own
cases come out?
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from nithet.domain.frameworks.rules.answers import apart, rank_of
from nithet.domain.frameworks.rules.compiled import Compiled, Leaf, Option, compiled
from nithet.domain.frameworks.rules.edition import ROOT, Case, Edition, Node
from nithet.domain.frameworks.rules.facts import NAMED_TRACES
from nithet.domain.frameworks.rules.folding import Caps, End, fold_root, squashed
from nithet.domain.frameworks.rules.judge import Judgement, judge
from nithet.domain.frameworks.rules.loading.fields import Report
from nithet.domain.frameworks.rules.numbers import Number, shown
from nithet.domain.frameworks.rules.problems import Problem
from nithet.domain.frameworks.rules.ready_gradings import CompiledGrading
from nithet.domain.frameworks.rules.tally import Standing
from nithet.kernel.errors import RuleBroken

_MOST_STEPS = 60_000  # beyond this many combinations the rules are not searched, only the cases run


def prove(edition: Edition, report: Report) -> None:
    """Reports rules that cannot decide, mixes that nothing decides, and cases that fail."""
    _prove_rules(edition, report)
    for case in edition.cases:
        _try(edition, case, report)


# Rules


class _TooMany(Exception):
    """There are more combinations than it is sensible to look through."""


@dataclass(frozen=True, slots=True)
class _Example:
    """How one item stands, to tell an example by."""

    item: str
    standing: Standing


@dataclass(slots=True)
class _Seen:
    """What was met at one node: which steps held, which decided, which flags held, an open mix."""

    held: set[int] = field(default_factory=set)
    decided: set[int] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    undecided: bool = False


class _Everything:
    """Every state that every item could be in."""

    def __init__(self, ready: Compiled) -> None:
        self.ready = ready
        self.ranks = range(4 if ready.edition.trace else 1)
        self.steps = 0
        self.seen: dict[str, _Seen] = {}

    def applies(self, node: Node) -> bool:
        """Every item is taken to apply."""
        return True

    def of_leaf(self, leaf: Leaf) -> list[Option]:
        """Every way the item can be."""
        value = leaf.node.value
        low: Number | None = Fraction(value.low) if value else None
        high: Number | None = Fraction(value.high) if value else None
        found: list[Option] = []
        for rank in self.ranks:
            every = {leaf.own[rank]}
            for _, adds in leaf.answers:
                every = {squashed(one + add, leaf.caps) for one in every for add in adds.values()}
                self._count(len(every))
            for counts in every:
                done = leaf.done(counts, None)
                for level in self._levels(leaf, counts, low, high):
                    bottom, top = leaf.hand.numbers(level, low, high)
                    adds_up = leaf.table[leaf.code_of(rank, level, done=done)]
                    state = _Example(leaf.node.id, Standing(done, rank, level))
                    found.append((adds_up, bottom, top, 0, state))
        return self.kept(found, ())

    def _levels(
        self, leaf: Leaf, counts: int, low: Number | None, high: Number | None
    ) -> tuple[int | None, ...]:
        if leaf.grading is None:
            return (None,)
        if leaf.grading.grading.by_person:
            return leaf.grading.grading.numbers
        self.look(leaf.node, leaf.grading, counts, low, high)
        return leaf.grading.levels_between(counts, low, high)

    def of_person(self, node: Node) -> list[tuple[int | None, int, object]]:
        """Every level of the scale."""
        return [(number, 0, None) for number in (node.levels.numbers if node.levels else ())]

    def kept(self, options: Iterable[Option], caps: Caps) -> list[Option]:
        """The options that differ, counted as they are met."""
        return apart(self._counted(options, 1 + len(caps) // 8), caps)

    def _counted(self, options: Iterable[Option], weight: int) -> Iterable[Option]:
        for option in options:
            self._count(weight)
            yield option

    def _count(self, steps: int) -> None:
        self.steps += steps
        if self.steps > _MOST_STEPS:
            raise _TooMany

    def look(
        self,
        node: Node,
        grading: CompiledGrading,
        counts: int,
        low: Number | None,
        high: Number | None,
    ) -> None:
        """Notes which rules hold and which one decides."""
        seen = self.seen.setdefault(node.id, _Seen())
        for score in grading.points(low, high):
            self._count(1 + len(grading.steps) // 4)
            step = grading.step_at(counts, score)
            if step is not None:
                seen.decided.add(step)
            if not grading.presumes(counts, score):
                continue
            seen.undecided = seen.undecided or step is None
            seen.held.update(
                index for index, one in enumerate(grading.steps) if one.holds(counts, score)
            )
            seen.flags.update(name for holds, name in grading.flags if holds(counts, score))


def _prove_rules(edition: Edition, report: Report) -> None:
    ready = compiled(edition)
    everything = _Everything(ready)
    gradings = {branch.node.id: branch.grading for branch in ready.branches}

    def witness(
        node: Node,
        counts: int,
        low: Number | None,
        high: Number | None,
        levels: tuple[int | None, ...],
    ) -> None:
        grading = gradings[node.id]
        if grading is not None and grading.grading.rules:
            everything.look(node, grading, counts, low, high)

    try:
        ends = fold_root(ready.root, everything, witness)
    except _TooMany:
        return
    gradings |= {leaf.node.id: leaf.grading for leaf in ready.leaves}
    for name, seen in everything.seen.items():
        grading = gradings[name]
        if grading is not None:
            _report_rules(name, grading, seen, report)
    root = ready.root.grading
    if root is None or root.grading.presumes is None or not everything.seen[ROOT].undecided:
        return
    open_ends = (end for end in ends if end[3] is None and root.presumes(end[0], end[1]))
    example = _example(next(open_ends, None), traces=edition.trace is not None)
    report.say("mix_undecided", root.grading.line, 1, "levels", example=example)


def _example(end: End | None, *, traces: bool) -> str:
    """One mix of items by their states: "1 = clear, 2 = none"."""
    waiting: list[object] = [None if end is None else end[5]]
    found: list[_Example] = []
    while waiting:
        one = waiting.pop()
        if isinstance(one, _Example):
            found.append(one)
        elif isinstance(one, tuple):
            waiting.extend(reversed(one))
    return (
        ", ".join(f"{one.item} = {_stands(one.standing, traces=traces)}" for one in found[:12])
        or "…"
    )


def _stands(one: Standing, *, traces: bool) -> str:
    if traces:
        return NAMED_TRACES[one.rank].value
    if one.level is not None:
        return str(one.level)
    return "done" if one.done else "not done"


def _report_rules(name: str, grading: CompiledGrading, seen: _Seen, report: Report) -> None:
    path = f"{name or 'levels'}"
    for index, rule in enumerate(one.rule for one in grading.steps):
        if index in seen.decided:
            continue
        code = "rule_shadowed" if index in seen.held else "rule_unreachable"
        report.say(code, rule.line, 1, path, level=rule.level)
    for flag in grading.grading.flags:
        if flag.when is not None and flag.id not in seen.flags:
            report.say("flag_unreachable", flag.line, 1, path, id=flag.id)
    if name != ROOT and grading.grading.presumes is not None and seen.undecided:
        report.say("mix_undecided", grading.grading.line, 1, path, example="…")


# Cases


def _try(edition: Edition, case: Case, report: Report) -> None:
    try:
        judgement = judge(edition, case.facts)
        differences = list(_differences(edition, case, judgement))
    except RuleBroken as broken:
        report.tell(
            Problem(case.line, 1, "cases", "case_not_possible", broken.message, broken.params)
        )
        return
    for asked, expected, actual in differences:
        report.say(
            "case_failed",
            case.line,
            1,
            "cases",
            case=case.why,
            asked=asked,
            expected=expected,
            actual=actual,
        )


def _differences(
    edition: Edition, case: Case, judgement: Judgement
) -> Iterable[tuple[str, str, str]]:
    pairs: list[tuple[str, object, object]] = [("level", case.level, judgement.level)]
    if case.label is not None:
        pairs.append(("label", case.label, judgement.label))
    if case.possible is not None:
        pairs.append(("possible", list(case.possible), list(judgement.possible)))
    if case.flags is not None:
        pairs.append(("flags", list(case.flags), list(judgement.flags)))
    for name, score in case.scores:
        outcome = judgement.nodes.get(name)
        actual = outcome.score if outcome else None
        expected = None if score is None else Fraction(score)
        if actual != expected:
            shown_actual = None if actual is None else shown(actual, 6)
            pairs.append((f"scores.{name or 'all'}", score, shown_actual))
    for name, level in case.levels:
        outcome = judgement.nodes.get(name)
        pairs.append((f"levels.{name or 'all'}", level, outcome.level if outcome else None))
    for name, trace in case.traces:
        item = case.facts.items.get(name)
        rank = 0 if item is None else rank_of(edition, name, item)
        pairs.append((f"traces.{name}", trace, NAMED_TRACES[rank].value))
    for asked, wanted, got in pairs:
        if wanted != got:
            yield asked, _said(wanted), _said(got)


def _said(value: object) -> str:
    return "null" if value is None else str(value)
