"""Request by request as the OpenRosa 1.0 specifications and ODK Collect have it."""

import io
import re
from email.utils import parsedate_to_datetime
from hashlib import md5

import pytest
from django.test import Client

from nithet.domain.commitments.actions import make_commitment
from nithet.domain.instruments.files import keep
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.field.openrosa import multipart as reading
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast
from tests.domain.instruments.submissions.factories import (
    PNG,
    XFORM,
    body,
    make_school,
    make_version,
)
from tests.field.openrosa.conftest import BOUNDARY, Phone, multipart, tree

LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
RESPONSE = "{http://openrosa.org/http/response}"


def keeps_the_rules(response) -> None:
    """Every answer bears both headers and the date, sets no cookie and leads nowhere else."""
    assert response["X-OpenRosa-Version"] == "1.0"
    assert int(response["X-OpenRosa-Accept-Content-Length"]) >= 10_000_000
    assert parsedate_to_datetime(response["Date"]).tzinfo is not None
    assert response.status_code not in {301, 302, 303, 307, 308}
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"


def test_form_list_names_the_form_with_hash_and_addresses(inside: Unit, phone: Phone) -> None:
    version = make_version(inside)
    response = phone.get("formList")
    keeps_the_rules(response)
    assert response["Content-Type"].startswith("text/xml")
    found = tree(response)
    assert found.tag == f"{LIST}xforms"
    (form,) = found.findall(f"{LIST}xform")
    told = {child.tag.removeprefix(LIST): child.text for child in form}
    assert told == {
        "formID": "visit",
        "name": "แบบนิเทศทดสอบ",
        "version": "1",
        "hash": version.hash,
        "downloadUrl": f"http://testserver/key/{phone.token}/forms/{version.pk}.xml",
    }


def test_the_hash_is_that_of_the_form_as_it_is_downloaded(inside: Unit, phone: Phone) -> None:
    version = make_version(inside)
    InstrumentVersion.objects.filter(pk=version.pk).update(
        hash=f"md5:{md5(version.xform.encode()).hexdigest()}"
    )
    form = tree(phone.get("formList")).find(f"{LIST}xform")
    downloaded = phone.get(form.findtext(f"{LIST}downloadUrl"))
    keeps_the_rules(downloaded)
    assert downloaded.content == version.xform.encode()
    assert form.findtext(f"{LIST}hash") == f"md5:{md5(downloaded.content).hexdigest()}"


def test_form_list_hears_its_three_parameters(inside: Unit, phone: Phone) -> None:
    make_version(inside)
    make_version(inside, version="2")
    make_version(inside, form_id="other")

    def listed(query: str) -> list[tuple[str, str]]:
        forms = tree(phone.get(f"formList{query}")).findall(f"{LIST}xform")
        return sorted((f.findtext(f"{LIST}formID"), f.findtext(f"{LIST}version")) for f in forms)

    assert listed("") == [("other", "1"), ("visit", "2")]
    assert listed("?formID=visit") == [("visit", "2")]
    assert listed("?formID=visit&listAllVersions=true") == [("visit", "1"), ("visit", "2")]
    assert listed("?formID=nothing") == []
    assert listed("/?deviceID=x") == listed("")
    verbose = tree(phone.get("formList?verbose=true"))
    assert verbose.find(f"{LIST}xform/{LIST}descriptionText") is not None


def test_addresses_follow_the_host_and_port_of_the_request(inside: Unit, phone: Phone) -> None:
    make_version(inside)
    response = phone.get("formList", HTTP_HOST="127.0.0.1:9077")
    assert f"http://127.0.0.1:9077/key/{phone.token}/forms/".encode() in response.content


