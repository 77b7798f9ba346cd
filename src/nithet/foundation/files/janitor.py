"""Clearing up what an interrupted process left behind."""

import time
from collections.abc import Collection, Iterator
from datetime import timedelta

from nithet.foundation.files import places
from nithet.foundation.files.store import StoredBlob

ABANDONED_AFTER = timedelta(hours=1)
"""An unfinished file that nobody has written to for so long belongs to nobody any more."""

UNREFERENCED_AFTER = timedelta(days=1)
"""Longer than any transaction: a file may be on the disk before the row that names it."""


def remove_unfinished(older_than: timedelta = ABANDONED_AFTER) -> int:
    """Remove half-received files of all namespaces; return how many.

    Zero is right only for whoever holds the data folder alone, such as a starting server.
    """
    removed = 0
    for namespace in places.namespaces():
        incoming = places.folder_of(namespace) / places.INCOMING
        if not incoming.is_dir():
            continue
        for path in incoming.iterdir():
            if _age_s(path.stat().st_mtime) >= older_than.total_seconds():
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def unreferenced(namespace: str, referenced: Collection[str]) -> Iterator[StoredBlob]:
    """The files of a namespace whose digest is not among those that rows name."""
    known = frozenset(referenced)
    if not places.folder_of(namespace).is_dir():
        return
    for path in places.paths_in(namespace):
        if path.name not in known:
            yield StoredBlob(path.name, path.stat().st_size)


def remove_unreferenced(
    namespace: str, referenced: Collection[str], older_than: timedelta = UNREFERENCED_AFTER
) -> int:
    """Remove files that no row names and nobody has stored for a while; return how many.

    ``referenced`` must be all digests that any row names, read just before. A file stored again
    meanwhile counts as new and stays.
    """
    removed = 0
    for blob in list(unreferenced(namespace, referenced)):
        with places.guarding(namespace, alone=True):
            path = places.path_of(namespace, blob.sha256)
            if _age_s(path.stat().st_mtime) >= older_than.total_seconds():
                path.unlink()
                removed += 1
    return removed


def _age_s(modified: float) -> float:
    # The file system stamps files by the machine's clock, so it is asked and not ``kernel.clock``.
    return time.time() - modified
