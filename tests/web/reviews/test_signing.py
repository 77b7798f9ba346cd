"""The link to a folder: who opens it proves to be the one who is to sign, and can do nothing else by it."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.models.signing import SignOff
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.reviews.actions.folders import propose_folder, withdraw_folder
from nithet.domain.reviews.models.folders import Folder
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def told(answer: HttpResponse) -> str:
    """What a page says, without the token of its forms and its own address, which differ in any two answers."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*"', "", answer.content.decode())
    return re.sub(r"/sign/[^/]*/|%2Fsign%2F[^\"&]*", "", text)


def code_now() -> str:
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(SECRET, counters[len(counters) // 2]))


@pytest.fixture
def folder(cast: Cast, taken_over: Round) -> tuple[Folder, str]:
    made, token = propose_folder(
        actor=cast.actor("planner"),
        round=taken_over,
        declared_level=None,
        shown=standing_of(taken_over).digest,
        addressee_id=cast.users["director"].pk,
        reason="ยังตอบรายการตรวจไม่ครบ",
    )
    return made, reverse("reviews:sign", args=[token])


def test_a_stranger_with_the_link_sees_nothing_of_the_round(folder: tuple[Folder, str]) -> None:
    with scope(None):
        answer = Client().get(folder[1])
    assert answer.status_code == 200
    assert "มีแฟ้มรอลงนาม" in answer.content.decode()
    assert folder[0].round.edition.title not in answer.content.decode()
    assert folder[0].reason not in answer.content.decode()


def test_somebody_else_who_is_signed_in_sees_nothing_either(cast: Cast, folder: tuple[Folder, str]) -> None:
    client = Client()
    client.force_login(cast.users["planner"])
    with scope(None):
        answer = client.get(folder[1])
    assert folder[0].reason not in answer.content.decode()


def test_a_one_time_code_opens_the_folder_and_nothing_else(cast: Cast, folder: tuple[Folder, str]) -> None:
    TOTP.activate(cast.users["director"], SECRET)
    client = Client()
    with scope(None):
        assert client.post(folder[1], {"code": "000000"}).status_code == 422
        assert client.post(folder[1], {"code": code_now()}).status_code == 302
        shown = client.get(folder[1])
        assert folder[0].reason in shown.content.decode()
        # The proof signs nobody in.
        assert client.get("/").status_code == 302
        assert "_auth_user_id" not in client.session
        done = client.post(folder[1], {"decision": "approve", "answer": ""})
        assert done.status_code == 200
        assert client.get(folder[1]).status_code == 404
    with scope(cast.office.pk):
        signed = SignOff.objects.get(request_key=f"folder-{folder[0].pk}")
    assert signed.signed_by_id == cast.users["director"].pk


def test_a_code_is_good_once(cast: Cast, folder: tuple[Folder, str]) -> None:
    TOTP.activate(cast.users["director"], SECRET)
    code = code_now()
    with scope(None):
        assert Client().post(folder[1], {"code": code}).status_code == 302
        assert Client().post(folder[1], {"code": code}).status_code == 422


def test_guessing_is_stopped(cast: Cast, folder: tuple[Folder, str]) -> None:
    TOTP.activate(cast.users["director"], SECRET)
    with scope(None):
        for number in range(12):
            Client().post(folder[1], {"code": f"{number:06d}"})
        assert Client().post(folder[1], {"code": code_now()}).status_code == 422


def test_the_director_who_is_signed_in_decides_at_once(cast: Cast, folder: tuple[Folder, str]) -> None:
    client = Client()
    client.force_login(cast.users["director"])
    with scope(None):
        assert folder[0].reason in client.get(folder[1]).content.decode()
        answer = client.post(folder[1], {"decision": "return", "answer": "ขอเพิ่มหลักฐาน"})
        assert answer.status_code == 200
    with scope(cast.office.pk):
        assert Folder.objects.get(pk=folder[0].pk).answer == "ขอเพิ่มหลักฐาน"
        assert SignOff.objects.filter(request_key__startswith="folder").count() == 0


def test_links_that_are_over_and_links_that_never_were_answer_alike(cast: Cast, folder: tuple[Folder, str]) -> None:
    with scope(cast.office.pk):
        withdraw_folder(actor=cast.actor("planner"), folder=folder[0])
    with scope(None):
        over, never = Client().get(folder[1]), Client().get(reverse("reviews:sign", args=["no-such-word"]))
    assert over.status_code == never.status_code == 404
    assert told(over) == told(never)


def test_a_guest_cannot_decide_without_a_proof(cast: Cast, folder: tuple[Folder, str]) -> None:
    with scope(None):
        Client().post(folder[1], {"decision": "approve", "answer": ""})
    with scope(cast.office.pk):
        assert Folder.objects.get(pk=folder[0].pk).state == "waiting"
