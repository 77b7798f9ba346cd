"""The papers of visits walked as people use them."""

import re
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from nithet.domain.papers.models.papers import Paper
from nithet.domain.papers.queries import newest_of, read_version
from nithet.domain.supervision.models.visit_papers import VisitNews, VisitPaper
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast
from tests.domain.papers.samples import a_docx
from tests.domain.record_factories import make_visit
from tests.domain.supervision.test_visit_papers import a_photo_of, a_visit


def browser_of(cast: Cast, name: str) -> Client:
    """A browser in which somebody is signed in."""
    browser = Client()
    browser.force_login(cast.users[name])
    return browser


def test_a_paper_goes_from_the_card_to_its_number_to_print_and_to_signed(
    cast: Cast, office: Unit
) -> None:
    visit, browser = a_visit(cast), browser_of(cast, "supervisor")
    page = reverse("visit_papers:papers", args=[visit.pk])
    assert "ยังไม่ได้ทำ" in browser.get(page).content.decode()
    browser.post(reverse("visit_papers:make", args=[visit.pk]), {"card": "report"})
    link = VisitPaper.objects.get()
    numbered = browser.post(
        reverse("visit_papers:number", args=[visit.pk, link.pk]),
        {
            "version": "1",
            "number": "ศธ 1/7",
            "dated_day": "25",
            "dated_month": "5",
            "dated_year": "2555",
        },
    )
    assert numbered.status_code == 302
    link.paper.refresh_from_db()
    assert (link.paper.number, link.paper.dated) == ("ศธ 1/7", date(2012, 5, 25))
    for state in ("printed", "signed"):
        link.paper.refresh_from_db()
        browser.post(
            reverse("visit_papers:state", args=[visit.pk, link.pk]),
            {"version": str(link.paper.version), "state": state},
        )
    html = browser.get(page).content.decode()
    assert "ลงนามแล้ว" in html
    assert "ศธ 1/7" in html
    pdf = browser.get(reverse("visit_papers:pdf", args=[visit.pk, link.pk]))
    with pypdfium2.PdfDocument(pdf.content) as opened:
        assert "25 พฤษภาคม 2555" in opened[0].get_textpage().get_text_range()


def test_a_number_typed_twice_is_told_at_the_form_and_an_old_page_is_a_conflict(
    cast: Cast, office: Unit
) -> None:
    browser = browser_of(cast, "supervisor")
    visits = [a_visit(cast, "วัดหนึ่ง"), a_visit(cast, "วัดสอง")]
    for visit in visits:
        browser.post(reverse("visit_papers:make", args=[visit.pk]), {"card": "order"})
    first, second = VisitPaper.objects.order_by("pk")
    address = reverse("visit_papers:number", args=[visits[0].pk, first.pk])
    assert browser.post(address, {"version": "1", "number": "1/2555"}).status_code == 302
    taken = browser.post(
        reverse("visit_papers:number", args=[visits[1].pk, second.pk]),
        {"version": "1", "number": "1/2555"},
    )
    assert taken.status_code == 422
    assert "1/2555" in taken.content.decode()
    assert browser.post(address, {"version": "1", "number": "2/2555"}).status_code == 409


def test_what_was_changed_in_word_is_shown_with_figures_that_differ(
    cast: Cast, office: Unit
) -> None:
    visit, browser = a_visit(cast), browser_of(cast, "supervisor")
    browser.post(reverse("visit_papers:make", args=[visit.pk]), {"card": "copy"})
    link = VisitPaper.objects.get()
    edited = SimpleUploadedFile("copy.docx", a_docx("ครูเข้าร่วม 130 คน"))
    answer = browser.post(
        reverse("visit_papers:bring", args=[visit.pk, link.pk]),
        {"version": "1", "file": edited},
        follow=True,
    )
    html = answer.content.decode()
    assert "ครูเข้าร่วม 130 คน" in html
    assert "130" in html
    assert "ตัวเลขนี้ต่างจากข้อมูล" in html
    odd = SimpleUploadedFile("copy.docx", b"no word file")
    refused = browser.post(
        reverse("visit_papers:bring", args=[visit.pk, link.pk]), {"version": "2", "file": odd}
    )
    assert refused.status_code == 422
    assert newest_of(Paper.objects.get()).number == 2


def test_letters_of_a_selection_come_as_one_pdf_and_as_a_zip(cast: Cast, office: Unit) -> None:
    browser = browser_of(cast, "supervisor")
    visits = [a_visit(cast, "วัดหนึ่ง"), a_visit(cast, "วัดสอง", date(2012, 5, 25))]
    address = reverse("visit_papers:many")
    assert "วัดสอง" in browser.get(address, {"month": "2012-05"}).content.decode()
    answer = browser.post(
        address, {"month": "2012-05", "card": "letter", "visit": [one.pk for one in visits]}
    )
    made = answer["Location"]
    assert "รวมทั้งหมดเป็น PDF เดียว" in browser.get(made).content.decode()
    with pypdfium2.PdfDocument(browser.get(f"{made}&as=pdf").content) as opened:
        assert len(opened) == 4
    with ZipFile(BytesIO(browser.get(f"{made}&as=zip").content)) as package:
        assert len(package.namelist()) == 2
        assert package.read(package.namelist()[0])[:2] == b"PK"
    nothing = browser.post(address, {"month": "2012-05", "card": "letter"})
    assert nothing.status_code == 422
    assert "โปรดเลือกรายการนิเทศก่อน" in nothing.content.decode()


