"""The two forms of a text that are compared and never shown: one for search, one for order."""

import re
import unicodedata

from nithet.kernel.numerals import THAI_DIGITS
from nithet.kernel.text import collapse, repair_thai

_TYPED = {
    **dict(zip(THAI_DIGITS, "0123456789", strict=True)),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚", "'"),
}
# A pattern, because str.translate looks every Thai letter up: half the time of the whole function.
_NOT_TYPED = re.compile(f"[{''.join(_TYPED)}]")
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_DOUBLED_MARK = re.compile(rf"([{_MARKS}])\1+")

_LEADING_VOWEL = re.compile(r"([เแโใไ])([ก-ฮ])")
_NUMBER = re.compile(r"[0-9]+")
_WEAK_MARKS = re.compile("[\u0e47-\u0e4e]")
# Lower than anything a collapsed text holds, so that a text sorts before those it begins.
_AFTER_LETTERS = "\t"


def search_form(text: str) -> str:
    """What search compares: two texts that look alike to a person have the same one.

    NFC, damage repaired, marks typed twice counted once, Thai digits Arabic, letters folded to small
    ones, dashes and quotation marks as a keyboard types them, white space collapsed. Taking it twice
    changes nothing more. Substrings are searched in it, so words are not cut.

    >>> search_form("  ข้อ\u00a0๕  การกำกับ – ดูแล (OBEC) ")
    'ข้อ 5 การกำกับ - ดูแล (obec)'
    """
    folded = unicodedata.normalize("NFD", collapse(text)).casefold()
    mended = repair_thai(unicodedata.normalize("NFC", folded))
    return _NOT_TYPED.sub(lambda match: _TYPED[match[0]], _DOUBLED_MARK.sub(r"\1", mended))


def sort_key(text: str) -> str:
    """A string whose order by code point is the order of the Thai dictionary.

    A vowel written before its consonant counts after it; tone marks and ์ decide only between texts
    that are otherwise equal; numbers count by their size ("กลุ่ม 2" before "กลุ่ม 10"), in either
    kind of digits; capital and small letters are equal. Compare by code point (Python, SQLite's
    BINARY, PostgreSQL's "C"), never by a database's own language rules.

    >>> sorted(["ไก่", "เกิด", "กาล", "เป็ด", "หมู", "วัว", "วันที่"], key=sort_key)
    ['กาล', 'เกิด', 'ไก่', 'เป็ด', 'วันที่', 'วัว', 'หมู']
    >>> sorted(["ข้าว", "ขาว", "ข่าว", "ขาวสะอาด"], key=sort_key)
    ['ขาว', 'ข่าว', 'ข้าว', 'ขาวสะอาด']
    """
    written = _LEADING_VOWEL.sub(r"\2\1", search_form(text))
    letters = _WEAK_MARKS.sub("", written)
    strong = _NUMBER.sub(_by_size, letters)
    if len(letters) == len(written):
        return strong
    return f"{strong}{_AFTER_LETTERS}{_marks_in_place(written)}"


def _by_size(match: re.Match[str]) -> str:
    digits = match[0].lstrip("0") or "0"
    return f"{len(digits):03}{digits}"


def _marks_in_place(written: str) -> str:
    """The weak marks alone, with a blank for every letter, so that the first difference decides."""
    return re.sub(f"[^{_WEAK_MARKS.pattern[1:-1]}]", " ", written).rstrip()
