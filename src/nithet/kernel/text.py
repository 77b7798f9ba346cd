"""Repair of text that files, keyboards and copying have damaged, without changing what it says."""

import re
import unicodedata

# Python's \s has the no-break space and the form feed; the zero-width ones and the byte order mark are not in it.
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_INVISIBLE = re.compile(f"[{_ZERO_WIDTH}]+")

_TONE = "\u0e48-\u0e4b"
_ABOVE = "\u0e31\u0e34-\u0e37"
_SPLIT_AM = re.compile(rf"\u0e4d[ \u00a0]?([{_TONE}]?)[ \u00a0]?\u0e32")
_STRAY_AM = re.compile(rf"([ก-ฮ][{_TONE}]?)[ \u00a0]+\u0e33")
_AM_BEFORE_TONE = re.compile(rf"\u0e33([{_TONE}])")
_TONE_BEFORE_VOWEL = re.compile(rf"([{_TONE}])([{_ABOVE}])")


def collapse(text: str) -> str:
    """Every run of white space becomes one space, the ends are cut; no-break spaces and form feeds count.

    Zero-width marks vanish where they stand alone, since they part no words for a reader.

    >>> collapse("  กลุ่ม\\u00a0\\u00a0นิเทศ\\x0c\\n ติดตาม\\u200b ")
    'กลุ่ม นิเทศ ติดตาม'
    >>> collapse("โรง\\u200bเรียน")
    'โรงเรียน'
    """
    return " ".join(_INVISIBLE.sub("", text).split())


def repair_thai(text: str) -> str:
    """Thai letters as they should have been stored: nothing that a reader sees changes.

    A sara am that was split (also around a tone mark or a space) is joined, a doubled sara e is sara ae, a tone mark
    stored before its vowel goes behind it, and the whole is NFC (never NFKC, which would split every sara am again).

    >>> repair_thai("น\\u0e4d\\u0e32"), repair_thai("น\\u0e49\\u0e4d\\u0e32"), repair_thai("น\\u0e4d\\u0e49\\u0e32")
    ('นำ', 'น้ำ', 'น้ำ')
    >>> repair_thai("เเผน"), repair_thai("ท ำ"), repair_thai("ท\\u0e48\\u0e35")
    ('แผน', 'ทำ', 'ที่')
    """
    text = _SPLIT_AM.sub("\\1\u0e33", text)
    text = _STRAY_AM.sub("\\1\u0e33", text)
    text = _AM_BEFORE_TONE.sub("\\1\u0e33", text)
    text = _TONE_BEFORE_VOWEL.sub(r"\2\1", text)
    text = text.replace("\u0e40\u0e40", "\u0e41")
    return unicodedata.normalize("NFC", text)
