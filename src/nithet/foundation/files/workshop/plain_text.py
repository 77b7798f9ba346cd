"""Plain text and CSV: what no program starts, in the encodings that Thai offices write."""

import re

from nithet.foundation.files.names import extension_of
from nithet.foundation.files.workshop.kinds import (
    CSV,
    RTF,
    TEXT,
    Data,
    Found,
    not_accepted,
    reaching_out,
)

SAMPLE_BYTES = 1024 * 1024
_BLANKS = frozenset(b"\t\n\x0b\f\r")
_MARKUP = re.compile(
    r"\s*(<!--.*?-->\s*)*<(!doctype|html|head|body|svg|script|iframe|\?xml|\?php|%|meta|img|a\s|x:|math|form|object|embed|"
    r"style|title|table|div|frameset|base|link|animate)",
    re.IGNORECASE | re.DOTALL,
)
_SCRIPT = re.compile(r"<\s*/?\s*(script|svg|iframe|foreignobject|html)\b", re.IGNORECASE)
_PROGRAM = re.compile(
    r"(#!\s*/|@echo off|mime-version:\s|\[internetshortcut\]|\[autorun\])", re.IGNORECASE
)
_RTF_ACTIVE = re.compile(
    rb"\\(objdata|objemb|objlink|objautlink|objupdate|objocx|\*\\template|template|ddeauto|fldinst[^}]{0,80}(DDE|INCLUDE))",
    re.IGNORECASE,
)
NAMES = (*TEXT.extensions, *CSV.extensions, "")


def look(data: Data, name: str, depth: int) -> Found | None:
    """Accept text in UTF-8, UTF-16 with its mark, or Windows-874; refuse markup that a browser could run."""
    if data[:5] == b"{\\rtf":
        if _RTF_ACTIVE.search(data):
            raise reaching_out("RTF")
        return Found(RTF)
    extension = extension_of(name)
    if extension and extension not in NAMES:
        # It is text and says to be a document or picture: nobody could open it as what it says.
        return None
    text = read(data)
    if text is None:
        return None
    if _MARKUP.match(text) or _SCRIPT.search(text) or _PROGRAM.match(text.lstrip()):
        raise not_accepted()
    return Found(CSV if extension in CSV.extensions else TEXT)


def read(data: Data, most: int = SAMPLE_BYTES) -> str | None:
    """The beginning of a text, or None for what is no text."""
    sample = bytes(data[:most])
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(sample[: len(sample) // 2 * 2], "utf-16", len(data) > most)
    if any(byte < 32 and byte not in _BLANKS for byte in sample) or b"\x7f" in sample:
        return None
    for encoding in ("utf-8-sig", "cp874"):
        if (text := _decoded(sample, encoding, len(data) > most)) is not None:
            return text
    return None


def _decoded(sample: bytes, encoding: str, is_cut: bool) -> str | None:  # noqa: FBT001
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as error:
        # A sample may end in the middle of a character.
        if not is_cut or error.start < len(sample) - 4:
            return None
        text = sample[: error.start].decode(encoding)
    if any(ord(mark) < 32 and ord(mark) not in _BLANKS for mark in text):
        return None
    return text
