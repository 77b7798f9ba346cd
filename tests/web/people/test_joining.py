"""From the invitation to the first page: by a link, by a slip, by somebody who has nothing yet."""

import datetime
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from nithet.domain.directory.invitations import invite_person, withdraw_invitation
from nithet.domain.directory.people import close_account
from nithet.foundation.access.models import Invitation
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.models import OfficeSettings
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast

PASSWORD = "mango-river-31-slow"
TODAY = clock.today()
IN_A_WEEK = TODAY + datetime.timedelta(days=7)


def be(name: str, day: datetime.date) -> dict[str, str]:
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year + 543),
    }


def browser_of(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def invited(cast: Cast) -> tuple[Invitation, str]:
    with scope(cast.office.pk):
        return invite_person(
            actor=cast.actor("administrator"),
            unit=cast.office,
            role=Role.SUPERVISOR,
            title="ศึกษานิเทศก์",
            display_name="ศึกษานิเทศก์ คนที่ 2",
            expires_on=IN_A_WEEK,
        )


def join(token: str, client: Client | None = None, **given: str):  # type: ignore[no-untyped-def]
    body = {"username": "sn-2", "password": PASSWORD, "again": PASSWORD, **given}
    return (client or Client()).post(reverse("people:join", args=[token]), body)


def text(response) -> str:  # type: ignore[no-untyped-def]
    return response.content.decode()


def test_the_administrator_makes_a_link_that_a_visitor_accepts(cast: Cast) -> None:
    OfficeSettings.objects.create(office=cast.office, public_address="https://own.example.go.th")
    body = {
        "display_name": "ศึกษานิเทศก์ คนที่ 2",
        "role": "supervisor",
        "unit": str(cast.office.pk),
        "title": "ศึกษานิเทศก์",
        **be("expires_on", IN_A_WEEK),
    }
    page = text(browser_of(cast, "administrator").post(reverse("people:invite"), body))
    found = re.search(r'value="https://own\.example\.go\.th/join/([\w-]+)/"', page)
    assert found, page
    visitor = Client()
    assert "ศึกษานิเทศก์ คนที่ 2" in text(visitor.get(f"/join/{found[1]}/"))
    assert join(found[1], visitor)["Location"] == "/"
    assert "ศึกษานิเทศก์" in text(visitor.get("/account/"))


def test_what_is_used_withdrawn_expired_or_unknown_looks_alike(cast: Cast) -> None:
    used, withdrawn, expired = invited(cast), invited(cast), invited(cast)
    join(used[1])
    with scope(cast.office.pk):
        withdraw_invitation(actor=cast.actor("administrator"), invitation=withdrawn[0])
    Invitation.objects.filter(pk=expired[0].pk).update(
        expires_on=TODAY - datetime.timedelta(days=1)
    )
    pages = set()
    for token in (used[1], withdrawn[1], expired[1], "never-was-one"):
        for answer in (Client().get(f"/join/{token}/"), join(token)):
            assert answer.status_code == 404
            pages.add(
                re.sub(
                    r'(name="csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*"|/join/[\w-]*/|%2Fjoin[^"&]*',
                    "",
                    text(answer),
                )
            )
    assert len(pages) == 1
    assert "คำเชิญนี้ใช้ไม่ได้" in pages.pop()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"password": "short", "again": "short"}, "รหัสผ่านสั้นเกินไป"),
        ({"again": "another-one-entirely"}, "สองช่องไม่ตรงกัน"),
        ({"username": "outsider"}, "ชื่อผู้ใช้นี้มีผู้ใช้แล้ว"),
        ({"username": "two words"}, "ไม่มีช่องว่าง"),
    ],
)
def test_what_will_not_do_is_told_at_its_field_and_nothing_is_made(
    cast: Cast, given: dict[str, str], said: str
) -> None:
    _, token = invited(cast)
    answer = join(token, **given)
    assert answer.status_code == 422
    assert said in text(answer)
    assert PASSWORD not in text(answer)
    assert not User.objects.filter(username="sn-2").exists()


def test_guessing_addresses_is_slowed_down(cast: Cast) -> None:
    cache.clear()
    codes = [Client().get(f"/join/guess-{n}/").status_code for n in range(35)]
    assert codes[:30] == [404] * 30
    assert codes[-1] == 429


def test_the_slip_is_a_pdf_for_whoever_just_made_it_and_nobody_else(cast: Cast) -> None:
    _, token = invited(cast)
    answer = browser_of(cast, "administrator").post(reverse("people:slip"), {"token": token})
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert (
        browser_of(cast, "director").post(reverse("people:slip"), {"token": token}).status_code
        == 404
    )


def test_somebody_whose_account_is_closed_is_out_with_the_next_request(cast: Cast) -> None:
    planner = browser_of(cast, "planner")
    assert planner.get("/account/").status_code == 200
    with scope(cast.office.pk):
        close_account(actor=cast.actor("administrator"), user=cast.users["planner"])
    assert planner.get("/account/").status_code == 302
    browser_of(cast, "administrator").post(
        reverse("people:reopen", args=[cast.users["planner"].pk])
    )
    assert planner.get("/account/").status_code == 302


def test_administrators_are_led_to_the_second_step_and_nobody_else_is(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    settings.ADMIN_SECOND_FACTOR = True
    administrator = browser_of(cast, "administrator")
    for path in ("/", reverse("people:accounts"), reverse("settings:office")):
        assert administrator.get(path)["Location"] == reverse("mfa_activate_totp")
    assert administrator.get("/account/").status_code == 200
    assert browser_of(cast, "director").get(reverse("people:positions")).status_code == 200


def test_an_administrator_with_a_second_step_passes(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    from allauth.mfa.models import Authenticator

    settings.ADMIN_SECOND_FACTOR = True
    Authenticator.objects.create(
        user=cast.users["administrator"], type="totp", data={"secret": "x"}
    )
    assert browser_of(cast, "administrator").get(reverse("people:accounts")).status_code == 200
