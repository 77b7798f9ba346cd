"""Facts that do not belong to an edition are refused, with a code and words."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from nithet.domain.frameworks.rules.facts import Answer, Facts, ItemFacts, TraceState
from nithet.domain.frameworks.rules.grading import Band, Bands, Rounding, RoundingMode
from nithet.domain.frameworks.rules.judge import judge
from nithet.domain.frameworks.rules.ready_gradings import CompiledBands
from nithet.kernel.errors import RuleBroken

from . import factories

DONE = Answer.DONE


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ({"9": ItemFacts()}, "unknown_item"),
        ({"": ItemFacts()}, "unknown_item"),
        ({"1": ItemFacts(tests={"nothing": DONE})}, "unknown_test"),
        ({"1": ItemFacts(tests={"project": DONE, "nothing": DONE})}, "unknown_test"),
        ({"4": ItemFacts(tests={"on_time": DONE, "fitting": DONE, "late": DONE})}, "unknown_test"),
        ({"1": ItemFacts(applies=False)}, "must_apply"),
    ],
)
def test_facts_that_the_return_does_not_know_are_refused(items, code):
    edition = factories.return_2555()
    for _ in range(2):  # the second time the item is remembered
        with pytest.raises(RuleBroken) as broken:
            judge(edition, Facts(items))
        assert broken.value.code == code
        assert str(broken.value)


def test_an_unknown_test_is_refused_also_where_the_known_ones_are_remembered():
    edition = factories.return_2555()
    three = {"every_school": DONE, "on_time": DONE, "fitting": DONE}
    judge(edition, Facts({"4": ItemFacts(tests=three)}))
    judge(edition, Facts({"4": ItemFacts(tests={"every_school": DONE, "on_time": DONE})}))
    for strange in ({**three, "late": DONE}, {"every_school": DONE, "on_time": DONE, "late": DONE}):
        with pytest.raises(RuleBroken):
            judge(edition, Facts({"4": ItemFacts(tests=strange)}))


@pytest.mark.parametrize(
    ("name", "item", "code"),
    [
        ("A2", ItemFacts(level=6), "level_not_in_scale"),
        ("A2", ItemFacts(level=0), "level_not_in_scale"),
        ("B1", ItemFacts(value=Decimal("100.01")), "value_out_of_range"),
        ("B2", ItemFacts(value=Decimal("-1")), "value_out_of_range"),
    ],
)
def test_levels_and_values_outside_their_range_are_refused(name, item, code):
    with pytest.raises(RuleBroken) as broken:
        judge(factories.numeric(), Facts({name: item}))
    assert broken.value.code == code


def test_answers_may_come_as_plain_words():
    edition = factories.return_2555()
    enums = factories.all_done(edition, 3, 3, 3, 3, 3)
    plain = Facts(
        {
            name: replace(item, tests=dict.fromkeys(item.tests, "done"), trace="clear")
            for name, item in enums.items.items()
        }
    )
    assert judge(edition, plain).level == judge(edition, enums).level == 4


def test_judging_leaves_the_facts_as_they_were():
    edition = factories.return_2555()
    tests = {"project": DONE}
    item = ItemFacts(tests=tests, trace=TraceState.CLEAR)
    facts = Facts({"1": item})
    judgement = judge(edition, facts)
    assert judgement.clauses
    assert judgement.unanswered
    assert facts.items == {"1": item}
    assert tests == {"project": DONE}


def test_what_does_not_apply_is_neither_unanswered_nor_missing():
    edition = factories.numeric()
    judgement = judge(edition, Facts({"C": ItemFacts(applies=False)}))
    assert "C" not in {one.item for one in judgement.unanswered}
    assert not judgement.items["C"].applies
    assert "C" in {one.item for one in judge(edition, Facts()).unanswered}


def test_where_nothing_applies_no_level_is_reached():
    edition = factories.loaded(
        factories.HEAD
        + """
items:
  - {id: "1", title: {th: ก}, may_not_apply: true, expects: [{kind: any}], tests: [{id: t, th: ก, answer: person}]}
levels: {scale: [1], rules: [{level: 1, when: {every: item, is: done}}]}
cases: []
"""
    )
    judgement = judge(edition, Facts({"1": ItemFacts(applies=False)}))
    assert (judgement.level, judgement.possible, judgement.settled) == (None, (), True)
    assert judgement.label == "ไม่ถึงระดับ 1"
    assert [clause.holds for clause in judgement.clauses] == [False]


def test_a_flag_of_a_reading_is_not_raised_while_a_rule_may_decide_the_same_level():
    levels = """
  scale: [1, 2]
  rules:
    - {level: 2, when: {every: item, trace: clear}}
    - {level: 1, when: {every: item, is: done}}
  readings:
    - {level: 1, when: {some: item, is: not_done}, flag: some_undone}
  flags:
    - {id: some_undone, th: บางข้อยังไม่ครบ}
"""
    edition = factories.flat_edition(2, levels)
    open_one = factories.facts(edition, [(DONE, 0), (Answer.UNANSWERED, 0)])
    judgement = judge(edition, open_one)
    assert (judgement.level, judgement.settled, judgement.flags) == (1, True, ())
    undone = factories.facts(edition, [(DONE, 0), (Answer.NOT_DONE, 0)])
    assert judge(edition, undone).flags == ("some_undone",)
    done = factories.facts(edition, [(DONE, 0), (DONE, 0)])
    assert judge(edition, done).flags == ()


def test_a_score_beyond_the_last_band_earns_nothing():
    rounding = Rounding(1, RoundingMode.HALF_UP)
    bands = Bands((Band(1, Decimal(1), Decimal("1.9")), Band(2, Decimal(2), Decimal(3))), rounding)
    ready = CompiledBands.of(bands)
    scores = [Fraction(one) for one in ("0.94", "0.95", "1.94", "1.95", "3.04", "3.05")]
    assert [ready.level_of(score) for score in scores] == [None, 1, 1, 2, 2, None]
    assert ready.levels_between(scores[0], scores[2]) == (None, 1)
    assert ready.levels_between(scores[1], scores[5]) == (None, 1, 2)
