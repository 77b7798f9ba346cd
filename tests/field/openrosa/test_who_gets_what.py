"""A token opens what its owner may have today, in the office it was made for, and nothing else."""

from collections.abc import Callable

import pytest

from nithet.domain.instruments.actions.devices import revoke_device
from nithet.domain.instruments.files import NAMESPACE
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.field.openrosa import submissions
from nithet.foundation.access.actors import system_actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import Role
from nithet.foundation.files.store import path_of
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.instruments.submissions.factories import body, make_school, make_version
from tests.field.openrosa.conftest import Phone

FILLERS = {"supervisor", "director", "planner"}
PEOPLE = [
    "supervisor",
    "director",
    "planner",
    "administrator",
    "committee_member",
    "assessor",
    "school_head",
    "school_desk",
]


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_is_offered_the_forms_of_their_audience(
    inside: Unit, phone_of: Callable[..., Phone], who: str
) -> None:
    version = make_version(inside)
    phone = phone_of(who)
    listed = phone.get("formList")
    assert listed.status_code == 200
    assert (b"<formID>visit</formID>" in listed.content) == (who in FILLERS)
    assert phone.get(f"forms/{version.pk}.xml").status_code == (200 if who in FILLERS else 404)
    assert phone.get(f"forms/{version.pk}/manifest").status_code == (200 if who in FILLERS else 404)
    assert phone.get(f"forms/{version.pk}/media/0").status_code == 404
    assert phone.get("submission", "HEAD").status_code == 204


def test_a_committee_member_gets_the_committees_form(
    inside: Unit, phone_of: Callable[..., Phone]
) -> None:
    make_version(inside, form_id="committee")
    Instrument.objects.update(audience=Instrument.Audience.COMMITTEE)
    assert b"<formID>committee</formID>" in phone_of("committee_member").get("formList").content


def test_another_office_has_nothing_of_ours(
    cast: Cast, inside: Unit, phone_of: Callable[..., Phone]
) -> None:
    version = make_version(inside)
    make_school(cast.school, inside)
    stranger = phone_of("outsider", cast.other_office)
    assert b"<formID>" not in stranger.get("formList").content
    foreign, nothing = stranger.get(f"forms/{version.pk}.xml"), stranger.get("forms/99999999.xml")
    assert (
        (foreign.status_code, foreign.content)
        == (nothing.status_code, nothing.content)
        == (404, nothing.content)
    )
    assert cast.school.name.encode() not in stranger.get("lists/schools.csv").content
    stranger.post(body("uuid:1"))
    assert not Submission.objects.exists()
    with scope(cast.other_office.pk):
        assert Submission.objects.get().reason == "unknown_form"


def test_a_school_head_takes_the_own_school_along_alone(
    cast: Cast, inside: Unit, phone_of: Callable[..., Phone]
) -> None:
    make_school(cast.school, inside)
    make_school(cast.other_school, inside)
    listed = phone_of("school_head").get("lists/schools.csv").content.decode()
    assert cast.school.name in listed and cast.other_school.name not in listed
    assert (
        cast.other_school.name in phone_of("supervisor").get("lists/schools.csv").content.decode()
    )


def test_drafts_put_away_forms_and_odd_addresses_are_not_there(inside: Unit, phone: Phone) -> None:
    draft = make_version(inside, state="draft", published_at=None)
    assert phone.get(f"forms/{draft.pk}.xml").status_code == 404
    for path in (
        "forms/0.xml",
        f"forms/{'9' * 19}.xml",
        "lists/nothing.csv",
        "lists/nothing/integrity",
    ):
        assert phone.get(path).status_code == 404