def test_a_manifest_is_named_only_where_something_lies_beside_the_form(
    cast: Cast, inside: Unit, phone: Phone
) -> None:
    picture = keep(PNG)
    xform = XFORM.replace(
        '<bind nodeset="/data/start"',
        '<instance id="schools" src="jr://file-csv/schools.csv"/><instance id="agreements" '
        'src="jr://file-csv/agreements.csv"/><bind nodeset="/data/start"',
    )
    plain = make_version(inside)
    school = make_school(cast.school, inside)
    InstrumentVersion.objects.filter(pk=plain.pk).update(
        xform=xform,
        media=[
            {
                "name": "รูป.png",
                "sha256": picture.sha256,
                "md5": "0" * 32,
                "size": 9,
                "type": "image/png",
            }
        ],
    )
    make_commitment(
        actor=cast.actor("planner"),
        text="ครูเปิดห้องเรียนให้เพื่อนดู",
        owner_title="ครูผู้สอน",
        kind="promise",
        about=RecordRef("directory.school", str(school.pk)),
    )
    form = tree(phone.get("formList")).find(f"{LIST}xform")
    response = phone.get(form.findtext(f"{LIST}manifestUrl"))
    keeps_the_rules(response)
    files = {
        f.findtext(f"{MANIFEST}filename"): f for f in tree(response).findall(f"{MANIFEST}mediaFile")
    }
    assert list(files) == ["รูป.png", "schools.csv", "agreements.csv"]
    assert [f.get("type") for f in files.values()] == [None, "entityList", "approvalEntityList"]
    assert phone.get(files["รูป.png"].findtext(f"{MANIFEST}downloadUrl")).content == PNG
    for name in ("schools.csv", "agreements.csv"):
        downloaded = phone.get(files[name].findtext(f"{MANIFEST}downloadUrl"))
        keeps_the_rules(downloaded)
        assert (
            files[name].findtext(f"{MANIFEST}hash") == f"md5:{md5(downloaded.content).hexdigest()}"
        )
    lines = downloaded.content.decode().splitlines()
    assert lines[0] == "name,label,school,school_label,owner,due_on,due_label,progress,__version"
    assert "ครูเปิดห้องเรียนให้เพื่อนดู" in lines[1] and f"directory.school:{school.pk}" in lines[1]
    here = lines[1].split(",")[0]
    gone = phone.get(
        f"{files['agreements.csv'].findtext(f'{MANIFEST}integrityUrl')}?id={here},uuid:gone"
    )
    keeps_the_rules(gone)
    assert {e.get("id"): e.findtext("deleted") for e in tree(gone).iter("entity")} == {
        here: "false",
        "uuid:gone": "true",
    }


def test_head_of_submission_says_what_is_accepted(inside: Unit, phone: Phone) -> None:
    response = phone.get("submission", "HEAD")
    keeps_the_rules(response)
    assert response.status_code == 204
    assert response["Location"] == f"http://testserver/key/{phone.token}/submission"
    assert response.content == b""


def test_a_submission_is_received_with_its_receipt(inside: Unit, phone: Phone) -> None:
    make_version(inside)
    xml = body("uuid:1")
    response = phone.post(xml)
    keeps_the_rules(response)
    assert response.status_code == 201
    found = tree(response)
    assert found.tag == f"{RESPONSE}OpenRosaResponse"
    assert found.find(f"{RESPONSE}message").get("nature") == "submit_success"
    receipt = found.find("{http://www.opendatakit.org/xforms}submissionMetadata")
    row = Submission.objects.get()
    assert receipt.get("instanceID") == "uuid:1"
    assert receipt.get("sha256") == row.sha256
    assert row.body.encode() == xml
    assert (row.device_id, row.user_id) == (phone.device.pk, phone.device.user_id)


def test_the_same_again_gets_the_same_answer(inside: Unit, phone: Phone) -> None:
    make_version(inside)
    xml = body("uuid:1", photo="a.png")
    answers = [phone.post(xml, {"a.png": PNG}) for _ in range(3)]
    assert {(a.status_code, a.content) for a in answers} == {(201, answers[0].content)}
    assert Submission.objects.count() == 1


def test_another_body_under_the_same_number_is_a_conflict_and_kept(
    inside: Unit, phone: Phone
) -> None:
    make_version(inside)
    phone.post(body("uuid:1"))
    response = phone.post(body("uuid:1", found="อีกอย่าง"))
    keeps_the_rules(response)
    assert response.status_code == 409
    assert tree(response).find(f"{RESPONSE}message").get("nature") == "submit_error"
    assert Submission.objects.count() == 2


def test_a_large_set_arrives_in_several_posts(inside: Unit, phone: Phone) -> None:
    make_version(inside)
    xml = body("uuid:1", photo="ภาพ ๑.png", more="<agreement><picture>2.png</picture></agreement>")
    first = phone.post(xml, {"ภาพ ๑.png": PNG}, incomplete="yes")
    keeps_the_rules(first)
    assert first.status_code == 202
    assert phone.post(xml, {"2.png": PNG + b"2"}).status_code == 201
    row = Submission.objects.get()
    assert row.is_complete
    assert sorted(row.attachments.values_list("name", flat=True)) == ["2.png", "ภาพ ๑.png"]


