"""Versions reopen answers, reviewers are never bringers, uses reach across returns, expectations count."""

from datetime import date, timedelta

import pytest

from nithet.domain.evidence.actions.bringing import (
    PieceDraft,
    UseFor,
    bring_pieces,
    describe_piece,
    withdraw_piece,
)
from nithet.domain.evidence.actions.files import attach_file
from nithet.domain.evidence.actions.keeping import check_place
from nithet.domain.evidence.actions.reviewing import answer_clarity, assign_reviewer
from nithet.domain.evidence.actions.uses import (
    also_about,
    edit_use,
    leave_return,
    use_in_return,
    use_piece,
    withdraw_use,
)
from nithet.domain.evidence.models import ClarityAnswer, Piece, ReviewTask, Use
from nithet.domain.evidence.queries.clarity import pieces_for, views_of
from nithet.domain.evidence.queries.expectations import expected_of, missing_of
from nithet.domain.evidence.queries.pieces import digests_in_use, pieces_about, same_files
from nithet.domain.evidence.queries.reviewing import possible_reviewers, review_queue
from nithet.domain.evidence.queries.states import State, states_of
from nithet.domain.evidence.rules.other_returns import OTHER_RETURNS, returns_of
from nithet.foundation.access.actors import system_actor
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.files.keepers import in_use
from nithet.foundation.notices.models import Notice
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.periods import Period
from tests.conftest import Cast
from tests.domain.record_factories import (
    PDF_BYTES,
    YEAR,
    make_edition,
    make_piece,
    one_page_pdf,
)

IN_YEAR = Period(date(2012, 4, 1), date(2012, 9, 30), "")
LATER = Period(date(2012, 7, 1), date(2012, 9, 30), "")


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(tmp_path: object, settings: object) -> None:
    settings.NITHET_DATA = tmp_path  # type: ignore[attr-defined]


def used(cast: Cast, piece: Piece, item: str = "1") -> Use:
    return use_piece(
        actor=cast.actor("supervisor"),
        piece=piece,
        edition=make_edition(),
        fiscal_year=YEAR,
        item=item,
    )


def answer(cast: Cast, piece: Piece, criterion: str, who: str = "planner", **more: object) -> None:
    answer_clarity(
        actor=cast.actor(who), piece=piece, criterion=criterion, **{"holds": True, **more}
    )  # type: ignore[arg-type]


def holds(piece: Piece) -> dict[str, bool | None]:
    return {point.criterion.id: point.holds for point in views_of(piece)[0].clarity}


def test_a_new_version_reopens_what_depends_on_content_and_a_new_time_what_depends_on_time(
    cast: Cast, office: Unit
) -> None:
    actor = cast.actor("supervisor")
    piece = attach_file(actor=actor, piece=make_piece(actor), file_name="a.pdf", data=PDF_BYTES)
    used(cast, piece)
    for criterion in ("reviewed", "in_period"):
        answer(cast, piece, criterion)
    assert holds(piece) == {"in_period": True, "reviewed": True, "opens": True}
    attach_file(
        actor=actor, piece=piece, file_name="b.pdf", data=one_page_pdf(b"2"), why="เพิ่มลายมือชื่อ"
    )
    piece.refresh_from_db()
    assert holds(piece) == {"in_period": True, "reviewed": None, "opens": True}
    told = next(p.because.words for p in views_of(piece)[0].clarity if p.criterion.id == "reviewed")
    assert "planner" in told
    answer(cast, piece, "reviewed")
    assert ClarityAnswer.objects.get(criterion="reviewed").file_number == 2
    describe_piece(actor=actor, piece=piece, version=piece.version, period=LATER)
    kept = {one.criterion: one.reopened_at is None for one in ClarityAnswer.objects.all()}
    assert kept == {"reviewed": True, "in_period": False}


def test_who_brought_any_version_never_reviews(cast: Cast, office: Unit) -> None:
    piece = make_piece(cast.actor("supervisor"))
    attach_file(actor=cast.actor("planner"), piece=piece, file_name="a.pdf", data=PDF_BYTES)
    used(cast, piece)
    names = [name for _, name in possible_reviewers(piece)]
    assert names == ["director"]
    for person in ("supervisor", "planner"):
        with pytest.raises(Refused, match="yourself"):
            answer(cast, Piece.objects.get(), "reviewed", who=person)
        with pytest.raises(RuleBroken) as broken:
            assign_reviewer(
                actor=cast.actor("director"), piece=piece, reviewer=cast.users[person].pk
            )
        assert broken.value.code == "review.nobody"
    for stranger in ("outsider", "school_head", "administrator", "nobody"):
        with pytest.raises(RuleBroken):
            assign_reviewer(
                actor=cast.actor("director"), piece=piece, reviewer=cast.users[stranger].pk
            )
    answer(cast, piece, "reviewed", who="director")


