"""Addresses of rounds, and the records that they are asked about."""

from collections.abc import Mapping

from nithet.domain.assessments.actions.assigning import assign_item
from nithet.domain.assessments.actions.commenting import say_comment
from nithet.domain.assessments.actions.narrative import draft_again
from nithet.domain.assessments.models.narrative import NarrativeParagraph, ParagraphProposal
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.assessments.queries.steps import point_of
from nithet.domain.commitments.actions import make_commitment
from tests.web.routes.who import (
    FOREIGN,
    LEADERS,
    ROUND_READERS,
    SIGNED_IN,
    STAFF,
    WRITERS,
    Route,
    Stage,
    while_closed,
    while_open,
)

SHARERS = LEADERS | {"planner", "group_head"}


def records(stage: Stage) -> Mapping[str, str]:
    """An assignment, a comment, proposed words beside a person's, and a commitment."""
    director, reporting_round = stage.cast.actor("director"), stage.round
    assignment = assign_item(actor=director, round=reporting_round, item="5", title="กลุ่มนิเทศฯ")
    comment = say_comment(actor=director, round=reporting_round, item="5", text="ขอดูอีกครั้ง")
    paragraph = NarrativeParagraph.objects.filter(role="point").order_by("pk").last()
    assert paragraph
    draft_again(
        actor=director, round=reporting_round, paragraph=paragraph, text="ถ้อยคำที่เสนอ", origin="ทดสอบ"
    )
    made = make_commitment(actor=director, text="เก็บหลักฐาน", owner_title="กลุ่มนิเทศฯ")
    return {
        "assignment_id": str(assignment.pk),
        "comment_id": str(comment.pk),
        "group_id": str(paragraph.group_id),
        "paragraph_proposal_id": str(ParagraphProposal.objects.get().pk),
        "commitment_id": str(made.pk),
        "point": point_of(standing_of(reporting_round).to_next[0]),
    }


TABLE: dict[str, Route] = {
    "rounds:rounds": Route(SIGNED_IN, in_view=True),
    "rounds:open": Route(
        SIGNED_IN,
        in_view=True,
        do=SHARERS | FOREIGN,
        # Without a year: a round that another office opened would greet its director on the next page that is not there.
        body=lambda known: {"edition": known["edition"]},
    ),
    "rounds:round": Route(ROUND_READERS, shows="<h1"),
    "rounds:what_if": Route(ROUND_READERS),
    "rounds:rights": Route(ROUND_READERS),
    "rounds:withdraw": Route(ROUND_READERS, get=False, do=while_open(SHARERS)),
    "rounds:due": Route(
        ROUND_READERS, get=False, do=while_open(SHARERS), body=lambda known: {"version": "1"}
    ),
    "rounds:sign": Route(
        ROUND_READERS,
        get=False,
        do=while_open(LEADERS),
        body=lambda known: {
            "level": "none",
            "shown": known["shown"],
            "request_key": "matrix",
            "reason": "x",
        },
    ),
    "rounds:close": Route(ROUND_READERS, get=False, do=while_open(LEADERS)),
    "rounds:reopen": Route(
        ROUND_READERS, get=False, do=while_closed(LEADERS), body=lambda known: {"reason": "x"}
    ),
    "rounds:promise": Route(
        ROUND_READERS,
        get=False,
        do=WRITERS,
        body=lambda known: {"point": known["point"], "title": "กลุ่มนิเทศฯ"},
    ),
    "rounds:share_out": Route(
        ROUND_READERS,
        do=while_open(SHARERS),
        body=lambda known: {"items": "1", "title": "กลุ่มอำนวยการ"},
    ),
    "rounds:assignment": Route(
        ROUND_READERS, do=while_open(SHARERS), body=lambda known: {"version": "1"}
    ),
    "rounds:unassign": Route(ROUND_READERS, get=False, do=while_open(SHARERS)),
    "rounds:item": Route(ROUND_READERS, shows="<h1"),
    "rounds:answer": Route(
        ROUND_READERS,
        get=False,
        do=while_open(WRITERS),
        body=lambda known: {"answer": "done", "reason": "x"},
    ),
    "rounds:comment": Route(
        ROUND_READERS, get=False, do=STAFF, body=lambda known: {"text": "ขอดูอีกครั้ง"}
    ),
    "rounds:answer_comment": Route(
        ROUND_READERS, get=False, do=STAFF, body=lambda known: {"text": "ดูแล้ว"}
    ),
    "rounds:settle_comment": Route(ROUND_READERS, get=False, do=STAFF),
    "rounds:unsay_comment": Route(ROUND_READERS, get=False, do=LEADERS),
    "rounds:narrative": Route(ROUND_READERS, do=while_open(WRITERS), shows="<h1"),
    "rounds:tell_became": Route(ROUND_READERS, get=False, do=while_open(WRITERS)),
    "rounds:change_group": Route(
        ROUND_READERS,
        get=False,
        do=while_open(WRITERS),
        body=lambda known: {"do": "rename", "title": "ชื่อ", "version": "1"},
    ),
    "rounds:add_paragraph": Route(
        ROUND_READERS,
        get=False,
        do=while_open(WRITERS),
        body=lambda known: {"text": "ข้อใหม่", "role": "point", "section": "factors"},
    ),
    "rounds:paragraph": Route(
        ROUND_READERS,
        do=while_open(WRITERS),
        body=lambda known: {"text": "ถ้อยคำใหม่", "version": "1"},
    ),
    "rounds:change_paragraph": Route(
        ROUND_READERS,
        get=False,
        do=while_open(WRITERS),
        body=lambda known: {"do": "remove", "version": "1"},
    ),
    "rounds:proposal": Route(
        ROUND_READERS,
        get=False,
        do=while_open(WRITERS),
        body=lambda known: {"do": "take", "version": "1"},
    ),
    "rounds:commitments": Route(SIGNED_IN, in_view=True),
    "rounds:commitment": Route(
        STAFF,
        do=WRITERS,
        body=lambda known: {"text": "เก็บหลักฐานเพิ่ม", "version": "1"},
    ),
    "rounds:change_commitment": Route(
        STAFF, get=False, do=WRITERS, body=lambda known: {"do": "done", "version": "1"}
    ),
}
