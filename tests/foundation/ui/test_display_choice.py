"""Language and digits: Thai until somebody chooses, and never a way out to a foreign address."""

from http.cookies import Morsel

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import get_language

from nithet.foundation.ui import frame
from nithet.foundation.ui.display import NUMERALS_COOKIE, shown
from nithet.foundation.ui.frame import Frame
from nithet.foundation.ui.middleware import chosen_language, chosen_numerals

pytestmark = pytest.mark.urls("tests.foundation.ui.gallery")


def said(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{get_language()} {shown('2555')}")


def answer(request: HttpRequest) -> str:
    return chosen_language(chosen_numerals(said))(request).content.decode()


@pytest.fixture
def office_of_thai_digits() -> object:
    kept = list(frame._describe)
    frame.describe_with(lambda request: Frame(numerals="thai"))
    yield
    frame._describe[:] = kept


def test_pages_are_thai_although_the_browser_announces_english() -> None:
    assert answer(RequestFactory().get("/", headers={"accept-language": "en-US,en"})).startswith(
        "th "
    )


def test_a_chosen_language_holds() -> None:
    request = RequestFactory().get("/")
    request.COOKIES["django_language"] = "en"
    assert answer(request).startswith("en ")
    request.COOKIES["django_language"] = "../../etc"
    assert answer(request).startswith("th ")


@pytest.mark.usefixtures("office_of_thai_digits")
def test_digits_are_the_offices_unless_the_person_chose_otherwise() -> None:
    request = RequestFactory().get("/")
    assert answer(request) == "th ๒๕๕๕"
    other = RequestFactory().get("/")
    other.COOKIES[NUMERALS_COOKIE] = "arabic"
    assert answer(other) == "th 2555"
    odd = RequestFactory().get("/")
    odd.COOKIES[NUMERALS_COOKIE] = "roman"
    assert answer(odd) == "th ๒๕๕๕"


def test_digits_of_one_request_do_not_reach_the_next() -> None:
    request = RequestFactory().get("/")
    request.COOKIES[NUMERALS_COOKIE] = "thai"
    assert answer(request) == "th ๒๕๕๕"
    assert answer(RequestFactory().get("/")) == "th 2555"


def choose(**fields: str) -> HttpResponse:
    return Client().post("/display/", fields)


def test_a_choice_is_kept_for_a_year_out_of_reach_of_scripts() -> None:
    response = choose(language="en", numerals="thai", next="/gallery/?wrong=1")
    assert response.status_code == 302
    assert response["Location"] == "/gallery/?wrong=1"
    kept: dict[str, Morsel[str]] = dict(response.cookies)
    assert {name: m.value for name, m in kept.items()} == {
        "django_language": "en",
        NUMERALS_COOKIE: "thai",
    }
    for morsel in kept.values():
        assert morsel["max-age"] == 365 * 24 * 3600
        assert morsel["httponly"] and morsel["samesite"] == "Lax"


def test_going_back_to_the_offices_digits_forgets_the_own_choice() -> None:
    response = choose(numerals="office", next="/")
    assert response.cookies[NUMERALS_COOKIE]["max-age"] == 0


def test_a_choice_that_does_not_exist_keeps_nothing() -> None:
    assert not choose(language="fr", numerals="roman", next="/").cookies


@pytest.mark.parametrize(
    "wanted",
    [
        "https://example.org/", "//example.org/", "///example.org", "http:example.org", "javascript:alert(1)",
        "\\\\example.org", "/\\example.org", "https:/\\example.org", "ftp://example.org", " //example.org",
        "http://testserver@example.org/", "\thttps://example.org", "data:text/html,x", "",
    ],
)  # fmt: skip
def test_the_way_back_never_leads_out(wanted: str) -> None:
    assert choose(language="en", next=wanted)["Location"] == "/"


def test_a_link_alone_changes_nothing() -> None:
    assert Client().get("/display/?language=en").status_code == 405


def test_the_choice_needs_the_token_of_the_page() -> None:
    assert Client(enforce_csrf_checks=True).post("/display/", {"language": "en"}).status_code == 403