def test_a_reviewer_is_told_and_so_is_the_bringer_of_what_is_not_clear(
    cast: Cast, office: Unit
) -> None:
    piece = make_piece(cast.actor("supervisor"))
    used(cast, piece)
    planner = cast.users["planner"].pk
    assign_reviewer(
        actor=cast.actor("director"), piece=piece, reviewer=planner, due_on=date(2026, 1, 1)
    )
    assign_reviewer(
        actor=cast.actor("director"), piece=piece, reviewer=planner, due_on=date(2026, 1, 1)
    )
    assert ReviewTask.objects.count() == 1
    assert AuditEvent.objects.filter(name="piece.reviewer_assigned").count() == 1
    answer(cast, piece, "reviewed", holds=False, reason="ไม่ระบุโรงเรียน")
    told = {(row.kind, row.user_id) for row in Notice.objects.all()}
    assert told == {
        ("evidence.review_asked", planner),
        ("evidence.not_clear", cast.users["supervisor"].pk),
    }
    assert list(review_queue(cast.actor("planner"), "mine")) == []


def test_a_use_is_edited_withdrawn_and_taken_up_again(cast: Cast, office: Unit) -> None:
    actor = cast.actor("planner")
    use = used(cast, make_piece(cast.actor("supervisor")))
    edited = edit_use(actor=actor, use=use, version=1, printed_title="ในแบบ", ticked=True, mark="(")
    assert (edited.version, edited.printed_title, edited.ticked) == (2, "ในแบบ", True)
    assert edit_use(actor=actor, use=use, version=2, clear_tick=True).ticked is None
    with pytest.raises(Conflict) as conflict:
        edit_use(actor=actor, use=use, version=2, printed_title="อื่น")
    assert conflict.value.params["theirs"] == {"printed_title": "ในแบบ"}
    with pytest.raises(Refused):
        edit_use(actor=cast.actor("administrator"), use=use, version=3, mark="x")
    with clock.fixed(clock.now() + timedelta(days=2)):
        with pytest.raises(RuleBroken) as broken:
            withdraw_use(actor=actor, use=use)
        assert broken.value.code == "taking_back.needs_reason"
        withdraw_use(actor=actor, use=use, reason="ใช้ผิดข้อ")
    assert pieces_for(make_edition(), YEAR) == {}
    assert used(cast, use.piece).pk != use.pk
    sentences = [say(event) for event in AuditEvent.objects.filter(name__startswith="piece.use")]
    assert len(sentences) == 5
    assert all("1" in one for one in sentences)


def test_one_piece_serves_returns_of_their_years(cast: Cast, office: Unit) -> None:
    actor, piece = cast.actor("planner"), make_piece(cast.actor("supervisor"))
    assert {one.id for one in returns_of(2555)} == {"krs", "ars", "monitoring_committee"}
    assert returns_of(2569) == OTHER_RETURNS
    for report in OTHER_RETURNS:
        use_in_return(actor=actor, piece=piece, report=report.id, fiscal_year=2569)
        use_in_return(actor=actor, piece=piece, report=report.id, fiscal_year=2569)
    assert piece.return_uses.count() == len(OTHER_RETURNS)
    leave_return(actor=actor, use=piece.return_uses.first())
    assert piece.return_uses.filter(taken_back_at__isnull=True).count() == len(OTHER_RETURNS) - 1
    for report, year in (("ita", 2555), ("nonsense", 2569)):
        with pytest.raises(RuleBroken) as broken:
            use_in_return(actor=actor, piece=piece, report=report, fiscal_year=year)
        assert broken.value.code == "return.unknown"


