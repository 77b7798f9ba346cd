"""From pieces of evidence to the trace of an item."""

from itertools import product

import pytest

from nithet.domain.frameworks.rules.conditions import Quality
from nithet.domain.frameworks.rules.facts import Facts, ItemFacts, PieceFacts, TraceState
from nithet.domain.frameworks.rules.judge import judge
from nithet.domain.frameworks.rules.speech import say_trace
from nithet.domain.frameworks.rules.trace import trace_of
from nithet.kernel.errors import RuleBroken

from . import factories

CRITERIA = ("in_period", "reviewed", "opens")


def piece(kind: str = "project_document", **clarity: bool | None) -> PieceFacts:
    return PieceFacts(kind, clarity)


def perfect(kind: str) -> PieceFacts:
    return piece(kind, in_period=True, reviewed=True, opens=True)


def test_every_way_to_answer_the_checklist_of_one_piece_gives_the_state_it_should():
    edition = factories.return_2555()
    for answers in product((True, False, None), repeat=3):
        in_period, reviewed, opens = answers
        trace = trace_of(edition, "1", [piece(**dict(zip(CRITERIA, answers, strict=True)))])
        clear = in_period is True and reviewed is True
        assert trace.state is (TraceState.CLEAR if clear else TraceState.UNCLEAR)
        assert trace.checkable == (clear and opens is True)
        assert bool(trace.because) == (not trace.checkable)


def test_no_piece_is_no_trace():
    trace = trace_of(factories.return_2555(), "1", [])
    assert (trace.state, trace.checkable) == (TraceState.NONE, False)
    [missing] = trace.because
    assert (missing.quality, missing.needed, missing.have) == (Quality.CLEAR, 1, 0)


def test_a_piece_of_another_kind_is_a_trace_but_not_a_clear_one():
    edition = factories.return_2555()
    for kind in ("slides", "a kind that the edition does not name"):
        trace = trace_of(edition, "1", [perfect(kind)])
        assert trace.state is TraceState.UNCLEAR
        assert trace.because[0].expected.kinds == ("project_document",)


def test_one_good_piece_is_enough_beside_weak_ones():
    trace = trace_of(
        factories.return_2555(), "1", [piece(), perfect("project_document"), piece(in_period=False)]
    )
    assert (trace.state, trace.checkable) == (TraceState.CLEAR, True)


def test_every_expected_kind_is_needed_and_some_may_stand_for_each_other():
    edition = factories.return_2555()
    for kinds, state in (
        (["supervision_plan"], TraceState.UNCLEAR),
        (["supervision_report", "visit_copy"], TraceState.UNCLEAR),
        (["supervision_plan", "supervision_report"], TraceState.CLEAR),
        (["supervision_plan", "visit_copy"], TraceState.CLEAR),
    ):
        assert trace_of(edition, "5", [perfect(kind) for kind in kinds]).state is state, kinds


def test_what_is_answered_no_and_what_nobody_answered_are_told_apart():
    trace = trace_of(factories.return_2555(), "1", [piece(in_period=False, opens=True)])
    [missing] = trace.because
    assert missing.unmet == ("in_period",)
    assert missing.unanswered == ("reviewed",)


def test_an_unknown_item_or_an_edition_without_traces_is_refused():
    for edition, item, code in (
        (factories.return_2555(), "9", "unknown_item"),
        (factories.return_2555(), "", "unknown_item"),
        (factories.numeric(), "A2", "no_trace_rule"),
    ):
        with pytest.raises(RuleBroken) as broken:
            trace_of(edition, item, [])
        assert broken.value.code == code


def test_the_judge_takes_pieces_instead_of_a_given_trace():
    edition = factories.return_2555()
    facts = factories.all_done(edition, 3, 3, 3, 3, 3)
    for pieces, rank, level in (
        ((), 0, 3),
        ((piece(),), 1, 3),
        ((piece(in_period=True, reviewed=True),), 2, 3),
        ((perfect("project_document"),), 3, 4),
    ):
        item = ItemFacts(facts.items["1"].tests, TraceState.CLEAR, checkable=True, pieces=pieces)
        judgement = judge(edition, Facts({**facts.items, "1": item}))
        assert judgement.items["1"].rank == rank
        assert judgement.level == level


@pytest.mark.parametrize(
    ("clear", "pieces", "state"),
    [
        ("{every: piece, is: clear}", ["good", "good"], "clear"),
        ("{every: piece, is: clear}", ["good", "bad"], "unclear"),
        ("{some: piece, is: clear}", ["good", "bad"], "clear"),
        ("{some: piece, is: clear}", ["bad", "bad"], "unclear"),
        ("{at_least: 2, of: piece, is: clear}", ["good", "bad"], "unclear"),
        ("{at_least: 2, of: piece, is: clear}", ["good", "bad", "good"], "clear"),
        ("{exactly: 1, of: piece, is: clear}", ["good", "good"], "unclear"),
        ("{at_most: 1, of: expectation, met_by: clear}", ["good"], "clear"),
        ("{every: piece}", ["bad"], "clear"),
    ],
)
def test_the_rule_itself_is_data(clear, pieces, state):
    head = factories.HEAD.replace("{every: expectation, met_by: clear}", clear)
    item = '  - {id: "1", title: {th: ก}, tests: [{id: t, th: ก, answer: person}], expects: [{kind: any, at_least: 2}]}'
    levels = "{scale: [1], rules: [{level: 1, when: {every: item, is: done}}]}"
    edition = factories.loaded(f"{head}\nitems:\n{item}\nlevels: {levels}\ncases: []\n")
    given = [PieceFacts("any", {"good": one == "good"}) for one in pieces]
    assert trace_of(edition, "1", given).state == state


def test_every_piece_is_not_said_of_no_piece():
    head = factories.HEAD.replace("{no: piece}", "{exactly: 9, of: piece}")
    head = head.replace("{every: expectation, met_by: clear}", "{every: piece, is: clear}")
    item = '  - {id: "1", title: {th: ก}, tests: [{id: t, th: ก, answer: person}], expects: [{kind: any}]}'
    levels = "{scale: [1], rules: [{level: 1, when: {every: item, is: done}}]}"
    edition = factories.loaded(f"{head}\nitems:\n{item}\nlevels: {levels}\ncases: []\n")
    assert trace_of(edition, "1", []).state is TraceState.UNCLEAR


def test_what_is_missing_is_said_in_words():
    edition = factories.return_2555()
    trace = trace_of(edition, "1", [piece(in_period=False, opens=True)])
    thai = say_trace(edition, trace, "th")
    assert thai[0] == "ร่องรอยหลักฐานยังไม่ชัดเจน"
    assert "เอกสารโครงการ" in thai[1]
    assert "อยู่ในปีที่รายงาน" in thai[1]
    assert "ผู้สอบทานหลักฐานเห็นว่าชัดเจนและตรงกับข้อนี้" in thai[1]
    english = say_trace(edition, trace, "en")
    assert english[0] == "The trace of evidence is not yet clear"
    assert english[1].startswith("Project document: 1 needed")
    clear = trace_of(edition, "1", [perfect("project_document")])
    assert say_trace(edition, clear, "th") == ("ร่องรอยหลักฐานเด่นชัด ตรวจสอบได้",)