def test_the_xml_may_come_as_a_field_and_the_meta_without_a_prefix(
    inside: Unit, phone: Phone
) -> None:
    make_version(inside)
    xml = (
        body("uuid:1").replace(b"orx:", b"").replace(b'xmlns:orx="http://openrosa.org/xforms"', b"")
    )
    plain = multipart(xml, {}, {}).replace(b'; filename="form.xml"', b"")
    assert phone.raw(plain, MULTIPART).status_code == 201
    assert Submission.objects.get().instance_id == "uuid:1"


def test_a_body_in_chunks_is_received(inside: Unit, phone: Phone) -> None:
    make_version(inside)
    sent = multipart(body("uuid:1", photo="a.png"), {"a.png": PNG}, {})
    response = phone.raw(
        b"",
        MULTIPART,
        CONTENT_LENGTH="",
        CONTENT_TYPE=MULTIPART,
        HTTP_TRANSFER_ENCODING="chunked",
        **{"wsgi.input": io.BytesIO(sent)},
    )
    assert response.status_code == 201
    assert Submission.objects.get().attachments.count() == 1


def test_more_than_is_accepted_is_told_before_it_is_read(
    inside: Unit, phone: Phone, monkeypatch
) -> None:
    stated = phone.raw(b"x", MULTIPART, CONTENT_LENGTH="999999999999")
    monkeypatch.setattr(reading, "ACCEPTED_BYTES", 1000)
    monkeypatch.setattr(reading, "AROUND", 0)
    chunked = phone.raw(
        b"",
        MULTIPART,
        CONTENT_LENGTH="",
        CONTENT_TYPE=MULTIPART,
        **{"wsgi.input": io.BytesIO(b"x" * 1001)},
    )
    for response in (stated, chunked):
        keeps_the_rules(response)
        assert response.status_code == 413
        assert tree(response).find(f"{RESPONSE}message").text


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (b"", MULTIPART),
        (b"nothing", "text/plain"),
        (multipart(b"", {}, {})[:60], MULTIPART),
        (b"--x\r\n", "multipart/form-data"),
        (multipart(b"<data>", {}, {}), MULTIPART),
        (multipart(b"<data id='visit'/>", {}, {}), MULTIPART),
    ],
)
def test_what_is_no_submission_is_refused_in_words(
    inside: Unit, phone: Phone, sent: bytes, kind: str
) -> None:
    response = phone.raw(sent, kind)
    keeps_the_rules(response)
    assert response.status_code == 400
    words = tree(response).find(f"{RESPONSE}message").text
    assert re.search("[ก-๙]", words) and re.search("[a-z]", words)
    assert Submission.objects.count() == 0


def test_other_versions_methods_and_addresses_are_refused_in_xml(
    inside: Unit, phone: Phone
) -> None:
    answers = {
        400: phone.get("formList", HTTP_X_OPENROSA_VERSION="2.0"),
        405: phone.get("formList", "DELETE"),
        404: phone.get("nothing/here"),
    }
    for status, response in answers.items():
        keeps_the_rules(response)
        assert (response.status_code, tree(response).tag) == (status, f"{RESPONSE}OpenRosaResponse")
    assert answers[405]["Allow"] == "GET, HEAD"


def test_an_unknown_token_is_challenged_everywhere(inside: Unit, phone: Phone) -> None:
    version = make_version(inside)
    stranger = Phone(phone.device, "not-a-token")
    for path in (
        "formList",
        f"forms/{version.pk}.xml",
        f"forms/{version.pk}/manifest",
        "lists/schools.csv",
    ):
        response = stranger.get(path)
        keeps_the_rules(response)
        assert response.status_code == 401
        assert response["WWW-Authenticate"]
    assert stranger.get("submission", "HEAD").status_code == 401
    assert stranger.post(body()).status_code == 401
    assert Submission.objects.count() == 0


def test_the_rest_of_the_product_keeps_its_csrf_tokens(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.users["supervisor"])
    assert client.post("/account/office/", {}).status_code == 403


def test_last_use_is_kept_to_ten_minutes(inside: Unit, phone: Phone) -> None:
    phone.get("formList")
    phone.device.refresh_from_db()
    first = phone.device.last_used_at
    phone.get("formList")
    phone.device.refresh_from_db()
    assert first is not None and phone.device.last_used_at == first
