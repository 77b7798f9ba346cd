"""What a shared desk sends before it has said who sits there is kept, and goes through with the name."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nithet.domain.directory.models.schools import School
from nithet.domain.supervision.models.answers import SchoolAnswer
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast
from tests.domain.record_factories import make_visit

WORDS = 'เห็นด้วยกับ "แผน" <และ> ขอ\nเพิ่มครู'


@pytest.fixture
def visit(cast: Cast, office: Unit) -> Visit:
    school = School.objects.create(office=office, unit=cast.school)
    return make_visit(cast, school, clock.today(), kind="supervision")


@pytest.fixture
def desk(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.users["school_desk"])
    return browser


def hidden(page: str) -> dict[str, str]:
    """The boxes that a page carries along, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def test_words_sent_before_the_name_are_kept_and_go_through_with_it(
    visit: Visit, desk: Client
) -> None:
    address = reverse("visits:school_answer", args=[visit.pk])
    with scope(None):
        asked = desk.post(address, {"version": "0", "words": WORDS})
        page = asked.content.decode()
        assert asked.status_code == 422 and "ใครเป็นผู้ตอบ" in page
        kept = hidden(page)
        assert kept["words"].replace("\r\n", "\n") == WORDS and "desk_speaker" not in kept
        assert f'action="{address}"' in page
        again = desk.post(address, {**kept, "desk_speaker": "  "})
        assert again.status_code == 422 and hidden(again.content.decode())["words"] == kept["words"]
        done = desk.post(address, {**kept, "desk_speaker": "ครูธุรการ"})
    assert done.status_code == 302
    answer = SchoolAnswer.objects.get(visit=visit)
    assert answer.words == WORDS and "ครูธุรการ" in answer.answered_by
    assert AuditEvent.objects.get(name="visit.answered").speaker == "ครูธุรการ"
    assert desk.session["desk_speaker"] == "ครูธุรการ"


def test_a_file_is_asked_for_once_more_by_its_name(visit: Visit, desk: Client) -> None:
    address = reverse("visits:school_answer", args=[visit.pk])
    with scope(None):
        sent = {"words": "มีไฟล์", "proof": SimpleUploadedFile("ใบเสร็จ.pdf", b"%PDF-1.4")}
        page = desk.post(address, sent).content.decode()
    assert "ใบเสร็จ.pdf" in page and 'type="file"' in page and 'name="proof"' in page
    assert "multipart/form-data" in page


def test_the_name_is_taken_from_desks_only_and_never_without_the_token(
    cast: Cast, visit: Visit
) -> None:
    head = Client()
    head.force_login(cast.users["school_head"])
    address = reverse("visits:school_answer", args=[visit.pk])
    with scope(None):
        head.post(address, {"version": "0", "words": "ก", "desk_speaker": "คนอื่น"})
        assert "desk_speaker" not in head.session
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(cast.users["school_desk"])
        refused = strict.post(address, {"words": "ข", "desk_speaker": "ครู"})
    assert refused.status_code == 403
    assert "desk_speaker" not in strict.session
