"""Keeping the files of returns by their content: what was imported, what came back, what was issued."""

from nithet.foundation.files import store
from nithet.foundation.files.store import StoredBlob

NAMESPACE = "returns"
LARGEST = 60 * 1024 * 1024
"""Bytes. The reader refuses what is larger, with its own words, before anything is kept."""


def keep(data: bytes) -> StoredBlob:
    """Keep a file; when this returns it survives a power cut and a row may name it."""
    return store.store(NAMESPACE, data, largest=LARGEST)


def read(sha256: str) -> bytes:
    """Return a kept file; raises `RuleBroken` "files.missing" where it is gone."""
    return store.read_blob(NAMESPACE, sha256)


def is_whole(sha256: str) -> bool:
    """Say whether a kept file is there and still has its digest."""
    return store.verify(NAMESPACE, sha256)
