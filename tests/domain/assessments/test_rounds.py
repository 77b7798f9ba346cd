"""Opening, answering, signing, closing: allowed, refused, broken, and what the history keeps."""

import pytest

from nithet.domain.assessments.actions.answers import accept_proposals, answer_test, state_level
from nithet.domain.assessments.actions.narrative import (
    add_paragraph,
    edit_paragraph,
    remove_paragraph,
    write_narrative,
)
from nithet.domain.assessments.actions.rounds import close_round, open_round, reopen_round
from nithet.domain.assessments.actions.signing import give_assessor_level, sign_off
from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round, TestAnswer
from nithet.domain.assessments.policy import may_see, visible_to
from nithet.domain.assessments.queries.narrative import narrative_of
from nithet.domain.assessments.queries.rounds import declared_of, find_round
from nithet.domain.assessments.queries.standing import answers_of, proposals_of, standing_of
from nithet.domain.assessments.rules import GroupDraft, ParagraphDraft
from nithet.domain.frameworks.models import Edition
from nithet.domain.plans.actions.plans import open_plan
from nithet.domain.plans.actions.projects import add_project, serve_item
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast


def test_opening_a_round_freezes_the_edition_and_makes_an_answer_for_every_item(reporting_round: Round) -> None:
    reporting_round.edition.refresh_from_db()
    assert reporting_round.edition.frozen_at is not None
    assert sorted(answers_of(reporting_round)) == ["1", "2", "3", "4", "5"]


def test_opening_the_same_round_again_returns_it_and_writes_no_second_event(
    cast: Cast, edition: Edition, reporting_round: Round
) -> None:
    again = open_round(actor=cast.actor("director"), edition=edition, fiscal_year=2555)
    assert again == reporting_round
    assert AuditEvent.objects.filter(name="round.opened").count() == 1


def test_a_form_of_another_year_is_refused(cast: Cast, edition: Edition) -> None:
    with pytest.raises(RuleBroken, match="2555") as broken:
        open_round(actor=cast.actor("planner"), edition=edition, fiscal_year=2560)
    assert broken.value.code == "round.year"


def test_a_school_head_cannot_open_a_round(cast: Cast, edition: Edition) -> None:
    with pytest.raises(Refused):
        open_round(actor=cast.actor("school_head"), edition=edition, fiscal_year=2555)


def test_an_untouched_round_reaches_no_level_and_names_every_test(reporting_round: Round) -> None:
    standing = standing_of(reporting_round)
    assert standing.judgement.level is None
    tests = sum(len(item.tests) for item in standing.edition.items)
    assert len(standing.judgement.unanswered) == tests


def test_plans_propose_the_first_item_and_a_person_confirms(cast: Cast, reporting_round: Round) -> None:
    actor = cast.actor("planner")
    plan = open_plan(actor=actor, fiscal_year=2555, title="แผน")
    project = add_project(actor=actor, plan=plan, title="โครงการทดสอบ")
    assert not proposals_of(reporting_round, ["1"])["1", "project"].is_done
    serve_item(actor=actor, project=project, edition=reporting_round.edition, item="1")
    assert proposals_of(reporting_round, ["1"])["1", "project"].is_done is True
    accept_proposals(actor=actor, round=reporting_round, items=["1"])
    row = TestAnswer.objects.get()
    assert (row.test, row.is_done, row.proposed) == ("project", True, True)


def test_an_answer_that_differs_from_the_records_needs_a_reason(cast: Cast, reporting_round: Round) -> None:
    actor = cast.actor("planner")
    open_plan(actor=actor, fiscal_year=2555, title="แผน")
    with pytest.raises(RuleBroken, match="say why"):
        answer_test(actor=actor, round=reporting_round, item="1", test="project", is_done=True)
    assert not TestAnswer.objects.exists()
    answer_test(actor=actor, round=reporting_round, item="1", test="project", is_done=True, reason="มีแต่ยังไม่ได้บันทึก")
    row = TestAnswer.objects.get()
    assert (row.is_done, row.proposed, row.reason) == (True, False, "มีแต่ยังไม่ได้บันทึก")


