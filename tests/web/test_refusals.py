"""A no leads back to the page it was asked on."""

import gzip
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import Client, RequestFactory

from nithet.config.middleware import NOBODY, AnswerRefusals
from nithet.domain.assessments.models.rounds import Round
from nithet.foundation.tenancy.scope import scope
from nithet.kernel.errors import Busy
from tests.conftest import Cast


def test_a_broken_rule_leads_back_to_its_page_and_never_elsewhere(cast: Cast, taken_over: Round, client: Client) -> None:
    page = f"/rounds/{taken_over.pk}/"
    with scope(None):
        client.force_login(cast.users["director"])
        for referer, back in (("http://testserver" + page, True), ("http://evil.example" + page, False)):
            answer = client.post(f"{page}close/", {"key": uuid.uuid4().hex}, HTTP_REFERER=referer)
            assert answer.status_code == 422
            assert (f'href="{page}"' in answer.content.decode()) is back


def test_busy_asks_to_come_back_and_is_no_fault_of_the_reader(rf: RequestFactory) -> None:
    request = rf.get("/")
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    request.user, request.actor = AnonymousUser(), NOBODY  # type: ignore[attr-defined]
    answer = AnswerRefusals(lambda _: HttpResponse()).process_exception(request, Busy("busy", "Busy just now."))
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("address", ["/schools/?q=a%00b", "/search/?q=%00", "/p/A%00B/", "/join/%00/"])
def test_an_address_with_a_nul_is_refused_on_either_database(cast: Cast, address: str) -> None:
    client = Client()
    client.force_login(cast.users["director"])
    assert client.get(address).status_code == 400


def test_a_form_with_a_nul_is_refused_on_either_database(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.users["director"])
    assert client.post("/account/speaker/", {"speaker": "ก\x00ข"}).status_code == 400
    assert client.post("/account/speaker/", {"spea\x00ker": "x"}).status_code == 400


def test_an_address_that_only_takes_forms_says_so_to_whoever_opens_it(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.users["director"])
    answer = client.get("/account/speaker/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "รับเฉพาะแบบฟอร์ม" in answer.content.decode()


def test_pages_go_out_packed_and_files_as_they_are(cast: Cast) -> None:
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(cast.users["director"])
    page, sheet = client.get("/schools/"), client.get("/schools/?as=xlsx")
    assert page["Content-Encoding"] == "gzip"
    assert "โรงเรียน" in gzip.decompress(page.content).decode()
    assert (sheet.status_code, sheet.has_header("Content-Encoding")) == (200, False)
