"""The judge: which level facts earn under an edition, which are still possible, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from nithet.domain.frameworks.rules.answers import Known, rank_of
from nithet.domain.frameworks.rules.clauses import certain, clauses_of, obstacles
from nithet.domain.frameworks.rules.compiled import Compiled, Leaf, compiled
from nithet.domain.frameworks.rules.edition import ROOT, Edition, Node
from nithet.domain.frameworks.rules.facts import NOTHING_KNOWN, Answer, Facts, ItemFacts
from nithet.domain.frameworks.rules.folding import End, fold_root
from nithet.domain.frameworks.rules.numbers import Number
from nithet.domain.frameworks.rules.outcomes import (
    ItemView,
    Levels,
    NodeOutcome,
    TestRef,
    Views,
)
from nithet.domain.frameworks.rules.phrases import UNSETTLED, level_name
from nithet.domain.frameworks.rules.reasons import Clause, Finding
from nithet.domain.frameworks.rules.words import Language


@dataclass(frozen=True, eq=False)
class Judgement:
    """What the judge found, with everything it was found from.

    `level` is None when none is reached and also while it is not settled; never 0 for "not reached".
    `possible` lists the levels that can still come out, rising: answering every unanswered test one
    way or the other leads to one of these, or to none. `settled`: no answer can change the outcome.
    So: settled and a level: `possible` is that level; settled without one: `possible` is empty and
    the label says "below level 1". `flags` are ids of what should be said beside the level.
    """

    edition: Edition
    facts: Facts
    level: int | None
    possible: tuple[int, ...]
    settled: bool
    flags: tuple[str, ...]
    ends: tuple[End, ...] = field(repr=False)

    @property
    def reached(self) -> bool:
        """Whether a level of the scale is certainly reached."""
        return self.level is not None

    @property
    def label(self) -> str:
        """The result in Thai: "ระดับ 3", "ไม่ถึงระดับ 1", or that it is not known yet."""
        return self.label_in("th")

    def label_in(self, language: Language) -> str:
        """The result in a few words; English ones fit into a sentence."""
        grading = self.edition.root.levels
        if not self.settled or grading is None:
            return UNSETTLED.say(language)
        if self.level is None:
            return grading.otherwise.say(language)
        return level_name(self.edition, self.edition.root, self.level).say(language)

    @cached_property
    def unanswered(self) -> tuple[TestRef, ...]:
        """Every unanswered test, in the order of the form."""
        return self._tests(Answer.UNANSWERED)

    @cached_property
    def missing(self) -> tuple[TestRef, ...]:
        """Every test that is answered and not done, in the order of the form."""
        return self._tests(Answer.NOT_DONE)

    def _tests(self, answer: Answer) -> tuple[TestRef, ...]:
        found: list[TestRef] = []
        for node in self.edition.root.walk():
            item = self.facts.items.get(node.id, NOTHING_KNOWN)
            if not self.applies(node.id):
                continue
            for test in node.tests:
                if item.tests.get(test.id, Answer.UNANSWERED) == answer:
                    found.append(TestRef(node.id, test.id))
            if answer is Answer.UNANSWERED:
                found += [TestRef(node.id, what) for what in self._open_parts(node, item)]
        return tuple(found)

    def _open_parts(self, node: Node, item: ItemFacts) -> list[str]:
        chosen = self.facts.level if node.id == ROOT else item.level
        open_parts = []
        if node.levels is not None and node.levels.by_person and chosen is None:
            open_parts.append("level")
        if node.value is not None and item.value is None:
            open_parts.append("value")
        return open_parts

    def applies(self, name: str) -> bool:
        """Whether this node and everything above it concern the subject."""
        return name not in self._absent

    @cached_property
    def _absent(self) -> frozenset[str]:
        absent: set[str] = set()
        for node in self.edition.root.walk():
            if node.may_not_apply and not self.facts.items.get(node.id, NOTHING_KNOWN).applies:
                absent.update(below.id for below in node.walk())
        return frozenset(absent)

    @cached_property
    def nodes(self) -> Mapping[str, NodeOutcome]:
        """The outcome of every node that has levels or a score, by id; the whole under ROOT."""
        heard: dict[str, list[tuple[Levels, Number | None, Number | None]]] = {}

        def witness(
            node: Node, counts: int, low: Number | None, high: Number | None, levels: Levels
        ) -> None:
            scored = node.score is not None
            heard.setdefault(node.id, []).append(
                (levels, low if scored else None, high if scored else None)
            )

        known = Known(compiled(self.edition), self.facts)
        fold_root(known.ready.root, known, witness)
        outcomes = {name: _outcome(told) for name, told in heard.items()}
        for leaf in known.ready.leaves:
            if self.applies(leaf.node.id) and (leaf.grading or leaf.node.value):
                levels, low, high = known.leaf_outcome(leaf)
                outcomes[leaf.node.id] = NodeOutcome(levels, low, high)
        return outcomes

    @cached_property
    def items(self) -> Mapping[str, ItemView]:
        """Every item as judged, by id."""
        ready = compiled(self.edition)
        known = Known(ready, self.facts)
        return {leaf.node.id: self._view(known, leaf) for leaf in ready.leaves}

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every rule and reading of the whole, from the top, with what decides it."""
        grading = compiled(self.edition).root.grading
        return clauses_of(grading, self.views, self.ends, self.facts.level) if grading else ()

    @cached_property
    def obstacles(self) -> tuple[Finding, ...]:
        """Where no level is reached: what is in the way of the lowest one."""
        grading = compiled(self.edition).root.grading
        if not self.settled or self.level is not None or grading is None:
            return ()
        return obstacles(grading, self.views, self.ends, self.clauses)

    @cached_property
    def views(self) -> Views:
        """What the rules of the whole speak of."""
        root = self.edition.root
        parts = {
            child.id: self.nodes.get(child.id) or NodeOutcome(())
            for child in root.children
            if self.applies(child.id)
        }
        return Views(self.items, parts, score=self.nodes.get(ROOT))

    def _view(self, known: Known, leaf: Leaf) -> ItemView:
        name = leaf.node.id
        if not self.applies(name):
            return ItemView(leaf.node, None, 0, (), applies=False)
        item = self.facts.items.get(name, NOTHING_KNOWN)
        rank = rank_of(self.edition, name, item)
        outcome = self.nodes.get(name)
        levels = outcome.levels if outcome else ()
        return ItemView(leaf.node, known.leaf_done(leaf), rank, levels, applies=True)


