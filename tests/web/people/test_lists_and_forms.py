"""Lists stay cheap and leave as Excel; forms that two people had open tell the later one."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nithet.domain.directory.actions.committees import create_committee, seat_member
from nithet.domain.directory.actions.staff import (
    add_expert,
    add_group,
    add_position,
    assign_duty,
    fill_position,
)
from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.models import OfficeSettings
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast, make_user
from tests.domain.directory.people.test_bodies import school
from tests.web.people.test_joining import be, browser_of

TODAY = clock.today()


def people(cast: Cast, count: int) -> None:
    """So many supervisors, each filling a position with a duty."""
    keeper = cast.actor("administrator")
    with scope(cast.office.pk):
        one = school(cast.office)
        for n in range(count):
            user = make_user(f"extra-{count}-{n}", posted=[(Role.SUPERVISOR, cast.office)])
            position = add_position(
                actor=keeper, unit=cast.office, role=Role.SUPERVISOR, title=f"ศึกษานิเทศก์ {count}-{n}"
            )
            fill_position(
                actor=keeper,
                position=position,
                posting=Posting.objects.select_related("unit").get(user=user),
            )
            assign_duty(actor=keeper, position=position, school=one)
            add_group(actor=keeper, name=f"กลุ่ม {count}-{n}")
            add_expert(actor=keeper, title=f"ผู้ทรงคุณวุฒิ {count}-{n}", field="การวัดผล")
            create_committee(actor=keeper, kind="other", name=f"คณะ {count}-{n}")


@pytest.mark.parametrize(
    "name", ["positions", "duties", "groups", "experts", "committees", "accounts"]
)
def test_a_list_asks_the_same_number_of_questions_at_two_and_at_twenty_rows(
    cast: Cast, name: str
) -> None:
    client, asked = browser_of(cast, "administrator"), []
    for count in (2, 18):
        people(cast, count)
        with (
            scope(None),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            assert client.get(reverse(f"people:{name}")).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    "name",
    [
        "positions",
        "duties",
        "groups",
        "experts",
        "committees",
        "boards",
        "accounts",
        "powers",
        "invitations",
    ],
)
def test_every_list_leaves_as_excel(cast: Cast, name: str) -> None:
    people(cast, 1)
    answer = browser_of(cast, "administrator").get(reverse(f"people:{name}"), {"as": "xlsx"})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content]).startswith(
        b"PK"
    )


def test_a_vacant_position_says_so(cast: Cast) -> None:
    with scope(cast.office.pk):
        add_position(
            actor=cast.actor("administrator"),
            unit=cast.office,
            role=Role.SUPERVISOR,
            title="ศึกษานิเทศก์",
        )
    page = (
        browser_of(cast, "planner")
        .get(reverse("people:positions"), {"vacant": "1"})
        .content.decode()
    )
    assert "ว่าง" in page and "ตำแหน่งว่าง 1 จาก 1" in page


def test_accounts_are_found_by_words_role_and_state(cast: Cast) -> None:
    client = browser_of(cast, "administrator")
    for asked, seen, unseen in (
        ({"q": "plan"}, "planner", "supervisor"),
        ({"role": "supervisor"}, "supervisor", "planner"),
        ({"state": "closed"}, "", "planner"),
    ):
        page = client.get(reverse("people:accounts"), asked).content.decode()
        body = page[page.index("<main") :]
        assert seen in body
        assert f">{unseen}<" not in body
    assert "outsider" not in client.get(reverse("people:accounts")).content.decode()


def forms(cast: Cast) -> dict[str, tuple[str, dict[str, str]]]:
    """Every form that edits: its address and what is sent, but for the version."""
    keeper = cast.actor("administrator")
    with scope(cast.office.pk):
        position = add_position(
            actor=keeper, unit=cast.office, role=Role.SUPERVISOR, title="ศึกษานิเทศก์"
        )
        duty = assign_duty(actor=keeper, position=position, school=school(cast.office))
        committee = create_committee(actor=keeper, kind="other", name="คณะทำงาน")
        member = seat_member(actor=keeper, committee=committee, title="กรรมการ")
        group = add_group(actor=keeper, name="กลุ่ม")
        expert = add_expert(actor=keeper, title="ผู้ทรงคุณวุฒิ", field="การวัดผล")
    power = Power.objects.create(
        user=cast.users["planner"],
        kind="acting",
        role=Role.DIRECTOR,
        unit=cast.office,
        order_number="1/2555",
        starts_on=TODAY,
    )
    posting = Posting.objects.get(user=cast.users["planner"])
    OfficeSettings.objects.get_or_create(office=cast.office)
    last = be("ends_on", TODAY + datetime.timedelta(days=3))
    return {
        "position": (reverse("people:position_edit", args=[position.pk]), {"title": "ใหม่"}),
        "duty": (
            reverse("people:duties_edit", args=[duty.pk]),
            {"position": str(position.pk), "order_number": "5/2555"},
        ),
        "committee": (reverse("people:committee_edit", args=[committee.pk]), {"name": "ใหม่"}),
        "member": (
            reverse("people:member_edit", args=[member.pk]),
            {"title": "ใหม่", "seat": "a_chair"},
        ),
        "group": (reverse("people:groups_edit", args=[group.pk]), {"name": "ใหม่", "place": "1"}),
        "expert": (
            reverse("people:experts_edit", args=[expert.pk]),
            {"title": "ใหม่", "field": "อื่น"},
        ),
        "posting": (reverse("people:posting_end", args=[posting.pk]), last),
        "power": (reverse("people:power_end", args=[power.pk]), last),
        "settings": (
            reverse("settings:office"),
            {"name": cast.office.name, "short_name": "ใหม่", "numerals": "thai"},
        ),
    }


@pytest.mark.parametrize(
    "name",
    ["position", "duty", "committee", "member", "group", "expert", "posting", "power", "settings"],
)
def test_the_second_to_save_a_form_is_told_and_overwrites_nothing(cast: Cast, name: str) -> None:
    address, body = forms(cast)[name]
    client = browser_of(cast, "administrator")
    assert client.post(address, {**body, "version": "1"}).status_code == 302
    answer = client.post(address, {**body, "version": "1"})
    assert answer.status_code == 409


def test_ids_of_another_office_are_no_choices(cast: Cast) -> None:
    client, foreign = (
        browser_of(cast, "administrator"),
        Posting.objects.get(user=cast.users["outsider"]),
    )
    body = {
        "display_name": "x",
        "role": "planner",
        "unit": str(cast.other_office.pk),
        **be("expires_on", TODAY),
    }
    assert client.post(reverse("people:invite"), body).status_code == 422
    body = {
        "user": str(cast.users["outsider"].pk),
        "kind": "acting",
        "role": "director",
        "unit": str(cast.office.pk),
        "order_number": "1",
        **be("starts_on", TODAY),
    }
    assert client.post(reverse("people:power_add"), body).status_code == 422
    assert client.get(reverse("people:person", args=[cast.users["outsider"].pk])).status_code == 404
    assert client.get(reverse("people:posting_end", args=[foreign.pk])).status_code == 404


def test_work_is_handed_over_on_the_page_and_printed(cast: Cast) -> None:
    client, user = browser_of(cast, "director"), cast.users["supervisor"]
    address = reverse("people:handover", args=[user.pk])
    assert "ศึกษานิเทศก์" in client.get(address).content.decode()
    body = {"successor": str(cast.users["planner"].pk), **be("handed_on", TODAY)}
    assert client.post(address, body).status_code == 302
    for asked in ({}, {"confirmed": "1"}):
        paper = client.get(reverse("people:handover_paper", args=[user.pk]), asked)
        assert paper.content.startswith(b"%PDF")


def test_a_visitor_is_sent_to_sign_in(db: None) -> None:
    assert Client().get(reverse("people:accounts")).status_code == 302
