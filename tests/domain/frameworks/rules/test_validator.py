"""Faults planted in good editions: each is found, on its line, and named."""

import re
from collections.abc import Callable

import pytest

from nithet.domain.frameworks.rules.edition import Edition
from nithet.domain.frameworks.rules.loading.edition import check_edition, load_edition
from nithet.domain.frameworks.rules.measures import MeasureSpec, Signature
from nithet.domain.frameworks.rules.problems import MESSAGES
from nithet.domain.frameworks.rules.words import Text

from . import factories

RETURN = factories.RETURN_2555.read_text("utf-8")
NUMERIC = factories.NUMERIC.read_text("utf-8")
ACCREDITATION = factories.ACCREDITATION.read_text("utf-8")


def test_the_editions_of_product_and_tests_are_good():
    for text in (RETURN, NUMERIC, ACCREDITATION):
        assert check_edition(text) == []
        assert isinstance(load_edition(text), Edition)


def planted(text: str, old: str, new: str) -> tuple[str, int]:
    """The text with one fault, and the line where it stands."""
    assert text.count(old) >= 1, old
    before, _, after = text.partition(old)
    shared = len(old) - len(old.lstrip("\n"))
    line = before.count("\n") + 1 + shared
    return before + new + after, line


# (edition, what stands there, what is put there, code, lines further down)
FAULTS = {
    "bad urn": (RETURN, "urn:nithet:edition:obec-return-2555:5.4", "urn:other:5.4", "bad_urn", 0),
    "urn with capitals": (RETURN, "edition:obec", "edition:OBEC", "bad_urn", 0),
    "version as text": (RETURN, "version: 1\n", "version: one\n", "not_an_integer", 0),
    "unknown subject": (RETURN, "subject: office", "subject: ministry", "not_one_of", 0),
    "a year of the common era": (RETURN, "years: [2555]", "years: [2012]", "out_of_range", 0),
    "no years": (RETURN, "years: [2555]", "years: []", "empty_list", 0),
    "misspelt key": (RETURN, "clarity:  ", "claritty:  ", "unknown_key_near", 0),
    "unknown key": (RETURN, "subject: office", "subject: office\nzzz: 1", "unknown_key", 1),
    "missing key": (RETURN, "\nversion: 1\n", "\n", "missing_key", -1),
    "a list for a mapping": (
        RETURN,
        "period: {calendar: fiscal, years: [2555]}",
        "period: [a]",
        "not_a_mapping",
        0,
    ),
    "a mapping for a list": (RETURN, "years: [2555]", "years: {a: 1}", "not_a_list", 0),
    "an id without quotes": (RETURN, '- id: "3"', "- id: 3", "not_text", 0),
    "a blank id": (RETURN, '- id: "3"', '- id: " "', "not_text", 0),
    "a bad id": (RETURN, '- id: "3"', '- id: "3/4"', "bad_id", 0),
    "a reserved item": (RETURN, '- id: "3"', '- id: "all"', "reserved_id", 0),
    "a reserved test": (RETURN, "{id: on_time,", "{id: level,", "reserved_id", 0),
    "duplicate item": (RETURN, '- id: "3"', '- id: "2"', "duplicate_id", 0),
    "duplicate test": (RETURN, "{id: on_time,", "{id: every_school,", "duplicate_id", 0),
    "duplicate kind": (RETURN, "{id: disc,", "{id: slides,", "duplicate_id", 0),
    "duplicate criterion": (RETURN, "{id: reviewed,", "{id: in_period,", "duplicate_id", 0),
    "duplicate flag": (
        RETURN,
        "- id: one_clear_rest_none",
        "- id: between_1_and_2",
        "duplicate_id",
        0,
    ),
    "duplicate key": (
        RETURN,
        "subject: office",
        "subject: office\nsubject: office",
        "duplicate_key",
        1,
    ),
    "unknown kind": (RETURN, "{kind: communication_record,", "{kind: letters,", "unknown_id", 0),
    "no expectation": (
        RETURN,
        "    expects: [{kind: communication_record, at_least: 1}]\n",
        "",
        "no_expectation",
        -11,
    ),
    "an expectation of none": (
        RETURN,
        "{kind: communication_record, at_least: 1}",
        "{kind: communication_record, at_least: 0}",
        "out_of_range",
        0,
    ),
    "a test without measure or person": (
        RETURN,
        "measure: communication.on_time, at_least: 85%, ",
        "",
        "one_of_needed",
        0,
    ),
    "a measure and a person": (
        RETURN,
        "measure: communication.on_time,",
        "measure: communication.on_time, answer: person,",
        "not_together",
        0,
    ),
    "a measure without threshold": (
        RETURN,
        "measure: communication.on_time, at_least: 85%",
        "measure: communication.on_time",
        "one_of_needed",
        0,
    ),
    "a share above all": (RETURN, "at_least: 85%", "at_least: 185%", "out_of_range", 0),
    "a share that is no number": (RETURN, "at_least: 85%", "at_least: many%", "not_a_number", 0),
    "a threshold as text": (RETURN, "at_least: 85%", "at_least: most", "not_a_number", 0),
    "a reading as text": (
        RETURN,
        "at_least: 85%, reading: true",
        "at_least: 85%, reading: sure",
        "not_true_or_false",
        0,
    ),
    "a level outside the scale": (
        RETURN,
        "- {level: 3, when: {some: item, trace: clear}}",
        "- {level: 5, when: {some: item, trace: clear}}",
        "level_not_in_scale",
        0,
    ),
    "a scale that falls": (
        RETURN,
        "    - {level: 3, th:",
        "    - {level: 2, th:",
        "scale_not_rising",
        0,
    ),
    "rules from the bottom": (
        RETURN,
        "- {level: 3, when: {some: item, trace: clear}}",
        "- {level: 1, when: {some: item, trace: clear}}",
        "rules_not_from_the_top",
        -1,
    ),
    "a shadowed rule": (
        RETURN,
        "{level: 4, when: {every: item, trace: clear, checkable: true}}",
        "{level: 4, when: {some: item, trace: clear}}",
        "rule_shadowed",
        1,
    ),
    "a rule that cannot hold": (
        RETURN,
        "{every: item, trace: clear, checkable: true}",
        "{all: [{every: item, trace: clear}, {some: item, trace: none}]}",
        "rule_unreachable",
        0,
    ),
    "a flag that cannot be raised": (
        RETURN,
        "{exactly: 1, of: item, trace: clear, others: {trace: none}}",
        "{exactly: 1, of: item, trace: unclear, checkable: true}",
        "flag_unreachable",
        -1,
    ),
    "a mix that nothing decides": (
        RETURN,
        "{some: item, trace: none, others: {trace: unclear}}",
        "{exactly: 1, of: item, trace: none, others: {trace: unclear}}",
        "mix_undecided",
        -13,
    ),
    "a reading's unknown flag": (
        RETURN,
        "flag: between_1_and_2}",
        "flag: between_3_and_4}",
        "flag_unknown",
        0,
    ),
    "a flag that nothing raises": (
        RETURN,
        "others: {trace: unclear}}, flag: between_1_and_2}",
        "others: {trace: unclear}}}",
        "flag_unused",
        2,
    ),
    "an unknown subject": (
        RETURN,
        "presumes: {every: item,",
        "presumes: {every: thing,",
        "not_one_of",
        0,
    ),
    "an unknown quantifier": (
        RETURN,
        "presumes: {every: item,",
        "presumes: {all_of: item,",
        "unknown_key_near",
        0,
    ),
    "two quantifiers": (
        RETURN,
        "presumes: {every: item,",
        "presumes: {every: item, some: item,",
        "not_together",
        0,
    ),
    "no state": (
        RETURN,
        "presumes: {every: item, is: done}",
        "presumes: {every: item}",
        "one_of_needed",
        0,
    ),
    "an unknown state": (
        RETURN,
        "presumes: {every: item, is: done}",
        "presumes: {every: item, is: ready}",
        "not_one_of",
        0,
    ),
    "an unknown trace": (
        RETURN,
        "{some: item, trace: clear}",
        "{some: item, trace: bright}",
        "not_one_of",
        0,
    ),
    "more than there are": (
        RETURN,
        "{exactly: 1, of: item,",
        "{exactly: 6, of: item,",
        "count_impossible",
        0,
    ),
    "a rule about an unknown item": (
        RETURN,
        "{some: item, trace: clear}",
        '{item: "9", trace: clear}',
        "unknown_id",
        0,
    ),
    "a rule among unknown items": (
        RETURN,
        "{some: item, trace: clear}",
        '{some: item, among: ["9"], trace: clear}',
        "unknown_id",
        0,
    ),
    "a level asked of items that have none": (
        RETURN,
        "{some: item, trace: clear}",
        "{some: item, level: {at_least: 2}}",
        "no_levels_to_ask",
        0,
    ),
    "a score where there is none": (
        RETURN,
        "{some: item, trace: clear}",
        "{score: {at_least: 2}}",
        "no_score_here",
        0,
    ),
    "reaching upwards": (
        RETURN,
        "{some: item, trace: clear}",
        "{reaches: 4}",
        "reaches_not_lower",
        0,
    ),
    "an empty all": (RETURN, "{some: item, trace: clear}", "{all: []}", "empty_list", 0),
    "a condition that is a word": (
        RETURN,
        "{some: item, trace: clear}",
        "clear",
        "not_a_mapping",
        0,
    ),
    "a trace word that is unknown": (RETURN, "met_by: clear}", "met_by: good}", "not_one_of", 0),
    "a trace rule about items": (RETURN, "none: {no: piece}", "none: {no: item}", "not_one_of", 0),
    "an expectation that is": (RETURN, "met_by: clear}", "is: clear}", "cannot_ask", 0),
    "a quality without criterion": (
        RETURN,
        "measure: evidence.opens, for: checkable",
        "measure: evidence.opens, for: clear",
        "no_criterion",
        5,
    ),
    "two ways to level": (
        RETURN,
        "  presumes:",
        "  judged_by: person\n  presumes:",
        "not_together",
        None,
    ),
    "a caption with an unknown place": (
        RETURN,
        "'ข้อที่ %(item)s. %(title)s'",
        "'ข้อที่ %(number)s'",
        "placeholder",
        0,
    ),
    "a caption with a bare per cent sign": (
        RETURN,
        "'ข้อที่ %(item)s. %(title)s'",
        "'100 % %(title)s'",
        "placeholder",
        0,
    ),
    "a heading for an unknown item": (
        RETURN,
        'items: ["2"], optional',
        'items: ["7"], optional',
        "unknown_id",
        0,
    ),
    "a case about an unknown item": (
        RETURN,
        '"3": {done: false}}, level: null, label',
        '"8": {done: false}}, level: null, label',
        "unknown_id",
        0,
    ),
    "a case about an unknown test": (
        RETURN,
        "{on_time: not_done}",
        "{late: not_done}",
        "unknown_key",
        0,
    ),
    "a case with an unknown answer": (
        RETURN,
        "{on_time: not_done}",
        "{on_time: perhaps}",
        "not_one_of",
        0,
    ),
    "a case without level": (
        RETURN,
        "}}, level: 3, flags: []}",
        "}}, flags: []}",
        "missing_key",
        0,
    ),
    "a case that fails": (
        RETURN,
        "checkable: true}}, level: 4, possible: [4], flags: []}",
        "checkable: true}}, level: 3, possible: [4], flags: []}",
        "case_failed",
        0,
    ),
    "a case whose label fails": (
        RETURN,
        "label: ไม่ถึงระดับ 1, possible: [], flags: []}",
        "label: ไม่ถึงระดับ 2, possible: [], flags: []}",
        "case_failed",
        0,
    ),
    "a case whose flags fail": (
        RETURN,
        '"5": {trace: none}}, level: 1, flags: [between_1_and_2]}',
        '"5": {trace: none}}, level: 1, flags: []}',
        "case_failed",
        0,
    ),
    "a case whose trace fails": (
        RETURN,
        'traces: {"1": unclear}',
        'traces: {"1": clear}',
        "case_failed",
        -5,
    ),
    "weights that do not sum": (NUMERIC, "weight: 30", "weight: 31", "weights_do_not_sum", None),
    "a weight of nothing": (NUMERIC, "weight: 30", "weight: 0", "out_of_range", 0),
    "a weight that is missing": (NUMERIC, "    weight: 30\n", "", "weight_missing", None),
    "a gap between bands": (
        NUMERIC,
        "{level: 3, from: 2.50, to: 3.49}",
        "{level: 3, from: 2.60, to: 3.49}",
        "band_gap",
        0,
    ),
    "bands that overlap": (
        NUMERIC,
        "{level: 3, from: 2.50, to: 3.49}",
        "{level: 3, from: 2.40, to: 3.49}",
        "band_overlap",
        0,
    ),
    "a gap without rounding": (
        NUMERIC,
        "{level: 3, from: 3, below: 4}",
        "{level: 3, from: 3.5, below: 4}",
        "band_gap",
        0,
    ),
    "a band that runs backwards": (
        NUMERIC,
        "{level: 3, from: 2.50, to: 3.49}",
        "{level: 3, from: 2.50, to: 2.40}",
        "band_backwards",
        0,
    ),
    "a band finer than the rounding": (
        NUMERIC,
        "{level: 3, from: 2.50, to: 3.49}",
        "{level: 3, from: 2.50, to: 3.499}",
        "band_digits",
        0,
    ),
    "bands out of order": (
        NUMERIC,
        "{level: 3, from: 2.50, to: 3.49}",
        "{level: 1, from: 2.50, to: 3.49}",
        "bands_not_rising",
        0,
    ),
    "a score that no band covers": (
        NUMERIC,
        "{level: 5, from: 10, to: 10}",
        "{level: 5, from: 10, to: 10}".replace("10, to: 10", "9, to: 9"),
        "band_overlap",
        0,
    ),
    "bands that run down where they may not": (
        NUMERIC,
        "round: {digits: 0, mode: half_up}",
        "round: {digits: 0, mode: half_up}\n        down: true",
        "bands_run_down",
        1,
    ),
    "a band without rounding stated": (
        NUMERIC,
        "        round: {digits: 0, mode: half_up}\n",
        "",
        "missing_key",
        None,
    ),
    "an unknown rounding": (
        NUMERIC,
        "{digits: 0, mode: half_up}",
        "{digits: 0, mode: upwards}",
        "not_one_of",
        0,
    ),
    "below with rounding": (
        NUMERIC,
        "{level: 1, from: 0, to: 3}",
        "{level: 1, from: 0, below: 3}",
        "not_together",
        0,
    ),
    "counting above the scale": (
        NUMERIC,
        "en: nothing yet, counts_as: 0",
        "en: nothing yet, counts_as: 2",
        "counts_as_too_high",
        0,
    ),
    "n of fewer": (
        NUMERIC,
        "{at_least: 5, of: test, is: done}",
        "{at_least: 6, of: test, is: done}",
        "count_impossible",
        0,
    ),
    "an unknown test": (
        NUMERIC,
        "{test: share, is: done}",
        "{test: shout, is: done}",
        "unknown_id",
        0,
    ),
    "a value from high to low": (
        NUMERIC,
        "value: {from: 0, to: 100,",
        "value: {from: 100, to: 0,",
        "band_backwards",
        0,
    ),
    "an item with nothing to judge": (
        NUMERIC,
        "        levels:\n          scale:\n            - {level: 1, th: เริ่มต้น, en: beginning}\n            - {level: 2, th: กำลังพัฒนา, en: developing}\n            - {level: 3, th: ดี, en: good}\n            - {level: 4, th: ดีเลิศ, en: very good}\n            - {level: 5, th: ยอดเยี่ยม, en: excellent}\n          judged_by: person\n",
        "",
        "nothing_to_judge",
        -3,
    ),
    "a score from children without levels": (
        NUMERIC,
        "{mean: children, of: level, weights_sum: 100}",
        "{mean: children, of: both, weights_sum: 100}",
        "not_one_of",
        0,
    ),
    "a child that has no score": (
        NUMERIC,
        "score: {minimum: children, of: level}",
        "score: {minimum: children, of: score}",
        "child_without_number",
        0,
    ),
    "a value where less is better in a sum": (
        NUMERIC,
        "score: {sum: children, of: level}",
        "score: {sum: children, of: score}",
        "child_runs_down",
        0,
    ),
    "tests beside items": (
        NUMERIC,
        "    weight: 30\n",
        "    weight: 30\n    tests: []\n",
        "not_together",
        1,
    ),
    "is asked of items without tests": (
        ACCREDITATION,
        "{every: item, level: {at_least: 2}}\n    - level: 2",
        "{every: item, is: done}\n    - level: 2",
        "no_tests_to_ask",
        0,
    ),
    "a level asked downwards": (
        ACCREDITATION,
        "- {every: item, level: {at_least: 2}}",
        "- {no: item, level: {at_least: 3}}",
        "only_upwards",
        0,
    ),
    "a score asked downwards": (
        ACCREDITATION,
        "- {score: {at_least: 2.6}}",
        "- {not: {score: {at_least: 2.6}}}",
        "only_upwards",
        0,
    ),
    "a trace asked where there are none": (
        ACCREDITATION,
        "- {every: part, level: {at_least: 3}}",
        "- {every: item, trace: clear}",
        "no_trace_rule",
        0,
    ),
    "a part asked for its tests": (
        ACCREDITATION,
        "- {every: part, level: {at_least: 3}}",
        "- {every: part, is: done}",
        "cannot_ask",
        0,
    ),
    "a reading above the rules": (
        ACCREDITATION,
        "    - {level: 1, when: {score: {at_least: 0}}}\ncases:",
        "    - {level: 1, when: {score: {at_least: 0}}}\n  readings: [{level: 3, when: {score: {at_least: 2}}}]\ncases:",
        "reading_above_rule",
        1,
    ),
    "a case with a level nobody can choose": (
        ACCREDITATION,
        '{"1": {level: 3}, "2": {level: 3}, "3": {level: 3}, "4": {level: 3}}',
        '{"1": {level: 7}, "2": {level: 3}, "3": {level: 3}, "4": {level: 3}}',
        "case_not_possible",
        -1,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_on_its_line(name):
    good, old, new, code, further = FAULTS[name]
    text, line = planted(good, old, new)
    found = check_edition(text)
    assert code in {one.code for one in found}, [str(one) for one in found]
    if further is not None:
        lines = [one.line for one in found if one.code == code]
        assert line + further in lines, (line + further, [str(one) for one in found])


def test_every_message_is_reached_by_some_fault():
    """A message that no fault brings out would be one that nobody has seen."""
    elsewhere = {  # in the tests of hostile files and of measures
        *("too_long", "not_yaml", "unreadable_character", "empty", "several_documents", "alias"),
        *("tag", "too_deep", "key_not_text", "too_many", "unknown_measure", "unknown_measure_near"),
        *("wrong_threshold", "percent_needed", "percent_not_possible"),
        "band_uncovered",
    }
    planted_codes = {code for _, _, _, code, _ in FAULTS.values()} - {"case_not_possible"}
    assert planted_codes | elsewhere == set(MESSAGES)


def test_every_message_can_be_filled_with_the_values_of_its_problem():
    for good, old, new, _, _ in FAULTS.values():
        for one in check_edition(planted(good, old, new)[0]):
            places = set(re.findall(r"%\((\w+)\)s", one.message))
            assert places == set(one.params)
            assert str(one).endswith(one.message % one.params)


def test_every_problem_says_where_it_is():
    text = RETURN.replace("{some: item, trace: clear}", "{some: item, trace: bright}")
    [problem] = check_edition(text)
    assert problem.path == "levels.rules[1].when.trace"
    assert text.splitlines()[problem.line - 1][problem.column - 1 :].startswith("bright")


def test_all_problems_come_at_once_in_the_order_of_the_file():
    text = RETURN.replace("version: 1", "version: x").replace("at_least: 85%", "at_least: 185%")
    problems = check_edition(text)
    assert [one.code for one in problems] == ["not_an_integer", "out_of_range"]
    assert problems[0].line < problems[1].line


def test_a_failing_case_says_what_came_out_instead():
    text = RETURN.replace(
        "checkable: true}}, level: 4, possible: [4], flags: []}",
        "checkable: true}}, level: 2, possible: [4], flags: []}",
    )
    [problem] = check_edition(text)
    assert problem.params == {"case": "rule 4", "asked": "level", "expected": "2", "actual": "4"}


def test_a_mix_that_nothing_decides_is_shown_by_an_example():
    text = RETURN.replace(
        "{some: item, trace: none, others: {trace: unclear}}",
        "{exactly: 1, of: item, trace: none, others: {trace: unclear}}",
    )
    problems = [one for one in check_edition(text) if one.code == "mix_undecided"]
    [problem] = problems
    states = dict(part.split(" = ") for part in problem.params["example"].split(", "))
    assert list(states) == ["1", "2", "3", "4", "5"]
    assert set(states.values()) == {"none", "unclear"}


# Measures

SPECS = {
    spec.name: spec
    for spec in (
        MeasureSpec("plans.projects_serving", Text("โครงการ"), Signature.NUMBER, Text("โครงการ")),
        MeasureSpec(
            "plans.projects_serving_with_activity",
            Text("โครงการ"),
            Signature.NUMBER,
            Text("โครงการ"),
        ),
        MeasureSpec(
            "communication.confirmed_by_school",
            Text("ฉบับ"),
            Signature.EACH,
            Text("ยืนยัน"),
            of_shares=True,
        ),
        MeasureSpec("communication.on_time", Text("ฉบับ"), Signature.RATIO, Text("ทันกำหนด")),
        MeasureSpec(
            "communication.channels_with_records", Text("ช่องทาง"), Signature.EACH, Text("ช่องทาง")
        ),
        MeasureSpec(
            "supervision.visits_answering_needs",
            Text("ครั้ง"),
            Signature.RATIO,
            Text("ตรงความต้องการ"),
        ),
        MeasureSpec(
            "supervision.planned_visits_done", Text("ครั้ง"), Signature.RATIO, Text("ตามแผน")
        ),
        MeasureSpec("supervision.system_reviews", Text("ครั้ง"), Signature.NUMBER, Text("ตรวจสอบ")),
        MeasureSpec("evidence.opens", Text("ชิ้น"), Signature.BOOL, Text("เปิดได้")),
        MeasureSpec("evidence.in_period", Text("ชิ้น"), Signature.BOOL, Text("ในปี")),
    )
}


def test_the_return_fits_what_its_measures_give():
    assert check_edition(RETURN, SPECS) == []
    assert check_edition(RETURN, list(SPECS)) == []
    assert load_edition(RETURN).measures == frozenset(SPECS)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "measure: communication.on_time,",
            "measure: communication.in_time,",
            "unknown_measure_near",
        ),
        ("measure: communication.on_time,", "measure: weather.rain,", "unknown_measure"),
        ("measure: evidence.opens", "measure: evidence.open", "unknown_measure_near"),
        ("at_least: 85%", "each_at_least: 85%", "wrong_threshold"),
        ("each_at_least: 95%", "at_least: 95%", "wrong_threshold"),
        ("each_at_least: 95%", "holds: true", "wrong_threshold"),
        ("at_least: 85%", "at_least: 85", "percent_needed"),
        ("each_at_least: 2,", "each_at_least: 2%,", "percent_not_possible"),
    ],
)
def test_measures_and_thresholds_that_do_not_fit_are_refused(old, new, code):
    text, line = planted(RETURN, old, new)
    [problem] = check_edition(text, SPECS)
    assert (problem.code, problem.line) == (code, line)


