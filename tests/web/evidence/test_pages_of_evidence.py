"""The list, one piece and its forms, as people use them."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from nithet.domain.assessments.actions.rounds import open_round
from nithet.domain.evidence.actions.files import attach_file
from nithet.domain.evidence.actions.reviewing import answer_clarity, assign_reviewer
from nithet.domain.evidence.actions.uses import use_piece
from nithet.domain.evidence.models import Piece, ReturnUse, ReviewTask, Use
from nithet.domain.frameworks.models import Edition
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.record_factories import (
    PDF_BYTES,
    YEAR,
    make_edition,
    make_piece,
    one_page_pdf,
)

SignIn = Callable[[str], Client]


@contextmanager
def as_a_request() -> Iterator[None]:
    with scope(None):
        yield


def get(client: Client, address: str) -> HttpResponse:
    with as_a_request():
        return client.get(address)  # type: ignore[return-value]


def post(client: Client, address: str, data: dict[str, object]) -> HttpResponse:
    with as_a_request():
        return client.post(address, data)  # type: ignore[return-value]


def pdf(name: str = "รายงาน.pdf", words: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, one_page_pdf(words), "application/pdf")


def use(cast: Cast, piece: Piece, edition: Edition, item: str = "1") -> Use:
    return use_piece(
        actor=cast.actor("supervisor"), piece=piece, edition=edition, fiscal_year=YEAR, item=item
    )


def page_of(piece: Piece) -> str:
    return reverse("evidence:evidence", args=[piece.pk])


# Bringing ------------------------------------------------------------------------------------


def test_several_files_and_links_become_pieces_of_one_record_and_item(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    edition = make_edition()
    open_round(actor=cast.actor("planner"), edition=edition, fiscal_year=YEAR)
    subject = make_piece(cast.actor("planner"), "เรื่อง")
    answer = post(
        signed_in("supervisor"),
        f"{reverse('evidence:add')}?about=evidence.piece:{subject.pk}",
        {
            "files": [pdf("ก.pdf", b"1"), pdf("ข.pdf", b"2")],
            "links": "https://example.org/a\nhttps://example.org/b\n",
            "kind": "photo",
            "use": f"{edition.pk}-{YEAR}-1",
            "period_start_day": "๑",
            "period_start_month": "5",
            "period_start_year": "2555",
        },
    )
    assert answer.status_code == 302
    made = Piece.objects.exclude(pk=subject.pk).order_by("pk")
    assert [(one.title, one.medium) for one in made] == [
        ("ก", "file"),
        ("ข", "file"),
        ("https://example.org/a", "link"),
        ("https://example.org/b", "link"),
    ]
    assert {one.about for one in made} == {f"evidence.piece:{subject.pk}"}
    assert all(one.period_start == one.period_end and one.period_start for one in made)
    assert Use.objects.filter(item="1").count() == 4


def test_an_item_leads_to_the_form_with_itself_chosen_and_what_it_lacks(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    edition = make_edition()
    open_round(actor=cast.actor("planner"), edition=edition, fiscal_year=YEAR)
    query = f"edition={edition.pk}&year={YEAR}&item=5&kind=supervision_plan"
    shown = get(signed_in("supervisor"), f"{reverse('evidence:add')}?{query}")
    assert shown.context["form"]["use"].value() == f"{edition.pk}-{YEAR}-5"
    assert shown.context["missing"] == ["แผนปฏิบัติการนิเทศ", "สรุปรายงานการนิเทศ / สำเนาการนิเทศโรงเรียน"]
    for odd in ("edition=x&year=%0A&item=9", "use=--", "about=x", "about=evidence.piece:999"):
        assert get(signed_in("supervisor"), f"{reverse('evidence:add')}?{odd}").status_code in {
            200,
            404,
        }


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"kind": "photo"}, "เลือกไฟล์"),
        ({"kind": "nonsense", "links": "https://a.example"}, ""),
        ({"kind": "photo", "links": "javascript:alert(1)"}, "https://"),
        ({"kind": "photo", "links": "https://a.example/" + "x" * 300}, "200"),
        ({"kind": "photo", "sealed": "nonsense", "sealed_title": "x"}, ""),
    ],
)
def test_what_cannot_be_brought_is_said_and_nothing_is_half_written(
    cast: Cast, office: Unit, signed_in: SignIn, data: dict[str, object], words: str
) -> None:
    answer = post(signed_in("supervisor"), reverse("evidence:add"), data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Piece.objects.exists()


def test_a_refused_file_among_good_ones_brings_none(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    program = SimpleUploadedFile("a.pdf", b"MZ" + b"\0" * 200, "application/pdf")
    answer = post(
        signed_in("supervisor"),
        reverse("evidence:add"),
        {"files": [pdf(), program], "kind": "photo"},
    )
    assert answer.status_code == 422
    assert not Piece.objects.exists()


def test_a_file_that_is_here_already_is_offered_and_used_again(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    browser = signed_in("supervisor")
    post(browser, reverse("evidence:add"), {"files": [pdf()], "kind": "photo"})
    first = Piece.objects.get()
    subject = make_piece(cast.actor("planner"), "เรื่อง")
    address = f"{reverse('evidence:add')}?about=evidence.piece:{subject.pk}"
    asked = post(browser, address, {"files": [pdf("อื่น.pdf")], "kind": "photo"})
    assert asked.status_code == 200
    assert Piece.objects.count() == 2
    sealed = asked.context["incoming"][0].file
    same = f"same-{sealed.kept.sha256}"
    assert same in asked.content.decode()
    again = {"kind": "photo", "sealed": sealed.seal, "sealed_title": "อื่น"}
    assert post(browser, address, {**again, same: str(first.pk)}).status_code == 302
    assert Piece.objects.count() == 2
    assert [one.about for one in first.further.all()] == [] and Piece.objects.get(
        pk=first.pk
    ).about == f"evidence.piece:{subject.pk}"
    assert post(browser, address, {**again, same: "new"}).status_code == 302
    assert Piece.objects.filter(file_sha256=first.file_sha256).count() == 2
    stolen = post(signed_in("planner"), address, {**again, same: "new"})
    assert stolen.status_code == 422


def test_people_of_a_school_bring_what_speaks_about_their_school_alone(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    from nithet.domain.directory.models.schools import School

    School.objects.create(office=office, unit=cast.school)
    School.objects.create(office=office, unit=cast.other_school)
    browser = signed_in("school_head")
    strange = make_piece(cast.actor("supervisor"), "ของเขต")
    assert get(browser, reverse("evidence:add")).status_code == 200
    assert (
        post(browser, reverse("evidence:add"), {"files": [pdf()], "kind": "photo"}).status_code
        == 302
    )
    piece = Piece.objects.get(medium="file")
    assert piece.about == f"directory.school:{School.objects.get(unit=cast.school).pk}"
    assert get(browser, page_of(piece)).status_code == 200
    assert get(browser, page_of(strange)).status_code == 404
    assert [
        line.piece for line in get(browser, reverse("evidence:evidence_list")).context["lines"]
    ] == [piece]
    post(
        signed_in("school_desk"),
        reverse("evidence:add"),
        {"files": [pdf("x.pdf", b"2")], "kind": "photo"},
    )
    assert Piece.objects.filter(about=piece.about).count() == 2


def test_a_desk_is_asked_for_its_name_before_anything_is_filled_in(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    from nithet.domain.directory.models.schools import School

    School.objects.create(office=office, unit=cast.school)
    unnamed = Client()
    unnamed.force_login(cast.users["school_desk"])
    asks = "กรุณาระบุชื่อผู้ใช้โต๊ะนี้ก่อน"
    assert asks in get(unnamed, reverse("evidence:add")).content.decode()
    assert asks not in get(signed_in("school_desk"), reverse("evidence:add")).content.decode()


# One piece -----------------------------------------------------------------------------------


def test_a_piece_shows_versions_uses_and_checklist_and_sends_its_file(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    edition = make_edition()
    piece = make_piece(cast.actor("supervisor"))
    use(cast, piece, edition)
    attach_file(actor=cast.actor("supervisor"), piece=piece, file_name="ก.pdf", data=PDF_BYTES)
    browser = signed_in("planner")
    answer = post(
        browser,
        reverse("evidence:add_version", args=[piece.pk]),
        {"file": pdf("ข.pdf", b"2"), "why": "เพิ่มหน้าลงนาม", "version": "2"},
    )
    assert answer.status_code == 302
    shown = get(browser, page_of(piece)).content.decode()
    assert "เพิ่มหน้าลงนาม" in shown
    for number, content in ((1, PDF_BYTES), (2, one_page_pdf(b"2"))):
        sent = get(browser, reverse("evidence:file", args=[piece.pk, number]))
        assert b"".join(sent.streaming_content) == content  # type: ignore[attr-defined]
        assert sent["X-Content-Type-Options"] == "nosniff"
    assert get(browser, reverse("evidence:file", args=[piece.pk, 3])).status_code == 404
    assert get(browser, reverse("evidence:look", args=[piece.pk, 2])).status_code == 200
    assert (
        get(browser, reverse("evidence:picture", args=[piece.pk, 2]))["Content-Type"]
        == "image/webp"
    )
    assert (
        get(browser, reverse("evidence:picture", args=[piece.pk, 2]) + "?page=99").status_code
        == 404
    )
    assert get(browser, reverse("evidence:shared_copy", args=[piece.pk])).status_code == 200


def test_children_stay_inside_until_a_leader_confirms(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    actor = cast.actor("supervisor")
    piece = attach_file(
        actor=actor, piece=make_piece(actor, shows_children=True), file_name="ก.pdf", data=PDF_BYTES
    )
    copy, confirm = (
        reverse(f"evidence:{name}", args=[piece.pk]) for name in ("shared_copy", "sharing")
    )
    assert get(signed_in("director"), copy).status_code == 422
    said = {"because": "ผู้ปกครองยินยอม", "version": "2"}
    assert post(signed_in("supervisor"), confirm, said).status_code == 403
    assert post(signed_in("director"), confirm, {**said, "because": ""}).status_code == 422
    assert post(signed_in("director"), confirm, said).status_code == 302
    assert get(signed_in("director"), copy).status_code == 200
    piece.refresh_from_db()
    attach_file(
        actor=actor, piece=piece, file_name="ข.pdf", data=one_page_pdf(b"n"), version=3, why="ใหม่"
    )
    assert get(signed_in("director"), copy).status_code == 422


def test_a_file_that_waits_for_the_scanner_is_shown_so_and_not_served(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    actor = cast.actor("supervisor")
    piece = attach_file(actor=actor, piece=make_piece(actor), file_name="ก.pdf", data=PDF_BYTES)
    piece.files.update(is_quarantined=True)
    Piece.objects.filter(pk=piece.pk).update(is_quarantined=True)
    browser = signed_in("planner")
    assert "รอตรวจสอบ" in get(browser, page_of(piece)).content.decode()
    assert get(browser, reverse("evidence:file", args=[piece.pk, 1])).status_code == 422
    assert get(browser, reverse("evidence:shared_copy", args=[piece.pk])).status_code == 422
    assert get(browser, reverse("evidence:picture", args=[piece.pk, 1])).status_code == 404
    assert post(browser, reverse("evidence:recheck", args=[piece.pk, 1]), {}).status_code == 302
    assert get(browser, reverse("evidence:file", args=[piece.pk, 1])).status_code == 200
    assert not Piece.objects.get(pk=piece.pk).is_quarantined


CONFLICTS = [
    ("edit", {"title": "ก", "kind": "project_document", "medium": "listed"}),
    ("place", {"found": "yes", "custodian": "ก", "place": "ข"}),
    ("sharing", {"because": "ก"}),
    ("add_version", {"why": "ก"}),
]


@pytest.mark.parametrize(("name", "data"), CONFLICTS)
def test_whoever_saves_second_is_told_of_the_first(
    cast: Cast, office: Unit, signed_in: SignIn, name: str, data: dict[str, object]
) -> None:
    piece = make_piece(cast.actor("supervisor"), medium="physical", shows_children=True)
    Piece.objects.filter(pk=piece.pk).update(version=2)
    files = {"file": pdf()} if name == "add_version" else {}
    answer = post(
        signed_in("director"),
        reverse(f"evidence:{name}", args=[piece.pk]),
        {**data, **files, "version": "1"},
    )
    assert answer.status_code == 409


def test_a_use_is_edited_once_and_the_second_writer_sees_both(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    edition = make_edition()
    one = use(cast, make_piece(cast.actor("supervisor")), edition)
    address = reverse("evidence:edit_use", args=[one.pk])
    data = {"printed_title": "ชื่อในแบบ", "printed_body": "ก\nข", "ticked": "yes", "version": "1"}
    assert post(signed_in("planner"), address, data).status_code == 302
    one.refresh_from_db()
    assert (one.printed_title, one.printed_body, one.ticked, one.boxed) == (
        "ชื่อในแบบ",
        ["ก", "ข"],
        True,
        False,
    )
    assert post(signed_in("director"), address, data).status_code == 409
    gone = post(signed_in("planner"), reverse("evidence:withdraw_use", args=[one.pk]), {})
    assert gone.status_code == 302
    assert get(signed_in("planner"), address).status_code == 404
    assert use(cast, one.piece, edition).pk != one.pk


def test_one_tick_uses_a_piece_in_another_return_and_takes_it_back(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    piece = make_piece(cast.actor("supervisor"))
    browser, address = signed_in("planner"), reverse("evidence:tick_return", args=[piece.pk])
    assert (
        post(browser, address, {"report": "krs", "year": "2569", "tick": "on"}).status_code == 302
    )
    assert (
        post(browser, address, {"report": "ita", "year": "2569", "tick": "on"}).status_code == 302
    )
    assert (
        post(browser, address, {"report": "ita", "year": "2555", "tick": "on"}).status_code == 422
    )
    assert post(browser, address, {"report": "x", "year": "²", "tick": "on"}).status_code == 422
    assert "KRS 2569" in get(browser, page_of(piece)).content.decode()
    assert (
        post(browser, address, {"report": "krs", "year": "2569", "tick": "off"}).status_code == 302
    )
    assert [one.report for one in ReturnUse.objects.filter(taken_back_at__isnull=True)] == ["ita"]


def test_a_piece_is_taken_back_within_the_day_and_is_gone_from_every_page(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    piece = make_piece(cast.actor("supervisor"))
    browser = signed_in("supervisor")
    assert post(browser, reverse("evidence:withdraw", args=[piece.pk]), {}).status_code == 302
    assert get(browser, page_of(piece)).status_code == 404
    assert get(browser, reverse("evidence:evidence_list")).context["page"].paginator.count == 0


def test_ids_of_another_office_answer_as_if_they_did_not_exist(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    piece = make_piece(cast.actor("supervisor"))
    one = use(cast, piece, make_edition())
    outsider = signed_in("outsider")
    for name in ("edit", "version", "place", "sharing", "reviewer", "withdraw", "uses", "returns"):
        address = f"{page_of(piece)}{name}/"
        assert post(outsider, address, {"version": "1"}).status_code == 404, name
    assert post(outsider, reverse("evidence:edit_use", args=[one.pk]), {}).status_code == 404
    assert (
        get(outsider, f"{reverse('evidence:add')}?about=evidence.piece:{piece.pk}").status_code
        == 404
    )


# Reviewing -----------------------------------------------------------------------------------


def test_the_queue_hands_the_next_piece_to_whoever_did_not_bring_it(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    edition = make_edition()
    pieces = [
        make_piece(cast.actor("supervisor"), f"ชิ้นที่ {n}", medium="link", link="https://example.org")
        for n in (1, 2, 3)
    ]
    for piece in pieces:
        use(cast, piece, edition)
    planner = cast.users["planner"].pk
    browser = signed_in("director")
    asked = post(
        browser, reverse("evidence:reviewer", args=[pieces[2].pk]), {"reviewer": str(planner)}
    )
    assert asked.status_code == 302
    assert ReviewTask.objects.get().reviewer_id == planner
    brought = str(cast.users["supervisor"].pk)
    refused = post(
        browser, reverse("evidence:reviewer", args=[pieces[0].pk]), {"reviewer": brought}
    )
    assert refused.status_code == 422
    mine = get(signed_in("planner"), reverse("evidence:reviews"))
    assert [line.piece for line in mine.context["lines"]] == [pieces[2]]
    free = get(signed_in("planner"), f"{reverse('evidence:reviews')}?which=free")
    assert [line.piece for line in free.context["lines"]] == pieces[:2]
    sheet = get(signed_in("planner"), f"{reverse('evidence:reviews')}?which=free&as=xlsx")
    rows = list(load_workbook(io.BytesIO(sheet.content)).worksheets[0].values)[1:]
    assert [row[0] for row in rows] == [piece.title for piece in pieces[:2]]
    own = get(signed_in("supervisor"), f"{reverse('evidence:reviews')}?which=free")
    assert own.context["lines"] == []
    point = reverse("evidence:answer_point", args=[pieces[2].pk, "reviewed"])
    following = post(signed_in("planner"), f"{point}?queue=1", {"holds": "yes"})
    assert following["Location"] == f"{page_of(pieces[0])}?queue=1"
    no_reason = post(
        signed_in("planner"),
        reverse("evidence:answer_point", args=[pieces[0].pk, "reviewed"]),
        {"holds": "no"},
    )
    assert no_reason.status_code == 422


# Lists ---------------------------------------------------------------------------------------


def test_the_list_is_narrowed_down_by_its_address_and_downloaded_in_the_same_order(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    edition, actor = make_edition(), cast.actor("supervisor")
    clear = make_piece(
        actor, "ก ชัด", medium="physical", custodian="กลุ่มนิเทศ", place="ตู้ 3", kind="disc"
    )
    use(cast, clear, edition)
    unused = make_piece(actor, "ข ยังไม่ใช้", medium="statement", body="=1+1")
    listed = make_piece(actor, "ค แค่ชื่อ")
    browser, address = signed_in("planner"), reverse("evidence:evidence_list")

    def found(query: str) -> list[Piece]:
        return [line.piece for line in get(browser, f"{address}?{query}").context["lines"]]

    assert found("sort=-title") == [listed, unused, clear]
    assert found("kind=disc") == found(f"year={YEAR}&item=1") == found("q=กลุ่มนิเทศ") == [clear]
    assert found("state=unused") == [unused]
    assert found("state=listed") == [listed]
    assert found("state=unreviewed") == [clear]
    answer_clarity(
        actor=cast.actor("planner"), piece=clear, criterion="reviewed", holds=False, reason="x"
    )
    assert found("state=unclear") == [clear]
    for odd in (
        "state=%0A",
        "year=abc",
        "item=%0A",
        "q=%0A%27",
        "sort=;drop",
        "page=x",
        "kind=" + "x" * 500,
    ):
        assert get(browser, f"{address}?{odd}").status_code == 200
    sheet = get(browser, f"{address}?as=xlsx&sort=-title")
    data = b"".join(sheet.streaming_content) if sheet.streaming else sheet.content  # type: ignore[attr-defined]
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    titles = [row[0] for row in rows if row[0] in {"ก ชัด", "ข ยังไม่ใช้", "ค แค่ชื่อ"}]
    assert titles == ["ค แค่ชื่อ", "ข ยังไม่ใช้", "ก ชัด"]


@pytest.mark.parametrize("name", ["evidence:evidence_list", "evidence:reviews"])
def test_lists_ask_a_fixed_number_of_questions_at_1_30_and_300_pieces(
    cast: Cast, office: Unit, signed_in: SignIn, name: str
) -> None:
    edition, actor = make_edition(), cast.actor("supervisor")
    browser, counts, made = signed_in("planner"), [], 0
    get(browser, reverse(name))
    for wanted in (1, 30, 300):
        rows = [
            Piece(
                office=office,
                title=f"หลักฐาน {n}",
                kind="disc",
                medium="link",
                link="https://example.org",
                made_by_id=actor.user_id,
            )
            for n in range(made, wanted)
        ]
        for piece in Piece.objects.bulk_create(rows):
            Use.objects.create(
                office=office, piece=piece, edition=edition, fiscal_year=YEAR, item="1"
            )
        made = wanted
        with CaptureQueriesContext(connection) as asked:
            assert get(browser, f"{reverse(name)}?which=free").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_the_page_of_a_piece_asks_a_fixed_number_of_questions(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    edition, actor = make_edition(), cast.actor("supervisor")
    piece = make_piece(actor)
    browser, counts = signed_in("planner"), []
    for number, item in enumerate(("1", "2", "3", "4")):
        use(cast, piece, edition, item)
        attach_file(
            actor=actor, piece=piece, file_name="ก.pdf", data=one_page_pdf(b"%d" % number), why="x"
        )
        assign_reviewer(actor=actor, piece=piece, reviewer=cast.users["planner"].pk)
        get(browser, page_of(piece))
        with CaptureQueriesContext(connection) as asked:
            get(browser, page_of(piece))
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
