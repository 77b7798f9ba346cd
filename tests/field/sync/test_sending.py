"""What the offline client brings arrives once and whole, however often the line breaks."""

import json
import random
import uuid
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.files import receiving
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast
from tests.domain.instruments.submissions.factories import PNG, body, make_version

pytestmark = pytest.mark.django_db(transaction=True)

SUBMISSIONS, FILES = "/field/api/submissions/", "/field/api/files/"


@dataclass
class Device:
    """The offline client as the server sees it."""

    client: Client
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    def send(self, sent: bytes) -> HttpResponse:
        with scope(None):
            return self.client.post(SUBMISSIONS, sent, content_type="text/xml")

    def begin(self, name: str, size: int) -> str:
        with scope(None):
            answer = self.client.post(
                FILES, json.dumps({"name": name, "size": size}), content_type="application/json"
            )
        assert answer.status_code == 200, answer.content
        return str(answer.json()["token"])

    def piece(self, token: str, sent: bytes, start: int, part: bytes, size: int) -> HttpResponse:
        words = urlencode({"instance": number_of(sent), "sha256": sha256(sent).hexdigest()})
        end = f"{start}-{start + len(part) - 1}" if part else "*"
        with scope(None):
            return self.client.put(
                f"{FILES}{token}/?{words}",
                part,
                content_type="application/octet-stream",
                headers={"Content-Range": f"bytes {end}/{size}"},
            )

    def have(self, token: str) -> HttpResponse:
        with scope(None):
            return self.client.get(f"{FILES}{token}/")


def number_of(sent: bytes) -> str:
    return sent.decode().split("instanceID>")[1].split("<")[0]


@pytest.fixture
def form(cast: Cast) -> InstrumentVersion:
    with scope(cast.office.pk):
        return make_version(cast.office)


@pytest.fixture
def device(cast: Cast, form: InstrumentVersion) -> Device:
    return device_of(cast, "supervisor")


def device_of(cast: Cast, name: str) -> Device:
    client = Client(raise_request_exception=False)
    client.force_login(cast.users[name])
    return Device(client)


def test_the_same_form_again_gets_the_same_receipt(cast: Cast, device: Device) -> None:
    sent = body(school="โรงเรียนตัวอย่างที่ 1")
    first, second = device.send(sent).json(), device.send(sent).json()
    assert first == second
    assert first["instance_id"] == number_of(sent)
    assert first["sha256"] == sha256(sent).hexdigest()
    assert first["missing"] == []
    with scope(cast.office.pk):
        assert Submission.objects.count() == 1


def test_another_form_under_the_same_number_is_a_conflict_and_both_are_kept(
    cast: Cast, device: Device
) -> None:
    number = f"uuid:{uuid.uuid4()}"
    first, other = body(number, found="หนึ่ง"), body(number, found="สอง")
    assert device.send(first).status_code == 200
    answer = device.send(other)
    assert answer.status_code == 409
    assert answer.json()["reason"]
    assert answer.json()["theirs"]["received_at"]
    assert device.send(other).status_code == 409
    assert device.send(first).status_code == 200
    with scope(cast.office.pk):
        assert sorted(row.body for row in Submission.objects.all()) == sorted(
            [first.decode(), other.decode()]
        )


def test_a_file_follows_in_pieces_from_where_it_stopped(cast: Cast, device: Device) -> None:
    sent, data = body(photo="a.jpg"), PNG * 40
    assert device.send(sent).json()["missing"] == ["a.jpg"]
    token = device.begin("a.jpg", len(data))
    assert device.piece(token, sent, 0, data[:1000], len(data)).json() == {"have": 1000}
    # The line broke: the device asks what is here, and goes on.
    assert device.have(token).json() == {"have": 1000}
    answer = device.piece(token, sent, 1000, data[1000:], len(data)).json()
    assert answer["receipt"]["is_complete"]
    assert device.have(token).status_code == 404
    assert device.send(sent).json()["missing"] == []
    with scope(cast.office.pk):
        (row,) = Submission.objects.all()
        (kept,) = row.attachments.all()
        assert (kept.name, kept.sha256) == ("a.jpg", sha256(data).hexdigest())
        assert row.is_complete