def test_every_measure_is_refused_where_none_is_known():
    codes = [one.code for one in check_edition(RETURN, [])]
    assert set(codes) == {"unknown_measure"}
    assert len(codes) == 11


def test_too_many_items_rules_and_cases_are_refused():
    many = "\n".join(
        f'  - {{id: "{n}", title: {{th: ก}}, tests: [{{id: t, th: ก, answer: person}}]}}'
        for n in range(501)
    )
    rules = ", ".join(["{level: 1, when: {every: item, is: done}}"] * 61)
    head = factories.HEAD.partition("kinds:")[0]
    one = '  - {id: "1", title: {th: ก}, tests: [{id: t, th: ก, answer: person}]}'
    good = "levels: {scale: [1], rules: [{level: 1, when: {every: item, is: done}}]}"
    cases = "cases:\n" + "  - {given: {}, level: null}\n" * 301
    for text in (
        f"{head}items:\n{many}\n{good}\ncases: []\n",
        f"{head}items:\n{one}\nlevels: {{scale: [1], rules: [{rules}]}}\ncases: []\n",
        f"{head}items:\n{one}\n{good}\n{cases}",
    ):
        assert {found.code for found in check_edition(text)} == {"too_many"}


def test_a_score_that_can_occur_and_has_no_band_is_found():
    text = NUMERIC.replace("{level: 5, from: 4.50, to: 5}", "{level: 5, from: 4.50, to: 4.90}")
    assert {one.code for one in check_edition(text)} == {"band_uncovered"}


