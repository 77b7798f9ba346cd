"""The files of pieces: checked, kept under their digest, and verified without reading them again and again."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import BinaryIO

from nithet.domain.evidence.models import Piece
from nithet.foundation.files import places, receiving
from nithet.foundation.files.checking import Checked, check_content, keep_checked
from nithet.foundation.files.receiving import Upload
from nithet.foundation.files.store import exists, open_blob, verify
from nithet.kernel.errors import BadInput, RuleBroken

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


def keep_file(file_name: str, data: bytes | BinaryIO, declared_type: str = "") -> KeptFile:
    """Check a file's content and keep it; call this before the transaction that names it, because disks are slow.

    Raises `BadInput` for content that is not on the list of types or is refused, or is larger than 200 MB.
    """
    checked = keep_checked(
        NAMESPACE, file_name, data, largest=LARGEST_BYTES, declared_type=declared_type
    )
    return _kept(checked)


def check_upload(upload: Upload) -> KeptFile:
    """Check a file that has been received whole; it is kept only by `claim_upload`. What is refused is given up."""
    whole = receiving.finish(upload)
    try:
        checked = check_content(
            whole.path, upload.file_name, upload.declared_type, sha256=whole.sha256
        )
    except BadInput:
        receiving.discard(upload)
        raise
    return _kept(checked)


def claim_upload(token: str, checked: KeptFile, *, owner_id: int, office_id: int) -> KeptFile:
    """Keep a received file as `check_upload` found it; asking twice is the same as once.

    Raises `RuleBroken` "files.upload_gone" where it is not this person's or no more, `BadInput` where it is not the file
    that was checked.
    """
    try:
        upload = receiving.find(token, owner_id=owner_id, office_id=office_id)
    except RuleBroken:
        if exists(NAMESPACE, checked.sha256):
            return checked
        raise
    whole = receiving.finish(upload)
    if whole.sha256 != checked.sha256:
        raise BadInput(
            "file.other", "This is not the file that was checked. Send it again.", field="files"
        )
    receiving.keep(upload, whole, NAMESPACE)
    return checked


def _kept(checked: Checked) -> KeptFile:
    return KeptFile(
        checked.safe_name,
        checked.sha256,
        checked.size,
        checked.media_type,
        checked.is_quarantined,
    )


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
