"""What is wrong with an edition file, where it stands, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# One English message id per code. A reader of the file sees it with its line; the Thai stands in the
# catalogue of this package.
MESSAGES: Mapping[str, str] = {
    # The file itself
    "too_long": "The file holds %(characters)s characters; an edition may hold at most %(limit)s.",
    "not_yaml": "This is not well-formed YAML: %(problem)s.",
    "unreadable_character": "A character here cannot stand in an edition file (%(character)s).",
    "empty": "The file is empty.",
    "several_documents": "An edition file holds one document; a second one begins here.",
    "alias": "Anchors and aliases (& and *) are not allowed; write the value out.",
    "tag": "Type tags (such as %(tag)s) are not allowed.",
    "too_deep": "The file is nested more than %(limit)s deep.",
    "duplicate_key": "“%(key)s” stands here a second time; the first is on line %(first)s.",
    "key_not_text": "A key must be text.",
    # Shape
    "not_a_mapping": "A mapping (key: value) is needed here.",
    "not_a_list": "A list is needed here.",
    "not_text": "Text is needed here; put quotes around it if it looks like a number.",
    "not_an_integer": "A whole number is needed here.",
    "not_a_number": "A number is needed here.",
    "not_true_or_false": "true or false is needed here.",
    "unknown_key": "“%(key)s” is not known here. Known: %(known)s.",
    "unknown_key_near": "“%(key)s” is not known here. Did you mean “%(near)s”?",
    "missing_key": "“%(key)s” is missing.",
    "not_one_of": "“%(value)s” is not possible here. Possible: %(known)s.",
    "empty_list": "This list may not be empty.",
    "too_many": "There are %(count)s of these; at most %(limit)s are allowed.",
    "out_of_range": "%(value)s is out of range; %(low)s to %(high)s is possible.",
    "not_together": "“%(one)s” and “%(other)s” do not go together.",
    "one_of_needed": "One of these is needed: %(known)s.",
    # Meaning
    "bad_urn": "“%(urn)s” is not an edition's name; write urn:nithet:edition:FRAMEWORK:PART in small letters, digits, dots and hyphens.",
    "bad_id": "“%(id)s” cannot be an id; use letters, digits, dots, hyphens and underscores, at most 60.",
    "reserved_id": "“%(id)s” is reserved and cannot be an id here.",
    "duplicate_id": "The id “%(id)s” stands here a second time; the first is on line %(first)s.",
    "unknown_id": "There is no “%(id)s” under “%(under)s” in this edition.",
    "unknown_measure": "The measure “%(measure)s” does not exist.",
    "unknown_measure_near": "The measure “%(measure)s” does not exist. Did you mean “%(near)s”?",
    "wrong_threshold": "The measure “%(measure)s” gives %(gives)s, so “%(threshold)s” cannot be asked of it.",
    "percent_needed": "The measure “%(measure)s” gives a share; write the threshold with a per cent sign.",
    "percent_not_possible": "The measure “%(measure)s” gives no share; write the threshold without a per cent sign.",
    "level_not_in_scale": "Level %(level)s is not in the scale (%(scale)s).",
    "scale_not_rising": "The levels of a scale must rise.",
    "rules_not_from_the_top": "Rules stand from the highest level down; level %(level)s comes after level %(before)s.",
    "reading_above_rule": "Where rules ask for levels or scores, a reading may not stand above the rules before it (level %(level)s after level %(before)s).",
    "nothing_to_judge": "“%(id)s” has neither tests, nor levels, nor a value, so nothing can be said about it.",
    "cannot_ask": "“%(asked)s” cannot be asked of “%(subject)s” here.",
    "no_tests_to_ask": "Item “%(id)s” has no tests, so whether it is done cannot be asked.",
    "no_levels_to_ask": "“%(id)s” has no levels, so its level cannot be asked.",
    "only_upwards": "A level or score may only be asked for upwards (every, some or at_least, without “others”), so that better work never lowers a result.",
    "no_score_here": "There is no score here to ask about.",
    "count_impossible": "%(count)s of %(total)s is not possible.",
    "reaches_not_lower": "“reaches” must name a lower level of the same scale than %(level)s.",
    "no_trace_rule": "This edition has no trace rule, so a trace cannot be asked about.",
    "no_expectation": "Item “%(id)s” expects no kind of evidence, so the trace rule cannot judge it.",
    "no_criterion": "The trace rule asks for “%(quality)s”, and no clarity criterion is for it.",
    "weights_do_not_sum": "The weights below “%(id)s” sum to %(sum)s, not to the declared %(declared)s.",
    "weight_missing": "“%(id)s” has no weight, and its parent declares what the weights sum to.",
    "child_without_number": "“%(id)s” has no %(of)s to count.",
    "child_runs_down": "In “%(id)s” less is better, so its value cannot be counted; count its level.",
    "band_gap": "Nothing covers the scores between %(low)s and %(high)s.",
    "band_overlap": "The bands of level %(level)s and level %(before)s overlap.",
    "band_backwards": "This band ends (%(high)s) before it begins (%(low)s).",
    "band_uncovered": "A score of %(score)s can occur, and no band covers it.",
    "band_digits": "%(value)s has more digits than the rounding keeps (%(digits)s).",
    "bands_not_rising": "Bands stand in the order of their scores.",
    "bands_run_down": "Only the value of one item may have bands that run down; here a higher score must never mean a lower level.",
    "counts_as_too_high": "An item below its scale may not count as more than the lowest level (%(lowest)s).",
    "flag_unknown": "There is no flag “%(id)s” in this list of flags.",
    "flag_unused": "The flag “%(id)s” has no condition, and no reading raises it.",
    "rule_unreachable": "The rule for level %(level)s can never hold.",
    "rule_shadowed": "Whenever the rule for level %(level)s holds, an earlier one has already decided.",
    "flag_unreachable": "The flag “%(id)s” can never be raised.",
    "mix_undecided": "What is presumed holds, yet no rule or reading decides this mix: %(example)s.",
    "placeholder": "“%(place)s” cannot be filled here. Possible: %(known)s.",
    # The edition's own cases
    "case_failed": "Case “%(case)s”: %(asked)s should be %(expected)s, and came out as %(actual)s.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an edition file.

    `line` and `column` count from 1; `path` leads to the place (``items[0].tests[1].measure``);
    `message` is the English message id and `params` fill its places.
    """

    line: int
    column: int
    path: str
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.line}:{self.column} {self.path}: {self.message % dict(self.params)}"


def problem(code: str, line: int, column: int, path: str, **params: Any) -> Problem:
    """The problem `code` at a place, with its message."""
    return Problem(line, column, path, code, MESSAGES[code], params)
