"""Keeping and reading files."""

import errno
import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from nithet.foundation.files import places
from nithet.kernel.errors import BadInput, RuleBroken

CHUNK_BYTES = 1024 * 1024
READ_ONLY = 0o440
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True)
class StoredBlob:
    """A file that is safely on the disk."""

    sha256: str
    """64 hexadecimal digits, lower case."""
    size: int
    """Bytes."""


def store(namespace: str, content: bytes | BinaryIO, *, largest: int | None = None) -> StoredBlob:
    """Keep bytes, or what a stream still holds, and return their digest.

    When this returns the file survives a power cut, so the caller may write the row that names
    it. Content that is kept already is not written again. ``largest`` is the most bytes to take.
    Raises BadInput for more than that and RuleBroken when the disk refuses; then nothing stays.
    """
    with received(namespace, content, largest=largest) as waiting:
        waiting.keep()
    return waiting.blob


@dataclass(frozen=True)
class Waiting:
    """A file that is on the disk and has no name yet: examine it at `path`, then `keep` it or let it go."""

    namespace: str
    path: Path
    blob: StoredBlob

    def keep(self) -> None:
        """Give it its name; when this returns a row may name it."""
        with told_plainly():
            _name(self.path, self.namespace, self.blob.sha256)


@contextmanager
def received(
    namespace: str, content: bytes | BinaryIO, *, largest: int | None = None
) -> Iterator[Waiting]:
    """Receive as `store` does, without naming it; what is not kept within the block is gone after it."""
    folder = places.folder_of(namespace)
    with told_plainly():
        places.make_folder(folder / places.INCOMING)
    path = folder / places.INCOMING / f"{os.getpid()}-{secrets.token_hex(8)}"
    try:
        yield Waiting(namespace, path, _receive(path, content, largest))
    finally:
        path.unlink(missing_ok=True)


def adopt(namespace: str, path: Path, sha256: str) -> None:
    """Keep a file that lies in the data folder already, complete, synced and hashed; it is moved, not copied."""
    with told_plainly():
        places.make_folder(places.folder_of(namespace))
        path.chmod(READ_ONLY)
        _name(path, namespace, sha256)


def path_of(namespace: str, sha256: str) -> Path:
    """Where a file lies, for those who read it by place; RuleBroken ``files.missing`` when it is not there."""
    with open_blob(namespace, sha256):
        return places.path_of(namespace, sha256)


def open_blob(namespace: str, sha256: str) -> BinaryIO:
    """The file, open for reading; RuleBroken ``files.missing`` when it is not there."""
    path = places.path_of(namespace, sha256)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise RuleBroken(
            "files.missing",
            "The kept file %(digest)s is not in the store. Restore it from a backup.",
            digest=sha256,
        ) from error
    return os.fdopen(handle, "rb")


def read_blob(namespace: str, sha256: str) -> bytes:
    """The whole file; RuleBroken ``files.missing`` when it is not there."""
    with open_blob(namespace, sha256) as file:
        return file.read()


def exists(namespace: str, sha256: str) -> bool:
    """Whether a file of that name is there; ``verify`` tells whether it is still right."""
    return places.path_of(namespace, sha256).is_file()


def verify(namespace: str, sha256: str) -> bool:
    """Read the file through: True only if it is there and still has its digest."""
    path = places.path_of(namespace, sha256)
    return path.is_file() and _digest_of(path) == sha256


def iterate(namespace: str | None = None) -> Iterator[tuple[str, StoredBlob]]:
    """All files of a namespace, or of all, as (namespace, blob), sorted. Sizes are of the disk."""
    for name in places.namespaces() if namespace is None else [namespace]:
        if not places.folder_of(name).is_dir():
            continue
        for path in places.paths_in(name):
            yield name, StoredBlob(path.name, path.stat().st_size)


def _receive(waiting: Path, content: bytes | BinaryIO, largest: int | None) -> StoredBlob:
    digest, size = hashlib.sha256(), 0
    with told_plainly():
        file = waiting.open("xb")
    with file:
        for chunk in _chunks(content):
            size += len(chunk)
            if largest is not None and size > largest:
                raise too_large(largest)
            digest.update(chunk)
            with told_plainly():
                file.write(chunk)
        with told_plainly():
            file.flush()
            os.fchmod(file.fileno(), READ_ONLY)
            os.fsync(file.fileno())
    return StoredBlob(digest.hexdigest(), size)


def too_large(largest: int) -> BadInput:
    """The refusal of more bytes than are accepted."""
    return BadInput(
        "files.too_large",
        "The file is larger than %(megabytes)s MB, the most that is accepted.",
        field="file",
        megabytes=f"{largest / 1_000_000:g}",
    )


def _name(waiting: Path, namespace: str, sha256: str) -> None:
    path = places.path_of(namespace, sha256)
    places.make_folder(path.parent)
    with places.guarding(namespace, alone=False):
        if path.is_file() and _digest_of(path) == sha256:
            # Another may have been interrupted before it synced the folder, and clearing up
            # counts its days from the last time somebody wanted the file.
            os.utime(path)
        else:
            waiting.rename(path)
        places.sync_folder(path.parent)


def _chunks(content: bytes | BinaryIO) -> Iterator[bytes]:
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def told_plainly() -> Iterator[None]:
    """What the disk refuses, said to a person; faults of the incoming stream are not touched."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise RuleBroken(
                "files.no_space",
                "There is no space left to keep the file, so nothing was saved. Ask the "
                "administrator to free some space, then try again.",
            ) from error
        raise RuleBroken(
            "files.not_writable",
            "The file could not be kept (%(reason)s), so nothing was saved. Ask the administrator "
            "to check the data folder.",
            reason=error.strerror or str(error),
        ) from error