def test_a_whole_file_that_was_not_told_yet_is_ended_by_an_empty_piece(
    cast: Cast, device: Device
) -> None:
    """Every byte is on the disk, but the server died before the file belonged to its form."""
    sent = body(photo="a.jpg")
    device.send(sent)
    token = device.begin("a.jpg", len(PNG))
    user, office = cast.users["supervisor"], cast.office
    receiving.append(receiving.find(token, owner_id=user.pk, office_id=office.pk), 0, PNG)
    assert device.have(token).json() == {"have": len(PNG)}
    answer = device.piece(token, sent, len(PNG), b"", len(PNG))
    assert answer.json()["receipt"]["missing"] == []


def test_a_file_whose_form_has_not_arrived_is_asked_for_later(device: Device) -> None:
    sent = body(photo="a.jpg")
    token = device.begin("a.jpg", len(PNG))
    assert device.piece(token, sent, 0, PNG, len(PNG)).status_code == 422
    assert device.send(sent).json()["missing"] == ["a.jpg"]


def test_a_piece_that_leaves_a_gap_is_refused_with_the_reason(device: Device) -> None:
    sent = body(photo="a.jpg")
    device.send(sent)
    token = device.begin("a.jpg", len(PNG))
    answer = device.piece(token, sent, 10, PNG[10:], len(PNG))
    assert answer.status_code == 422
    assert answer.json()["code"] == "files.upload_gap"
    assert device.piece(token, sent, 0, PNG, len(PNG)).json()["receipt"]["is_complete"]


def test_an_upload_is_the_senders_alone(cast: Cast, device: Device) -> None:
    token = device.begin("a.jpg", 10)
    assert device_of(cast, "planner").have(token).status_code == 404
    assert device_of(cast, "outsider").have(token).status_code == 404
    assert device.have("0" * 32).status_code == 404


def test_what_comes_for_a_form_that_was_closed_waits_with_the_reason(
    cast: Cast, device: Device, form: InstrumentVersion
) -> None:
    with scope(cast.office.pk):
        form.instrument.state = "retired"
        form.instrument.save()
    receipt = device.send(body()).json()
    assert receipt["state"] == "waiting"
    assert receipt["reason"]
    assert device.send(body(form_id="unknown")).json()["state"] == "waiting"
    with scope(cast.office.pk):
        assert Submission.objects.filter(state="waiting").count() == 2


@pytest.mark.parametrize(
    "odd",
    [b"", b"not xml", b"<data/>", b"\xff\xfe<", b"<!DOCTYPE a [<!ENTITY b 'c'>]><data>&b;</data>"],
)
def test_what_is_no_form_is_refused_with_a_sentence(device: Device, odd: bytes) -> None:
    answer = device.send(odd)
    assert answer.status_code == 422
    assert answer.json()["reason"]


