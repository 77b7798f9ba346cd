"""Files that are too large are refused before they are read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from nithet.config.middleware import LARGEST_REQUEST, refuse_oversized
from nithet.domain.returns.models import ReturnImport
from nithet.domain.returns.reader.refusals import MAX_FILE_BYTES
from nithet.foundation.tenancy.scope import scope
from nithet.web.returns.forms import EditedForm, ImportForm
from tests.conftest import Cast


class Unread(SimpleUploadedFile):
    """A file that says how large it is, and must not be read."""

    def read(self, *args: object) -> bytes:
        raise AssertionError("the file was read")


def upload(size: int) -> Unread:
    file = Unread("return.docx", b"PK")
    file.size = size
    return file


@pytest.mark.parametrize("form", [ImportForm, EditedForm])
def test_a_form_refuses_a_file_larger_than_a_return_unread(form: type[ImportForm]) -> None:
    data = {"year": "2555"}
    assert form(data, {"file": upload(MAX_FILE_BYTES)}).is_valid()
    too_large = form(data, {"file": upload(MAX_FILE_BYTES + 1)})
    assert not too_large.is_valid()
    assert "20" in str(too_large.errors["file"])


@pytest.mark.parametrize(
    ("length", "status"),
    [("", 200), ("0", 200), (str(LARGEST_REQUEST), 200), (str(LARGEST_REQUEST + 1), 413), ("9" * 5000, 413), ("-1", 413)],
)
@pytest.mark.django_db
def test_the_length_of_a_request_is_judged_before_its_body(length: str, status: int) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    request = RequestFactory().post("/")
    request.META["CONTENT_LENGTH"] = length
    assert refuse_oversized(answer)(request).status_code == status


def test_an_oversized_request_is_told_so_in_thai_and_leaves_nothing(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.users["planner"])
    with scope(None):
        answer = client.post(reverse("returns:imports"), {"year": "2555"}, CONTENT_LENGTH=str(LARGEST_REQUEST + 1))
    assert answer.status_code == 413
    assert "สิ่งที่ส่งมามีขนาดเกิน 60 เมกะไบต์" in answer.content.decode()
    with scope(cast.office.pk):
        assert not ReturnImport.objects.exists()


def test_an_office_that_is_no_number_changes_nothing(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.users["planner"])
    for wanted in ("9" * 5000, "x", str(cast.other_office.pk)):
        with scope(None):
            assert client.post(reverse("account_office"), {"office": wanted}).status_code == 302
        assert "office_id" not in client.session