def test_the_reason_of_the_opposite_answer_is_no_reason(cast: Cast, reporting_round: Round) -> None:
    asked = {"round": reporting_round, "item": "1", "test": "project"}
    answer_test(actor=cast.actor("supervisor"), is_done=False, reason="มติคณะทำงาน", **asked)
    open_plan(actor=cast.actor("planner"), fiscal_year=2555, title="แผน")
    with pytest.raises(RuleBroken, match="say why"):
        answer_test(actor=cast.actor("planner"), is_done=True, reason="มติคณะทำงาน", **asked)
    answer_test(actor=cast.actor("planner"), is_done=True, reason="พบเอกสารโครงการแล้ว", **asked)
    assert TestAnswer.objects.get().is_done is True


def test_an_answer_can_be_taken_back(cast: Cast, reporting_round: Round) -> None:
    actor = cast.actor("supervisor")
    test = standing_of(reporting_round).edition.nodes["5"].tests[0].id
    answer_test(actor=actor, round=reporting_round, item="5", test=test, is_done=True, reason="ตามแผน")
    assert TestAnswer.objects.count() == 1
    answer_test(actor=actor, round=reporting_round, item="5", test=test, is_done=None)
    assert TestAnswer.objects.count() == 0


def test_an_answer_over_somebody_elses_newer_one_is_a_conflict(cast: Cast, reporting_round: Round) -> None:
    test = standing_of(reporting_round).edition.nodes["5"].tests[0].id
    asked = {"round": reporting_round, "item": "5", "test": test, "reason": "x", "seen": "unanswered"}
    answer_test(actor=cast.actor("supervisor"), is_done=True, **asked)
    with pytest.raises(Conflict):
        answer_test(actor=cast.actor("planner"), is_done=False, **asked)
    assert TestAnswer.objects.get().is_done is True
    asked["seen"] = "done"
    answer_test(actor=cast.actor("planner"), is_done=False, **asked)
    assert TestAnswer.objects.get().is_done is False


