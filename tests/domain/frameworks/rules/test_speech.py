"""Judgements, rules and changes in plain sentences."""

import re
from itertools import product
from random import Random

import pytest

from nithet.domain.frameworks.rules.changes import smallest_changes
from nithet.domain.frameworks.rules.contract import to_contract_json
from nithet.domain.frameworks.rules.facts import Answer, Facts, ItemFacts
from nithet.domain.frameworks.rules.judge import judge
from nithet.domain.frameworks.rules.speech import (
    read_aloud,
    say_change,
    say_clause,
    say_condition,
    say_flag,
    say_result,
    say_why,
)
from nithet.kernel.errors import RuleBroken

from . import factories
from .random_editions import random_facts, random_scored_edition, random_trace_edition

DONE, NOT_DONE, UNANSWERED = Answer


def clause_sentences(facts: Facts, language: str = "th") -> dict[tuple[int, bool], str]:
    edition = factories.return_2555()
    judgement = judge(edition, facts)
    return {
        (clause.level, clause.reading): say_clause(edition, judgement, clause, language)
        for clause in judgement.clauses
    }


def test_a_level_that_is_not_reached_names_the_items_in_the_way():
    facts = factories.all_done(factories.return_2555(), 3, 3, 1, 1, 3)
    said = clause_sentences(facts)
    assert said[4, False] == "ระดับ 4 ไม่ถึง เพราะ ข้อ 3 และ 4 ร่องรอยหลักฐานยังไม่ชัดเจน"
    assert said[3, False] == "ได้ระดับ 3 เพราะ ข้อ 1, 2 และ 5 ร่องรอยหลักฐานชัดเจน"
    said = clause_sentences(facts, "en")
    assert said[4, False] == (
        "level 4 not reached, because items 3 and 4: trace of evidence not yet clear"
    )


def test_different_reasons_are_said_apart():
    facts = factories.all_done(factories.return_2555(), 3, 2, 1, 0, 3)
    assert clause_sentences(facts)[4, False] == (
        "ระดับ 4 ไม่ถึง เพราะ ข้อ 2 ร่องรอยหลักฐานชัดเจนแต่ยังตรวจสอบไม่ได้; "
        "ข้อ 3 ร่องรอยหลักฐานยังไม่ชัดเจน; ข้อ 4 ไม่มีร่องรอยหลักฐาน"
    )


def test_the_highest_level_says_every_item():
    facts = factories.all_done(factories.return_2555(), 3, 3, 3, 3, 3)
    said = clause_sentences(facts)
    assert said[4, False] == "ได้ระดับ 4 เพราะ ทุกข้อ ร่องรอยหลักฐานเด่นชัด ตรวจสอบได้"
    assert said[3, False].startswith("เงื่อนไขระดับ 3 ครบด้วย")
    assert said[1, False].startswith("เงื่อนไขระดับ 1 ไม่ใช่กรณีนี้")


def test_below_level_1_the_missing_items_are_named():
    edition = factories.return_2555()
    states = [(DONE, 3), (DONE, 3), (NOT_DONE, 3), (DONE, 3), (NOT_DONE, 0)]
    judgement = judge(edition, factories.facts(edition, states))
    assert say_result(edition, judgement, "th") == (
        "ระดับจากข้อมูล: ไม่ถึงระดับ 1 เพราะ ข้อ 3 และ 5 ยังดำเนินการไม่ครบ"
    )
    assert say_result(edition, judgement, "en") == (
        "computed level: below level 1, because items 3 and 5: not done"
    )
    lines = read_aloud(edition, judgement, "th")
    assert lines[1] == "ข้อ 3 ยังไม่ครบ: อย่างน้อย 1 แผนงาน/โครงการ"
    assert len([line for line in lines if "ยังไม่ครบ:" in line]) == 4


def test_an_open_judgement_says_what_is_unanswered_and_what_can_still_come():
    edition = factories.return_2555()
    states = [(DONE, 1)] * 3 + [(UNANSWERED, 1)] * 2
    lines = read_aloud(edition, judge(edition, factories.facts(edition, states)), "th")
    assert lines[0] == ("ระดับจากข้อมูล: ยังระบุระดับไม่ได้ เพราะยังมีรายการที่ไม่ได้ตอบ 6 รายการ")
    assert "ข้อ 4 ยังไม่ได้ตอบ: ทันตามกำหนดเวลา" in lines
    assert "เมื่อตอบครบแล้ว อาจได้ระดับ 2 หรือไม่ถึงระดับ 1" in lines
    assert "ระดับ 2 ยังไม่ทราบ เพราะ ข้อ 4 และ 5 ยังตอบรายการตรวจไม่ครบ" in lines


