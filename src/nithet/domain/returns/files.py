"""Keeping the files of returns by their content: what was imported, what came back, what was issued."""

from collections import OrderedDict
from threading import Lock
from time import monotonic

from nithet.foundation.files import places, store
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


_Stamp = tuple[int, int, int]
_verified: OrderedDict[str, tuple[_Stamp, float, bool]] = OrderedDict()
_guard = Lock()
_REMEMBERED = 5_000
_FOR = 3_600.0
"""Seconds after which a file is read through again although the disk says that nobody touched it."""


def is_whole(sha256: str) -> bool:
    """Say whether a kept file is there and still has its digest.

    It is read through at most once an hour, and again at once when the disk says that it was touched: whoever asks about
    a paper over and over does not make the machine read it over and over.
    """
    try:
        found = places.path_of(NAMESPACE, sha256).stat()
    except (OSError, ValueError):
        return False
    stamp, now = (found.st_mtime_ns, found.st_size, found.st_ino), monotonic()
    with _guard:
        remembered = _verified.get(sha256)
    if remembered and remembered[0] == stamp and now - remembered[1] < _FOR:
        return remembered[2]
    answer = store.verify(NAMESPACE, sha256)
    with _guard:
        _verified[sha256] = (stamp, now, answer)
        while len(_verified) > _REMEMBERED:
            _verified.popitem(last=False)
    return answer