@pytest.mark.parametrize(("item", "test", "code"), [("9", "x", "item.unknown"), ("1", "x", "test.unknown")])
def test_what_the_form_does_not_have_cannot_be_answered(
    cast: Cast, reporting_round: Round, item: str, test: str, code: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        answer_test(actor=cast.actor("planner"), round=reporting_round, item=item, test=test, is_done=True)
    assert broken.value.code == code


def test_an_outsider_neither_sees_nor_answers(cast: Cast, reporting_round: Round) -> None:
    with scope(cast.other_office.pk):
        assert find_round(cast.actor("outsider"), reporting_round.pk) is None


@pytest.mark.parametrize("name", ["director", "planner", "supervisor", "school_head", "assessor", "committee_member", "nobody"])
def test_seeing_and_listing_agree(cast: Cast, reporting_round: Round, name: str) -> None:
    actor = cast.actor(name)
    assert bool(may_see(actor, reporting_round)) == visible_to(actor).filter(pk=reporting_round.pk).exists()


def sign(cast: Cast, reporting_round: Round, **changes: object) -> object:
    standing = standing_of(reporting_round)
    asked = {"declared_level": None, "shown": standing.digest, "request_key": "k", "reason": "คณะทำงานมีมติ", **changes}
    return sign_off(actor=cast.actor("director"), round=reporting_round, **asked)  # type: ignore[arg-type]


def test_the_director_signs_exactly_what_was_shown(cast: Cast, reporting_round: Round) -> None:
    sign(cast, reporting_round)
    signed = declared_of(reporting_round)
    assert signed is not None
    assert signed.shown_digest == standing_of(reporting_round).digest


def test_what_changed_since_it_was_shown_is_not_signed(cast: Cast, reporting_round: Round) -> None:
    shown = standing_of(reporting_round).digest
    test = standing_of(reporting_round).edition.nodes["5"].tests[0].id
    answer_test(actor=cast.actor("supervisor"), round=reporting_round, item="5", test=test, is_done=True, reason="x")
    with pytest.raises(Conflict):
        sign(cast, reporting_round, shown=shown)
    assert declared_of(reporting_round) is None


def test_the_same_request_signs_once(cast: Cast, reporting_round: Round) -> None:
    assert sign(cast, reporting_round) == sign(cast, reporting_round)
    assert reporting_round.sign_offs.count() == 1
    assert AuditEvent.objects.filter(name="round.signed").count() == 1


def test_a_declared_level_that_differs_needs_a_reason(cast: Cast, reporting_round: Round) -> None:
    with pytest.raises(RuleBroken, match="say why"):
        sign(cast, reporting_round, declared_level=3, reason="")
    with pytest.raises(RuleBroken, match="say why"):
        sign(cast, reporting_round, reason=" ")
    sign(cast, reporting_round, declared_level=3, reason="คณะทำงานเห็นว่าหลักฐานครบ")
    assert standing_of(reporting_round).judgement.level is None


def test_a_planner_cannot_sign(cast: Cast, reporting_round: Round) -> None:
    with pytest.raises(Refused, match=r"round\.sign"):
        sign_off(
            actor=cast.actor("planner"), round=reporting_round, declared_level=None, shown="", request_key="k"
        )


def test_a_closed_round_takes_no_answers_until_it_is_reopened_with_a_reason(cast: Cast, reporting_round: Round) -> None:
    director = cast.actor("director")
    with pytest.raises(RuleBroken, match="not been signed"):
        close_round(actor=director, round=reporting_round)
    sign(cast, reporting_round)
    close_round(actor=director, round=reporting_round)
    with pytest.raises(Refused) as refused:
        answer_test(actor=cast.actor("planner"), round=reporting_round, item="1", test="project", is_done=True)
    assert "closed" in refused.value.verdict.reason
    with pytest.raises(RuleBroken):
        reopen_round(actor=director, round=reporting_round, reason=" ")
    reopen_round(actor=director, round=reporting_round, reason="แก้ไขตามข้อสังเกต")
    assert reporting_round.state == Round.State.OPEN


def test_nobody_gives_the_assessor_s_level_in_the_live_house(cast: Cast, reporting_round: Round) -> None:
    sign(cast, reporting_round)
    close_round(actor=cast.actor("director"), round=reporting_round)
    for person in ("assessor", "director", "planner"):
        with pytest.raises(Refused):
            give_assessor_level(actor=cast.actor(person), round=reporting_round, level=2, reason="x")


def test_a_level_noted_from_an_old_paper_declares_nothing(cast: Cast, reporting_round: Round) -> None:
    state_level(actor=cast.actor("planner"), round=reporting_round, item="1", level=3)
    assert declared_of(reporting_round) is None
    assert answers_of(reporting_round)["1"].stated_level == 3


def draft(text: str) -> GroupDraft:
    return GroupDraft((ParagraphDraft("heading", "ปัจจัย", "factors", "1."), ParagraphDraft("point", text, "factors", "1.1", 2)))


def test_two_people_on_one_paragraph_lose_nothing(cast: Cast, reporting_round: Round) -> None:
    planner, supervisor = cast.actor("planner"), cast.actor("supervisor")
    write_narrative(actor=planner, round=reporting_round, item="1", groups=[draft("ก่อน")])
    paragraph = NarrativeParagraph.objects.get(role="point")
    edit_paragraph(actor=supervisor, round=reporting_round, paragraph=paragraph, text="ของศึกษานิเทศก์", seen="ก่อน")
    with pytest.raises(Conflict) as conflict:
        edit_paragraph(actor=planner, round=reporting_round, paragraph=paragraph, text="ของแผน", seen="ก่อน")
    assert (conflict.value.params["theirs"], conflict.value.params["yours"]) == ("ของศึกษานิเทศก์", "ของแผน")
    paragraph.refresh_from_db()
    assert paragraph.text == "ของศึกษานิเทศก์"
    event = AuditEvent.objects.get(name="paragraph.edited")
    assert (event.before, event.after["text"]) == ({"text": "ก่อน", "version": 1}, "ของศึกษานิเทศก์")


def test_writing_a_narrative_replaces_the_whole_item_and_no_other(cast: Cast, reporting_round: Round) -> None:
    planner = cast.actor("planner")
    for item in ("1", "2"):
        write_narrative(actor=planner, round=reporting_round, item=item, groups=[draft("ก"), draft("ข")], sheets=2)
    write_narrative(actor=planner, round=reporting_round, item="1", groups=[draft("ใหม่")])
    found = narrative_of(reporting_round)
    assert [len(found[item]) for item in ("1", "2")] == [1, 2]


def test_standing_costs_the_same_whatever_is_answered(
    cast: Cast, reporting_round: Round, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    standing_of(reporting_round)
    with CaptureQueriesContext(connection) as before:
        standing_of(reporting_round)
    planner = cast.actor("planner")
    for item in ("4", "5"):
        for test in standing_of(reporting_round).edition.nodes[item].tests:
            answer_test(actor=planner, round=reporting_round, item=item, test=test.id, is_done=True, reason="x")
    with CaptureQueriesContext(connection) as after:
        standing_of(reporting_round)
    assert len(after) == len(before)


def told(cast: Cast, reporting_round: Round) -> NarrativeParagraph:
    """A round whose first item tells one point."""
    groups = [GroupDraft((ParagraphDraft("point", "เดิม", "factors", "1."),))]
    write_narrative(actor=cast.actor("planner"), round=reporting_round, item="1", groups=groups)
    return NarrativeParagraph.objects.get()


def test_a_round_that_was_closed_meanwhile_takes_nothing_more(cast: Cast, reporting_round: Round) -> None:
    """The page was opened, and its round read, before the round was closed."""
    planner = cast.actor("planner")
    paragraph = told(cast, reporting_round)
    Round.objects.filter(pk=reporting_round.pk).update(state=Round.State.CLOSED)
    assert reporting_round.state == Round.State.OPEN
    attempts = [
        lambda: answer_test(actor=planner, round=reporting_round, item="1", test="project", is_done=True, reason="มี"),
        lambda: accept_proposals(actor=planner, round=reporting_round, items=["1"]),
        lambda: write_narrative(actor=planner, round=reporting_round, item="1", groups=[]),
        lambda: edit_paragraph(actor=planner, round=reporting_round, paragraph=paragraph, text="ใหม่", seen="เดิม"),
        lambda: remove_paragraph(actor=planner, round=reporting_round, paragraph=paragraph),
        lambda: add_paragraph(
            actor=planner, round=reporting_round, group=paragraph.group, after=paragraph, draft=ParagraphDraft("point", "อีกข้อ")
        ),
    ]
    for attempt in attempts:
        with pytest.raises(Conflict) as conflict:
            attempt()
        assert conflict.value.code == "round.closed_meanwhile"
    assert NarrativeParagraph.objects.get().text == "เดิม"
    assert not TestAnswer.objects.exists()


def test_a_paragraph_that_was_taken_out_meanwhile_is_neither_edited_nor_taken_out_again(
    cast: Cast, reporting_round: Round
) -> None:
    planner = cast.actor("planner")
    seen = told(cast, reporting_round)
    remove_paragraph(actor=planner, round=reporting_round, paragraph=NarrativeParagraph.objects.get())
    with pytest.raises(Conflict, match="took this paragraph out"):
        edit_paragraph(actor=planner, round=reporting_round, paragraph=seen, text="ใหม่", seen="เดิม")
    with pytest.raises(Conflict, match="took this paragraph out"):
        remove_paragraph(actor=planner, round=reporting_round, paragraph=seen)
    assert AuditEvent.objects.filter(name="paragraph.removed").count() == 1


def test_a_taken_out_paragraph_leaves_the_words_it_had_in_the_end(cast: Cast, reporting_round: Round) -> None:
    planner = cast.actor("planner")
    seen = told(cast, reporting_round)
    edit_paragraph(actor=planner, round=reporting_round, paragraph=seen, text="ใหม่", seen="เดิม")
    remove_paragraph(actor=planner, round=reporting_round, paragraph=seen)
    assert AuditEvent.objects.get(name="paragraph.removed").after["text"] == "ใหม่"


def test_a_round_of_another_office_is_refused_whatever_the_position(cast: Cast, reporting_round: Round) -> None:
    with pytest.raises(Refused, match="another office"):
        state_level(actor=cast.actor("outsider"), round=reporting_round, item="1", level=2)
    assert not may_see(cast.actor("outsider"), reporting_round)
