"""Pages that say no: what happened, and what to do, in both languages."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from nithet.foundation.access.verdicts import deny
from nithet.kernel.errors import RuleBroken

CODES = ["400", "403", "404", "405", "409", "413", "422", "429", "500", "503"]
TEMPLATES = Path(__file__).parents[3] / "src/nithet/foundation/ui/templates"
THAI = re.compile(r"[\u0e00-\u0e7f]")

pytestmark = pytest.mark.urls("tests.foundation.ui.gallery")


def body(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])


@pytest.mark.parametrize("code", CODES)
def test_an_answer_says_in_thai_what_happened_and_what_to_do(code: str) -> None:
    page = render_to_string(f"{code}.html", {}, RequestFactory().get("/"))
    assert '<html lang="th">' in page
    sentences = re.findall(r"<p>(.+?)</p>", page)
    assert len(sentences) >= (1 if code in {"422"} else 2)
    assert all(THAI.search(sentence) for sentence in sentences)
    assert not re.search(r"[A-Za-z]{3,}", body(page))


@pytest.mark.parametrize("code", CODES)
def test_an_answer_is_whole_in_english_too(code: str) -> None:
    with override("en"):
        page = render_to_string(f"{code}.html", {}, RequestFactory().get("/"))
    assert '<html lang="en">' in page
    assert not THAI.search(body(page))


@pytest.mark.parametrize("code", ["500", "503"])
def test_a_fault_can_be_told_without_request_scripts_or_database(code: str) -> None:
    page = render_to_string(f"{code}.html")
    assert "<h1>" in page
    assert "<script" not in page


def test_a_refusal_gives_the_reason_of_the_policy() -> None:
    request = RequestFactory().get("/")
    page = render_to_string(
        "403.html", {"verdict": deny("Only %(who)s.", who="ผู้อำนวยการ")}, request
    )
    assert "Only ผู้อำนวยการ." in page and "เพราะ" in page


@pytest.mark.parametrize("code", ["409", "422"])
def test_a_broken_rule_is_told_on_its_page(code: str) -> None:
    error = RuleBroken("x", "There is no such day in the calendar.")
    assert "ไม่มีวันที่นี้ในปฏิทิน" in render_to_string(
        f"{code}.html", {"error": error}, RequestFactory().get("/")
    )


def test_an_old_form_is_told_from_a_missing_right() -> None:
    request = RequestFactory().get("/")
    assert "เปิดไว้นานเกินไป" in render_to_string("403.html", {"csrf": True}, request)
    assert "เปิดไว้นานเกินไป" not in render_to_string("403.html", {}, request)


def test_every_answer_that_exists_is_tried_here() -> None:
    assert sorted(path.stem for path in TEMPLATES.glob("[0-9]*.html")) == CODES
