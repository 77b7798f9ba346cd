"""Files sent in pieces: cut, gone on with, sent twice, and never another person's."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from nithet.domain.evidence.models import Piece, PieceFile
from nithet.foundation.files import receiving
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.record_factories import one_page_pdf

SignIn = Callable[[str], Client]
WHOLE = one_page_pdf(b"x" * 3000)


def begin(client: Client, content: bytes = WHOLE, name: str = "งาน.pdf") -> str:
    with scope(None):
        answer = client.post(reverse("evidence:upload_begin"), {"size": len(content), "name": name})
    assert answer.status_code == 201
    assert answer["Location"] == answer.json()["url"]
    return str(answer.json()["url"])


def patch(client: Client, address: str, offset: object, content: bytes) -> HttpResponse:
    with scope(None):
        return client.patch(  # type: ignore[return-value]
            address,
            content,
            content_type="application/offset+octet-stream",
            headers={"Upload-Offset": str(offset)},
        )


def head(client: Client, address: str) -> HttpResponse:
    with scope(None):
        return client.head(address)  # type: ignore[return-value]


def test_a_cut_file_goes_on_where_it_stopped_and_becomes_a_piece(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    browser = signed_in("supervisor")
    address = begin(browser)
    assert patch(browser, address, 0, WHOLE[:1000]).json() == {"offset": 1000}
    assert patch(browser, address, 0, WHOLE[:1000]).json() == {"offset": 1000}, "sent twice"
    gap = patch(browser, address, 2000, WHOLE[2000:])
    assert (gap.status_code, gap["Upload-Offset"]) == (409, "1000")
    where = head(browser, address)
    assert (where.status_code, where["Upload-Offset"], where["Upload-Length"]) == (
        204,
        "1000",
        str(len(WHOLE)),
    )
    told = patch(browser, address, 1000, WHOLE[1000:]).json()
    assert (told["offset"], told["name"], told["same"]) == (len(WHOLE), "งาน.pdf", [])
    again = patch(browser, address, len(WHOLE), b"").json()
    assert again["name"] == "งาน.pdf", "the last answer may be lost on the way and asked for again"
    sent = {"sealed": told["sealed"], "sealed_title": "รายงาน", "kind": "photo"}
    with scope(None):
        assert browser.post(reverse("evidence:add"), sent).status_code == 302
        assert head(browser, address).status_code == 404
    piece = Piece.objects.get()
    assert (piece.title, piece.file_size, piece.made_by_id) == (
        "รายงาน",
        len(WHOLE),
        cast.users["supervisor"].pk,
    )
    with scope(None):
        doubled = browser.post(reverse("evidence:add"), sent)
    assert doubled.status_code == 200, "the same file again is offered as the same piece"
    assert PieceFile.objects.count() == 1


def test_another_persons_upload_is_not_there(cast: Cast, office: Unit, signed_in: SignIn) -> None:
    address = begin(signed_in("supervisor"))
    for name in ("planner", "outsider", "school_head", "nobody"):
        assert patch(signed_in(name), address, 0, WHOLE).status_code == 404, name
        assert head(signed_in(name), address).status_code == 404, name
    assert head(signed_in("supervisor"), address)["Upload-Offset"] == "0"


def test_a_sealed_file_is_of_no_use_to_anybody_else(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    browser = signed_in("supervisor")
    sealed = patch(browser, begin(browser), 0, WHOLE).json()["sealed"]
    with scope(None):
        answer = signed_in("planner").post(
            reverse("evidence:add"), {"sealed": sealed, "sealed_title": "x", "kind": "photo"}
        )
    assert answer.status_code == 422
    assert not Piece.objects.exists()


@pytest.mark.parametrize("size", ["", "0", "-1", "x", "๓", "9" * 30, "1.5"])
def test_a_size_that_is_none_is_refused(
    cast: Cast, office: Unit, signed_in: SignIn, size: str
) -> None:
    with scope(None):
        answer = signed_in("supervisor").post(
            reverse("evidence:upload_begin"), {"size": size, "name": "a.pdf"}
        )
    assert answer.status_code in {413, 422}
    assert answer.json()["message"]


def test_what_is_too_large_is_413_and_who_may_not_bring_is_403(
    cast: Cast, office: Unit, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scope(None):
        large = signed_in("supervisor").post(
            reverse("evidence:upload_begin"), {"size": 200_000_001, "name": "a.pdf"}
        )
        refused = signed_in("assessor").post(
            reverse("evidence:upload_begin"), {"size": 10, "name": "a.pdf"}
        )
    assert (large.status_code, refused.status_code) == (413, 403)
    browser = signed_in("supervisor")
    address = begin(browser)
    assert patch(browser, address, 0, WHOLE + b"more").status_code == 413
    for odd in ("", "-1", "x", "²"):
        assert patch(browser, address, odd, WHOLE).status_code == 409
    monkeypatch.setattr(receiving, "MOST_OPEN", 1)
    with scope(None):
        full = browser.post(reverse("evidence:upload_begin"), {"size": 10, "name": "a.pdf"})
    assert (full.status_code, full["Retry-After"]) == (503, "30")


def test_refused_content_is_410_and_the_upload_is_over(
    cast: Cast, office: Unit, signed_in: SignIn
) -> None:
    browser = signed_in("supervisor")
    program = b"MZ" + b"\0" * 500
    address = begin(browser, program)
    answer = patch(browser, address, 0, program)
    assert answer.status_code == 410
    assert answer.json()["message"]
    assert head(browser, address).status_code == 404


def test_pieces_need_the_token_that_protects_forms(cast: Cast, office: Unit) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.users["supervisor"])
    with scope(None):
        answer = browser.post(reverse("evidence:upload_begin"), {"size": 10, "name": "a"})
    assert answer.status_code == 403
