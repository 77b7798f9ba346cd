"""Which answer a measured value proposes."""

from decimal import Decimal

import pytest

from nithet.domain.frameworks.rules.edition import ItemTest
from nithet.domain.frameworks.rules.facts import Answer
from nithet.domain.frameworks.rules.measures import Share, proposed_answer

from . import factories

DONE, NOT_DONE, UNANSWERED = Answer


def test_of(item: str, name: str) -> ItemTest:
    tests = factories.return_2555().nodes[item].tests
    return next(test for test in tests if test.id == name)


test_of.__test__ = False  # type: ignore[attr-defined]

EVERY_SCHOOL = "communication.confirmed_by_school"
CHANNELS = "communication.channels_with_records"


@pytest.mark.parametrize(
    ("item", "name", "measure", "value", "answer"),
    [
        ("1", "project", "plans.projects_serving", 0, NOT_DONE),
        ("1", "project", "plans.projects_serving", 1, DONE),
        ("1", "project", "plans.projects_serving", None, UNANSWERED),
        ("1", "project", "plans.projects_serving", True, UNANSWERED),
        ("2", "project", "plans.projects_serving_with_activity", 0, NOT_DONE),
        ("2", "project", "plans.projects_serving_with_activity", 2, DONE),
        ("4", "on_time", "communication.on_time", Share(85, 100), DONE),
        ("4", "on_time", "communication.on_time", Share(849, 1000), NOT_DONE),
        ("4", "on_time", "communication.on_time", Share(0, 0), UNANSWERED),
        ("4", "every_school", EVERY_SCHOOL, (Share(19, 20), Share(1, 1)), DONE),
        ("4", "every_school", EVERY_SCHOOL, (Share(19, 20), Share(18, 20)), NOT_DONE),
        ("4", "every_school", EVERY_SCHOOL, (Share(19, 20), Share(0, 0)), UNANSWERED),
        ("4", "every_school", EVERY_SCHOOL, (Share(18, 20), Share(0, 0)), NOT_DONE),
        ("4", "every_school", EVERY_SCHOOL, (), UNANSWERED),
        ("4", "fitting", CHANNELS, (2, 3, 2), DONE),
        ("4", "fitting", CHANNELS, (2, 1, 2), NOT_DONE),
    ],
)
def test_a_value_proposes_done_only_when_it_proves_it(item, name, measure, value, answer):
    assert proposed_answer(test_of(item, name), {measure: value}) is answer


def test_a_share_is_compared_exactly():
    third = ItemTest("t", factories.return_2555().title, test_of("4", "on_time").thresholds)
    assert proposed_answer(third, {"communication.on_time": Share(17, 20)}) is DONE
    assert proposed_answer(third, {"communication.on_time": Share(16_999, 20_000)}) is NOT_DONE


def test_an_offices_own_figure_counts_only_where_ours_is_a_reading():
    own = {"communication.on_time": Decimal("0.5"), "plans.projects_serving": Decimal(5)}
    half = {"communication.on_time": Share(1, 2)}
    assert proposed_answer(test_of("4", "on_time"), half) is NOT_DONE
    assert proposed_answer(test_of("4", "on_time"), half, own) is DONE
    assert proposed_answer(test_of("1", "project"), {"plans.projects_serving": 1}, own) is DONE


def test_several_measures_must_all_agree():
    one = test_of("4", "on_time")
    both = ItemTest("t", one.name, (*one.thresholds, *test_of("1", "project").thresholds))
    values = {"communication.on_time": Share(9, 10), "plans.projects_serving": 1}
    assert proposed_answer(both, values) is DONE
    assert proposed_answer(both, {**values, "plans.projects_serving": 0}) is NOT_DONE
    assert proposed_answer(both, {"plans.projects_serving": 1}) is UNANSWERED
    assert proposed_answer(both, {"plans.projects_serving": 0}) is NOT_DONE


def test_a_test_without_a_measure_is_left_to_a_person():
    assert proposed_answer(ItemTest("t", factories.return_2555().title), {}) is UNANSWERED


def test_a_yes_or_no_measure():
    edition = factories.loaded(
        factories.HEAD
        + """
items:
  - {id: "1", title: {th: ก}, expects: [{kind: any}], tests: [{id: t, th: ก, measure: a.b, holds: true}]}
levels: {scale: [1], rules: [{level: 1, when: {every: item, is: done}}]}
cases:
  - {given: {"1": {measured: {a.b: true}}}, level: 1}
  - {given: {"1": {measured: {a.b: false}}}, level: null}
"""
    )
    [test] = edition.items[0].tests
    assert proposed_answer(test, {"a.b": True}) is DONE
    assert proposed_answer(test, {"a.b": False}) is NOT_DONE
    assert proposed_answer(test, {"a.b": 1}) is UNANSWERED
