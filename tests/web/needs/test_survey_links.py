"""A school answers a needs survey by its link, without an account."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.actions.need_surveys import open_survey
from nithet.domain.plans.models.surveys import NeedSurvey, NeedSurveyReply
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from tests.conftest import Cast
from tests.domain.record_factories import make_school

YEAR = fiscal_year(clock.today())


@pytest.fixture
def survey(cast: Cast, office: Unit) -> NeedSurvey:
    """An open survey of two points, and two schools."""
    for unit in (cast.school, cast.other_school):
        School.objects.create(office=office, unit=unit)
    return open_survey(actor=cast.actor("planner"), fiscal_year=YEAR, title="สำรวจ", items="ก\nข")


def answers(survey: NeedSurvey, actual: str = "2") -> dict[str, str]:
    with scope(survey.office_id):
        keys = [item.pk for item in survey.items.all()]
    return {f"desired_{key}": "5" for key in keys} | {f"actual_{key}": actual for key in keys}


def test_links_are_made_copied_answered_by_and_ended(cast: Cast, survey: NeedSurvey) -> None:
    planner = Client()
    planner.force_login(cast.users["planner"])
    page = reverse("needs:survey", args=[survey.pk])
    with scope(None):
        assert "ตอบแล้ว 0 จาก 2 โรงเรียน" in planner.get(page).content.decode()
        planner.post(reverse("needs:make_links", args=[survey.pk]))
        shown = unescape(planner.get(page).content.decode())
    links = re.findall(r"^(.+): https?://[^/]+(/needs/a/\S+)$", shown, re.MULTILINE)
    assert {name for name, _ in links} == {cast.school.name, cast.other_school.name}
    address = dict(links)[cast.school.name]
    anonymous = Client()
    with scope(None):
        opened = anonymous.get(address)
        assert opened.status_code == 200 and cast.school.name in opened.content.decode()
        assert "no-store" in opened.headers["Cache-Control"]
        half = anonymous.post(address, {"version": "0", "answered_by": "ครูวิชาการ"})
        assert half.status_code == 422
        body = {**answers(survey), "version": "0", "answered_by": "ครูวิชาการ"}
        assert anonymous.post(address, body).status_code == 302
        thanks = anonymous.get(address).content.decode()
        assert "ครูวิชาการ" in thanks
        # Somebody else of the school wrote meanwhile: told, not written over.
        late = anonymous.post(address, {**body, **answers(survey, actual="3"), "version": "9"})
        assert late.status_code == 409
        chosen = late.content.decode()
        assert len(re.findall(r'value="3"[^>]* checked', chosen)) == 2
        assert 'name="version" value="1"' in chosen
        after = unescape(planner.get(page).content.decode())
        assert "ตอบแล้ว 1 จาก 2 โรงเรียน" in after and address not in after
        planner.post(reverse("needs:end_links", args=[survey.pk]))
        assert anonymous.get(address).status_code == 404
        assert anonymous.get("/needs/a/aaaaaaaaaaaaaaaa/").status_code == 404
    with scope(cast.office.pk):
        reply = NeedSurveyReply.objects.get()
        assert reply.school is not None and reply.school.unit == cast.school
        assert reply.entered_by.startswith("ครูวิชาการ")


def test_a_page_of_many_links_asks_no_more_than_one_of_few(
    cast: Cast, survey: NeedSurvey, django_assert_max_num_queries: Any
) -> None:
    planner = Client()
    planner.force_login(cast.users["planner"])
    page, make = (reverse(f"needs:{name}", args=[survey.pk]) for name in ("survey", "make_links"))
    with scope(None):
        planner.post(make)
        with CaptureQueriesContext(connection) as asked:
            planner.get(page)
        few = len(asked)
    with scope(cast.office.pk):
        for number in range(9):
            make_school(cast, f"โรงเรียนตัวอย่างลิงก์ {number}")
    with scope(None):
        planner.post(make)
        with django_assert_max_num_queries(few):
            shown = planner.get(page).content.decode()
    assert shown.count("/needs/a/") == 11


def test_whoever_guesses_links_is_asked_to_wait(survey: NeedSurvey) -> None:
    anonymous = Client()
    with scope(None):
        said = {anonymous.get(f"/needs/a/{number:016}/").status_code for number in range(40)}
    assert said == {404, 429}
