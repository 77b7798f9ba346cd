"""Receiving a file in pieces over a bad line: resumed after a break or a crash, each piece taken once.

State lies on the disk alone (``uploads/<token>/`` of the data folder: ``about.json`` and ``data``), so that pieces cost
the database nothing. What a piece's answer has acknowledged is on the disk.
"""

import fcntl
import hashlib
import io
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from nithet.foundation.files import places
from nithet.foundation.files.store import StoredBlob, adopt, told_plainly, too_large
from nithet.kernel.errors import BadInput, Busy, RuleBroken

EXPIRES_AFTER = timedelta(days=3)
"""Without a new piece; a supervisor may be out of reach of any line for two days."""
LARGEST_PIECE = 8 * 1024 * 1024
MOST_OPEN = 100
"""Unfinished uploads of one person."""
MOST_OF_A_PERSON = 4_000_000_000
MOST_OF_AN_OFFICE = 20_000_000_000
"""Bytes announced by unfinished uploads."""
LEFT_FREE = 1_000_000_000
LEFT_FREE_SHARE = 20
"""So much of the disk stays free for everything else: 1 GB, on a small disk a twentieth."""

_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """A file that is being received."""

    token: str
    """Names it in addresses; 32 hexadecimal digits that nobody guesses."""
    owner_id: int
    office_id: int
    file_name: str
    """As the sender wrote it; nothing on the disk is called so."""
    declared_type: str
    size: int
    """Bytes announced."""
    received: int
    """Bytes that are on the disk; the next piece starts here."""

    @property
    def is_complete(self) -> bool:
        """Whether everything announced is there."""
        return self.received == self.size


@dataclass(frozen=True)
class Received:
    """A whole file, on the disk and hashed: check it at `path`, then `keep` it."""

    sha256: str
    size: int
    path: Path


def begin(
    size: int,
    *,
    owner_id: int,
    office_id: int,
    file_name: str = "",
    declared_type: str = "",
    largest: int,
) -> Upload:
    """Announce a file of so many bytes.

    Raises `BadInput` for none or more than `largest`, and `Busy` when the disk or the person's or office's share of
    unfinished uploads is full.
    """
    if size <= 0:
        raise BadInput("files.empty", "This file is empty.", field="file")
    if size > largest:
        raise too_large(largest)
    with told_plainly():
        places.make_folder(_root())
        _refuse_without_room(size)
        with _only_one():
            _refuse_beyond_share(size, owner_id, office_id)
            upload = Upload(
                secrets.token_hex(16),
                owner_id,
                office_id,
                file_name[:1000],
                declared_type[:200],
                size,
                0,
            )
            _write(upload)
    return upload


def find(token: str, *, owner_id: int, office_id: int) -> Upload:
    """The upload of that name; `RuleBroken` "files.upload_gone" where it is not this person's, or no more."""
    upload = _read(_root() / token) if _TOKEN.fullmatch(token) else None
    if upload and (upload.owner_id, upload.office_id) == (owner_id, office_id):
        return upload
    raise _gone()


def append(upload: Upload, offset: int, chunk: bytes) -> Upload:
    """Take a piece that starts at `offset`; when this returns it is on the disk.

    A piece that is there already changes nothing. Raises `BadInput` "files.upload_gap" when pieces before it are
    missing, "files.upload_differs" when it is not what was sent before, "files.too_large" beyond the announced size.
    """
    if len(chunk) > LARGEST_PIECE:
        raise too_large(LARGEST_PIECE)
    with _opened(upload) as file, told_plainly():
        kept = os.fstat(file.fileno()).st_size
        if offset < 0 or offset > kept:
            raise BadInput(
                "files.upload_gap",
                "A piece of this file is missing. Sending goes on from byte %(received)s.",
                received=kept,
            )
        if offset + len(chunk) > upload.size:
            raise too_large(upload.size)
        twice = min(kept - offset, len(chunk))
        file.seek(offset)
        if twice and file.read(twice) != chunk[:twice]:
            raise BadInput(
                "files.upload_differs",
                "This is not the file that was begun. Start sending it anew.",
            )
        if twice < len(chunk):
            _refuse_without_room(len(chunk) - twice)
            file.seek(kept)
            try:
                file.write(chunk[twice:])
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                # Not half a piece that would be taken for a whole one.
                os.ftruncate(file.fileno(), kept)
                raise
            kept = offset + len(chunk)
    return replace(upload, received=kept)


