"""The smallest set of changes against a search through all of them."""

from dataclasses import replace
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from nithet.domain.frameworks.rules.changes import changed, smallest_changes, what_if
from nithet.domain.frameworks.rules.edition import Edition
from nithet.domain.frameworks.rules.efforts import Change, ChangeKind
from nithet.domain.frameworks.rules.facts import (
    TRACE_OF_RANK,
    Answer,
    Facts,
    ItemFacts,
    PieceFacts,
)
from nithet.domain.frameworks.rules.judge import judge
from nithet.kernel.errors import RuleBroken

from . import factories
from .naive import naive_level
from .random_editions import random_facts, random_scored_edition, random_trace_edition

DONE, NOT_DONE, UNANSWERED = Answer
TARGETS = (1, 2, 3, 4)


def rank_of(item: ItemFacts) -> int:
    return TRACE_OF_RANK.index((item.trace, item.checkable))


def ways_to_change(edition: Edition, facts: Facts):
    """For each item every state it can be changed into, with the number of changes."""
    for node in edition.items:
        item = facts.items.get(node.id, ItemFacts())
        undone = [test.id for test in node.tests if item.tests.get(test.id) != DONE]
        settled = {test.id: item.tests.get(test.id) for test in node.tests if test.id not in undone}
        levels: list[int | None] = [item.level]
        if node.levels is not None and node.levels.by_person:
            levels += [one for one in node.levels.numbers if item.level is None or one > item.level]
        options = []
        for done in product((DONE, NOT_DONE), repeat=len(undone)):
            for rank in range(rank_of(item), 4 if edition.trace else rank_of(item) + 1):
                for level in levels:
                    cost = done.count(DONE) + (rank > rank_of(item)) + (level != item.level)
                    state, checkable = TRACE_OF_RANK[rank]
                    tests = {**settled, **dict(zip(undone, done, strict=True))}
                    options.append(
                        (
                            cost,
                            node.id,
                            ItemFacts(tests, state, checkable, level=level, applies=item.applies),
                        )
                    )
        yield options


def fewest_by_trying_all(edition: Edition, facts: Facts) -> dict[int, int]:
    """The least number of changes to at least each level, by judging every reachable set of facts."""
    nodes = {name: one for name, one in facts.items.items() if edition.nodes[name].children}
    fewest: dict[int, int] = {}
    for combination in product(*ways_to_change(edition, facts)):
        cost = sum(one[0] for one in combination)
        items = {name: item for _, name, item in combination}
        level = naive_level(edition, Facts({**nodes, **items}))
        for target in TARGETS:
            if level is not None and level >= target:
                fewest[target] = min(cost, fewest.get(target, cost))
    return fewest


def check(edition: Edition, facts: Facts) -> None:
    fewest = fewest_by_trying_all(edition, facts)
    for target in TARGETS:
        if target not in fewest:
            with pytest.raises(RuleBroken) as broken:
                smallest_changes(edition, facts, target)
            assert broken.value.code == "level_out_of_reach"
            continue
        changes = smallest_changes(edition, facts, target)
        assert len(changes) == fewest[target]
        assert len({(one.item, one.kind, one.detail) for one in changes}) == len(changes)
        after = changed(edition, facts, changes)
        for node in edition.items:  # what is still unanswered counts as not done
            item = after.items.get(node.id, ItemFacts())
            tests = {test.id: item.tests.get(test.id) for test in node.tests}
            tests = {name: DONE if one == DONE else NOT_DONE for name, one in tests.items()}
            after.items[node.id] = replace(item, tests=tests)
        level = naive_level(edition, after)
        assert level is not None
        assert level >= target


@pytest.mark.parametrize("seed", range(60))
def test_no_smaller_set_of_changes_reaches_the_level_under_any_rules(seed):
    chance = Random(seed)
    edition = random_trace_edition(chance)
    for _ in range(3):
        check(edition, random_facts(chance, edition))


@pytest.mark.parametrize("seed", range(40))
def test_no_smaller_set_of_changes_reaches_the_level_where_scores_decide(seed):
    chance = Random(seed)
    edition = random_scored_edition(chance)
    without_traces = replace_trace(edition)
    check(without_traces, random_facts(chance, without_traces, unanswered=0.2))


def replace_trace(edition: Edition) -> Edition:
    """The same edition without a trace rule, so that brute force has fewer states to try."""
    return replace(edition, trace=None)


