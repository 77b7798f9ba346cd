"""Two people on one narrative lose nothing; a draft never replaces what a person wrote; comments have threads."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from nithet.domain.assessments.actions.commenting import (
    resolve_comment,
    say_comment,
    take_back_comment,
)
from nithet.domain.assessments.actions.narrative import (
    accept_draft,
    add_group,
    add_paragraph,
    decide_proposal,
    draft_again,
    edit_paragraph,
    move_group,
    move_paragraph,
    remove_group,
    remove_paragraph,
    rename_group,
)
from nithet.domain.assessments.models.commenting import Comment
from nithet.domain.assessments.models.narrative import (
    NarrativeGroup,
    NarrativeParagraph,
    ParagraphProposal,
)
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.headings import headings_for
from nithet.domain.assessments.queries.talk import item_history, threads_of
from nithet.domain.assessments.rules import GroupDraft, ParagraphDraft
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.notices.models import Notice
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast

pytestmark = pytest.mark.usefixtures("office")


def a_group(cast: Cast, reporting_round: Round, title: str = "โครงการ ก") -> NarrativeGroup:
    draft = GroupDraft(headings_for(reporting_round, "1"), title)
    return add_group(actor=cast.actor("planner"), round=reporting_round, item="1", draft=draft)


def a_point(
    cast: Cast, reporting_round: Round, text: str = "เดิม", **fields: object
) -> NarrativeParagraph:
    group = NarrativeGroup.objects.first() or a_group(cast, reporting_round)
    heading = group.paragraphs.get(section="factors", role="heading")
    draft = ParagraphDraft("point", text, "factors", "1.1", 1, **fields)  # type: ignore[arg-type]
    return add_paragraph(
        actor=cast.actor("planner"), round=reporting_round, group=group, after=heading, draft=draft
    )


def texts(group: NarrativeGroup) -> list[str]:
    return [
        row.text for row in group.paragraphs.order_by("position", "pk") if row.role != "heading"
    ]


def test_a_group_begins_with_the_headings_of_the_form(cast: Cast, reporting_round: Round) -> None:
    group = a_group(cast, reporting_round)
    assert [(row.role, row.section, row.mark) for row in group.paragraphs.all()] == [
        ("heading", "factors", "1."),
        ("heading", "problems", "2."),
        ("heading", "to_develop", "3."),
        ("heading", "way_forward", "4."),
    ]


def test_a_save_over_somebody_elses_newer_words_carries_both(
    cast: Cast, reporting_round: Round
) -> None:
    paragraph = a_point(cast, reporting_round)
    edit_paragraph(
        actor=cast.actor("supervisor"),
        round=reporting_round,
        paragraph=paragraph,
        text="ของ ศน.",
        version=1,
    )
    with pytest.raises(Conflict) as conflict:
        edit_paragraph(
            actor=cast.actor("planner"),
            round=reporting_round,
            paragraph=paragraph,
            text="ของแผน",
            version=1,
        )
    found = conflict.value.params
    assert (found["theirs"], found["yours"], found["version"]) == ("ของ ศน.", "ของแผน", 2)
    edit_paragraph(
        actor=cast.actor("planner"),
        round=reporting_round,
        paragraph=paragraph,
        text="ของ ศน. และของแผน",
        version=2,
    )
    paragraph.refresh_from_db()
    assert (paragraph.text, paragraph.version) == ("ของ ศน. และของแผน", 3)


def test_a_paragraph_changed_meanwhile_is_not_taken_out(cast: Cast, reporting_round: Round) -> None:
    paragraph = a_point(cast, reporting_round)
    edit_paragraph(
        actor=cast.actor("supervisor"),
        round=reporting_round,
        paragraph=paragraph,
        text="ใหม่",
        version=1,
    )
    with pytest.raises(Conflict, match="not taken out"):
        remove_paragraph(
            actor=cast.actor("planner"), round=reporting_round, paragraph=paragraph, version=1
        )
    remove_paragraph(
        actor=cast.actor("planner"), round=reporting_round, paragraph=paragraph, version=2
    )
    assert not NarrativeParagraph.objects.filter(pk=paragraph.pk).exists()


def test_paragraphs_move_inside_their_heading_and_never_out_of_it(
    cast: Cast, reporting_round: Round
) -> None:
    second = a_point(cast, reporting_round, "สอง")
    first = a_point(cast, reporting_round, "หนึ่ง")
    planner = cast.actor("planner")
    move_paragraph(actor=planner, round=reporting_round, paragraph=first, up=False)
    assert texts(first.group) == ["สอง", "หนึ่ง"]
    move_paragraph(actor=planner, round=reporting_round, paragraph=first, up=False)
    move_paragraph(actor=planner, round=reporting_round, paragraph=second, up=True)
    assert texts(first.group) == ["สอง", "หนึ่ง"]
    assert AuditEvent.objects.filter(name="paragraph.moved").count() == 1


def test_what_a_paragraph_cites_is_kept(cast: Cast, reporting_round: Round) -> None:
    paragraph = a_point(cast, reporting_round)
    refs = [
        RecordRef("plans.project", "5"),
        RecordRef("plans.project", "5"),
        RecordRef("evidence.piece", "7"),
    ]
    saved = edit_paragraph(
        actor=cast.actor("planner"),
        round=reporting_round,
        paragraph=paragraph,
        text="เดิม",
        version=1,
        cites=refs,
    )
    assert saved.cites == ["plans.project:5", "evidence.piece:7"]


def test_a_draft_is_marked_until_a_person_accepts_or_edits_it(
    cast: Cast, reporting_round: Round
) -> None:
    one = a_point(cast, reporting_round, "ร่างหนึ่ง", drafted=True, origin="ระบบ")
    two = a_point(cast, reporting_round, "ร่างสอง", drafted=True, origin="ระบบ")
    planner = cast.actor("planner")
    with pytest.raises(Conflict):
        accept_draft(actor=planner, round=reporting_round, paragraph=one, version=9)
    assert (
        accept_draft(actor=planner, round=reporting_round, paragraph=one, version=1).drafted
        is False
    )
    edited = edit_paragraph(
        actor=planner, round=reporting_round, paragraph=two, text="แก้แล้ว", version=1
    )
    assert (edited.drafted, edited.text) == (False, "แก้แล้ว")


def test_drafting_again_replaces_a_draft_and_never_a_persons_words(
    cast: Cast, reporting_round: Round
) -> None:
    planner = cast.actor("planner")
    draft = a_point(cast, reporting_round, "ร่าง", drafted=True, origin="ระบบ")
    told = {"round": reporting_round, "paragraph": draft, "origin": "ระบบ"}
    assert draft_again(actor=planner, text="ร่างใหม่", **told).text == "ร่างใหม่"
    edit_paragraph(actor=planner, round=reporting_round, paragraph=draft, text="ของคน", version=2)
    kept = draft_again(actor=planner, text="ร่างล่าสุด", **told)
    draft_again(actor=planner, text="ร่างล่าสุด", **told)
    assert (kept.text, kept.version) == ("ของคน", 3)
    proposal = ParagraphProposal.objects.get()
    assert proposal.text == "ร่างล่าสุด"
    with pytest.raises(Conflict):
        decide_proposal(
            actor=planner, round=reporting_round, proposal=proposal, version=1, take=True
        )
    taken = decide_proposal(
        actor=planner, round=reporting_round, proposal=proposal, version=3, take=True
    )
    assert (taken.text, taken.drafted) == ("ร่างล่าสุด", False)
    with pytest.raises(Conflict, match="has decided"):
        decide_proposal(
            actor=planner, round=reporting_round, proposal=proposal, version=4, take=False
        )


def test_proposed_words_that_are_left_stay_in_the_history(
    cast: Cast, reporting_round: Round
) -> None:
    planner, paragraph = cast.actor("planner"), a_point(cast, reporting_round)
    draft_again(
        actor=planner, round=reporting_round, paragraph=paragraph, text="เสนอ", origin="เพื่อน"
    )
    proposal = ParagraphProposal.objects.get()
    decide_proposal(actor=planner, round=reporting_round, proposal=proposal, version=1, take=False)
    paragraph.refresh_from_db()
    assert paragraph.text == "เดิม"
    assert AuditEvent.objects.get(name="proposal.decided").after["proposed"] == "เสนอ"


def test_groups_are_named_moved_and_removed(cast: Cast, reporting_round: Round) -> None:
    planner = cast.actor("planner")
    one, two = a_group(cast, reporting_round, "หนึ่ง"), a_group(cast, reporting_round, "สอง")
    rename_group(actor=planner, round=reporting_round, group=one, version=1, title="หนึ่งใหม่")
    with pytest.raises(Conflict) as conflict:
        rename_group(actor=planner, round=reporting_round, group=one, version=1, title="อื่น")
    assert conflict.value.params["theirs"] == {"title": "หนึ่งใหม่"}
    move_group(actor=planner, round=reporting_round, group=two, up=True)
    assert [str(row) for row in NarrativeGroup.objects.all()] == ["สอง", "หนึ่งใหม่"]
    with pytest.raises(Conflict):
        remove_group(actor=planner, round=reporting_round, group=one, version=1)
    remove_group(actor=planner, round=reporting_round, group=one, version=2)
    assert [str(row) for row in NarrativeGroup.objects.all()] == ["สอง"]
    assert AuditEvent.objects.get(name="narrative_group.removed").after["title"] == "หนึ่งใหม่"


def test_a_group_of_another_round_is_not_touched(cast: Cast, reporting_round: Round) -> None:
    group = a_group(cast, reporting_round)
    other = Round.objects.create(
        office_id=reporting_round.office_id,
        edition=reporting_round.edition,
        fiscal_year=2555,
        months=6,
    )
    with pytest.raises(RuleBroken, match="not part of this round"):
        rename_group(actor=cast.actor("planner"), round=other, group=group, version=1, title="x")


def test_a_comment_asks_somebody_is_answered_and_settled(
    cast: Cast, reporting_round: Round
) -> None:
    planner, supervisor = cast.actor("planner"), cast.actor("supervisor")
    asked = say_comment(
        actor=planner,
        round=reporting_round,
        item="1",
        text="ตัวเลขนี้ถูกไหม",
        for_user_id=cast.users["supervisor"].pk,
    )
    answer = say_comment(
        actor=supervisor, round=reporting_round, item="1", text="ถูก", answers=asked
    )
    say_comment(actor=planner, round=reporting_round, item="1", text="ขอบคุณ", answers=answer)
    thread = threads_of(reporting_round, "1")[0]
    assert [one.text for one in thread.answers] == ["ถูก", "ขอบคุณ"]
    told = {(row.user_id) for row in Notice.objects.all()}
    assert told == {cast.users["supervisor"].pk, cast.users["planner"].pk}
    resolve_comment(actor=supervisor, comment=answer)
    asked.refresh_from_db()
    assert asked.resolved_by == "supervisor"


def test_a_comment_is_taken_back_by_whoever_said_it(cast: Cast, reporting_round: Round) -> None:
    said = say_comment(actor=cast.actor("planner"), round=reporting_round, item="1", text="ผิดข้อ")
    with pytest.raises(Refused):
        take_back_comment(actor=cast.actor("supervisor"), comment=said)
    later = say_comment(actor=cast.actor("planner"), round=reporting_round, item="1", text="ผิดอีก")
    take_back_comment(actor=cast.actor("planner"), comment=said)
    Comment.objects.filter(pk=later.pk).update(made_at=later.made_at - timedelta(days=2))
    later.refresh_from_db()
    with pytest.raises(RuleBroken, match="More than a day"):
        take_back_comment(actor=cast.actor("planner"), comment=later)
    take_back_comment(actor=cast.actor("planner"), comment=later, reason="ผิดข้อ")
    assert [(t.first.pk, t.first.was_cancelled) for t in threads_of(reporting_round, "1")] == [
        (later.pk, True)
    ]


@pytest.mark.parametrize(
    "name", ["school_head", "assessor", "committee_member", "nobody", "outsider"]
)
def test_outsiders_say_nothing(cast: Cast, reporting_round: Round, name: str) -> None:
    with pytest.raises(Refused):
        say_comment(actor=cast.actor(name), round=reporting_round, item="1", text="x")


def test_the_history_of_an_item_is_told_in_sentences(cast: Cast, reporting_round: Round) -> None:
    paragraph = a_point(cast, reporting_round)
    edit_paragraph(
        actor=cast.actor("supervisor"),
        round=reporting_round,
        paragraph=paragraph,
        text="ใหม่",
        version=1,
    )
    remove_paragraph(actor=cast.actor("planner"), round=reporting_round, paragraph=paragraph)
    say_comment(actor=cast.actor("planner"), round=reporting_round, item="2", text="ข้ออื่น")
    answer = reporting_round.answers.get(item="1")
    told = item_history(reporting_round, answer)
    assert [event.name for event in told] == [
        "paragraph.removed",
        "paragraph.edited",
        "paragraph.added",
        "narrative_group.added",
    ]
    assert all("1" in say(event) for event in told)


def at_once(cast: Cast, *works: object) -> list[str]:
    """Run some work in threads of their own, each with its own connection; return what each raised."""
    told: list[str] = []
    ready = threading.Barrier(len(works))

    def run(work: object) -> None:
        try:
            with scope(cast.office.pk):
                ready.wait(10)
                work()  # type: ignore[operator]
        except Conflict as conflict:
            told.append(conflict.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return told


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_two_connections_adding_at_once_are_both_kept(cast: Cast, reporting_round: Round) -> None:
    group = a_group(cast, reporting_round)
    heading = group.paragraphs.get(section="factors")
    actors = [cast.actor("planner"), cast.actor("supervisor"), cast.actor("director")]

    def adding(number: int) -> object:
        draft = ParagraphDraft("point", f"ข้อ {number}", "factors", f"1.{number}", 1)
        return lambda: add_paragraph(
            actor=actors[number], round=reporting_round, group=group, after=heading, draft=draft
        )

    assert at_once(cast, *(adding(number) for number in range(3))) == []
    rows = list(group.paragraphs.order_by("position", "pk"))
    assert {row.text for row in rows} >= {"ข้อ 0", "ข้อ 1", "ข้อ 2"}
    assert len({row.position for row in rows}) == len(rows)


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_two_connections_saving_one_paragraph_keep_both_texts(
    cast: Cast, reporting_round: Round
) -> None:
    paragraph = a_point(cast, reporting_round)
    actors = {"แผน": cast.actor("planner"), "ศน.": cast.actor("supervisor")}

    def saving(name: str) -> object:
        return lambda: edit_paragraph(
            actor=actors[name],
            round=reporting_round,
            paragraph=paragraph,
            text=f"ของ {name}",
            version=1,
        )

    assert at_once(cast, *(saving(name) for name in actors)) == ["paragraph.changed"]
    paragraph.refresh_from_db()
    assert paragraph.version == 2
    assert paragraph.text in {"ของ แผน", "ของ ศน."}