def test_parts_are_not_asked_where_there_are_none():
    text = ACCREDITATION.replace("{every: part, level: {at_least: 3}}", "{every: test, is: done}")
    assert "not_one_of" in {one.code for one in check_edition(text)}


def test_a_rule_may_name_a_lower_level_as_its_foundation():
    text = ACCREDITATION.replace(
        "- {score: {at_least: 2.6}}", "- {reaches: 2}\n          - {score: {at_least: 2.6}}"
    )
    assert check_edition(text) == []
    edition = load_edition(text)
    assert edition.root.levels.rules[0].when.parts[0].level == 2


def test_the_check_does_not_look_at_more_combinations_than_is_sensible():
    """A hundred items under many counting rules: the search gives up, the rest is still checked."""
    rules = "\n".join(
        f"    - {{level: {level}, when: {{exactly: {count}, of: item, trace: {trace}}}}}"
        for level, count in zip(range(9, 0, -1), range(10, 100, 10), strict=True)
        for trace in ("clear", "unclear", "none")
    )
    levels = f"  scale: [{', '.join(map(str, range(1, 10)))}]\n  rules:\n{rules}\n"
    assert len(factories.flat_edition(100, levels).items) == 100


CHECKS: dict[str, Callable[[str], object]] = {"check": check_edition, "load": load_edition}


@pytest.mark.parametrize("name", CHECKS)
def test_both_entrances_say_the_same(name):
    text = RETURN.replace("version: 1", "version: x")
    assert CHECKS[name](text) == check_edition(text)