@pytest.mark.parametrize("how", ["revoked", "deactivated", "left"])
def test_nothing_is_given_any_more_but_what_is_on_the_device_is_not_lost(
    cast: Cast, inside: Unit, phone: Phone, how: str
) -> None:
    version = make_version(inside)
    user = cast.users["supervisor"]
    assert phone.get("formList").status_code == 200
    if how == "revoked":
        revoke_device(actor=cast.actor("supervisor"), device=phone.device)
    elif how == "deactivated":
        user.is_active = False
        user.save()
    else:
        Posting.objects.filter(user=user).delete()
    for path in (
        "formList",
        f"forms/{version.pk}.xml",
        f"forms/{version.pk}/manifest",
        "lists/schools.csv",
        "lists/schools/integrity",
    ):
        assert phone.get(path).status_code == 401
    assert phone.get("submission", "HEAD").status_code == 401
    assert phone.post(body("uuid:1")).status_code == 201
    row = Submission.objects.get()
    assert (row.state, row.reason, row.user_id) == ("waiting", "device_revoked", user.pk)


def test_a_revoked_device_cannot_fill_the_disk(
    cast: Cast, inside: Unit, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_version(inside)
    monkeypatch.setattr(submissions, "MOST_OF_REVOKED", 2)
    revoke_device(actor=cast.actor("supervisor"), device=phone.device)
    assert [phone.post(body()).status_code for _ in range(3)] == [201, 201, 401]


def test_another_body_of_a_revoked_device_counts_like_any_other(
    cast: Cast, inside: Unit, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_version(inside)
    monkeypatch.setattr(submissions, "MOST_OF_REVOKED", 2)
    revoke_device(actor=cast.actor("supervisor"), device=phone.device)
    sent = [phone.post(body("uuid:1", found=str(n))).status_code for n in range(3)]
    assert sent == [201, 409, 401]


@pytest.mark.parametrize("how", ["revoked", "deactivated"])
def test_files_of_a_revoked_device_are_limited_before_anything_of_them_is_kept(
    cast: Cast, inside: Unit, phone: Phone, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    make_version(inside)
    monkeypatch.setattr(submissions, "MOST_BYTES_OF_REVOKED", 250)
    early = body("uuid:1")
    if how == "revoked":
        assert phone.post(early, {"0.png": bytes(400)}).status_code == 201
        revoke_device(actor=cast.actor("supervisor"), device=phone.device)
    else:
        cast.users["supervisor"].is_active = False
        cast.users["supervisor"].save()
    assert phone.post(early, {"a.png": b"a" * 200}).status_code == 201
    too_much = b"b" * 51
    assert phone.post(early, {"b.png": too_much}).status_code == 401
    assert phone.post(body("uuid:2"), {"b.png": too_much}).status_code == 401
    with pytest.raises(RuleBroken, match="not in the store"):
        path_of(NAMESPACE, sha256_hex(too_much))
    assert not Submission.objects.filter(instance_id="uuid:2").exists()
    assert phone.post(body("uuid:2"), {"c.png": b"c" * 50}).status_code == 201


def test_a_token_is_of_one_office_although_its_owner_works_in_two(
    cast: Cast, inside: Unit, phone_of: Callable[..., Phone]
) -> None:
    make_version(inside)
    Posting.objects.create(
        user=cast.users["supervisor"], role=Role.SUPERVISOR, unit=cast.other_office
    )
    ours, theirs = phone_of("supervisor"), phone_of("supervisor", cast.other_office)
    assert b"<formID>" in ours.get("formList").content
    assert b"<formID>" not in theirs.get("formList").content


def test_a_token_starts_no_session(inside: Unit, phone: Phone) -> None:
    phone.get("formList")
    assert phone.get("http://testserver/visits/").status_code == 302


def test_who_may_revoke(cast: Cast, inside: Unit, phone: Phone) -> None:
    from nithet.foundation.actions.errors import Refused

    with pytest.raises(Refused):
        revoke_device(actor=cast.actor("director"), device=phone.device)
    revoke_device(actor=cast.actor("administrator"), device=phone.device)
    again = revoke_device(actor=system_actor("test", inside.pk), device=phone.device)
    assert again.revoked_at is not None and again.revoked_at <= clock.now()
