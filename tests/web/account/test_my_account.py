"""A person's own page: who they are here, how pages are shown, who sits at the desk, for which office."""

import pytest
from django.test import Client

from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.models import OfficeSettings, Unit
from nithet.kernel import clock
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def browser_of(cast: Cast, name: str) -> Client:
    browser = Client()
    browser.force_login(cast.users[name])
    return browser


def page_of(browser: Client) -> str:
    response = browser.get("/account/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_visitor_is_sent_to_the_way_in(db: None) -> None:
    for path in ("/account/",):
        response = Client().get(path)
        assert (
            response.status_code == 302 and response["Location"] == f"/account/login/?next={path}"
        )
    for path in ("/account/speaker/", "/account/office/"):
        assert Client().post(path).status_code == 302


def test_two_offices_of_one_short_name_are_told_apart_by_their_full_names(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.other_office.pk).update(short_name=cast.office.short_name)
    user = cast.users["supervisor"]
    Posting.objects.create(user=user, unit=cast.other_office, role=Role.SUPERVISOR, title="ศึกษานิเทศก์")
    Posting.objects.filter(user=user).update(title="ศึกษานิเทศก์")
    page = page_of(browser_of(cast, "supervisor"))
    assert f"ศึกษานิเทศก์ · {cast.office.name}" in page
    assert f"ศึกษานิเทศก์ · {cast.other_office.name}" in page


def test_the_page_names_the_person_their_role_and_their_office(cast: Cast) -> None:
    page = page_of(browser_of(cast, "supervisor"))
    assert cast.office.name in page
    assert "สพป.ทดสอบ เขต 1" in page
    assert page.count("supervisor") >= 2


def test_a_person_without_a_role_is_told_whom_to_ask(cast: Cast) -> None:
    assert "ยังไม่ได้รับมอบหน้าที่" in page_of(browser_of(cast, "nobody"))


def test_a_role_held_for_somebody_else_shows_its_order(cast: Cast) -> None:
    Power.objects.create(
        user=cast.users["planner"], role=Role.DIRECTOR, unit=cast.office, kind=Power._meta.get_field("kind").choices[0][0],
        order_number="12/2555", starts_on=clock.today(),
    )  # fmt: skip
    assert "ตามคำสั่งที่ 12/2555" in page_of(browser_of(cast, "planner"))


def test_the_office_decides_the_digits_until_the_person_does(cast: Cast) -> None:
    OfficeSettings.objects.create(office=cast.office, numerals=OfficeSettings.Numerals.THAI)
    browser = browser_of(cast, "supervisor")
    assert "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาทดสอบ เขต ๑" in page_of(browser)
    browser.post("/display/", {"numerals": "arabic", "next": "/account/"})
    assert "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาทดสอบ เขต 1" in page_of(browser)
    browser.post("/display/", {"numerals": "office", "next": "/account/"})
    assert "เขต ๑" in page_of(browser)


def test_the_language_is_chosen_by_a_form(cast: Cast) -> None:
    browser = browser_of(cast, "supervisor")
    browser.post("/display/", {"language": "en", "next": "/account/"})
    page = page_of(browser)
    assert '<html lang="en">' in page and "How pages are shown" in page


def test_a_school_desk_says_who_answers_and_every_page_shows_it(cast: Cast) -> None:
    browser = browser_of(cast, "school_desk")
    assert "ผู้ที่ใช้โต๊ะนี้ขณะนี้" in page_of(browser)
    browser.post("/account/speaker/", {"speaker": "ครูธุรการ"})
    page = page_of(browser)
    assert "school_desk โดย ครูธุรการ" in page
    assert browser.session["desk_speaker"] == "ครูธุรการ"


def test_a_desk_is_asked_who_sits_there_on_every_page_and_comes_back_to_it(cast: Cast) -> None:
    browser = browser_of(cast, "school_desk")
    asked = "กรุณาระบุชื่อผู้ใช้โต๊ะนี้ก่อน"
    assert asked in browser.get("/schools/").content.decode()
    said = browser.post("/account/speaker/", {"speaker": "ครูธุรการ", "next": "/schools/?q=1"})
    assert said["Location"] == "/schools/?q=1"
    assert asked not in browser.get("/schools/").content.decode()
    led_away = browser.post(
        "/account/speaker/", {"speaker": "ครูธุรการ", "next": "https://x.example/"}
    )
    assert led_away["Location"] == "/account/"


def test_a_desk_without_a_name_is_asked_again(cast: Cast) -> None:
    response = browser_of(cast, "school_desk").post("/account/speaker/", {"speaker": "  "})
    assert response.status_code == 422
    assert "กรุณากรอกช่องนี้" in response.content.decode()


def test_a_person_is_not_asked_who_sits_there(cast: Cast) -> None:
    assert "ผู้ที่ใช้โต๊ะนี้ขณะนี้" not in page_of(browser_of(cast, "supervisor"))


def test_one_who_serves_two_offices_changes_between_them(cast: Cast) -> None:
    Posting.objects.create(
        user=cast.users["supervisor"], role=Role.ASSESSOR, unit=cast.other_office
    )
    browser = browser_of(cast, "supervisor")
    assert "เปลี่ยนไปที่นี่" in page_of(browser)
    browser.post("/account/office/", {"office": str(cast.other_office.pk)})
    head = page_of(browser).split("<main")[0]
    assert cast.other_office.name in head


@pytest.mark.parametrize("wanted", ["foreign", "999999", "", "abc", "-1", "²"])
def test_nobody_reaches_an_office_by_asking_for_it(cast: Cast, wanted: str) -> None:
    browser = browser_of(cast, "supervisor")
    browser.post(
        "/account/office/", {"office": str(cast.other_office.pk) if wanted == "foreign" else wanted}
    )
    assert cast.office.name in page_of(browser).split("<main")[0]
    assert "เปลี่ยนไปที่นี่" not in page_of(browser)


def test_the_page_asks_the_database_the_same_number_of_times_however_many_roles(
    cast: Cast, django_assert_max_num_queries
) -> None:
    browser = browser_of(cast, "supervisor")
    page_of(browser)
    with django_assert_max_num_queries(12) as few:
        page_of(browser)
    Posting.objects.bulk_create(
        [
            Posting(user=cast.users["supervisor"], role=role, unit=cast.office)
            for role in list(Role)[1:12]
        ]
    )
    with django_assert_max_num_queries(12) as many:
        page_of(browser)
    assert len(few) == len(many)
