"""Where a file lies. The only place that builds paths, from names that have been checked."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

_NAMESPACE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SHARD = re.compile(r"[0-9a-f]{2}")

INCOMING = "incoming"
"""Folder of a namespace in which files are written before they get their name."""


def root() -> Path:
    """The folder of all files."""
    return Path(settings.NITHET_DATA) / "files"


def folder_of(namespace: str) -> Path:
    """The folder of a namespace; ValueError for a name that is not a plain word."""
    if not _NAMESPACE.fullmatch(namespace):
        raise ValueError(f"not a namespace: {namespace!r}")
    return root() / namespace


def path_of(namespace: str, sha256: str) -> Path:
    """The path of a file; ValueError for anything but a digest in lower-case hexadecimal."""
    if not _DIGEST.fullmatch(sha256):
        raise ValueError(f"not a SHA-256 digest: {sha256!r}")
    return folder_of(namespace) / sha256[:2] / sha256[2:4] / sha256


def namespaces() -> list[str]:
    """The namespaces that have a folder, sorted."""
    if not root().is_dir():
        return []
    return sorted(entry.name for entry in root().iterdir() if _NAMESPACE.fullmatch(entry.name))


def paths_in(namespace: str) -> Iterator[Path]:
    """The paths of all files of a namespace, in the order of their digests."""
    for first in _shards(folder_of(namespace)):
        for second in _shards(first):
            for path in sorted(second.iterdir()):
                if _DIGEST.fullmatch(path.name):
                    yield path


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; when this returns the entries are on the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o750, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Have the operating system write a folder's entries to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def guarding(namespace: str, *, alone: bool) -> Iterator[None]:
    """Keep clearing up (``alone``) and naming of new files (not alone) apart, across processes."""
    handle = os.open(folder_of(namespace) / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def _shards(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if _SHARD.fullmatch(entry.name))
