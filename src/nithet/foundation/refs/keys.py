"""Keys that come as text: from an address, a form, a reference. A database fails on a number that it cannot hold."""

from collections.abc import Iterable

LARGEST = 2**63 - 1
_DIGITS = len(str(LARGEST))


def row_key(text: str) -> int | None:
    """Return the key that a text names; None for a text that names no row of any table."""
    if not text.isdecimal() or len(text) > _DIGITS:
        return None
    key = int(text)
    return key if key <= LARGEST else None


def row_keys(texts: Iterable[str]) -> list[int]:
    """Return the keys that texts name; those that name no row are left out."""
    return [key for text in texts if (key := row_key(text)) is not None]
