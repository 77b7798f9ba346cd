"""What stands behind the end of a file: telephones leave second pictures and clips there, attackers another file."""

import re

from nithet.foundation.files.workshop.kinds import Data, two_in_one

_MARKUP = re.compile(rb"<\s*(script|html|svg|iframe|!doctype\s+html|\?php)", re.IGNORECASE)
_ZIP_END = b"PK\x05\x06"
NEAR = 16
"""Bytes at the end that readers of ZIP overlook."""


def refuse_hidden(data: Data, end: int, kind: str) -> None:
    """Refuse a file with a ZIP, a page or a program from `end` on."""
    if has_zip_end(data):
        raise two_in_one(kind)
    if end >= len(data):
        return
    if data.find(_ZIP_END, end) >= 0:
        raise two_in_one(kind)
    if _MARKUP.search(data, end) or data[end : end + 4] in (b"\x7fELF", b"PK\x03\x04", b"%PDF"):
        raise two_in_one(kind)
    if data[end : end + 2] == b"MZ":
        raise two_in_one(kind)


def has_zip_end(data: Data) -> bool:
    """Whether the file could be opened as a ZIP: a directory's end record whose comment reaches the last bytes.

    A ZIP that lies whole within another file, such as one attached in a PDF, does not count.
    """
    first = max(0, len(data) - 65_557 - NEAR)
    at = data.rfind(_ZIP_END, first)
    while at >= 0:
        comment = int.from_bytes(data[at + 20 : at + 22], "little")
        if at + 22 <= len(data) and at + 22 + comment >= len(data) - NEAR:
            return True
        at = data.rfind(_ZIP_END, first, at)
    return False