def test_a_reading_is_said_to_be_one():
    edition = factories.return_2555()
    facts = factories.all_done(edition, 1, 1, 1, 1, 0)
    said = clause_sentences(facts)
    assert said[1, True] == (
        "(ตีความ) ได้ระดับ 1 เพราะ ข้อ 1, 2, 3 และ 4 ร่องรอยหลักฐานยังไม่ชัดเจน; ข้อ 5 ไม่มีร่องรอยหลักฐาน"
    )
    judgement = judge(edition, facts)
    assert say_flag(edition, judgement.flags[0], "en").startswith("Some items have no trace")
    assert read_aloud(edition, judgement, "th")[-1] == edition.root.levels.flags[0].name.th


def test_the_rules_of_the_return_are_read_aloud():
    edition = factories.return_2555()
    grading = edition.root.levels
    said = [say_condition(edition, rule.when, "th") for rule in (*grading.rules, *grading.readings)]
    assert said == [
        "ทุกข้อร่องรอยหลักฐานเด่นชัด ตรวจสอบได้",
        "บางข้อร่องรอยหลักฐานชัดเจน",
        "ทุกข้อร่องรอยหลักฐานขาดความชัดเจน",
        "ทุกข้อไม่มีร่องรอยหลักฐาน",
        "บางข้อไม่มีร่องรอยหลักฐาน ข้ออื่นร่องรอยหลักฐานขาดความชัดเจน",
    ]
    said = [say_condition(edition, rule.when, "en") for rule in (*grading.rules, *grading.readings)]
    assert said == [
        "every item has a conspicuous, checkable trace of evidence",
        "some item has a clear trace of evidence",
        "every item has an unclear trace of evidence",
        "every item has no trace of evidence",
        "some item has no trace of evidence, the others have an unclear trace of evidence",
    ]
    assert say_condition(edition, grading.flags[1].when, "en") == (
        "exactly 1 item has a clear trace of evidence, the others have no trace of evidence"
    )
    assert say_condition(edition, grading.presumes, "th") == "ทุกข้อดำเนินการครบ"


def test_numbers_are_given_as_reasons():
    edition = factories.numeric()
    facts = edition.cases[1].facts
    judgement = judge(edition, facts)
    said = [say_clause(edition, judgement, clause, "th") for clause in judgement.clauses]
    assert said[2] == "ได้ดี เพราะ คะแนน 3"
    assert said[0] == "ดีเยี่ยม ไม่ถึง เพราะ คะแนน 3"
    assert read_aloud(edition, judgement, "en")[0] == "Computed level: good"
    open_facts = Facts({name: one for name, one in facts.items.items() if name != "A2"})
    said = [
        say_clause(edition, judge(edition, open_facts), clause, "th")
        for clause in judge(edition, open_facts).clauses
    ]
    assert any("คะแนนอยู่ระหว่าง" in sentence for sentence in said)


def test_levels_of_items_and_parts_are_given_as_reasons():
    edition = factories.edition_from(factories.ACCREDITATION)
    judgement = judge(edition, edition.cases[2].facts)
    said = [say_clause(edition, judgement, clause, "th") for clause in judgement.clauses]
    assert said[0] == ("รับรองดีเด่น ไม่ถึง เพราะ มาตรฐาน S1 ได้ระดับ 2; ตัวบ่งชี้ 1 ได้ระดับ 1")


def test_changes_are_said_with_how_it_stands_now():
    edition = factories.return_2555()
    states = [(DONE, 3), (DONE, 3), (DONE, 3), (UNANSWERED, 1), (DONE, 2)]
    changes = smallest_changes(edition, factories.facts(edition, states), 4)
    said = [(say_change(edition, one, "th"), say_why(one, "th")) for one in changes]
    assert said[1] == ("ข้อ 4 ดำเนินการให้ครบ: ทันตามกำหนดเวลา", "ยังไม่ได้ตอบรายการตรวจนี้")
    assert said[3] == ("ข้อ 4 ทำให้ร่องรอยหลักฐานเด่นชัด ตรวจสอบได้", "ร่องรอยหลักฐานยังไม่ชัดเจน")
    assert said[4] == (
        "ข้อ 5 ทำให้ร่องรอยหลักฐานเด่นชัด ตรวจสอบได้",
        "ร่องรอยหลักฐานชัดเจนแต่ยังตรวจสอบไม่ได้",
    )


