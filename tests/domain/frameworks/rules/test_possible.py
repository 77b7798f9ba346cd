"""What the judge says against a naive judge that tries every way of answering."""

from decimal import Decimal
from random import Random

import pytest

from nithet.domain.frameworks.rules.conditions import All
from nithet.domain.frameworks.rules.edition import Edition
from nithet.domain.frameworks.rules.facts import Facts, ItemFacts
from nithet.domain.frameworks.rules.judge import judge

from . import factories
from .naive import NaiveJudge, completions, naive_level
from .random_editions import random_facts, random_scored_edition, random_trace_edition

# Values on both sides of every edge of the bands of B1 and B2, and the ends of their range.
EDGES = [
    *(
        "0",
        "0.5",
        "0.504",
        "0.505",
        "0.506",
        "1.00",
        "1.005",
        "2.00",
        "2.005",
        "2.006",
        "5",
        "5.006",
    ),
    *("49.94", "49.95", "59.94", "59.95", "69.95", "79.94", "79.95", "100"),
]


def check(edition: Edition, facts: Facts, values: list[Decimal] | None = None) -> None:
    judgement = judge(edition, facts)
    levels = {naive_level(edition, one) for one in completions(edition, facts, values or [])}
    reached = tuple(sorted(level for level in levels if level is not None))
    assert judgement.possible == reached
    assert judgement.settled == (len(levels) == 1)
    assert judgement.level == (next(iter(levels)) if len(levels) == 1 else None)


@pytest.mark.parametrize("seed", range(120))
def test_any_rules_over_items_are_judged_as_by_trying_every_answer(seed):
    chance = Random(seed)
    edition = random_trace_edition(chance)
    for _ in range(25):
        check(edition, random_facts(chance, edition))


@pytest.mark.parametrize("seed", range(80))
def test_scores_and_levels_at_every_depth_are_judged_as_by_trying_every_answer(seed):
    chance = Random(seed)
    edition = random_scored_edition(chance)
    for _ in range(6):
        check(edition, random_facts(chance, edition, unanswered=0.25))


@pytest.mark.parametrize("seed", range(40))
def test_clauses_hold_exactly_when_every_answer_or_no_answer_makes_them_hold(seed):
    chance = Random(1000 + seed)
    edition = random_trace_edition(chance)
    grading = edition.root.levels
    for _ in range(15):
        facts = random_facts(chance, edition)
        everyone = [NaiveJudge(edition, one) for one in completions(edition, facts)]
        steps = (*grading.rules, *grading.readings)
        for step, clause in zip(steps, judge(edition, facts).clauses, strict=True):
            whole = step.when if grading.presumes is None else All((grading.presumes, step.when))
            found = {naive.holds(whole, edition.root) for naive in everyone}
            assert clause.holds == (found.pop() if len(found) == 1 else None)


def test_a_value_may_lie_anywhere_in_its_range_while_it_is_not_known():
    edition = factories.numeric()
    everything = {
        leaf.id: factories.item(edition, leaf.id, factories.Answer.DONE, 0)
        for leaf in edition.items
    }
    for a2 in (1, 4):
        for toys in factories.Answer:
            items = dict(everything)
            items["A2"] = ItemFacts(level=a2)
            items["C"] = ItemFacts(tests={**everything["C"].tests, "toys": toys})
            check(edition, Facts(items), [Decimal(edge) for edge in EDGES])


def test_unanswered_tests_inside_an_item_count_one_by_one():
    edition = factories.numeric()
    base = {
        "A2": ItemFacts(level=4),
        "B1": ItemFacts(value=Decimal(75)),
        "B2": ItemFacts(value=Decimal(1)),
    }
    chance = Random(7)
    for _ in range(25):
        facts = random_facts(chance, edition, unanswered=0.4)
        check(edition, Facts({**facts.items, **base}))


@pytest.mark.parametrize("seed", range(40))
def test_every_nodes_level_and_score_are_those_of_the_naive_judge(seed):
    chance = Random(2000 + seed)
    for edition in (random_scored_edition(chance), factories.numeric()):
        facts = random_facts(chance, edition, unanswered=0)
        if edition is factories.numeric():
            values = {
                "B1": ItemFacts(value=Decimal(chance.choice(EDGES))),
                "B2": ItemFacts(value=Decimal(chance.choice(EDGES))),
            }
            facts = Facts({**facts.items, **values})
        naive, judgement = NaiveJudge(edition, facts), judge(edition, facts)
        for node in edition.root.walk():
            if not naive.applies(node) or not judgement.applies(node.id):
                continue
            if node.levels is not None:
                assert judgement.nodes[node.id].level == naive.level(node), node.id
            if node.score is not None:
                assert judgement.nodes[node.id].score == naive.score(node), node.id
