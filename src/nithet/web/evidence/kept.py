"""Files between two pages: checked and safe on the disk, named by a sealed value that only their sender can use."""

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

from nithet.domain.evidence.files import KeptFile, claim_upload
from nithet.foundation.access.actors import Actor
from nithet.kernel.errors import BadInput

SALT = "nithet.evidence.kept"
LASTS_S = 3 * 24 * 3600
"""As long as an unfinished upload stays."""


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A kept file with the upload it came by ("" for one that came with a form) and its sealed value."""

    kept: KeptFile
    upload: str
    seal: str


def seal(actor: Actor, kept: KeptFile, upload: str = "") -> str:
    """Seal a checked file for the next page of the same person."""
    value = {"who": actor.user_id, "office": actor.office_id, "upload": upload, **asdict(kept)}
    return signing.dumps(value, salt=SALT, compress=True)


def opened(actor: Actor, sealed: str) -> SealedFile:
    """Return the file of a sealed value; `BadInput` where it is old, not theirs, or was tampered with."""
    try:
        value: dict[str, Any] = signing.loads(sealed, salt=SALT, max_age=LASTS_S)
        mine = (value.pop("who"), value.pop("office")) == (actor.user_id, actor.office_id)
        upload = str(value.pop("upload"))
        kept = KeptFile(**value)
    except (signing.BadSignature, KeyError, TypeError, AttributeError):
        mine = False
    if not mine:
        raise BadInput("file.seal", "This file is no longer here. Choose it again.", field="files")
    return SealedFile(kept, upload, sealed)


def claimed(actor: Actor, one: SealedFile) -> KeptFile:
    """Return a sealed file as kept in the store, so that a row may name it."""
    if not one.upload:
        return one.kept
    return claim_upload(
        one.upload, one.kept, owner_id=actor.user_id or 0, office_id=actor.writes_in
    )