def states_of_2555() -> dict[tuple[tuple[bool, int], ...], int]:
    """The level of every certain state of the five items."""
    edition = factories.return_2555()
    certain = tuple(product((False, True), factories.RANKS))
    levels = {}
    for states in product(certain, repeat=5):
        answers = [(DONE if done else NOT_DONE, rank) for done, rank in states]
        levels[states] = judge(edition, factories.facts(edition, answers)).level or 0
    return levels


def test_the_return_of_2555_is_reached_by_no_smaller_set_of_changes():
    """A random share of the 12^5 starting points, each against all 32,768 ends, at every level."""
    edition = factories.return_2555()
    levels = states_of_2555()
    tests = [len(item.tests) for item in edition.items]
    chance = Random(2555)
    for _ in range(15):
        starts = [(chance.choice(tuple(Answer)), chance.randrange(4)) for _ in range(5)]
        facts = factories.facts(edition, starts)
        best = dict.fromkeys(TARGETS, 99)
        for states, level in levels.items():
            cost = 0
            for (answer, rank), (done, raised), count in zip(starts, states, tests, strict=True):
                if raised < rank or (answer is DONE and not done):
                    cost = 99
                    break
                cost += (raised > rank) + (count if done and answer is not DONE else 0)
            for target in range(1, level + 1):
                best[target] = min(best[target], cost)
        found = {target: len(smallest_changes(edition, facts, target)) for target in TARGETS}
        assert found == best


def test_changes_lead_where_they_say():
    edition = factories.return_2555()
    facts = factories.all_done(edition, 3, 3, 2, 1, 0)
    changes = smallest_changes(edition, facts, 4)
    assert [(one.item, one.kind, one.detail, one.because) for one in changes] == [
        ("3", ChangeKind.TRACE_TO, "checkable", "clear"),
        ("4", ChangeKind.TRACE_TO, "checkable", "unclear"),
        ("5", ChangeKind.TRACE_TO, "checkable", "none"),
    ]
    assert judge(edition, facts).level == 3
    assert what_if(edition, facts, changes).level == 4
    assert what_if(edition, facts, changes[:2]).level == 3


def test_a_level_that_is_reached_needs_no_change():
    edition = factories.return_2555()
    facts = factories.all_done(edition, 2, 2, 2, 2, 2)
    assert smallest_changes(edition, facts, 1) == ()
    assert smallest_changes(edition, facts, 3) == ()


def test_among_equally_few_changes_the_lower_raise_is_taken():
    edition = factories.return_2555()
    [change] = smallest_changes(edition, factories.all_done(edition, 1, 1, 1, 1, 0), 2)
    assert (change.item, change.detail) == ("5", "unclear")
    [change] = smallest_changes(edition, factories.all_done(edition, 0, 0, 0, 0, 0), 3)
    assert change.detail == "clear"


def test_changing_a_trace_sets_the_pieces_aside():
    edition = factories.return_2555()
    facts = factories.all_done(edition, 3, 3, 3, 3, 3)
    unread = (PieceFacts("project_document", {"in_period": True}),)
    facts = Facts({**facts.items, "1": replace(facts.items["1"], pieces=unread)})
    assert judge(edition, facts).level == 3
    [change] = smallest_changes(edition, facts, 4)
    assert (change.item, change.detail, change.because) == ("1", "checkable", "unclear")
    assert what_if(edition, facts, [change]).level == 4
    assert facts.items["1"].pieces == unread


def test_a_level_outside_the_scale_is_refused():
    edition = factories.return_2555()
    for level in (0, 5):
        with pytest.raises(RuleBroken) as broken:
            smallest_changes(edition, Facts(), level)
        assert broken.value.code == "level_not_in_scale"


def test_a_change_to_an_unknown_item_or_test_is_refused():
    edition = factories.return_2555()
    for item, test, code in (("9", "project", "unknown_item"), ("1", "nothing", "unknown_test")):
        change = Change(item, ChangeKind.TEST_DONE, test, "not_done")
        with pytest.raises(RuleBroken) as broken:
            what_if(edition, Facts(), [change])
        assert broken.value.code == code


RULES_FOR_MANY = """
  scale: [1, 2, 3, 4]
  presumes: {every: item, is: done}
  rules:
    - {level: 4, when: {every: item, trace: clear, checkable: true}}
    - {level: 3, when: {at_least: 60, of: item, trace: clear}}
    - {level: 2, when: {at_least: 30, of: item, trace: [clear, unclear]}}
    - {level: 1, when: {at_most: 100, of: item, trace: none}}
"""


