"""Repair of text that files, keyboards and copying have damaged, without changing what it says."""

import re
import unicodedata

# Zero-width spaces and joiners, marks of direction, soft hyphen, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")

_TONES = "\u0e48-\u0e4b"
_VOWEL_MARKS = "\u0e31\u0e34-\u0e39"
_AM = "\u0e33"
_BLANK = "[ \u00a0]"

_SPLIT_AM = re.compile(rf"\u0e4d{_BLANK}?([{_TONES}]*){_BLANK}?\u0e32")
_STRAY_AM = re.compile(rf"([ก-ฮ][{_TONES}]*){_BLANK}+{_AM}")
# Whole runs, also sound ones: looking ahead for a mark out of place takes the square of a long run.
_TONES_AND_AM = re.compile(rf"[{_TONES}{_AM}]{{2,}}")
_TONES_AND_VOWELS = re.compile(rf"[{_TONES}{_VOWEL_MARKS}]{{2,}}")


def collapse(text: str) -> str:
    r"""Every run of white space becomes one space and the ends are cut.

    No-break spaces, tabs, line and form feeds count as white space. Zero-width marks vanish, since
    they part no words for a reader.

    >>> collapse("  กลุ่ม\u00a0\u00a0นิเทศ\x0c\n ติดตาม\u200b ")
    'กลุ่ม นิเทศ ติดตาม'
    >>> collapse("โรง\u200bเรียน")
    'โรงเรียน'
    """
    return " ".join(_INVISIBLE.sub("", text).split())


def repair_thai(text: str) -> str:
    r"""Thai letters in the order in which they should have been stored.

    A sara am that was split is joined (also around a tone mark or one space), one that stands apart
    returns to its consonant, a doubled sara e is sara ae, a tone mark stored before its vowel goes
    behind it, and the whole is NFC (never NFKC, which would split every sara am again). Repairing
    twice changes nothing more.

    >>> repair_thai("น\u0e4d\u0e32"), repair_thai("น\u0e49\u0e4d\u0e32"), repair_thai("ท ำ")
    ('นำ', 'น้ำ', 'ทำ')
    >>> repair_thai("น\u0e4d\u0e49\u0e32"), repair_thai("น\u0e33\u0e49")
    ('น้ำ', 'น้ำ')
    >>> repair_thai("\u0e40\u0e40ผน"), repair_thai("ท\u0e48\u0e35")
    ('แผน', 'ที่')
    """
    text = _SPLIT_AM.sub(rf"\1{_AM}", text)
    text = _STRAY_AM.sub(rf"\1{_AM}", text)
    text = _TONES_AND_AM.sub(_tones_first, text)
    text = _TONES_AND_VOWELS.sub(_vowels_first, text)
    text = text.replace("\u0e40\u0e40", "\u0e41")
    return unicodedata.normalize("NFC", text)


def _tones_first(match: re.Match[str]) -> str:
    return "".join(sorted(match[0], key=lambda mark: mark == _AM))


def _vowels_first(match: re.Match[str]) -> str:
    return "".join(sorted(match[0], key=lambda mark: "\u0e48" <= mark <= "\u0e4b"))
