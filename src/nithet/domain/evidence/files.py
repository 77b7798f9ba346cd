"""The files of pieces: checked, kept under their digest, and verified without reading them again and again."""

import io
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import BinaryIO

from nithet.domain.evidence.models import Piece
from nithet.domain.evidence.rules.file_types import checked_type, tidy_file_name
from nithet.foundation.files import places
from nithet.foundation.files.store import open_blob, store, verify

NAMESPACE = "evidence"
LARGEST_BYTES = 200_000_000
REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file whose content was checked and which is safely on the disk; a row may name it now."""

    file_name: str
    sha256: str
    size: int
    media_type: str
    is_quarantined: bool = False


def keep_file(file_name: str, data: bytes | BinaryIO) -> KeptFile:
    """Check a file's content and keep it; call this before the transaction that names it, because disks are slow.

    Raises `BadInput` for content that is not on the list of types, does not fit its name, or is larger than 200 MB.
    """
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    kind = checked_type(file_name, stream)
    blob = store(NAMESPACE, stream, largest=LARGEST_BYTES)
    return KeptFile(tidy_file_name(file_name), blob.sha256, blob.size, kind.media_type)


def open_file(piece: Piece) -> BinaryIO:
    """Open the file of a piece for reading; `RuleBroken` "files.missing" when it is not in the store."""
    return open_blob(NAMESPACE, piece.file_sha256)


_Stamp = tuple[int, int, int]
_verified: OrderedDict[str, tuple[_Stamp, bool]] = OrderedDict()
_guard = Lock()


def is_whole(sha256: str) -> bool:
    """Say whether a kept file is there and still has its digest.

    It is read through once a process, and again whenever the disk says that it was touched.
    """
    try:
        found = places.path_of(NAMESPACE, sha256).stat()
    except (OSError, ValueError):
        return False
    stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
    with _guard:
        remembered = _verified.get(sha256)
    if remembered and remembered[0] == stamp:
        return remembered[1]
    answer = verify(NAMESPACE, sha256)
    with _guard:
        _verified[sha256] = (stamp, answer)
        while len(_verified) > REMEMBERED:
            _verified.popitem(last=False)
    return answer
