"""The file itself: a ZIP whose every byte is under a digest.

`manifest.json` names every member with its size and SHA-256. The comment at the very end of the file is the SHA-256 of all
that stands before it, so a changed byte is noticed also where no member lies.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from nithet.kernel.errors import BadInput, RuleBroken

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024
LONGEST_LINE = 256 * 1024 * 1024
LARGEST_MANIFEST = 64 * 1024 * 1024
_MARK = b"nithet-office sha256:"
_TAIL = len(_MARK) + 64
_WHEN = (1980, 1, 1, 0, 0, 0)
"""No times in the file but those of its records: the same office is the same file."""


class Writer:
    """Writes members one after the other, and remembers what was written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._zip = zipfile.ZipFile(out, "w", allowZip64=True)
        self.members: list[dict[str, Any]] = []

    def add(self, name: str, pieces: Iterable[bytes], *, packed: bool = True) -> None:
        """Write one member of any length."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(_info(name, packed=packed), "w", force_zip64=True) as member:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                member.write(piece)
        self.members.append({"name": name, "size": size, "sha256": digest.hexdigest()})

    def give_up(self) -> None:
        """Leave the file as it is: half of one, which nobody takes for a whole one."""
        self._zip.fp = None

    def finish(self, manifest: dict[str, Any]) -> str:
        """Write the manifest and the digest of the whole; return that digest."""
        whole = {**manifest, "members": self.members}
        text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)
        self._zip.writestr(_info(MANIFEST, packed=True), text.encode())
        self._zip.comment = _MARK + b"0" * 64
        self._zip.close()
        self._out.seek(0)
        digest, _ = _digest_before_tail(self._out)
        self._out.seek(-64, io.SEEK_END)
        self._out.write(digest.encode())
        self._out.flush()
        return digest


def _info(name: str, *, packed: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _WHEN)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.external_attr = 0o600 << 16
    return info


def _digest_before_tail(file: BinaryIO) -> tuple[str, bytes]:
    """Return the digest of all but the last bytes, and these."""
    digest, tail = hashlib.sha256(), b""
    while piece := file.read(CHUNK):
        tail += piece
        digest.update(tail[:-_TAIL])
        tail = tail[-_TAIL:]
    digest.update(tail[: -64 if len(tail) >= 64 else None])
    return digest.hexdigest(), tail


class Container:
    """A file that was found whole; see `opened`."""

    def __init__(self, archive: zipfile.ZipFile, manifest: dict[str, Any], digest: str) -> None:
        self._zip = archive
        self.manifest = manifest
        self.digest = digest
        self.names = frozenset(str(one["name"]) for one in manifest["members"])

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a member."""
        with self._zip.open(name) as member:
            while line := member.readline(LONGEST_LINE):
                yield line

    def open(self, name: str) -> BinaryIO:
        """Open a member for reading."""
        return cast(BinaryIO, self._zip.open(name))


@contextmanager
def opened(path: Path) -> Iterator[Container]:
    """Open a file after every byte of it was found as it was written; a person is told which part is not.

    Raises `BadInput` for what is no such file, `RuleBroken` "transfer.damaged" naming the member that is damaged.
    """
    with path.open("rb") as file:
        digest, tail = _digest_before_tail(file)
        is_whole = tail == _MARK + digest.encode()
        file.seek(0)
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            if is_whole or _MARK in tail:
                raise _damaged(path.name) from error
            raise _not_ours(path.name) from error
        with archive:
            manifest = _manifest(archive, path.name)
            _check_members(archive, manifest, path.name)
            if not is_whole:
                # Every member is as it was written: it is the list of contents that is not.
                raise _damaged(path.name)
            yield Container(archive, manifest, digest)


_READ_FAULTS = (
    zipfile.BadZipFile,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    KeyError,
)


def _manifest(archive: zipfile.ZipFile, file_name: str) -> dict[str, Any]:
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError as error:
        raise (_damaged(file_name) if _MARK in archive.comment else _not_ours(file_name)) from error
    try:
        if info.file_size > LARGEST_MANIFEST:
            raise ValueError("too long")
        manifest: dict[str, Any] = json.loads(archive.read(info))
        for one in manifest["members"]:
            if not (
                isinstance(one["name"], str)
                and isinstance(one["size"], int)
                and isinstance(one["sha256"], str)
            ):
                raise TypeError("not a member")
    except (*_READ_FAULTS, TypeError, _zlib_error()) as error:
        raise _damaged(MANIFEST) from error
    return manifest


def _zlib_error() -> type[Exception]:
    import zlib  # noqa: PLC0415  only its error

    return zlib.error


def _check_members(archive: zipfile.ZipFile, manifest: dict[str, Any], file_name: str) -> None:
    listed = [info.filename for info in archive.infolist()]
    known = {str(one["name"]) for one in manifest["members"]}
    for name in sorted(known - set(listed)):
        raise _damaged(name)
    if len(listed) != len(known) + 1 or len(manifest["members"]) != len(known):
        raise _damaged(file_name)
    for one in manifest["members"]:
        if not _is_as_written(archive, one):
            raise _damaged(str(one["name"]))


def _is_as_written(archive: zipfile.ZipFile, one: dict[str, Any]) -> bool:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(str(one["name"])) as member:
            while piece := member.read(CHUNK):
                size += len(piece)
                if size > one["size"]:
                    return False
                digest.update(piece)
    except (*_READ_FAULTS, _zlib_error()):
        return False
    return size == int(one["size"]) and digest.hexdigest() == str(one["sha256"])


def _damaged(name: str) -> RuleBroken:
    return RuleBroken(
        "transfer.damaged",
        "The file is damaged: %(name)s is not what was written, so nothing was opened. Copy it again from where it was made, or export once more.",
        field="file",
        name=name,
    )


def _not_ours(name: str) -> BadInput:
    return BadInput(
        "transfer.not_ours",
        "The file %(name)s is not a whole office as Nithet writes it.",
        field="file",
        name=name,
    )
