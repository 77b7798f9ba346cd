"""What was proved, answered and agreed in the example year, so that its round stands at a level with a reason."""

from collections.abc import Sequence
from datetime import date

from nithet.console.demo.example_year.marks import EXAMPLE
from nithet.domain.assessments.actions.answers import answer_test
from nithet.domain.assessments.actions.assigning import assign_item
from nithet.domain.assessments.actions.commenting import say_comment
from nithet.domain.assessments.actions.rounds import close_round, open_round
from nithet.domain.assessments.actions.signing import sign_off
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.commitments.actions import make_commitment
from nithet.domain.evidence.actions.bringing import describe_piece
from nithet.domain.evidence.actions.reviewing import answer_clarity
from nithet.domain.evidence.models import Piece
from nithet.domain.frameworks.models import Edition
from nithet.domain.reviews.actions.assessing import freeze_round
from nithet.domain.reviews.actions.folders import propose_folder
from nithet.domain.reviews.models.frozen import FrozenRound
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.school_years import fiscal_year_period

CLEAR_ITEMS = ("1", "2", "5")
"""Items whose evidence was looked at and found clear; 3 and 4 wait for theirs."""
SHARED = (
    ("1", "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา"),
    ("2", "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา"),
    ("3", "กลุ่มส่งเสริมการจัดการศึกษา"),
    ("4", "กลุ่มอำนวยการ"),
    ("5", "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา"),
)
TO_DO = (
    ("3", "หาเอกสารโครงการเรียนร่วมอีก 2 โครงการมาเป็นหลักฐาน", "ผู้อำนวยการกลุ่มส่งเสริมการจัดการศึกษา"),
    ("4", "สอบทานบัญชีรับทราบหนังสือของทุกโรงเรียน", "ผู้อำนวยการกลุ่มอำนวยการ"),
    ("5", "สอบถามรายชื่อกรรมการที่ออกตรวจเยี่ยม 13 โรงเรียน", "ผู้อำนวยการกลุ่มนิเทศฯ"),
)


def keep_and_review(keeper: Actor, reviewer: Actor, reporting_round: Round, items: Sequence[str] = CLEAR_ITEMS) -> None:
    """Say who keeps the pieces of some items, where and for which time; then somebody else finds them clear."""
    period = fiscal_year_period(reporting_round.fiscal_year)
    standing = standing_of(reporting_round)
    pieces = {view.piece.pk: view.piece for item in items for view in standing.pieces.get(item, ())}
    for piece in pieces.values():
        kept = describe_piece(
            actor=keeper,
            piece=piece,
            version=piece.version,
            medium=Piece.Medium.PHYSICAL if piece.medium == Piece.Medium.LISTED else None,
            custodian=f"กลุ่มนิเทศฯ ({EXAMPLE})",
            place="ห้องศูนย์ข้อมูล ตู้ 2 ชั้น 1",
            period=period,
        )
        for criterion in (one.id for one in standing.edition.clarity if one.answer):
            answer_clarity(actor=reviewer, piece=kept, criterion=criterion, holds=True, reason=EXAMPLE)


def answer_the_rest(actor: Actor, reporting_round: Round) -> None:
    """Tick the tests that the old return lost; where the records propose nothing, the reason says that it is an example."""
    standing = standing_of(reporting_round)
    for node in standing.edition.items:
        given = {row.test for row in standing.answers[node.id].given}
        for test in node.tests:
            if test.id not in given:
                answer_test(
                    actor=actor, round=reporting_round, item=node.id, test=test.id, is_done=True, reason=f"{EXAMPLE}: มติคณะทำงาน"
                )


def share_out(actor: Actor, reporting_round: Round, due_on: date) -> None:
    """Give each item to a group of the office."""
    for item, group in SHARED:
        assign_item(actor=actor, round=reporting_round, item=item, title=group, due_on=due_on)


def agree(actor: Actor, reporting_round: Round, due_on: date) -> None:
    """Note what is to be done for the next level, and what colleagues said."""
    about = RecordRef("assessments.round", str(reporting_round.pk))
    for item, words, owner in TO_DO:
        make_commitment(
            actor=actor, text=f"ข้อ {item}: {words}", owner_title=owner, due_on=due_on, about=about, arose_from=about, point=f"item {item}"
        )
    say_comment(
        actor=actor,
        round=reporting_round,
        item="4",
        text="ขอบัญชีรับทราบหนังสือของโรงเรียนที่ไม่มีอินเทอร์เน็ต 9 โรงเรียนเพิ่มด้วย (ข้อมูลตัวอย่าง)",
    )


def close_half_year(keeper: Actor, director: Actor, edition: Edition, fiscal_year: int) -> FrozenRound:
    """Open, answer, sign and close the round of six months; return the copy of it that assessors see."""
    half = open_round(actor=keeper, edition=edition, fiscal_year=fiscal_year, months=6)
    answer_the_rest(keeper, half)
    shown = standing_of(half).digest
    sign_off(
        actor=director, round=half, declared_level=2, shown=shown, request_key="example-half-year", reason=f"{EXAMPLE}: มติคณะทำงาน"
    )
    closed = close_round(actor=director, round=half)
    return freeze_round(actor=director, round=closed)


def put_forward(keeper: Actor, director: Actor, reporting_round: Round) -> None:
    """Put the round of the year before the director, so that a folder waits to be signed."""
    standing = standing_of(reporting_round)
    propose_folder(
        actor=keeper,
        round=reporting_round,
        declared_level=standing.judgement.level,
        shown=standing.digest,
        addressee_id=director.user_id or 0,
        reason=f"{EXAMPLE}: มติคณะทำงาน",
        words=f"ขอเสนอเพื่อโปรดพิจารณาลงนาม ({EXAMPLE})",
    )
