"""The pages of devices and of what they sent."""

import base64
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nithet.domain.instruments.actions.batches import Batched, receive_submissions
from nithet.domain.instruments.actions.submissions import SentFile, receive_submission
from nithet.domain.instruments.models.devices import Device
from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.jobs.worker import drain
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast
from tests.domain.instruments.submissions.factories import (
    DEFINITION,
    PNG,
    body,
    make_version,
)


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def test_a_person_adds_a_device_whose_address_works_and_is_shown_once(
    cast: Cast, office: Unit
) -> None:
    client = signed_in(cast, "supervisor")
    page = client.post("/devices/add/", {"name": "แท็บเล็ต 3"})
    assert page.status_code == 200
    address = re.search(r'id="address" readonly value="([^"]+)"', page.content.decode())
    assert address is not None
    path = address[1].removeprefix("http://testserver")
    assert Client().get(f"{path}/formList").status_code == 200
    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page.content.decode())
    assert picture is not None and b"<svg" in base64.b64decode(picture[1])
    assert path.rsplit("/", 1)[-1] not in client.get("/devices/").content.decode()
    device = Device.objects.get()
    client.post(f"/devices/{device.pk}/revoke/")
    assert Client().get(f"{path}/formList").status_code == 401


def test_a_device_without_a_name_is_asked_for_one(cast: Cast, office: Unit) -> None:
    assert signed_in(cast, "supervisor").post("/devices/add/", {"name": " "}).status_code == 422
    assert signed_in(cast, "school_head").post("/devices/add/", {"name": "ก"}).status_code == 403
    assert not Device.objects.exists()


def test_what_waits_is_listed_with_its_reason_and_decided(cast: Cast, office: Unit) -> None:
    make_version(office)
    actor = cast.actor("supervisor")
    row = receive_submission(actor=actor, device=None, body=body(school="ไม่มีโรงเรียนนี้")).submission
    client = signed_in(cast, "planner")
    assert (
        "โรงเรียนที่ระบุไม่อยู่ในขอบเขตของผู้ส่ง"
        in client.get("/submissions/?state=waiting").content.decode()
    )
    assert "ตรวจแบบที่ส่งเข้ามา" in client.get("/").content.decode()
    assert client.post(f"/submissions/{row.pk}/set-aside/", {"decision": ""}).status_code == 422
    assert client.post(f"/submissions/{row.pk}/accept/").status_code == 302
    row.refresh_from_db()
    assert row.state == "accepted"
    assert client.post(f"/submissions/{row.pk}/set-aside/", {"decision": "ซ้ำ"}).status_code == 409


def test_a_private_answer_is_shown_only_to_who_wrote_it(cast: Cast, office: Unit) -> None:
    make_version(office)
    more = "<agreement><text>เปิดห้องเรียน</text><owner>ครูประจำชั้น ป.2</owner></agreement>"
    row = receive_submission(
        actor=cast.actor("supervisor"), device=None, body=body(more=more)
    ).submission
    assert (
        "ครูประจำชั้น ป.2"
        in signed_in(cast, "supervisor").get(f"/submissions/{row.pk}/").content.decode()
    )
    for other in ("planner", "director", "administrator"):
        client = signed_in(cast, other)
        page = client.get(f"/submissions/{row.pk}/").content.decode()
        assert "ครูประจำชั้น ป.2" not in page and "เปิดห้องเรียน" in page
        sheet = b"".join(client.get("/submissions/?form=visit&as=csv").streaming_content).decode()
        assert "ครูประจำชั้น ป.2" not in sheet and "เปิดห้องเรียน" in sheet


def test_without_a_form_the_answers_and_files_are_for_who_sent_them(
    cast: Cast, office: Unit
) -> None:
    row = receive_submission(
        actor=cast.actor("supervisor"),
        device=None,
        body=body(found="ครูประจำชั้น ป.2", photo="a.png"),
        files=[SentFile("a.png", PNG)],
    ).submission
    drain()
    file = f"/submissions/{row.pk}/files/{row.attachments.get().pk}/"
    own, other = signed_in(cast, "supervisor"), signed_in(cast, "planner")
    assert "ครูประจำชั้น ป.2" in own.get(f"/submissions/{row.pk}/").content.decode()
    assert own.get(file).status_code == 200
    page = other.get(f"/submissions/{row.pk}/").content.decode()
    assert "ครูประจำชั้น ป.2" not in page and file not in page
    assert other.get(file).status_code == 404


