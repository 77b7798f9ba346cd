"""List marks at the beginning of a line: "1.", "1.3.8", "2.)", "1)", "(1)", "ก)", "-"."""

import re
from typing import NamedTuple

from nithet.kernel.text import collapse

_NUMBER = r"\d{1,3}"
_DOTTED = rf"{_NUMBER}(?:\.{_NUMBER})+(?:\s?\.)?\)?"
_SINGLE = rf"{_NUMBER}(?:\s?\.\)|\s?\.(?:\s?\.)?|\s?\))"
_BRACKETED = rf"\(\s?(?:{_NUMBER}|[ก-ฉ])\s?\)"
_LETTER = r"[ก-ฉ]\)"
_DASH = r"[-–—•▪●·‣➢➤►▶◆❖\uf0a7\uf0b7\uf0d8\uf076\uf06c\uf06e](?!\d)|\*(?=\s)"
_MARK = re.compile(
    rf"\s*(?P<mark>(?:{_DOTTED}|{_SINGLE})(?!\.?\d)|{_BRACKETED}|{_LETTER}|{_DASH})(?P<rest>.*)",
    re.DOTALL,
)
_SYMBOL = re.compile("[\uf000-\uf0ff]")
_ANY_GLYPH = re.compile("\\s*[\uf000-\uf0ff☐□▢◻☑☒✓✔]\\s*(?=\\S)")
BULLET = "•"


class Marked(NamedTuple):
    """A line that begins with a list mark."""

    mark: str
    """As the author wrote it, white space collapsed; a symbol-font bullet is "•"."""
    rest: str


def split_mark(text: str) -> Marked | None:
    """The list mark at the beginning of a text, or None.

    >>> [split_mark(t) for t in ("1.1. วางแผน", "4. .แนวทาง", "2.)  การ")]
    [Marked(mark='1.1.', rest=' วางแผน'), Marked(mark='4. .', rest='แนวทาง'), Marked(mark='2.)', rest='  การ')]
    >>> [split_mark(t) for t in ("15 ปี", "2555. ", "24.5.2555", "-5 องศา", "(ช่วงเดือน")]
    [None, None, None, None, None]
    """
    match = _MARK.match(text)
    if match is None:
        return None
    return Marked(_SYMBOL.sub(BULLET, collapse(match["mark"])), match["rest"])


def split_bullet(text: str) -> Marked | None:
    """A glyph that serves as a bullet where no boxes are expected, or None.

    >>> split_bullet("☐ จัดอบรม")
    Marked(mark='•', rest='จัดอบรม')
    """
    match = _ANY_GLYPH.match(text)
    return Marked(BULLET, text[match.end() :]) if match else None


def number_of(mark: str) -> int | None:
    """The number of a mark with one number only ("1.", "2.)", "4. ."); else None.

    >>> number_of("4. ."), number_of("๒."), number_of("1.1"), number_of("-")
    (4, 2, None, None)
    """
    numbers = re.findall(r"\d+", mark)
    return int(numbers[0]) if len(numbers) == 1 else None
