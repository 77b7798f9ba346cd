"""Print, sign, scan back."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw

from nithet.domain.evidence.actions.printouts import register_printout, withdraw_printout
from nithet.domain.evidence.models import Piece, Printout
from nithet.domain.evidence.queries.printouts import code_in, path_of, printouts_about, typed_code
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.documents import qr
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.record_factories import make_piece

SignIn = Callable[[str], Client]


def printed(cast: Cast, title: str = "คำสั่งแต่งตั้งคณะนิเทศ") -> tuple[Printout, Piece]:
    subject = make_piece(cast.actor("supervisor"), "เรื่อง")
    paper = register_printout(
        actor=cast.actor("supervisor"),
        about=RecordRef("evidence.piece", str(subject.pk)),
        title=title,
        kind="order",
    )
    return paper, subject


def photograph(*papers: Printout, turned: int = 0, form: str = "JPEG") -> SimpleUploadedFile:
    """A page as a telephone sees it: the QR in a corner, words, a signature."""
    page = Image.new("RGB", (1240, 1754), "#f4f1ea")
    draw = ImageDraw.Draw(page)
    for line in range(40, 1500, 60):
        draw.line((120, line, 900, line), fill="#444", width=3)
    for number, paper in enumerate(papers):
        code = Image.open(io.BytesIO(qr.png(f"https://nithet.example{path_of(paper)}"))).convert(
            "RGB"
        )
        page.paste(code.resize((260, 260)), (940, 60 + number * 320))
    draw.arc((500, 1500, 800, 1640), 20, 300, fill="#113399", width=6)
    out = io.BytesIO()
    page.rotate(turned, expand=True, fillcolor="#f4f1ea").save(out, form, quality=80)
    kind = "application/pdf" if form == "PDF" else "image/jpeg"
    return SimpleUploadedFile(f"สแกน.{'pdf' if form == 'PDF' else 'jpg'}", out.getvalue(), kind)


def send(client: Client, data: dict[str, object]) -> HttpResponse:
    with scope(None):
        return client.post(reverse("evidence:scan"), data)  # type: ignore[return-value]


def get(client: Client, address: str) -> HttpResponse:
    with scope(None):
        return client.get(address)  # type: ignore[return-value]


@pytest.mark.parametrize(("turned", "form"), [(0, "JPEG"), (90, "JPEG"), (7, "JPEG"), (0, "PDF")])
def test_a_photograph_of_the_signed_page_files_itself(
    cast: Cast, office: Unit, signed_in: SignIn, turned: int, form: str
) -> None:
    paper, subject = printed(cast)
    answer = send(signed_in("supervisor"), {"files": [photograph(paper, turned=turned, form=form)]})
    assert answer.status_code == 200
    paper.refresh_from_db()
    piece = Piece.objects.get(medium="file")
    assert (paper.signed, paper.authority, piece.about) == (
        piece,
        "paper",
        f"evidence.piece:{subject.pk}",
    )
    assert (piece.title, piece.kind, piece.made_by_id) == (
        paper.title,
        "order",
        cast.users["supervisor"].pk,
    )
    assert AuditEvent.objects.filter(name="printout.scan_filed").count() == 1
    assert printouts_about(cast.actor("planner"), RecordRef.parse(paper.about)) == [paper]


def test_a_second_scan_is_a_new_version_and_the_same_scan_changes_nothing(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    paper, _ = printed(cast)
    browser = signed_in("supervisor")
    first = photograph(paper)
    content = first.read()
    for data in (content, content, photograph(paper, turned=3).read()):
        send(browser, {"files": [SimpleUploadedFile("a.jpg", data, "image/jpeg")]})
    piece = Piece.objects.get(medium="file")
    assert [one.number for one in piece.files.all()] == [2, 1]


def test_one_scan_of_two_papers_is_filed_with_both(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    one, _ = printed(cast, "คำสั่ง")
    two, _ = printed(cast, "บันทึกข้อความ")
    answer = send(signed_in("planner"), {"files": [photograph(one, two)]})
    assert {filed.paper.pk for filed in answer.context["filed"]} == {one.pk, two.pk}
    assert Piece.objects.filter(medium="file").count() == 2


def test_a_scan_without_a_code_is_filed_where_a_person_says(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    paper, _ = printed(cast)
    browser = signed_in("supervisor")
    unread = send(browser, {"files": [photograph()]}).context["unread"]
    assert [one.file_name for one in unread] == ["สแกน.jpg"]
    assert not Piece.objects.filter(medium="file").exists()
    wrong = send(browser, {"sealed": unread[0].seal, "code": "AAAA"})
    assert wrong.status_code == 422
    typed = f"{paper.code[:4].lower()}-{paper.code[4:8]} {paper.code[8:]}"
    assert send(browser, {"sealed": unread[0].seal, "code": typed}).status_code == 302
    paper.refresh_from_db()
    assert paper.signed is not None


def test_a_code_of_another_office_files_nothing(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    paper, _ = printed(cast)
    answer = send(signed_in("outsider"), {"files": [photograph(paper)]})
    assert answer.context["filed"] == []
    assert len(answer.context["unread"]) == 1
    paper.refresh_from_db()
    assert paper.signed is None


def test_bad_scans_are_said_and_the_good_ones_filed(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    paper, _ = printed(cast)
    program = SimpleUploadedFile("a.jpg", b"MZ" + b"\0" * 300, "image/jpeg")
    answer = send(signed_in("supervisor"), {"files": [program, photograph(paper)]})
    assert answer.status_code == 422
    assert len(answer.context["filed"]) == 1
    for odd in ({}, {"sealed": "x"}, {"sealed": "x", "code": "\n"}):
        assert send(signed_in("supervisor"), odd).status_code == 422


def test_the_page_behind_the_code_tells_strangers_the_office_and_nothing_else(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    paper, _ = printed(cast)
    address = reverse("evidence:paper", args=[paper.code])
    assert address == path_of(paper) == f"/p/{paper.code}/"
    inside = get(signed_in("planner"), address).content.decode()
    assert paper.title in inside
    for stranger in (Client(), signed_in("outsider"), signed_in("nobody")):
        told = get(stranger, address)
        assert told.status_code == 200
        assert office.name in told.content.decode()
        assert paper.title not in told.content.decode()
        assert "เรื่อง</a>" not in told.content.decode()
    for odd in ("A" * 16, "x", "../", "%0A"):
        assert get(Client(), f"/p/{odd}/").status_code == 404


def test_a_paper_that_counts_no_more_says_so_to_whoever_scans_it(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    paper, _ = printed(cast)
    with pytest.raises(Refused):
        withdraw_printout(actor=cast.actor("committee_member"), printout=paper)
    for _ in range(2):
        withdraw_printout(actor=cast.actor("planner"), printout=paper)
    assert AuditEvent.objects.filter(name="printout.withdrawn").count() == 1
    for reader in (Client(), signed_in("planner")):
        assert "เอกสารฉบับนี้ยกเลิกแล้ว" in get(reader, path_of(paper)).content.decode()


def test_leaders_decide_which_copy_counts_and_why(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    paper, _ = printed(cast)
    address = reverse("evidence:authority", args=[paper.code])

    def decide(who: str, authority: str, because: str, version: int) -> int:
        data = {"authority": authority, "because": because, "version": version}
        with scope(None):
            return signed_in(who).post(address, data).status_code

    assert decide("supervisor", "electronic", "ลงนามบนจอ", 1) == 403
    assert decide("director", "paper", "ลงนามแล้ว", 1) == 422
    assert decide("director", "electronic", " ", 1) == 422
    assert decide("director", "electronic", "ลงนามบนจอ", 1) == 302
    assert decide("director", "electronic", "อีกครั้ง", 1) == 409
    send(signed_in("supervisor"), {"files": [photograph(paper)]})
    paper.refresh_from_db()
    assert paper.authority == "electronic", "what a leader decided stays"


def test_codes_are_long_hard_to_guess_and_easy_to_type(cast: Cast, office: Unit) -> None:
    paper, subject = printed(cast)
    assert typed_code(paper.code) == code_in(f"https://a.example/p/{paper.code}/") == paper.code
    assert typed_code("short") == code_in("https://a.example/p/short/") == code_in("") == ""
    about = RecordRef("evidence.piece", str(subject.pk))
    given = {"actor": cast.actor("planner"), "about": about, "title": "ก", "kind": "memo"}
    first = register_printout(**given, sha256="a" * 64)
    assert register_printout(**given, sha256="a" * 64) == first
    assert len({register_printout(**given).code for _ in range(20)}) == 20
