"""Thai and Arabic digits, both ways. Only digits change; every other character stays."""

from typing import Literal

Numerals = Literal["arabic", "thai"]

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)
_TO_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")


def to_thai(text: str) -> str:
    """Arabic digits become Thai ones.

    >>> to_thai("ปีงบประมาณ 2555")
    'ปีงบประมาณ ๒๕๕๕'
    """
    return text.translate(_TO_THAI)


def to_arabic(text: str) -> str:
    """Thai digits become Arabic ones.

    >>> to_arabic("มาตรา ๔๘ (พ.ศ. ๒๕๔๒)")
    'มาตรา 48 (พ.ศ. 2542)'
    """
    return text.translate(_TO_ARABIC)


def in_numerals(text: str, kind: Numerals) -> str:
    """Every digit of the text in one kind, whichever kinds it held before.

    >>> in_numerals("๑/2555", "arabic"), in_numerals("๑/2555", "thai")
    ('1/2555', '๑/๒๕๕๕')
    """
    return to_thai(text) if kind == "thai" else to_arabic(text)