@pytest.mark.parametrize("odd", [b"", b"[]", b"{}", b'{"name": 1, "size": "x"}', b"\xff"])
def test_an_odd_announcement_is_refused_with_a_sentence(device: Device, odd: bytes) -> None:
    with scope(None):
        answer = device.client.post(FILES, odd, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["reason"]


def test_whoever_is_signed_out_is_asked_to_sign_in(cast: Cast) -> None:
    device = Device(Client(raise_request_exception=False))
    assert device.send(body()).status_code == 401
    assert device.have("0" * 32).status_code == 401
    with scope(None):
        assert device.client.get("/field/api/take/").status_code == 401


def test_what_somebody_sends_whose_position_has_ended_waits_with_the_reason_and_its_files(
    cast: Cast, device: Device
) -> None:
    user, office = cast.users["supervisor"], cast.office.pk
    Posting.objects.filter(user=user).update(ends_on=date(2020, 1, 1))
    sent = body(photo="a.jpg", school=f"directory.school:{cast.school.pk}")
    with scope(None):
        receipt = device.client.post(
            f"{SUBMISSIONS}?office={office}", sent, content_type="text/xml"
        ).json()
    assert receipt["state"] == "waiting"
    assert receipt["reason"]
    assert receipt["missing"] == ["a.jpg"]
    with scope(office):
        (row,) = Submission.objects.all()
        assert (row.user_id, row.sent_by) == (user.pk, "supervisor")
    # Nothing else is open to them, and no other office takes anything of theirs.
    with scope(None):
        assert device.client.get("/field/api/take/").status_code == 403
        other = f"{SUBMISSIONS}?office={cast.other_office.pk}"
        assert device.client.post(other, sent, content_type="text/xml").status_code == 403


def test_a_record_goes_to_the_office_in_which_it_was_written(cast: Cast, device: Device) -> None:
    Posting.objects.create(
        user=cast.users["supervisor"], role=Role.SUPERVISOR, unit=cast.other_office
    )
    sent = body()
    with scope(None):
        answer = device.client.post(
            f"{SUBMISSIONS}?office={cast.other_office.pk}", sent, content_type="text/xml"
        )
    assert answer.status_code == 200
    with scope(cast.other_office.pk):
        assert Submission.objects.count() == 1
    with scope(cast.office.pk):
        assert Submission.objects.count() == 0


def test_whoever_holds_no_position_any_more_is_told_so_and_keeps_the_work(
    cast: Cast, device: Device
) -> None:
    Posting.objects.filter(user=cast.users["supervisor"]).delete()
    answer = device.send(body())
    assert answer.status_code == 403
    assert "ตำแหน่ง" in answer.json()["reason"]


def test_a_form_of_another_site_cannot_send_in_somebodys_name(
    cast: Cast, form: InstrumentVersion
) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(cast.users["supervisor"])
    assert Device(client).send(body()).status_code == 403
    with scope(cast.office.pk):
        assert not Submission.objects.exists()


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_on_the_way_each_record_is_there_once_and_whole(
    cast: Cast, device: Device, seed: int
) -> None:
    """Generated histories: repeated and reordered requests, lost answers, files in pieces of any size, begun anew."""
    chance = random.Random(seed)
    records = [
        (body(photo=f"{at}.jpg"), PNG + bytes([at]) * chance.randrange(1, 4000)) for at in range(3)
    ]
    waiting = dict(enumerate(records))
    for _ in range(400):
        if not waiting:
            break
        at = chance.choice(list(waiting))
        if step(device, chance, *waiting[at]):
            del waiting[at]
    assert not waiting
    with scope(cast.office.pk):
        rows = {row.instance_id: row for row in Submission.objects.all()}
        assert set(rows) == {number_of(sent) for sent, _ in records}
        for at, (sent, data) in enumerate(records):
            row = rows[number_of(sent)]
            assert row.body == sent.decode()
            assert row.is_complete
            assert [(one.name, one.sha256) for one in row.attachments.all()] == [
                (f"{at}.jpg", sha256(data).hexdigest())
            ]


def step(device: Device, chance: random.Random, sent: bytes, data: bytes) -> bool:
    """Do one request as a device would; some answers never reach it. Say whether it knows that all has arrived."""
    lost = chance.random() < 0.3
    answer = device.send(sent)
    missing = answer.json()["missing"]
    if not missing:
        return not lost
    key = (number_of(sent), missing[0])
    if key not in device.tokens or chance.random() < 0.1:
        token = device.begin(missing[0], len(data))
        if not lost:
            device.tokens[key] = token
        return False
    here = device.have(device.tokens[key])
    if here.status_code == 404:
        del device.tokens[key]
        return False
    start = here.json()["have"]
    part = data[start : start + chance.randrange(1, 3000)]
    answer = device.piece(device.tokens[key], sent, start, part, len(data))
    if chance.random() < 0.3:
        device.piece(device.tokens[key], sent, start, part, len(data))
    return bool(answer.json().get("receipt")) and not lost
