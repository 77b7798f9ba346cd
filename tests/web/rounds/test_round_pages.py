"""The pages of a round: fixed numbers of queries, both versions where somebody was quicker, level in place."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nithet.domain.assessments.actions.assigning import assign_item
from nithet.domain.assessments.actions.narrative import edit_paragraph
from nithet.domain.assessments.models.assigning import ItemAssignment
from nithet.domain.assessments.models.commenting import Comment
from nithet.domain.assessments.models.narrative import NarrativeGroup, NarrativeParagraph
from nithet.domain.assessments.models.rounds import Reading, Round, TestAnswer
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.assessments.queries.steps import point_of
from nithet.domain.commitments.models import Commitment
from nithet.domain.evidence.models import Piece, Use
from nithet.foundation.notices.models import Notice
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast


@pytest.fixture
def planner(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.users["planner"])
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"rounds:{name}", args=args)


def grow(cast: Cast, taken_over: Round, to: int) -> None:
    """Give the round as many pieces, paragraphs, comments and assignments at item 1."""
    office = cast.office.pk
    have = Use.objects.filter(item="1").count()
    for number in range(have, to):
        piece = Piece.owned_by(office, title=f"หลักฐาน {number}", kind="project_document")
        piece.save()
        Use.owned_by(
            office, piece=piece, edition=taken_over.edition, fiscal_year=2555, item="1"
        ).save()
    group = NarrativeGroup.objects.filter(answer__round=taken_over, answer__item="1").first()
    assert group
    point = {"group": group, "role": "point", "section": "factors"}
    said = {"round": taken_over, "item": "1", "said_by": "x"}
    given = {"round": taken_over, "item": "1"}
    with scope(office):
        NarrativeParagraph.objects.bulk_create(
            NarrativeParagraph.owned_by(office, **point, text=f"ข้อ {n}", position=100 + n)
            for n in range(to)
        )
        Comment.objects.bulk_create(
            Comment.owned_by(office, **said, text=f"ความเห็น {n}") for n in range(to)
        )
        ItemAssignment.objects.bulk_create(
            ItemAssignment.owned_by(office, **given, title=f"กลุ่ม {to}-{n}") for n in range(to)
        )


@pytest.mark.parametrize("name", ["round", "item", "narrative", "share_out"])
def test_a_page_costs_the_same_at_one_thirty_and_three_hundred(
    cast: Cast, taken_over: Round, planner: Client, name: str
) -> None:
    address = (
        page(name, taken_over.pk, "1")
        if name in {"item", "narrative"}
        else page(name, taken_over.pk)
    )

    def cost() -> int:
        assert planner.get(address).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            planner.get(address)
        return len(queries)

    grow(cast, taken_over, 1)
    costs = [cost()]
    for rows in (30, 300):
        grow(cast, taken_over, rows)
        costs.append(cost())
    assert len(set(costs)) == 1, costs


def test_a_tick_answers_the_line_and_the_level_to_a_page_with_scripts(
    taken_over: Round, planner: Client
) -> None:
    address = page("answer", taken_over.pk, "4", "every_school")
    asked = {"answer": "done", "reason": "เขตตรวจแล้ว", "seen": "unanswered"}
    answer = planner.post(address, asked, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="test-every_school"' in text
    assert 'id="stand"' in text
    assert "<html" not in text
    assert TestAnswer.objects.filter(test="every_school", is_done=True).exists()
    again = planner.post(address, asked, headers={"HX-Request": "true"})
    assert "notice" in again.content.decode()
    assert TestAnswer.objects.filter(test="every_school").count() == 1
    assert planner.post(address, asked).status_code == 409


def test_without_scripts_a_tick_leads_back_to_the_item(taken_over: Round, planner: Client) -> None:
    address = page("answer", taken_over.pk, "4", "on_time")
    answer = planner.post(address, {"answer": "done", "reason": "x", "seen": "unanswered"})
    assert answer.status_code == 302
    assert answer["Location"] == page("item", taken_over.pk, "4")


def test_who_saves_second_sees_both_texts_and_merges_them(
    cast: Cast, taken_over: Round, planner: Client
) -> None:
    paragraph = NarrativeParagraph.objects.filter(role="point").first()
    assert paragraph
    edit_paragraph(
        actor=cast.actor("supervisor"),
        round=taken_over,
        paragraph=paragraph,
        text="ของศึกษานิเทศก์",
        version=1,
    )
    address = page("paragraph", taken_over.pk, paragraph.pk)
    conflict = planner.post(address, {"text": "ของนักวิเคราะห์", "version": "1"})
    text = conflict.content.decode()
    assert conflict.status_code == 409
    assert "ของศึกษานิเทศก์" in text
    assert text.count("ของนักวิเคราะห์") == 2
    merged = planner.post(address, {"text": "ของศึกษานิเทศก์ และของนักวิเคราะห์", "version": "2"})
    assert merged.status_code == 302
    paragraph.refresh_from_db()
    assert paragraph.text == "ของศึกษานิเทศก์ และของนักวิเคราะห์"


STALE: dict[str, Callable[[Round], tuple[str, dict[str, str]]]] = {
    "the due day of the round": lambda one: (page("due", one.pk), {}),
    "a group": lambda one: (
        page("change_group", one.pk, NarrativeGroup.objects.filter(answer__round=one)[0].pk),
        {"do": "rename", "title": "x"},
    ),
    "taking a paragraph out": lambda one: (
        page("change_paragraph", one.pk, NarrativeParagraph.objects.filter(role="point")[0].pk),
        {"do": "remove"},
    ),
    "an assignment": lambda one: (page("assignment", one.pk, ItemAssignment.objects.get().pk), {}),
    "a commitment": lambda one: (page("commitment", Commitment.objects.get().pk), {"text": "x"}),
    "closing a commitment": lambda one: (
        page("change_commitment", Commitment.objects.get().pk),
        {"do": "done"},
    ),
}


@pytest.mark.parametrize("what", STALE)
def test_a_stale_form_is_answered_with_409(
    cast: Cast, taken_over: Round, planner: Client, what: str
) -> None:
    assign_item(actor=cast.actor("director"), round=taken_over, item="5", title="กลุ่มนิเทศฯ")
    Commitment.owned_by(cast.office.pk, text="เก็บหลักฐาน", owner_title="กลุ่มนิเทศฯ").save()
    address, body = STALE[what](taken_over)
    assert planner.post(address, {**body, "version": "9"}).status_code == 409


def test_a_step_to_the_next_level_becomes_somebodys_task_in_one_tap(
    cast: Cast, taken_over: Round, planner: Client
) -> None:
    point = point_of(standing_of(taken_over).to_next[0])
    who = str(cast.users["supervisor"].pk)
    for _ in range(2):
        planner.post(page("promise", taken_over.pk), {"point": point, "who": who})
    kept = Commitment.objects.get()
    assert (kept.owner_user_id, kept.point, kept.due_on is not None) == (
        cast.users["supervisor"].pk,
        point,
        True,
    )
    assert Notice.objects.filter(user=cast.users["supervisor"]).count() == 1
    shown = planner.get(page("round", taken_over.pk)).content.decode()
    assert kept.text in shown
    assert (
        planner.post(page("promise", taken_over.pk), {"point": "x", "who": who}).status_code == 409
    )
    outsider = str(cast.users["outsider"].pk)
    assert (
        planner.post(page("promise", taken_over.pk), {"point": point, "who": outsider}).status_code
        == 422
    )


def test_a_round_is_opened_with_its_own_thresholds(taken_over: Round, planner: Client) -> None:
    edition = str(taken_over.edition_id)
    first = planner.get(page("open") + f"?edition={edition}").content.decode()
    assert 'name="reading0"' in first
    asked = {"edition": edition, "fiscal_year": "๒๕๕๕", "months": "6", "reading1": "๗๐ %"}
    without = planner.post(page("open"), asked)
    assert without.status_code == 422
    assert Round.objects.count() == 1
    done = planner.post(page("open"), {**asked, "reading1_why": "ปีแรก"})
    assert done.status_code == 302
    reading = Reading.objects.get()
    assert (str(reading.value), reading.reason, reading.round.months) == ("0.7000", "ปีแรก", 6)
    shown = planner.get(done["Location"]).content.decode()
    assert "70 %" in shown
    assert "ปีแรก" in shown


def test_my_items_are_kept_by_the_address(cast: Cast, taken_over: Round) -> None:
    client = Client()
    client.force_login(cast.users["supervisor"])
    assign_item(
        actor=cast.actor("planner"), round=taken_over, item="4", user_id=cast.users["supervisor"].pk
    )
    mine = client.get(page("round", taken_over.pk) + "?mine=1").context["page"]
    assert [one.line.node.id for one in mine.shared] == ["4"]
    assert len(client.get(page("round", taken_over.pk)).context["page"].shared) == 5


@pytest.mark.parametrize("name", ["rounds", "commitments", "round"])
def test_lists_leave_as_excel(taken_over: Round, planner: Client, name: str) -> None:
    address = page(name, taken_over.pk) if name == "round" else page(name)
    answer = planner.get(address + "?as=xlsx")
    assert answer.status_code == 200
    assert "spreadsheet" in answer["Content-Type"]


def test_a_paragraph_cites_only_what_was_offered(taken_over: Round, planner: Client) -> None:
    paragraph = NarrativeParagraph.objects.filter(role="point", group__answer__item="1").first()
    assert paragraph
    piece = Use.objects.filter(item="1").first()
    assert piece
    offered = f"evidence.piece:{piece.piece_id}"
    address = page("paragraph", taken_over.pk, paragraph.pk)
    body = {"text": paragraph.text, "version": "1", "cite": [offered, "evidence.piece:999999"]}
    assert planner.post(address, body).status_code == 302
    before = set(paragraph.cites)
    paragraph.refresh_from_db()
    assert offered in paragraph.cites
    assert "evidence.piece:999999" not in paragraph.cites
    assert set(paragraph.cites) - before <= {offered}