@pytest.mark.timeout(60)
def test_a_hundred_items_take_no_longer_than_a_moment():
    edition = factories.flat_edition(100, RULES_FOR_MANY, tests_each=2)
    states = [(UNANSWERED if n % 7 == 0 else DONE, (0, 0, 1, 2)[n % 4]) for n in range(100)]
    facts = factories.facts(edition, states)
    undone = sum(1 for answer, _ in states if answer is not DONE) * 2
    clear = sum(1 for _, rank in states if rank == 2)
    some = sum(1 for _, rank in states if rank >= 1)
    assert len(smallest_changes(edition, facts, 1)) == undone
    assert len(smallest_changes(edition, facts, 2)) == undone + max(0, 30 - some)
    assert len(smallest_changes(edition, facts, 3)) == undone + (60 - clear)
    assert len(smallest_changes(edition, facts, 4)) == undone + 100


def test_levels_that_a_person_chooses_and_values_are_raised_no_higher_than_needed():
    edition = factories.numeric()
    items = {
        leaf.id: factories.item(edition, leaf.id, DONE, 0) for leaf in edition.items if leaf.tests
    }
    items |= {
        "A2": ItemFacts(level=2),
        "B1": ItemFacts(value=Decimal("52")),
        "B2": ItemFacts(value=Decimal("0.2")),
    }
    facts = Facts(items)
    # A = (2*5 + 2)/3 = 4; B = 2 + 5 = 7, level 3; C = 5: (50*4 + 30*3 + 20*5)/100 = 3.9
    assert judge(edition, facts).level == 4
    [change] = smallest_changes(edition, facts, 5)
    # B1 from level 2 to level 5 gives B 10, level 5, and 4.5; A2 to 4 would give A 5 (4.67) and 4.4.
    assert (change.item, change.kind, change.because) == ("B1", ChangeKind.VALUE_TO, "52")
    assert change.detail == "80.0"
    assert what_if(edition, facts, [change]).level == 5
    assert what_if(edition, facts, [replace(change, detail="79.94")]).level == 4


def test_a_level_that_a_person_chooses_is_raised_no_higher_than_needed():
    edition = factories.numeric()
    items = {
        leaf.id: factories.item(edition, leaf.id, DONE, 0) for leaf in edition.items if leaf.tests
    }
    items |= {
        "A2": ItemFacts(level=2),
        "B1": ItemFacts(value=Decimal("80")),
        "B2": ItemFacts(value=Decimal("1")),
        "C": ItemFacts(applies=False),
    }
    facts = Facts(items)
    # A = 4; B = 9, level 4: 4.0
    assert judge(edition, facts).level == 4
    [change] = smallest_changes(edition, facts, 5)
    assert (change.item, change.kind) == ("A2", ChangeKind.LEVEL_TO)
    assert (change.detail, change.because) == ("4", "2")
    assert what_if(edition, facts, [change]).level == 5
    assert what_if(edition, facts, [replace(change, detail="3")]).level == 4


SUM_OF_POINTS = """
urn: urn:nithet:edition:made-up:points
version: 1
subject: office
period: {calendar: fiscal, years: [2555]}
title: {th: ตัวอย่าง}
source: {th: แต่งขึ้น}
items:
  - {id: a, title: {th: ก}, weight: 2, value: {from: 0, to: 10, answer: person}}
  - {id: b, title: {th: ข}, weight: 1, value: {from: 0, to: 10, answer: person}}
score: {sum: children, of: score}
levels:
  scale: [1, 2, 3]
  rules:
    - {level: 3, when: {score: {at_least: 25}}}
    - {level: 2, when: {score: {at_least: 17.5}}}
    - {level: 1, when: {score: {at_least: 5}}}
cases: []
"""


def test_a_value_that_a_sum_counts_is_raised_to_what_is_just_enough():
    edition = factories.loaded(SUM_OF_POINTS)
    facts = Facts({"a": ItemFacts(value=Decimal(5)), "b": ItemFacts(value=Decimal(2))})
    [change] = smallest_changes(edition, facts, 2)
    assert (change.item, change.detail, change.because) == ("a", "7.75", "5")
    changes = smallest_changes(edition, facts, 3)
    assert len(changes) == 2
    assert what_if(edition, facts, changes).level == 3
    first = Facts({"b": ItemFacts(value=Decimal(2))})
    [change] = smallest_changes(edition, first, 1)
    assert (change.item, change.detail, change.because) == ("a", "1.5", "")