def test_what_an_item_expects_is_counted_by_kind(cast: Cast, office: Unit) -> None:
    edition, actor = make_edition(), cast.actor("supervisor")
    assert len(missing_of(edition, YEAR)) == 6
    plan = make_piece(actor, "แผนนิเทศ", kind="supervision_plan", period=IN_YEAR)
    used(cast, plan, "5")
    used(cast, make_piece(actor, "สไลด์", kind="slides"), "5")
    first, second = expected_of(edition, YEAR)["5"]
    assert (first.here, first.missing, first.clear, first.unclear) == (1, 0, 0, 1)
    assert (second.here, second.missing, [kind.id for kind in second.kinds]) == (
        0,
        1,
        ["supervision_report", "visit_copy"],
    )
    answer(cast, plan, "reviewed")
    assert expected_of(edition, YEAR)["5"][0].clear == 1


def test_several_pieces_are_brought_all_or_none(cast: Cast, office: Unit) -> None:
    actor, edition = cast.actor("supervisor"), make_edition()
    use = UseFor(edition, YEAR, "1")
    good = PieceDraft(title="ลิงก์", link="https://example.org")
    with pytest.raises(RuleBroken) as broken:
        bring_pieces(
            actor=actor, drafts=[good, PieceDraft(link="ftp://x")], kind="photo", uses=[use]
        )
    assert broken.value.code == "piece.link"
    assert not Piece.objects.exists()
    kept = bring_pieces(actor=actor, drafts=[good], kind="photo", uses=[use])
    event = AuditEvent.objects.get(name="pieces.brought")
    assert event.after["count"] == 1
    assert [
        one.cause for one in AuditEvent.objects.exclude(pk=event.pk).filter(name="piece.brought")
    ] == [event.uid]
    assert states_of(kept) == {kept[0].pk: State.UNREVIEWED}


def test_the_same_file_is_known_in_every_version_within_the_office(
    cast: Cast, office: Unit
) -> None:
    actor = cast.actor("supervisor")
    piece = attach_file(actor=actor, piece=make_piece(actor), file_name="a.pdf", data=PDF_BYTES)
    old = piece.file_sha256
    piece = attach_file(
        actor=actor, piece=piece, file_name="b.pdf", data=one_page_pdf(b"2"), why="ใหม่"
    )
    assert same_files(actor, old, piece.file_sha256) == {old: [piece], piece.file_sha256: [piece]}
    assert same_files(cast.actor("school_head"), old) == {old: []}
    assert {old, piece.file_sha256} <= digests_in_use()
    assert {old, piece.file_sha256} <= in_use()
    withdraw_piece(actor=actor, piece=piece)
    assert same_files(actor, old) == {old: []}


def test_a_piece_proves_further_records_without_being_brought_twice(
    cast: Cast, office: Unit
) -> None:
    actor = cast.actor("supervisor")
    refs = [RecordRef("evidence.piece", str(make_piece(actor, name).pk)) for name in ("ก", "ข")]
    piece = make_piece(actor, "ชิ้นเดียว", about=str(refs[0]))
    for ref in (*refs, refs[1]):
        also_about(actor=actor, piece=piece, about=str(ref))
    assert pieces_about(actor, *refs) == {refs[0]: [piece], refs[1]: [piece]}
    assert AuditEvent.objects.filter(name="piece.serves_too").count() == 1


def test_a_thing_is_found_moved_and_lost(cast: Cast, office: Unit) -> None:
    actor = cast.actor("supervisor")
    piece = make_piece(actor, medium="physical", custodian="กลุ่มนิเทศ", place="ตู้ 3", period=IN_YEAR)
    used(cast, piece)
    assert holds(piece)["opens"] is True
    moved = check_place(actor=actor, piece=piece, version=1, found=True, place="ตู้ 5")
    assert (moved.place, moved.seen_by, moved.version) == ("ตู้ 5", "supervisor", 2)
    with pytest.raises(RuleBroken) as broken:
        check_place(actor=actor, piece=piece, version=2, found=False)
    assert broken.value.code == "piece.lost_why"
    lost = check_place(actor=actor, piece=piece, version=2, found=False, why="ค้นแล้วทุกตู้")
    assert holds(lost)["opens"] is False
    with pytest.raises(Conflict):
        check_place(actor=actor, piece=piece, version=2, found=True)
    assert holds(check_place(actor=actor, piece=piece, version=3, found=True))["opens"] is True


def test_the_system_brings_and_prints_but_never_reviews(cast: Cast, office: Unit) -> None:
    piece = make_piece(system_actor("demo", office.pk))
    used(cast, piece)
    with pytest.raises(Refused):
        answer_clarity(
            actor=system_actor("demo", office.pk), piece=piece, criterion="reviewed", holds=True
        )
