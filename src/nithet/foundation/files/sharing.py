"""Copies to hand on, without what a file says of its maker, its machine and where a picture was taken.

The kept original is never changed and stays private. Cleaned are JPEG, PNG, WEBP and TIFF (every EXIF, GPS and XMP entry;
turned upright; colours keep their profile), PDF (information and XMP of the document; also its outline, form fields,
attachments and reading structure stay behind, their looks remain) and DOCX, XLSX, PPTX (properties and thumbnail; names of
the authors of comments and of tracked changes remain). Of other kinds there is no clean copy.
"""

import json
import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from nithet.foundation.files import places, sandbox
from nithet.foundation.files.janitor import remove_unreferenced
from nithet.foundation.files.store import exists, path_of, store

VERSION = 1
SHARED = "shared"
"""The namespace of copies: no row names one, because each can be made again."""
FORGOTTEN_AFTER = timedelta(days=60)


def shared_copy(sha256: str, media_type: str, *, namespace: str = "evidence") -> str | None:
    """The digest, in the namespace ``shared``, of a copy without metadata; None for kinds that cannot be cleaned.

    Made once. Raises `BadInput` for a file that is damaged or beyond the limits, `RuleBroken` "files.missing", `Busy`.
    """
    source = path_of(namespace, sha256)
    note = _note(sha256)
    if (made := _read(note)) and exists(SHARED, made):
        os.utime(places.path_of(SHARED, made))
        return made
    answer = sandbox.examined("share", source, media_type=media_type)
    if not answer.parts:
        return None
    copy = store(SHARED, answer.parts[0])
    _write(note, copy.sha256)
    return copy.sha256


def remove_forgotten(older_than: timedelta = FORGOTTEN_AFTER) -> int:
    """Remove copies that nobody has asked for so long; return how many. They are made again when they are asked for."""
    return remove_unreferenced(SHARED, (), older_than)


def _note(sha256: str) -> Path:
    return Path(settings.NITHET_DATA) / "previews" / sha256[:2] / sha256 / f"shared-{VERSION}.json"


def _read(note: Path) -> str:
    try:
        return str(json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return ""


def _write(note: Path, sha256: str) -> None:
    places.make_folder(note.parent)
    waiting = note.with_name(f"{secrets.token_hex(8)}.part")
    waiting.write_text(json.dumps(sha256), encoding="utf-8")
    waiting.rename(note)