def test_what_any_version_holds_for_private_is_withheld_in_the_answers_and_files_of_all(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    later = make_version(office, version="2")
    later.definition = [
        one | {"private": one["private"] or one["path"] in {"found", "photo"}} for one in DEFINITION
    ]
    later.save()
    row = receive_submission(
        actor=cast.actor("supervisor"),
        device=None,
        body=body(found="ครูประจำชั้น ป.2", photo="a.png"),
        files=[SentFile("a.png", PNG), SentFile("b.png", PNG)],
    ).submission
    drain()
    files = {one.name: f"/submissions/{row.pk}/files/{one.pk}/" for one in row.attachments.all()}
    own, other = signed_in(cast, "supervisor"), signed_in(cast, "planner")
    assert "ครูประจำชั้น ป.2" in own.get(f"/submissions/{row.pk}/").content.decode()
    page = other.get(f"/submissions/{row.pk}/").content.decode()
    assert "ครูประจำชั้น ป.2" not in page and files["a.png"] not in page
    assert [own.get(one).status_code for one in files.values()] == [200, 200]
    assert other.get(files["a.png"]).status_code == 404
    assert other.get(files["b.png"]).status_code == 200


def test_a_file_is_shown_once_it_was_checked(cast: Cast, office: Unit) -> None:
    make_version(office)
    files = [SentFile("a.png", PNG), SentFile("b.html", b"<script>")]
    row = receive_submission(
        actor=cast.actor("supervisor"), device=None, body=body(photo="a.png"), files=files
    ).submission
    client = signed_in(cast, "planner")
    addresses = {
        one.name: f"/submissions/{row.pk}/files/{one.pk}/" for one in row.attachments.all()
    }
    assert {client.get(one).status_code for one in addresses.values()} == {404}
    drain()
    assert client.get(addresses["a.png"]).status_code == 200
    assert client.get(addresses["b.html"]).status_code == 404


@pytest.mark.parametrize("place", ["", "?at=last"])
def test_a_page_costs_the_same_at_one_at_thirty_and_at_three_hundred_rows(
    cast: Cast, office: Unit, place: str
) -> None:
    make_version(office)
    client, actor, counts = signed_in(cast, "planner"), cast.actor("supervisor"), []
    for size in (1, 29, 150, 120):
        receive_submissions(actor=actor, device=None, batch=[Batched(body()) for _ in range(size)])
        client.get("/submissions/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/submissions/{place}").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_every_submission_is_on_one_page_from_the_first_to_the_last_and_back(
    cast: Cast, office: Unit
) -> None:
    make_version(office)
    receive_submissions(
        actor=cast.actor("supervisor"), device=None, batch=[Batched(body()) for _ in range(70)]
    )
    client, address, seen = signed_in(cast, "planner"), "/submissions/", []
    link = re.compile(r'href="(/submissions/\?(before|after)=\d+)"')
    for way in ("before", "after"):
        passed = []
        while address:
            page = client.get(address).content.decode()
            passed += re.findall(r'href="/submissions/(\d+)/"', page)
            address = next((found for found, named in link.findall(page) if named == way), "")
        seen.append(passed)
        address = "/submissions/?at=last"
    keys = {str(key) for key in Submission.objects.values_list("pk", flat=True)}
    assert all(len(one) == 70 and set(one) == keys for one in seen)


def test_the_page_says_which_way_suits_whom_with_a_code_for_both(cast: Cast, office: Unit) -> None:
    page = signed_in(cast, "supervisor").get("/devices/").content.decode()
    assert 'href="http://testserver/field/"' in page
    codes = re.findall(r'class="qr" src="data:image/svg\+xml;base64,([^"]+)"', page)
    assert len(codes) == 2
    assert all(b"<svg" in base64.b64decode(one) for one in codes)