THAI = re.compile("[\u0e00-\u0e7f]")
PLACE = re.compile(r"%\(|\bNone\b|\{|\}")


@pytest.mark.parametrize("seed", range(30))
def test_every_sentence_of_any_edition_is_whole_in_both_languages(seed):
    chance = Random(seed)
    editions = [random_trace_edition(chance), random_scored_edition(chance)]
    for edition in editions:
        for _ in range(4):
            facts = random_facts(chance, edition)
            judgement = judge(edition, facts)
            for line in read_aloud(edition, judgement, "th"):
                assert THAI.search(line)
                assert not PLACE.search(line), line
            for line in read_aloud(edition, judgement, "en"):
                assert not THAI.search(line), line
                assert not PLACE.search(line), line
                assert line[0].isupper() or line[0] == "("
            for clause in judgement.clauses:
                assert clause.because, clause
            for rule in (*edition.root.levels.rules, *edition.root.levels.readings):
                assert say_condition(edition, rule.when, "en")
            for target in (1, 4):
                try:
                    changes = smallest_changes(edition, facts, target)
                except RuleBroken:
                    continue
                for change in changes:
                    assert THAI.search(say_change(edition, change, "th"))
                    assert say_why(change, "en")


def test_the_return_says_no_english_in_thai_nor_thai_in_english():
    edition = factories.return_2555()
    chance = Random(5)
    for states in (
        [(chance.choice(tuple(Answer)), chance.randrange(4)) for _ in range(5)] for _ in range(60)
    ):
        judgement = judge(edition, factories.facts(edition, states))
        for line in read_aloud(edition, judgement, "th"):
            assert not re.search("[A-Za-z]", line), line
        for line in read_aloud(edition, judgement, "en"):
            assert not THAI.search(line), line


# The JSON contract

KEYS = ["level", "possible", "reached", "label", "clauses", "unanswered", "flags", "to_next"]


def test_the_json_has_the_keys_and_kinds_of_the_contract():
    edition = factories.return_2555()
    for states in product([(DONE, 3), (NOT_DONE, 1), (UNANSWERED, 0)], repeat=5):
        facts = factories.facts(edition, states)
        found = to_contract_json(edition, judge(edition, facts), facts)
        assert list(found) == KEYS
        assert found["level"] is None or isinstance(found["level"], int)
        assert all(isinstance(level, int) for level in found["possible"])
        assert found["reached"] == (found["level"] is not None)
        assert len(found["clauses"]) == 5
        for clause in found["clauses"]:
            assert list(clause) == ["level", "clause", "holds", "because"]
            assert clause["holds"] in (True, False, None)
            assert THAI.search(clause["because"])
        for one in found["unanswered"]:
            assert list(one) == ["item", "test"]
        for one in found["to_next"]:
            assert list(one) == ["item", "change", "because"]


def test_the_json_of_an_open_office_names_its_unanswered_tests():
    edition = factories.return_2555()
    states = [(DONE, 1)] * 3 + [(UNANSWERED, 1)] * 2
    facts = factories.facts(edition, states)
    found = to_contract_json(edition, judge(edition, facts), facts)
    assert (found["level"], found["possible"], found["reached"]) == (None, [2], False)
    assert [one["item"] for one in found["unanswered"]] == ["4"] * 3 + ["5"] * 3
    assert len(found["to_next"]) == 6
    assert found["clauses"][0]["clause"] == edition.root.levels.scale[3].text.th


def test_the_way_to_the_next_level_is_empty_at_the_top():
    edition = factories.return_2555()
    facts = factories.all_done(edition, 3, 3, 3, 3, 3)
    assert to_contract_json(edition, judge(edition, facts), facts)["to_next"] == []
    facts = factories.all_done(edition, 3, 3, 3, 3, 2)
    [step] = to_contract_json(edition, judge(edition, facts), facts)["to_next"]
    assert step["item"] == "5"


def test_the_json_of_a_numeric_edition_is_of_the_same_shape():
    edition = factories.numeric()
    facts = Facts({"A2": ItemFacts(level=3)})
    found = to_contract_json(edition, judge(edition, facts), facts, "en")
    assert list(found) == KEYS
    assert {"item": "B1", "test": "value"} in found["unanswered"]
    assert [clause["level"] for clause in found["clauses"]] == [5, 4, 3, 2, 1]
    assert found["to_next"]