def finish(upload: Upload) -> Received:
    """Hash the whole file; `BadInput` "files.upload_gap" when something is missing. May be asked again."""
    with _opened(upload) as file, told_plainly():
        kept = os.fstat(file.fileno()).st_size
        if kept != upload.size:
            raise BadInput(
                "files.upload_gap",
                "A piece of this file is missing. Sending goes on from byte %(received)s.",
                received=kept,
            )
        os.fsync(file.fileno())
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Received(sha256, kept, _data(upload.token))


def keep(upload: Upload, received: Received, namespace: str) -> StoredBlob:
    """Move a finished file into the store and forget the upload; a row may name it when this returns."""
    adopt(namespace, received.path, received.sha256)
    discard(upload)
    return StoredBlob(received.sha256, received.size)


def discard(upload: Upload) -> None:
    """Give an upload up."""
    shutil.rmtree(_root() / upload.token, ignore_errors=True)


def remove_expired(older_than: timedelta = EXPIRES_AFTER) -> int:
    """Remove uploads to which nothing was added for so long; return how many."""
    removed = 0
    for folder in _folders():
        if time.time() - _touched(folder) >= older_than.total_seconds():
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed


def _root() -> Path:
    return Path(settings.NITHET_DATA) / "uploads"


def _data(token: str) -> Path:
    return _root() / token / "data"


def _folders() -> Iterator[Path]:
    if _root().is_dir():
        yield from (entry for entry in _root().iterdir() if _TOKEN.fullmatch(entry.name))


def _touched(folder: Path) -> float:
    try:
        return (folder / "data").stat().st_mtime
    except OSError:
        return folder.stat().st_mtime


def _write(upload: Upload) -> None:
    folder = _root() / upload.token
    folder.mkdir(mode=0o700)
    (folder / "data").touch(mode=0o600)
    about: dict[str, Any] = {
        name: getattr(upload, name)
        for name in ("owner_id", "office_id", "file_name", "declared_type", "size")
    }
    with (folder / "about.new").open("w", encoding="utf-8") as file:
        json.dump(about, file)
        file.flush()
        os.fsync(file.fileno())
    (folder / "about.new").rename(folder / "about.json")
    places.sync_folder(folder)
    places.sync_folder(_root())


def _read(folder: Path) -> Upload | None:
    try:
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        return Upload(token=folder.name, received=(folder / "data").stat().st_size, **about)
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def _opened(upload: Upload) -> Iterator[io.BufferedRandom]:
    """The data of an upload, for one writer at a time."""
    try:
        file = _data(upload.token).open("r+b")
    except OSError as error:
        raise _gone() from error
    with file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        yield file


@contextmanager
def _only_one() -> Iterator[None]:
    """Shares are counted by one at a time."""
    handle = os.open(_root() / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _refuse_beyond_share(size: int, owner_id: int, office_id: int) -> None:
    uploads = [upload for folder in _folders() if (upload := _read(folder))]
    mine = [upload.size for upload in uploads if upload.owner_id == owner_id]
    ours = [upload.size for upload in uploads if upload.office_id == office_id]
    if (
        len(mine) >= MOST_OPEN
        or sum(mine) + size > MOST_OF_A_PERSON
        or sum(ours) + size > MOST_OF_AN_OFFICE
    ):
        raise Busy(
            "files.share_full",
            "Too many files are being sent at once. Finish those that are on their way, then go on.",
        )


def _refuse_without_room(size: int) -> None:
    disk = shutil.disk_usage(_root())
    if disk.free - size < min(LEFT_FREE, disk.total // LEFT_FREE_SHARE):
        raise Busy(
            "files.no_room",
            "There is no room for this file just now. Ask the administrator to free some space.",
        )


def _gone() -> RuleBroken:
    return RuleBroken("files.upload_gone", "This upload is no more. Start sending the file anew.")