@pytest.mark.parametrize("odd", ["", "2012", "2012-13", "0000-00", "๒๕๕๕-๐๕", "x" * 90, "2012-5-1"])
def test_odd_months_show_this_month(cast: Cast, office: Unit, odd: str) -> None:
    browser = browser_of(cast, "supervisor")
    assert browser.get(reverse("visit_papers:many"), {"month": odd}).status_code == 200
    for name in ("month", "year", "semester", "rows"):
        address = reverse(f"supervision_reports:{name}")
        query = {
            "month": odd,
            "year": odd,
            "semester": odd,
            "figure": odd,
            "body": odd,
            "report": odd,
        }
        assert browser.get(address, query).status_code == 200


def test_photo_news_is_written_seen_approved_and_taken_as_a_picture(
    cast: Cast, office: Unit
) -> None:
    visit = a_visit(cast)
    photo = a_photo_of(cast, visit)
    address = reverse("visit_papers:news", args=[visit.pk])
    writer, leader = browser_of(cast, "supervisor"), browser_of(cast, "director")
    html = writer.get(address).content.decode()
    assert "ดูใบหน้าก่อน" in html
    body = {
        "version": "0",
        "headline": "นิเทศวัดทดสอบ",
        "words": "ร่วมแลกเปลี่ยนเรียนรู้",
        "photos": [photo.pk],
    }
    unseen = writer.post(address, body)
    assert unseen.status_code == 422
    without = writer.post(address, {**body, "faces": "yes"})
    assert without.status_code == 422
    assert "หนังสือยินยอม" in without.content.decode()
    assert writer.post(address, {**body, "faces": "no"}).status_code == 302
    news = VisitNews.objects.get()
    assert news.photos == [f"evidence.piece:{photo.pk}"]
    picture = writer.get(reverse("visit_papers:picture", args=[visit.pk]))
    with Image.open(BytesIO(picture.content)) as drawn:
        assert drawn.size == (1080, 1080)
    approve = reverse("visit_papers:approve", args=[visit.pk])
    assert writer.post(approve, {"version": "1"}).status_code == 403
    assert leader.post(approve, {"version": "1"}).status_code == 302
    assert "อนุมัติแล้ว" in writer.get(address).content.decode()
    assert writer.post(address, {**body, "faces": "no", "words": "อีกคนแก้"}).status_code == 409


def test_the_school_takes_its_copy_and_sees_no_other_paper(cast: Cast, office: Unit) -> None:
    visit = a_visit(cast)
    outsider = browser_of(cast, "outsider")
    assert outsider.get(reverse("visit_papers:copy", args=[visit.pk])).status_code == 404
    assert outsider.get(reverse("visit_papers:papers", args=[visit.pk])).status_code == 404
    staff = browser_of(cast, "supervisor").get(reverse("visit_papers:copy", args=[visit.pk]))
    with pypdfium2.PdfDocument(staff.content) as opened:
        assert "ครูเปิดชั้นเรียน" in opened[0].get_textpage().get_text_range()
    assert Paper.objects.count() == 0


def test_figures_of_a_report_lead_to_their_records(cast: Cast, office: Unit) -> None:
    visit, browser = a_visit(cast), browser_of(cast, "supervisor")
    html = browser.get(reverse("supervision_reports:year"), {"year": "2555"}).content.decode()
    links = re.findall(r'href="([^"]*rows/[^"]*)"', html)
    assert len(links) > 4
    for link in links:
        rows = browser.get(link.replace("&amp;", "&"))
        assert rows.status_code == 200
    found = browser.get(
        reverse("supervision_reports:rows"), {"report": "year", "year": "2555", "figure": "on_site"}
    )
    assert reverse("visits:visit", args=[visit.pk]) in found.content.decode()
    for form in ("docx", "pdf", "xlsx"):
        assert (
            browser.get(
                reverse("supervision_reports:year"), {"year": "2555", "as": form}
            ).status_code
            == 200
        )


@pytest.mark.parametrize("name", ["papers", "many"])
def test_pages_cost_the_same_queries_whatever_the_rows(cast: Cast, office: Unit, name: str) -> None:
    browser = browser_of(cast, "supervisor")
    visit = a_visit(cast)
    school = visit.school

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            if name == "papers":
                browser.get(reverse("visit_papers:papers", args=[visit.pk]))
            else:
                browser.get(reverse("visit_papers:many"), {"month": "2012-05"})
        return len(found)

    cost()
    one = cost()
    for card in ("order", "copy", "report"):
        browser.post(reverse("visit_papers:make", args=[visit.pk]), {"card": card})
    for day in range(1, 24):
        make_visit(
            cast,
            school,
            date(2012, 5, 1) + timedelta(days=day - 1),
            kind="supervision",
            visitors=["ศน."],
        )
    many = cost()
    assert many <= one + 2, (one, many)
    assert read_version(newest_of(Paper.objects.latest("pk")))