def judge(edition: Edition, facts: Facts) -> Judgement:
    """The judgement of `facts` under `edition`.

    A test that is unanswered never counts as done: the level is only named when every way of
    answering gives the same. Raises RuleBroken for facts about items, tests or levels that the
    edition does not have, and for values out of their range.
    """
    ready = compiled(edition)
    ends = fold_root(ready.root, Known(ready, facts))
    if len(ends) == 1:
        level = ends[0][3]
        possible: tuple[int, ...] = () if level is None else (level,)
        settled = True
    else:
        found = {end[3] for end in ends}
        possible = tuple(sorted(level for level in found if level is not None))
        settled = len(found) <= 1
        level = possible[0] if settled and possible else None
    flags = _flags(ready, ends, level, possible)
    return Judgement(edition, facts, level, possible, settled, flags, tuple(ends))


def _flags(
    ready: Compiled, ends: list[End], level: int | None, possible: tuple[int, ...]
) -> tuple[str, ...]:
    """Flags that certainly hold beside a level that stands or may still stand."""
    grading = ready.root.grading
    if grading is None or not possible or not grading.grading.flags:
        return ()
    raised = {name for holds, name in grading.flags if certain(grading, holds, ends)}
    if level is not None and grading.grading.readings:
        steps = {grading.step_at(end[0], end[1]) for end in ends}
        flags = {None if step is None else grading.steps[step].rule.flag for step in steps}
        if len(flags) == 1:
            raised |= {flag for flag in flags if flag is not None}
    if not raised:
        return ()
    return tuple(flag.id for flag in grading.grading.flags if flag.id in raised)


def _outcome(told: list[tuple[Levels, Number | None, Number | None]]) -> NodeOutcome:
    levels = {level for some, _, _ in told for level in some}
    ordered: Levels = tuple(sorted(one for one in levels if one is not None))
    if None in levels:
        ordered = (None, *ordered)
    lows = [low for _, low, _ in told]
    highs = [high for _, _, high in told]
    if None in lows or None in highs:
        return NodeOutcome(ordered, None, None)
    return NodeOutcome(
        ordered,
        min(low for low in lows if low is not None),
        max(high for high in highs if high is not None),
    )
