"""What an office chooses for itself."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from nithet.domain.directory.office_settings import LOGOS, choose_for_office, redrawn
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.files.store import read_blob
from nithet.foundation.tenancy.models import OfficeSettings, Unit
from nithet.kernel.errors import BadInput, RuleBroken
from tests.conftest import Cast


def choose(cast: Cast, who: str = "administrator", **given: object) -> OfficeSettings:
    fields: dict[str, object] = {
        "version": 1,
        "name": cast.office.name,
        "short_name": "สพป.",
        "numerals": "thai",
    }
    return choose_for_office(actor=cast.actor(who), **{**fields, **given})  # type: ignore[arg-type]


def picture(**save: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1200, 600), "navy").save(out, "PNG", **save)  # type: ignore[arg-type]
    return out.getvalue()


def test_the_administrator_keeps_what_the_office_chose(cast: Cast, office: Unit) -> None:
    kept = choose(
        cast,
        letter_prefix=" ศธ 04000/ ",
        public_address="HTTPS://Nithet.example.go.th/",
        help_phone="032-000000",
    )
    assert (kept.letter_prefix, kept.public_address, kept.version) == (
        "ศธ 04000/",
        "https://nithet.example.go.th",
        2,
    )
    office.refresh_from_db()
    assert office.short_name == "สพป."
    assert AuditEvent.objects.get(name="office.chosen").target_id == str(office.pk)


def test_two_who_save_are_told_and_nothing_is_overwritten(cast: Cast, office: Unit) -> None:
    choose(cast, letter_prefix="ศธ 1/")
    with pytest.raises(Conflict) as told:
        choose(cast, letter_prefix="ศธ 2/")
    assert OfficeSettings.objects.get(office=office).letter_prefix == "ศธ 1/"
    assert any(one.theirs == "ศธ 1/" and one.yours == "ศธ 2/" for one in told.value.compared)


@pytest.mark.parametrize(
    "address",
    ["example", "https://a b", "https://x.th/path", "javascript:alert(1)", "https://x.th?q"],
)
def test_an_address_is_a_server_and_nothing_behind_it(
    cast: Cast, office: Unit, address: str
) -> None:
    with pytest.raises(RuleBroken, match="name of the server"):
        choose(cast, public_address=address)


def test_a_name_of_another_office_cannot_be_used(cast: Cast, office: Unit) -> None:
    with pytest.raises(RuleBroken, match="cannot be used"):
        choose(cast, name=cast.other_office.name)


@pytest.mark.parametrize("who", ["director", "planner", "school_head"])
def test_others_change_nothing(cast: Cast, office: Unit, who: str) -> None:
    with pytest.raises(Refused):
        choose(cast, who)


def test_a_logo_is_drawn_anew_small_and_without_what_it_carried(
    cast: Cast, office: Unit, settings, tmp_path
) -> None:
    settings.NITHET_DATA = tmp_path
    text = PngInfo()
    text.add_text("Comment", "secret-canary")
    kept = choose(cast, logo=picture(pnginfo=text))
    data = read_blob(LOGOS, kept.logo_sha256)
    assert b"secret-canary" not in data
    with Image.open(io.BytesIO(data)) as image:
        assert (image.format, image.size) == ("PNG", (512, 256))
    assert choose(cast, version=2, drops_logo=True).logo_sha256 == ""


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n", b"GIF89a" + b"\0" * 40, b"x" * 5_000_000],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="could not be read"):
        redrawn(data)
