"""Pieces of evidence: brought, used, reviewed, withdrawn."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest

from nithet.domain.evidence import policy
from nithet.domain.evidence.actions.bringing import bring_piece, describe_piece, withdraw_piece
from nithet.domain.evidence.actions.files import attach_file
from nithet.domain.evidence.actions.reviewing import answer_clarity
from nithet.domain.evidence.actions.uses import use_piece
from nithet.domain.evidence.files import NAMESPACE, is_whole, open_file
from nithet.domain.evidence.models import ClarityAnswer, Piece, Use
from nithet.domain.evidence.queries.clarity import facts_for, open_criteria, pieces_for, views_of
from nithet.domain.evidence.queries.pieces import (
    find_piece,
    list_pieces,
    pieces_about,
    pieces_by_title,
    record_ids_with_evidence,
)
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.facts import TraceState
from nithet.domain.frameworks.rules.trace import trace_of
from nithet.foundation.access.actors import system_actor
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.files import places
from nithet.foundation.files.store import iterate
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.periods import Period
from tests.conftest import Cast
from tests.domain.record_factories import PDF_BYTES, YEAR, make_edition, make_piece, one_page_pdf

IN_YEAR = Period(date(2012, 4, 1), date(2012, 9, 30), "เมษายน – กันยายน 2555")
BEFORE = Period(date(2010, 10, 1), date(2011, 9, 30), "ปีงบประมาณ 2554")
MAY_NOT_WRITE = ["administrator", "committee_member", "assessor", "school_head", "nobody"]


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(tmp_path: Path, settings: object) -> None:
    settings.NITHET_DATA = tmp_path  # type: ignore[attr-defined]


def use(cast: Cast, piece: Piece, edition: Edition, item: str = "1", **fields: object) -> Use:
    return use_piece(
        actor=cast.actor("supervisor"),
        piece=piece,
        edition=edition,
        fiscal_year=YEAR,
        item=item,
        **fields,  # type: ignore[arg-type]
    )


def points(edition: Edition, item: str = "1", place: int = 0) -> dict[str, bool | None]:
    return {p.criterion.id: p.holds for p in pieces_for(edition, YEAR)[item][place].clarity}


def reasons(edition: Edition, item: str = "1") -> dict[str, str]:
    return {p.criterion.id: p.because.words for p in pieces_for(edition, YEAR)[item][0].clarity}


# Bringing ------------------------------------------------------------------------------------


def test_a_piece_keeps_who_brought_it_when_and_what_time_it_speaks_of(
    cast: Cast, office: Unit
) -> None:
    piece = make_piece(
        cast.actor("supervisor"),
        " แผ่น C.D. ",
        kind="disc",
        medium="physical",
        period=IN_YEAR,
        custodian="กลุ่มนิเทศ",
        place="ตู้ 3",
    )
    assert (piece.title, piece.medium, piece.made_by_id) == (
        "แผ่น C.D.",
        "physical",
        cast.users["supervisor"].pk,
    )
    assert (piece.period_start, piece.period_end) == (IN_YEAR.start, IN_YEAR.end)
    event = AuditEvent.objects.get()
    assert (event.name, event.target_kind) == ("piece.brought", "evidence.piece")
    assert "แผ่น C.D." in say(event)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "words.missing"),
        ({"medium": "file"}, "piece.file_missing"),
        ({"medium": "statement"}, "piece.words_missing"),
        ({"medium": "link"}, "piece.link"),
        ({"medium": "link", "link": "javascript:alert(1)"}, "piece.link"),
        ({"about": "nonsense"}, "piece.about"),
        ({"about": "unknown.kind:1"}, "piece.about"),
        ({"about": "evidence.piece:999999"}, "piece.about"),
    ],
)
def test_a_piece_that_says_too_little_is_refused(
    cast: Cast, office: Unit, fields: dict[str, str], code: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        bring_piece(actor=cast.actor("planner"), **{"title": "หลักฐาน", "kind": "manual", **fields})  # type: ignore[arg-type]
    assert broken.value.code == code
    assert not Piece.objects.exists()


def test_a_source_names_a_piece_once_and_people_may_bring_two_of_one_title(
    cast: Cast, office: Unit
) -> None:
    actor = cast.actor("planner")
    first = make_piece(actor, "คู่มือ", source="แบบรายงาน 5.4")
    assert make_piece(actor, "คู่มือ", source="แบบรายงาน 5.4").pk == first.pk
    assert make_piece(actor, "คู่มือ", source="แบบรายงาน 5.3").pk != first.pk
    assert make_piece(actor, "คู่มือ").pk != make_piece(actor, "คู่มือ").pk
    assert AuditEvent.objects.count() == 4
    assert pieces_by_title("แบบรายงาน 5.4") == {"คู่มือ": first}
    withdraw_piece(actor=actor, piece=first, reason="ซ้ำ")
    assert make_piece(actor, "คู่มือ", source="แบบรายงาน 5.4").pk != first.pk


@pytest.mark.parametrize("person", MAY_NOT_WRITE)
def test_nobody_else_brings_uses_attaches_reviews_or_withdraws(
    cast: Cast, office: Unit, person: str
) -> None:
    edition = make_edition()
    piece = make_piece(cast.actor("supervisor"))
    use(cast, piece, edition)
    before = AuditEvent.objects.count()
    actor = cast.actor(person)
    for attempt in (
        lambda: make_piece(actor),
        lambda: use_piece(actor=actor, piece=piece, edition=edition, fiscal_year=YEAR, item="2"),
        lambda: attach_file(actor=actor, piece=piece, file_name="a.pdf", data=PDF_BYTES),
        lambda: answer_clarity(actor=actor, piece=piece, criterion="reviewed", holds=True),
        lambda: withdraw_piece(actor=actor, piece=piece, reason="x"),
        lambda: describe_piece(actor=actor, piece=piece, version=1, custodian="x"),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.verdict.words
    assert AuditEvent.objects.count() == before
    assert list(iterate(NAMESPACE)) == []


def test_another_office_s_people_are_refused_on_our_pieces(cast: Cast, office: Unit) -> None:
    piece = make_piece(cast.actor("supervisor"))
    with pytest.raises(Refused, match="another office"):
        withdraw_piece(actor=cast.actor("outsider"), piece=piece, reason="x")
    with pytest.raises(Refused, match="another office"):
        attach_file(actor=cast.actor("outsider"), piece=piece, file_name="a.pdf", data=PDF_BYTES)


# Files ---------------------------------------------------------------------------------------


def test_a_file_is_checked_kept_under_its_digest_and_versions_are_added_never_replaced(
    cast: Cast, office: Unit
) -> None:
    actor = cast.actor("supervisor")
    piece = attach_file(
        actor=actor,
        piece=make_piece(actor),
        file_name="C:\\งาน\\รายงาน.pdf",
        data=io.BytesIO(PDF_BYTES),
    )
    assert (piece.medium, piece.file_name, piece.file_size, piece.media_type, piece.version) == (
        "file",
        "รายงาน.pdf",
        len(PDF_BYTES),
        "application/pdf",
        2,
    )
    with open_file(piece) as kept:
        assert kept.read() == PDF_BYTES
    again = attach_file(actor=actor, piece=piece, file_name="รายงาน.pdf", data=PDF_BYTES)
    assert again.version == 2
    with pytest.raises(RuleBroken) as broken:
        attach_file(actor=actor, piece=piece, file_name="b.pdf", data=one_page_pdf(b"newer"))
    assert broken.value.code == "file.why"
    newer = attach_file(
        actor=actor, piece=piece, file_name="b.pdf", data=one_page_pdf(b"newer"), why="เติมหน้าลงนาม"
    )
    assert [(one.number, one.name, one.why) for one in newer.files.all()] == [
        (2, "b.pdf", "เติมหน้าลงนาม"),
        (1, "รายงาน.pdf", ""),
    ]
    assert (newer.file_name, newer.version) == ("b.pdf", 3)
    assert AuditEvent.objects.filter(name="piece.file_attached").count() == 2


def test_a_file_that_cannot_be_kept_leaves_nothing(cast: Cast, office: Unit) -> None:
    actor = cast.actor("supervisor")
    piece = make_piece(actor)
    with pytest.raises(BadInput):
        attach_file(actor=actor, piece=piece, file_name="a.pdf", data=b"MZ\x90\x00")
    piece.refresh_from_db()
    assert (piece.file_sha256, piece.medium) == ("", "listed")
    assert list(iterate(NAMESPACE)) == []


def test_a_damaged_or_missing_file_does_not_open_and_the_answer_follows_the_disk(
    cast: Cast, office: Unit
) -> None:
    actor, edition = cast.actor("supervisor"), make_edition()
    piece = attach_file(actor=actor, piece=make_piece(actor), file_name="a.pdf", data=PDF_BYTES)
    use(cast, piece, edition)
    assert points(edition)["opens"] is True
    path = places.path_of(NAMESPACE, piece.file_sha256)
    path.chmod(0o600)
    path.write_bytes(PDF_BYTES.replace(b"1.7", b"1.6"))
    assert points(edition)["opens"] is False
    path.unlink()
    assert points(edition)["opens"] is False
    assert "backup" in reasons(edition)["opens"] or "สำรอง" in reasons(edition)["opens"]
    assert is_whole("not a digest") is False


# Clarity -------------------------------------------------------------------------------------

MEDIA = [
    ({}, False),
    ({"medium": "statement", "body": "ติดต่อทางโทรศัพท์"}, False),
    ({"medium": "link", "link": "https://example.org/x"}, None),
    ({"medium": "physical"}, False),
    ({"medium": "physical", "custodian": "กลุ่มนิเทศ"}, False),
    ({"medium": "physical", "custodian": "กลุ่มนิเทศ", "place": "ตู้ 3"}, True),
]


@pytest.mark.parametrize(("fields", "opens"), MEDIA)
def test_a_piece_opens_when_it_can_be_looked_at(
    cast: Cast, office: Unit, fields: dict[str, str], opens: bool | None
) -> None:
    edition = make_edition()
    use(cast, make_piece(cast.actor("supervisor"), **fields), edition)
    assert points(edition)["opens"] is opens
    assert all(reasons(edition).values())


TIMES = [
    (IN_YEAR, True),
    (BEFORE, False),
    (Period(date(2011, 9, 30), date(2011, 10, 1), "ข้ามปี"), True),
    (Period(date(2012, 10, 1), date(2012, 10, 1), "หลังปี"), False),
    (None, None),
]


@pytest.mark.parametrize(("period", "within"), TIMES)
def test_a_piece_is_of_the_year_when_the_time_it_speaks_of_is(
    cast: Cast, office: Unit, period: Period | None, within: bool | None
) -> None:
    edition = make_edition()
    use(cast, make_piece(cast.actor("supervisor"), period=period), edition)
    assert points(edition)["in_period"] is within


def test_a_review_is_open_until_a_colleague_answers_and_names_its_reason(
    cast: Cast, office: Unit
) -> None:
    edition = make_edition()
    piece = make_piece(cast.actor("supervisor"), period=IN_YEAR)
    use(cast, piece, edition)
    assert points(edition)["reviewed"] is None
    with pytest.raises(RuleBroken) as broken:
        answer_clarity(actor=cast.actor("planner"), piece=piece, criterion="reviewed", holds=False)
    assert broken.value.code == "clarity.reason"
    answer_clarity(
        actor=cast.actor("planner"),
        piece=piece,
        criterion="reviewed",
        holds=False,
        reason="ไม่ระบุโรงเรียน",
    )
    assert points(edition)["reviewed"] is False
    assert "planner" in reasons(edition)["reviewed"]
    assert "ไม่ระบุโรงเรียน" in reasons(edition)["reviewed"]
    answer_clarity(actor=cast.actor("director"), piece=piece, criterion="reviewed", holds=True)
    assert points(edition)["reviewed"] is True
    assert ClarityAnswer.objects.count() == 1
    events = AuditEvent.objects.filter(name="piece.reviewed").order_by("pk")
    assert [(e.after["before"], e.after["holds"]) for e in events] == [(None, False), (False, True)]
    assert all("reviewed" in say(e) for e in events)


def test_who_brought_a_piece_never_reviews_it_and_neither_does_the_system(
    cast: Cast, office: Unit
) -> None:
    edition = make_edition()
    mine = make_piece(cast.actor("supervisor"))
    imported = make_piece(system_actor("import", office.pk), "นำเข้า")
    for piece in (mine, imported):
        use(cast, piece, edition)
    with pytest.raises(Refused, match="yourself"):
        answer_clarity(actor=cast.actor("supervisor"), piece=mine, criterion="reviewed", holds=True)
    for piece in (mine, imported):
        with pytest.raises(Refused, match="Only a person"):
            answer_clarity(
                actor=system_actor("demo", office.pk), piece=piece, criterion="reviewed", holds=True
            )
    assert answer_clarity(
        actor=cast.actor("supervisor"), piece=imported, criterion="reviewed", holds=True
    ).holds


@pytest.mark.parametrize("criterion", ["opens", "nonsense", ""])
def test_only_points_that_the_records_cannot_answer_are_open_to_a_person(
    cast: Cast, office: Unit, criterion: str
) -> None:
    edition = make_edition()
    piece = make_piece(cast.actor("supervisor"), period=IN_YEAR)
    use(cast, piece, edition)
    assert set(open_criteria(piece)) == {"reviewed"}
    with pytest.raises(RuleBroken) as broken:
        answer_clarity(actor=cast.actor("planner"), piece=piece, criterion=criterion, holds=True)
    assert broken.value.code == "clarity.unknown"


def test_a_person_answers_what_the_records_could_not_tell_until_they_can(
    cast: Cast, office: Unit
) -> None:
    edition = make_edition()
    piece = make_piece(cast.actor("supervisor"), medium="link", link="https://example.org/x")
    use(cast, piece, edition)
    assert set(open_criteria(piece)) == {"reviewed", "opens", "in_period"}
    answer_clarity(actor=cast.actor("planner"), piece=piece, criterion="opens", holds=True)
    assert points(edition) == {"in_period": None, "reviewed": None, "opens": True}


def test_a_new_file_asks_the_reviewer_again(cast: Cast, office: Unit) -> None:
    edition = make_edition()
    piece = make_piece(cast.actor("supervisor"), period=IN_YEAR)
    use(cast, piece, edition)
    answer_clarity(actor=cast.actor("planner"), piece=piece, criterion="reviewed", holds=True)
    attach_file(actor=cast.actor("supervisor"), piece=piece, file_name="a.pdf", data=PDF_BYTES)
    assert points(edition) == {"in_period": True, "reviewed": None, "opens": True}
    assert AuditEvent.objects.get(name="piece.file_attached").after["answers_asked_again"] == 1


def test_the_judge_is_told_what_the_checklist_says(cast: Cast, office: Unit) -> None:
    edition = make_edition()
    piece = make_piece(cast.actor("supervisor"), period=IN_YEAR)
    use(cast, piece, edition)
    facts = facts_for(edition, YEAR)
    assert set(facts) == {"1"}
    assert trace_of(rules_of(edition), "1", facts["1"]).state is TraceState.UNCLEAR
    answer_clarity(actor=cast.actor("planner"), piece=piece, criterion="reviewed", holds=True)
    clear = trace_of(rules_of(edition), "1", facts_for(edition, YEAR)["1"])
    assert (clear.state, clear.checkable) == (TraceState.CLEAR, False)
    view = pieces_for(edition, YEAR)["1"][0]
    assert (view.is_clear, view.is_checkable) == (True, False)
    assert view.kind is not None
    assert view.kind.id == "project_document"


def test_a_listed_piece_is_described_until_it_can_be_looked_at(cast: Cast, office: Unit) -> None:
    actor, edition = cast.actor("supervisor"), make_edition()
    piece = make_piece(system_actor("import", office.pk), "แผ่น C.D.")
    use(cast, piece, edition)
    assert points(edition) == {"in_period": None, "reviewed": None, "opens": False}
    kept = describe_piece(
        actor=actor,
        piece=piece,
        version=1,
        medium="physical",
        period=IN_YEAR,
        custodian="กลุ่มนิเทศ",
        place="ตู้ 3",
    )
    assert (kept.version, kept.custodian, kept.period_end) == (2, "กลุ่มนิเทศ", IN_YEAR.end)
    assert points(edition) == {"in_period": True, "reviewed": None, "opens": True}
    event = AuditEvent.objects.get(name="piece.described")
    assert (event.before["medium"], event.after["medium"], event.after["place"]) == (
        "listed",
        "physical",
        "ตู้ 3",
    )
    same = describe_piece(actor=actor, piece=piece, version=2, place="ตู้ 3")
    assert same.version == 2
    assert AuditEvent.objects.filter(name="piece.described").count() == 1


def test_of_two_who_describe_a_piece_the_second_sees_both_versions(
    cast: Cast, office: Unit
) -> None:
    piece = make_piece(cast.actor("supervisor"))
    describe_piece(actor=cast.actor("planner"), piece=piece, version=1, place="ตู้ 1")
    with pytest.raises(Conflict) as conflict:
        describe_piece(
            actor=cast.actor("director"), piece=piece, version=1, place="ตู้ 2", medium="physical"
        )
    assert conflict.value.params == {
        "version": 2,
        "theirs": {"place": "ตู้ 1", "medium": "listed"},
        "yours": {"place": "ตู้ 2", "medium": "physical"},
    }


def test_another_thing_asks_the_reviewer_again_and_another_place_does_not(
    cast: Cast, office: Unit
) -> None:
    actor, edition = cast.actor("supervisor"), make_edition()
    piece = make_piece(actor, medium="physical", custodian="กลุ่มนิเทศ", place="ตู้ 1", period=IN_YEAR)
    use(cast, piece, edition)
    answer_clarity(actor=cast.actor("planner"), piece=piece, criterion="reviewed", holds=True)
    describe_piece(actor=actor, piece=piece, version=1, place="ตู้ 2")
    assert points(edition)["reviewed"] is True
    describe_piece(actor=actor, piece=piece, version=2, medium="statement", body="ข้อความ")
    assert points(edition)["reviewed"] is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"medium": "link"}, "piece.link"),
        ({"medium": "statement"}, "piece.words_missing"),
        ({"medium": "file"}, "piece.file_missing"),
    ],
)
def test_a_piece_cannot_be_described_as_what_it_does_not_show(
    cast: Cast, office: Unit, fields: dict[str, str], code: str
) -> None:
    piece = make_piece(cast.actor("supervisor"))
    with pytest.raises(RuleBroken) as broken:
        describe_piece(actor=cast.actor("supervisor"), piece=piece, version=1, **fields)  # type: ignore[arg-type]
    assert broken.value.code == code


def test_a_file_stays_a_file_and_may_say_which_time_it_speaks_of(cast: Cast, office: Unit) -> None:
    actor = cast.actor("supervisor")
    piece = attach_file(actor=actor, piece=make_piece(actor), file_name="a.pdf", data=PDF_BYTES)
    with pytest.raises(RuleBroken) as broken:
        describe_piece(actor=actor, piece=piece, version=2, medium="physical")
    assert broken.value.code == "piece.is_file"
    assert (
        describe_piece(actor=actor, piece=piece, version=2, period=IN_YEAR).period_start
        == IN_YEAR.start
    )


# Uses ----------------------------------------------------------------------------------------


def test_one_piece_serves_many_items_and_keeps_how_the_form_lists_it(
    cast: Cast, office: Unit
) -> None:
    edition = make_edition()
    piece = make_piece(cast.actor("supervisor"))
    for item in ("1", "2"):
        use(
            cast,
            piece,
            edition,
            item,
            printed_title="เอกสารโครงการ",
            printed_body=["ก", "ข"],
            mark="(",
            sheet=1,
        )
    assert use(cast, piece, edition, "1").printed_title == "เอกสารโครงการ"
    found = pieces_for(edition, YEAR)
    assert {item: [v.piece.pk for v in views] for item, views in found.items()} == {
        "1": [piece.pk],
        "2": [piece.pk],
    }
    assert found["1"][0].use.printed_body == ["ก", "ข"]
    assert found["1"][0].use.ticked is None
    assert AuditEvent.objects.filter(name="piece.used").count() == 2
    assert len(views_of(piece)) == 2
    with pytest.raises(RuleBroken) as broken:
        use(cast, piece, edition, "9")
    assert broken.value.code == "item.unknown"
    assert facts_for(edition, 2556) == {}


def test_a_withdrawn_piece_proves_nothing_and_stays_in_the_history(
    cast: Cast, office: Unit
) -> None:
    actor, edition = cast.actor("supervisor"), make_edition()
    piece = make_piece(actor, about=f"evidence.piece:{make_piece(actor, 'อื่น').pk}")
    use(cast, piece, edition)
    with clock.fixed(clock.now() + timedelta(days=2)):
        with pytest.raises(RuleBroken) as broken:
            withdraw_piece(actor=actor, piece=piece, reason=" ")
        assert broken.value.code == "taking_back.needs_reason"
        gone = withdraw_piece(actor=actor, piece=piece, reason="ส่งผิด")
        assert gone.was_cancelled
        with pytest.raises(Conflict):
            withdraw_piece(actor=actor, piece=piece, reason="ส่งผิด")
    assert AuditEvent.objects.filter(name="piece.withdrawn").count() == 1
    assert pieces_for(edition, YEAR) == {}
    assert piece not in list_pieces(actor)
    assert record_ids_with_evidence("evidence.piece") == frozenset()
    assert find_piece(actor, piece.pk) == gone
    for attempt in (
        lambda: use(cast, gone, edition, "2"),
        lambda: attach_file(actor=actor, piece=gone, file_name="a.pdf", data=PDF_BYTES),
        lambda: answer_clarity(
            actor=cast.actor("planner"), piece=gone, criterion="reviewed", holds=True
        ),
    ):
        with pytest.raises(RuleBroken) as broken:
            attempt()
        assert broken.value.code == "piece.withdrawn"


def test_a_year_lists_the_pieces_used_in_it_or_speaking_of_it(cast: Cast, office: Unit) -> None:
    actor, edition = cast.actor("supervisor"), make_edition()
    used = make_piece(actor, "ก ใช้ในปี", period=BEFORE)
    use(cast, used, edition)
    speaking = make_piece(actor, "ข พูดถึงปี", period=IN_YEAR)
    make_piece(actor, "ค ปีอื่น", period=BEFORE)
    assert list(list_pieces(actor, YEAR)) == [used, speaking]
    assert list_pieces(actor).count() == 3


def test_pieces_are_found_by_the_record_they_speak_about(cast: Cast, office: Unit) -> None:
    actor = cast.actor("supervisor")
    subject = make_piece(actor, "เรื่อง")
    one, other = (RecordRef("evidence.piece", str(key)) for key in (subject.pk, f"{subject.pk}0"))
    piece = make_piece(actor, about=str(one))
    assert pieces_about(actor, one, other) == {one: [piece], other: []}
    assert record_ids_with_evidence("evidence.piece") == {str(subject.pk)}
    assert record_ids_with_evidence("plans.project") == frozenset()
    assert pieces_about(cast.actor("school_head"), one) == {one: []}


PEOPLE = [
    *("supervisor", "director", "planner", "administrator", "committee_member"),
    *("assessor", "school_head", "school_desk", "outsider", "nobody"),
]


@pytest.mark.parametrize("person", PEOPLE)
def test_lists_and_the_question_whether_one_may_see_agree(
    cast: Cast, office: Unit, person: str
) -> None:
    piece = make_piece(cast.actor("supervisor"))
    actor = cast.actor(person)
    expected = person in {"supervisor", "director", "planner", "administrator"}
    assert (piece in policy.visible_to(actor)) == bool(policy.may_see(actor, piece)) == expected
    assert (find_piece(actor, piece.pk) is not None) == expected
    assert len(resolve(actor, [RecordRef("evidence.piece", str(piece.pk))])) == expected


def test_pieces_of_another_office_are_out_of_reach(cast: Cast) -> None:
    edition = make_edition()
    with scope(cast.other_office.pk):
        actor = cast.actor("outsider")
        use_piece(actor=actor, piece=make_piece(actor), edition=edition, fiscal_year=YEAR, item="1")
    with scope(cast.office.pk):
        assert pieces_for(edition, YEAR) == {}


@pytest.mark.parametrize("count", [1, 30])
def test_lists_ask_a_fixed_number_of_questions(
    cast: Cast, office: Unit, django_assert_num_queries: object, count: int
) -> None:
    actor, edition = cast.actor("supervisor"), make_edition()
    pieces = [make_piece(actor, f"หลักฐาน {n}", period=IN_YEAR) for n in range(count)]
    for number, piece in enumerate(pieces):
        use(cast, piece, edition, str(number % 5 + 1), position=number)
        answer_clarity(actor=cast.actor("planner"), piece=piece, criterion="reviewed", holds=True)
    rules_of(edition)
    with django_assert_num_queries(2):  # type: ignore[operator]
        facts = facts_for(edition, YEAR)
    assert sum(len(one) for one in facts.values()) == count
    assert all(one.clarity["reviewed"] for group in facts.values() for one in group)
    with django_assert_num_queries(2):  # type: ignore[operator]
        rows = [(p.title, [u.edition.urn for u in p.uses.all()]) for p in list_pieces(actor, YEAR)]
    assert len(rows) == count
    with django_assert_num_queries(1):  # type: ignore[operator]
        pieces_about(actor, *[RecordRef("plans.project", str(n)) for n in range(count)])
