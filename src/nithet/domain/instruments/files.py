"""Keeping the sheets and media of forms by their content."""

from nithet.foundation.files import store
from nithet.foundation.files.store import StoredBlob

NAMESPACE = "instruments"


def keep(data: bytes) -> StoredBlob:
    """Keep a file; when this returns it survives a power cut and a row may name it."""
    return store.store(NAMESPACE, data)


def read(sha256: str) -> bytes:
    """Return the content of a kept file."""
    return store.read_blob(NAMESPACE, sha256)
