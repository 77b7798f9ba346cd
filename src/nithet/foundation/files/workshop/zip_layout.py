"""The layout of a ZIP file, read without unpacking: every member where it says to be, none twice, none outside."""

import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from nithet.foundation.files.workshop.kinds import Data, bomb, damaged, locked, two_in_one
from nithet.foundation.files.workshop.mapped import Reading
from nithet.kernel.errors import BadInput

MOST_MEMBERS = 5_000
MOST_BYTES = 300 * 1024 * 1024
"""Of all members together, unpacked."""
MOST_RATIO = 200
"""How many times larger a member of more than `ALWAYS_FINE` may be than it is in the archive."""
ALWAYS_FINE = 8 * 1024 * 1024
_CHUNK = 256 * 1024
_LOCAL = b"PK\x03\x04"
_WINDOWS_ROOT = re.compile(r"^[a-zA-Z]:")


@contextmanager
def opened(data: Data) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file whose layout is sound; `BadInput` for bombs, overlaps, links and paths that lead out."""
    try:
        archive = zipfile.ZipFile(Reading(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise damaged("ZIP") from error
    with archive:
        members = archive.infolist()
        _check_sizes(members)
        for member in members:
            _check_member(member)
        _check_places(data, archive, members)
        yield archive


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise bomb()
    for member in members:
        packed = max(1, member.compress_size)
        if member.file_size > ALWAYS_FINE and member.file_size / packed > MOST_RATIO:
            raise bomb()


def _check_member(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 0x1:
        raise locked()
    name = member.orig_filename.replace("\\", "/")
    leads_out = name.startswith("/") or _WINDOWS_ROOT.match(name) or ".." in name.split("/")
    if leads_out or "\0" in name or posixpath.normpath(name).startswith(".."):
        raise _misplaced()
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise _misplaced()


def _misplaced() -> BadInput:
    return BadInput(
        "files.misplaced",
        "This ZIP file holds links, or paths that lead out of it, so it was refused. Pack the files anew.",
        field="file",
    )


def _check_places(data: Data, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """No byte belongs to two members, none stands before the first or behind the directory."""
    before = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        start = member.header_offset
        local = data[start : start + 30]
        if start < before:
            raise bomb()
        if len(local) < 30 or local[:4] != _LOCAL:
            raise damaged("ZIP")
        name_length = int.from_bytes(local[26:28], "little")
        if _name_bytes(data, start, name_length) != _central_name(member):
            raise damaged("ZIP")
        extra = int.from_bytes(local[28:30], "little")
        before = start + 30 + name_length + extra + member.compress_size
        if before > archive.start_dir:
            raise bomb()
    first = min((member.header_offset for member in members), default=0)
    if first > 0 or len(archive.comment) > 1024:
        raise two_in_one("ZIP")


def _name_bytes(data: Data, start: int, length: int) -> bytes:
    return bytes(data[start + 30 : start + 30 + length])


def _central_name(member: zipfile.ZipInfo) -> bytes:
    try:
        return member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437")
    except UnicodeEncodeError as error:
        raise damaged("ZIP") from error


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member's bytes, no more than it announced; `BadInput` where it is damaged or larger."""
    kept, size = [], 0
    try:
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > member.file_size:
                    raise bomb()
                kept.append(piece)
    except (
        zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error,
    ) as error:  # fmt: skip
        raise damaged("ZIP") from error
    if size != member.file_size:
        raise damaged("ZIP")
    return b"".join(kept)
