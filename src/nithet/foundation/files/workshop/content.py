"""What a file is, told from its content; the beginning of every check."""

import mmap
from collections.abc import Callable
from typing import Any, BinaryIO

from nithet.foundation.files.workshop import archives, images, media, ole, pdf, plain_text
from nithet.foundation.files.workshop.eicar import refuse_eicar
from nithet.foundation.files.workshop.kinds import Data, Found, not_accepted
from nithet.kernel.errors import BadInput

HEAD_BYTES = 4096

Look = Callable[[Data, str, int], Found | None]


def check(file: BinaryIO, *, name: str) -> tuple[Any, list[bytes]]:
    """Tell what a file is; raises `BadInput` for what may not be kept."""
    if not file.seek(0, 2):
        raise empty()
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = look_into(data, name, depth=0)
    return {
        "kind": found.kind.group,
        "media_type": found.kind.media_type,
        "extensions": found.kind.extensions,
        "warnings": found.warnings,
    }, []


def empty() -> BadInput:
    """The refusal of nothing."""
    return BadInput("files.empty", "This file is empty.", field="file")


def look_into(data: Data, name: str, *, depth: int) -> Found:
    """Tell what bytes are; `depth` is 1 for a member of an archive, which may hold no other."""
    if not len(data):
        raise empty()
    refuse_eicar(data)
    head = bytes(data[:HEAD_BYTES])
    for look in _looks(head):
        if found := look(data, name, depth):
            return found
    raise not_accepted()


def _looks(head: bytes) -> list[Look]:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return [archives.look]
    if head.startswith(ole.SIGNATURE):
        return [ole.look]
    if b"%PDF-" in head[:1024]:
        return [pdf.look]
    if images.is_image(head):
        return [images.look]
    if media.is_media(head):
        return [media.look]
    return [plain_text.look]
