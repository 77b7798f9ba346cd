"""The page that opens from the device: open to all, holding nothing about anybody, and strict about scripts."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from nithet.domain.instruments.actions.submissions import receive_submission
from nithet.domain.instruments.models.submissions import Submission
from nithet.field.client.built import FOLDER, built
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast
from tests.domain.instruments.submissions.factories import body, make_school, make_version

pytestmark = pytest.mark.django_db


def test_the_page_is_the_same_for_everybody_and_needs_no_account(
    cast: Cast, straight: None
) -> None:
    known = Client()
    known.force_login(cast.users["supervisor"])
    with scope(None):
        answers = [Client().get("/field/"), known.get("/field/")]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert answers[0].headers["Cache-Control"] == "no-cache"
    assert cast.users["supervisor"].display_name not in answers[1].content.decode()


def test_only_this_page_lets_the_engine_run_and_nothing_of_others(
    cast: Cast, straight: None
) -> None:
    with scope(None):
        here = Client().get("/field/").headers["Content-Security-Policy"]
        there = Client().get("/account/login/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'" in here
    assert "default-src 'self'" in here
    assert "unsafe-inline" not in here
    assert "'unsafe-eval'" not in here
    assert "wasm" not in there


def test_the_worker_keeps_exactly_what_was_built_and_asks_for_news(straight: None) -> None:
    answer = Client().get("/field/sw.js")
    text = answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"].startswith("text/javascript")
    found = re.search(r"const FILES = (\[.*\]);", text)
    assert found
    files = json.loads(found[1])
    assert files == list(built().files)
    assert all((FOLDER / one.removeprefix("/static/dist/")).is_file() for one in files)
    assert "__" not in text.split("\n", 3)[2]


def test_the_manifest_lets_the_client_be_installed(straight: None) -> None:
    said = json.loads(Client().get("/field/manifest.webmanifest").content)
    assert (said["start_url"], said["scope"], said["display"]) == (
        "/field/",
        "/field/",
        "standalone",
    )
    assert {one["sizes"] for one in said["icons"]} == {"192x192", "512x512"}


def test_script_and_style_stay_within_their_budget(straight: None) -> None:
    brotli = pytest.importorskip("brotli")
    files = [one for one in built().files if one.endswith((".js", ".css"))]
    packed = sum(
        len(brotli.compress((FOLDER / one.removeprefix("/static/dist/")).read_bytes()))
        for one in files
    )
    fonts = sum(
        (FOLDER / one.removeprefix("/static/dist/")).stat().st_size
        for one in built().files
        if one.endswith(".woff2")
    )
    assert 100_000 < packed < 350 * 1024
    assert 40_000 < fonts <= 65 * 1024


@pytest.mark.django_db(transaction=True)
def test_a_school_reads_its_copy_once_the_office_has_the_record(cast: Cast, straight: None) -> None:
    with scope(cast.office.pk):
        make_version(cast.office)
        school = make_school(cast.school, cast.office)
    more = "<agreement><text>จัดตารางอ่านทุกเช้า</text><owner>ครูที่สังเกตการสอน</owner></agreement>"
    sent = body(school=f"directory.school:{school.pk}", more=more)
    code = sent.decode().split("instanceID>uuid:")[1].split("<")[0]
    assert "ยังไม่มาถึง" in copy_of(code)
    supervisor = Client()
    supervisor.force_login(cast.users["supervisor"])
    with scope(None):
        supervisor.post("/field/api/submissions/", sent, content_type="text/xml")
    shown = copy_of(code)
    assert "จัดตารางอ่านทุกเช้า" in shown
    assert "ครูจัดกิจกรรมกลุ่ม" in shown
    assert "ครูที่สังเกตการสอน" not in shown
    with scope(cast.office.pk):
        Submission.objects.update(state="set_aside", reason="refused")
    assert copy_of(code).replace(code, "") == copy_of("0" * 8 + code[8:]).replace(
        "0" * 8 + code[8:], ""
    )


@pytest.mark.parametrize(("days", "is_open"), [(179, True), (181, False)])
def test_a_copy_ends_180_days_after_the_office_received_the_record(
    cast: Cast, straight: None, days: int, is_open: bool
) -> None:
    cache.clear()
    with scope(cast.office.pk):
        make_version(cast.office)
        sent = body(school=f"directory.school:{make_school(cast.school, cast.office).pk}")
        receive_submission(actor=cast.actor("supervisor"), device=None, body=sent)
        Submission.objects.update(received_at=clock.now() - timedelta(days=days))
    code = sent.decode().split("instanceID>uuid:")[1].split("<")[0]
    assert ("ครูจัดกิจกรรมกลุ่ม" in copy_of(code)) is is_open


def test_whoever_guesses_codes_of_copies_is_asked_to_wait(straight: None) -> None:
    cache.clear()
    client = Client()
    with scope(None):
        answers = [client.get(f"/field/copy/GUESS{n}/") for n in range(32)]
    assert [one.status_code for one in answers[:30]] == [200] * 30
    assert answers[-1].status_code == 429
    cache.clear()


@pytest.mark.parametrize("code", ["1", "uuid", "x" * 300, "00000000-0000-0000-0000-000000000000"])
def test_a_code_that_is_none_is_answered_like_one_that_has_not_arrived(
    straight: None, code: str
) -> None:
    assert "ยังไม่มาถึง" in copy_of(code)


def copy_of(code: str) -> str:
    with scope(None):
        answer = Client().get(f"/field/copy/{code}/")
    assert answer.status_code == 200
    return re.sub(
        r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*"', "", answer.content.decode()
    )


def test_a_copy_leaves_out_what_any_version_of_the_form_holds_private(
    cast: Cast, straight: None
) -> None:
    cache.clear()
    with scope(cast.office.pk):
        make_version(cast.office)
        sent = body(school=f"directory.school:{make_school(cast.school, cast.office).pk}")
        receive_submission(actor=cast.actor("supervisor"), device=None, body=sent)
    code = sent.decode().split("instanceID>uuid:")[1].split("<")[0]
    assert "ครูจัดกิจกรรมกลุ่ม" in copy_of(code)
    with scope(cast.office.pk):
        newer = make_version(cast.office, version="2")
        newer.definition = [one | {"private": one["path"] == "found"} for one in newer.definition]
        newer.save(update_fields=["definition"])
    assert "ครูจัดกิจกรรมกลุ่ม" not in copy_of(code)


def test_the_microphone_is_allowed_on_pages_where_people_dictate_and_nowhere_else(
    cast: Cast, straight: None
) -> None:
    with scope(None):
        here, there = (Client().get(one) for one in ("/field/", "/account/login/"))
    assert "microphone=(self)" in here.headers["Permissions-Policy"]
    assert "microphone=()" in there.headers["Permissions-Policy"]
