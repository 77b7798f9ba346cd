"""What an office chooses for itself: its name, crest, digits, code before numbers, help and public address."""

import io
import re

from PIL import Image, UnidentifiedImageError

from nithet.domain.directory.rules.names import tidy_name
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, policy
from nithet.foundation.access.roles import Role
from nithet.foundation.access.verdicts import Verdict
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.files.store import store
from nithet.foundation.tenancy.models import OfficeSettings, Unit
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.text import collapse

LOGOS = "logos"
"""The namespace of the file store in which logos lie."""
LARGEST_LOGO = 4 * 1024 * 1024
_MOST_PIXELS = 24_000_000
_SIDE = 512
_ADDRESS = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?", re.ASCII)


@policy("office.choose")
def may_choose(actor: Actor, target: object) -> Verdict:
    """The office's administrator keeps its settings."""
    return by_role(actor, Role.ADMINISTRATOR)


@action("office.choose", event="office.chosen")
def choose_for_office(
    *,
    actor: Actor,
    version: int,
    name: str,
    short_name: str,
    numerals: str,
    letter_prefix: str = "",
    help_contact: str = "",
    help_phone: str = "",
    public_address: str = "",
    logo: bytes | None = None,
    drops_logo: bool = False,
) -> OfficeSettings:
    """Keep the office's settings; `logo` is an image file as it came, kept as a PNG that we drew ourselves.

    `version` is the one that the writer had before them (1 where the office had chosen nothing yet). Raises `Conflict`,
    `RuleBroken` "office.name_taken" or "office.address", `BadInput` "logo.unreadable".
    """
    office = Unit.objects.select_for_update(of=("self",)).get(pk=actor.writes_in)
    kept, _ = OfficeSettings.objects.get_or_create(office=office)
    new: dict[str, object] = {
        "numerals": OfficeSettings.Numerals(numerals),
        "letter_prefix": collapse(letter_prefix),
        "help_contact": collapse(help_contact),
        "help_phone": collapse(help_phone),
        "public_address": _address(public_address),
    }
    if kept.version != version:
        raise _conflict(kept, new)
    if drops_logo:
        new["logo_sha256"] = ""
    elif logo is not None:
        new["logo_sha256"] = store(LOGOS, redrawn(logo)).sha256
    about(office)
    renamed = _rename(office, tidy_name(name), collapse(short_name))
    if not renamed and all(getattr(kept, field) == value for field, value in new.items()):
        nothing_changed()
        return kept
    change(kept, **new, version=version + 1)
    return kept


def _conflict(kept: OfficeSettings, new: dict[str, object]) -> Conflict:
    return Conflict(
        "office.changed_meanwhile",
        "Somebody else changed the settings meanwhile. Compare both versions and save again.",
        version=kept.version,
        theirs={field: str(getattr(kept, field)) for field in new},
        yours={field: str(value) for field, value in new.items()},
        labels={field: str(kept._meta.get_field(field).verbose_name) for field in new},  # type: ignore[union-attr]
    )


def _address(text: str) -> str:
    tidy = text.strip().lower().rstrip("/")
    if tidy and not _ADDRESS.fullmatch(tidy):
        raise RuleBroken(
            "office.address",
            "Write the address as https:// and the name of the server, without anything behind it.",
            field="public_address",
        )
    return tidy


def _rename(office: Unit, name: str, short_name: str) -> bool:
    if not name:
        raise RuleBroken("name.missing", "A name is needed.", field="name")
    others = Unit.objects.filter(kind=Unit.Kind.OFFICE, name=name).exclude(pk=office.pk)
    if others.exists():
        raise RuleBroken("office.name_taken", "This name cannot be used.", field="name")
    if (office.name, office.short_name) == (name, short_name):
        return False
    note(was=office.name)
    return change(office, name=name, short_name=short_name)


def redrawn(data: bytes) -> bytes:
    """Return an image as a PNG of at most 512 pixels a side, drawn anew so that nothing but its pixels is kept.

    Takes PNG, JPEG and WebP. Raises `BadInput` "logo.unreadable" for everything else and for what is too large.
    """
    wrong = BadInput(
        "logo.unreadable",
        "The logo could not be read. Choose a PNG or JPEG picture of at most 4 MB.",
        field="logo",
    )
    if len(data) > LARGEST_LOGO:
        raise wrong
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise wrong
            image.load()
            drawn = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise wrong from error
    drawn.thumbnail((_SIDE, _SIDE))
    clean = Image.new("RGBA", drawn.size)
    clean.paste(drawn)
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()
