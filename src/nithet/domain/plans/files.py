"""Keeping the files of old plans by their content."""

from nithet.foundation.files import store
from nithet.foundation.files.store import StoredBlob

NAMESPACE = "plans"


def keep(data: bytes) -> StoredBlob:
    """Keep a file; when this returns it survives a power cut and a row may name it."""
    return store.store(NAMESPACE, data)
