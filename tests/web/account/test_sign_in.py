"""The ways in: password, second step, signing out; by HTTP as a browser without scripts does it."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from tests.conftest import Cast

PASSWORD = "a-long-enough-password"

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    return Client()


def sign_in(browser: Client, username: str, password: str = PASSWORD, **fields: str):
    return browser.post("/account/login/", {"login": username, "password": password, **fields})


def text(response) -> str:
    return response.content.decode()


def test_the_way_in_is_thai_and_names_the_school_code(browser: Client) -> None:
    page = text(browser.get("/account/login/"))
    assert '<html lang="th">' in page
    assert "เข้าใช้งานระบบนิเทศ" in page
    assert "โรงเรียนใช้รหัสโรงเรียนเป็นชื่อผู้ใช้" in page
    assert 'autocomplete="username"' in page and 'autocomplete="current-password"' in page


def test_the_right_password_opens_and_sends_on_where_the_person_wanted_to_go(
    browser: Client, cast: Cast
) -> None:
    response = sign_in(browser, "supervisor", next="/account/")
    assert response.status_code == 302
    assert response["Location"] == "/account/"
    assert "supervisor" in text(browser.get("/account/"))


def test_the_user_name_is_taken_in_any_case(browser: Client, cast: Cast) -> None:
    assert sign_in(browser, "SuperVisor").status_code == 302


@pytest.mark.parametrize(
    "wanted", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"]
)
def test_signing_in_never_leads_out(browser: Client, cast: Cast, wanted: str) -> None:
    assert sign_in(browser, "supervisor", next=wanted)["Location"] == "/"


@pytest.mark.parametrize(
    ("username", "password"), [("supervisor", "wrong"), ("no-such-user", PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_read_alike(
    browser: Client, cast: Cast, username: str, password: str
) -> None:
    page = text(sign_in(browser, username, password))
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in page
    assert "data-error-summary" in page
    assert password not in page


def test_a_closed_account_does_not_open_and_is_told(browser: Client, cast: Cast) -> None:
    user = cast.users["supervisor"]
    user.is_active = False
    user.save()
    response = sign_in(browser, "supervisor")
    assert "บัญชีนี้ปิดแล้ว" in text(browser.get(response["Location"]))
    assert browser.get("/account/").status_code == 302


def test_after_five_wrong_tries_sign_in_rests_and_says_so(browser: Client, cast: Cast) -> None:
    for _ in range(5):
        assert "ไม่ถูกต้อง" in text(sign_in(browser, "supervisor", "wrong"))
    assert "โปรดรอ 5 นาที" in text(sign_in(browser, "supervisor", "wrong"))
    assert "โปรดรอ 5 นาที" in text(sign_in(browser, "supervisor"))
    assert sign_in(Client(), "director").status_code == 302


def test_signing_out_is_a_form_and_a_link_only_asks(browser: Client, cast: Cast) -> None:
    sign_in(browser, "supervisor")
    assert "ออกจากระบบ" in text(browser.get("/account/logout/"))
    assert browser.get("/account/").status_code == 200
    browser.post("/account/logout/")
    assert browser.get("/account/").status_code == 302


def test_the_session_changes_its_name_at_sign_in(browser: Client, cast: Cast) -> None:
    browser.get("/account/login/")
    before = browser.cookies.get("sessionid")
    sign_in(browser, "supervisor")
    assert before is None or browser.cookies["sessionid"].value != before.value


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "password/reset/", "confirm-email/", "login/code/", "two-factor/keys/"],
)
def test_what_an_office_does_not_offer_has_no_address(browser: Client, path: str) -> None:
    assert browser.get(f"/account/{path}").status_code == 404


PAGES_OF_A_PERSON = ["", "password/change/", "two-factor/"]


@pytest.mark.parametrize("path", ["login/", "logout/", "inactive/", *PAGES_OF_A_PERSON])
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_wears_our_look_under_a_strict_policy(
    browser: Client, cast: Cast, path: str, language: str
) -> None:
    if path not in {"login/", "inactive/"}:
        sign_in(browser, "supervisor")
    browser.cookies["django_language"] = language
    response = browser.get(f"/account/{path}")
    page = text(response)
    assert response.status_code == 200
    assert f'<html lang="{language}">' in page and 'class="topbar"' in page
    assert page.count("<h1>") == 1
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy
    words = re.sub(
        r"<script.*?</script>|<[^>]+>|supervisor|English|EN|E-mail",
        " ",
        page[page.index("<main") :],
        flags=re.S,
    )
    if language == "th":
        assert not re.search(r"[A-Za-z]{3,}", words), re.findall(r"[A-Za-z]{3,}", words)


def change_password(browser: Client, old: str, new: str, again: str | None = None):
    return browser.post(
        "/account/password/change/",
        {"oldpassword": old, "password1": new, "password2": again or new},
    )


def test_a_changed_password_is_the_one_that_opens(browser: Client, cast: Cast) -> None:
    sign_in(browser, "supervisor")
    assert change_password(browser, PASSWORD, "another-long-word-7").status_code == 302
    assert "ไม่ถูกต้อง" in text(sign_in(Client(), "supervisor"))
    assert sign_in(Client(), "supervisor", "another-long-word-7").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", "another-long-word-7", None, "รหัสผ่านปัจจุบันไม่ถูกต้อง"),
        (PASSWORD, "another-long-word-7", "another-long-word-8", "สองช่องไม่ตรงกัน"),
        (PASSWORD, "short", None, "รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย 10 ตัวอักษร"),
        (PASSWORD, "password123", None, "เดาง่ายเกินไป"),
    ],
)
def test_why_a_password_was_not_changed_is_told_in_thai(
    browser: Client, cast: Cast, old: str, new: str, again: str | None, said: str
) -> None:
    sign_in(browser, "supervisor")
    assert said in text(change_password(browser, old, new, again))
    assert sign_in(Client(), "supervisor").status_code == 302


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def turn_on(browser: Client) -> str:
    """Set the app up as its pages ask, who it is asked first; return the secret."""
    asked = browser.get("/account/two-factor/app/activate/")
    page = text(browser.get(asked["Location"]))
    assert "ยืนยันตัวตนอีกครั้ง" in page
    there = browser.post(
        "/account/reauthenticate/",
        {"password": PASSWORD, "next": "/account/two-factor/app/activate/"},
    )
    page = text(browser.get(there["Location"]))
    found = re.search(r'<code class="secret">([A-Z2-7]+)</code>', page)
    assert found, page
    done = browser.post("/account/two-factor/app/activate/", {"code": code_now(found[1])})
    assert done.status_code == 302
    return found[1]


def test_the_second_step_is_set_up_asked_for_and_opens(browser: Client, cast: Cast) -> None:
    sign_in(browser, "supervisor")
    secret = turn_on(browser)
    assert "เปิดใช้อยู่" in text(browser.get("/account/"))

    other = Client()
    response = sign_in(other, "supervisor")
    assert urlparse(response["Location"]).path == "/account/two-factor/authenticate/"
    assert other.get("/account/").status_code == 302
    page = text(other.get(response["Location"]))
    assert "ขั้นตอนที่สอง" in page and 'autocomplete="one-time-code"' in page
    assert "รหัสไม่ถูกต้อง" in text(other.post("/account/two-factor/authenticate/", {"code": "000000"}))
    assert other.get("/account/").status_code == 302
    codes = text(browser.get("/account/two-factor/codes/"))
    recovery = re.findall(r"<li>([0-9a-f]{8})</li>", codes)
    assert len(recovery) == 10
    other.post("/account/two-factor/authenticate/", {"code": recovery[0]})
    assert other.get("/account/").status_code == 200
    assert len(secret) >= 16


def test_a_recovery_code_opens_only_once(browser: Client, cast: Cast) -> None:
    sign_in(browser, "supervisor")
    turn_on(browser)
    recovery = re.findall(
        r"<li>([0-9a-f]{8})</li>", text(browser.get("/account/two-factor/codes/"))
    )
    for expected in (200, 302):
        other = Client()
        sign_in(other, "supervisor")
        other.post("/account/two-factor/authenticate/", {"code": recovery[0]})
        assert other.get("/account/").status_code == expected


@pytest.mark.parametrize(
    "path",
    [
        "two-factor/",
        "two-factor/app/deactivate/",
        "two-factor/codes/",
        "two-factor/codes/generate/",
    ],
)
def test_pages_of_the_second_step_are_thai(browser: Client, cast: Cast, path: str) -> None:
    sign_in(browser, "supervisor")
    turn_on(browser)
    page = text(browser.get(f"/account/{path}"))
    words = re.sub(r"<[^>]+>|English|[0-9a-f]{8}|supervisor", " ", page[page.index("<main") :])
    assert not re.search(r"[A-Za-z]{3,}", words), re.findall(r"[A-Za-z]{3,}", words)


def test_turning_the_second_step_off_asks_first_who_is_there_after_a_while(
    browser: Client, cast: Cast, settings
) -> None:
    sign_in(browser, "supervisor")
    turn_on(browser)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    response = browser.get("/account/two-factor/app/deactivate/")
    assert response.status_code == 302
    asked = browser.get(response["Location"])
    assert "ยืนยันตัวตนอีกครั้ง" in text(asked)
    assert parse_qs(urlparse(response["Location"]).query)["next"] == [
        "/account/two-factor/app/deactivate/"
    ]


def test_the_second_step_can_be_turned_off(browser: Client, cast: Cast) -> None:
    sign_in(browser, "supervisor")
    turn_on(browser)
    browser.post("/account/two-factor/app/deactivate/")
    assert "ยังไม่เปิดใช้" in text(browser.get("/account/"))
    assert sign_in(Client(), "supervisor")["Location"] == "/"
