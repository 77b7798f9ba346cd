"""Reports issued from their pages: kept, listed, compared with the records, found again, taken back."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nithet.domain.supervision.actions.issued_reports import issue_report, take_back_report
from nithet.domain.supervision.models.issued_reports import IssuedReport
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.reports.semester import semester_of
from nithet.domain.supervision.queries.reports.subjects import month_subject, semester_subject
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast
from tests.domain.supervision.test_reports import a_year


def browser_of(cast: Cast, name: str) -> Client:
    """A browser in which somebody is signed in."""
    browser = Client()
    browser.force_login(cast.users[name])
    return browser


def test_a_report_is_issued_from_its_page_and_stands_on_a_page_of_its_own(
    cast: Cast, office: Unit
) -> None:
    visit, *_ = a_year(cast)
    browser = browser_of(cast, "supervisor")
    page = browser.get(reverse("supervision_reports:year"), {"year": "2555"}).content.decode()
    assert "นี่คือร่าง" in page and "ออกรายงาน" in page
    answer = browser.post(reverse("supervision_reports:issue_now") + "?report=year&year=2555")
    made = IssuedReport.objects.get()
    address = reverse("supervision_reports:issue", args=[made.pk])
    assert (answer.status_code, answer["Location"]) == (302, address)
    shown = browser.get(address).content.decode()
    assert "ข้อมูลในระบบยังตรงกับรายงานฉบับนี้" in shown and made.digest in shown
    Visit.objects.filter(pk=visit.pk).update(mode="telephone")
    later = browser.get(address).content.decode()
    assert "มีบันทึกเปลี่ยนแปลง 1 รายการ" in later and "ตัวเลขที่ต่างไปจากฉบับที่ออก" in later
    kept = browser.get(reverse("supervision_reports:issue_file", args=[made.pk, "pdf"]))
    assert kept.content.startswith(b"%PDF")
    facts = browser.get(reverse("supervision_reports:issue_file", args=[made.pk, "json"])).json()
    assert facts["digest"] == made.digest and f"supervision.visit:{visit.pk}" in facts["records"]
    assert (
        browser.get(reverse("supervision_reports:issue_file", args=[made.pk, "exe"])).status_code
        == 404
    )
    assert str(made) in browser.get(reverse("supervision_reports:reports")).content.decode()
    paper = browser.get(reverse("evidence:paper", args=[made.code]))
    assert paper.status_code == 200 and address in paper.content.decode()


def test_the_brief_of_a_school_is_issued_from_its_page(cast: Cast, office: Unit) -> None:
    visit, *_ = a_year(cast)
    browser = browser_of(cast, "supervisor")
    browser.post(reverse("supervision_reports:issue_brief", args=[visit.school_id]))
    made = IssuedReport.objects.get()
    assert made.school_id == visit.school_id
    page = browser.get(reverse("supervision_reports:brief", args=[visit.school_id]))
    assert str(made) in page.content.decode()


def test_who_only_reads_is_offered_no_button_and_another_office_finds_nothing(
    cast: Cast, office: Unit
) -> None:
    a_year(cast)
    subject = month_subject(date(2012, 6, 1))
    made = issue_report(actor=cast.actor("supervisor"), office=office, subject=subject)
    member = browser_of(cast, "committee_member")
    page = member.get(reverse("supervision_reports:month"), {"month": "2012-06"}).content.decode()
    assert "ออกแล้ว" in page and reverse("supervision_reports:issue_now") not in page
    outsider = browser_of(cast, "outsider")
    for name in ("pdf", "pptx", "json"):
        address = reverse("supervision_reports:issue_file", args=[made.pk, name])
        assert member.get(address).status_code == 200
        assert outsider.get(address).status_code == 404
    assert outsider.get(reverse("supervision_reports:issue", args=[made.pk])).status_code == 404


def test_an_issue_is_taken_back_within_the_day_as_if_it_had_not_been_made(
    cast: Cast, office: Unit
) -> None:
    a_year(cast)
    subject = month_subject(date(2012, 6, 1))
    made = issue_report(actor=cast.actor("supervisor"), office=office, subject=subject)
    browser = browser_of(cast, "supervisor")
    browser.post(reverse("supervision_reports:take_back_issue", args=[made.pk]), {"reason": ""})
    assert browser.get(reverse("supervision_reports:issue", args=[made.pk])).status_code == 404
    assert "ยังไม่ได้ออกรายงาน" in browser.get(reverse("supervision_reports:issues")).content.decode()


@pytest.mark.parametrize("sheet", ["", "?as=xlsx"])
def test_the_list_of_issues_costs_the_same_queries_however_many(
    cast: Cast, office: Unit, sheet: str
) -> None:
    a_year(cast)
    actor = cast.actor("supervisor")
    first = issue_report(actor=actor, office=office, subject=month_subject(date(2012, 6, 1)))
    browser = browser_of(cast, "supervisor")
    address = reverse("supervision_reports:issues") + sheet
    browser.get(address)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    one = queries()
    for number in range(2, 31):
        first.pk, first.number, first.code = None, number, f"A{number:015}"
        first._state.adding = True
        first.save()
    assert queries() == one


def test_the_page_of_an_issue_keeps_its_year_and_its_code_tells_that_it_was_cancelled(
    cast: Cast, office: Unit
) -> None:
    a_year(cast)
    actor = cast.actor("supervisor")
    subject = semester_subject(semester_of(2555, 1), "monitoring")
    made = issue_report(actor=actor, office=office, subject=subject)
    browser = browser_of(cast, "supervisor")
    page = browser.get(reverse("supervision_reports:issue", args=[made.pk]))
    assert getattr(page.wsgi_request, "shown_year", None) == 2555
    code = reverse("evidence:paper", args=[made.code])
    assert "ยกเลิกแล้วเมื่อ" not in browser.get(code).content.decode()
    take_back_report(actor=actor, issued=made, reason="ออกผิดภาคเรียน")
    assert "ยกเลิกแล้วเมื่อ" in browser.get(code).content.decode()
