"""What may stand in a text, and what is made of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_AROUND = 30

REPLACEMENT = "\ufffd"
"""Stands, visibly, for a character that no paper can show."""

_WHITE = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u00a0\u2028\u2029]")
# Characters that no XML and no font holds: the rest of the controls, lone surrogates, and the
# non-characters at the end of the first plane.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# They show nothing; left in, they would stand in the text layer and turn the order of letters.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_SYMBOLS = re.compile("([\u2190-\u2bff\ufffd]+)")


def printable(text: str) -> str:
    r"""The text as paper can show it.

    Line ends, tabs and no-break spaces become spaces, invisible marks vanish, and what cannot be
    shown is replaced visibly.

    >>> printable("ก\tข\n\u200bค\x00")
    'ก ข ค\ufffd'
    """
    text = _WHITE.sub(" ", text)
    text = _UNPRINTABLE.sub(REPLACEMENT, text)
    return _INVISIBLE.sub("", text)


def symbol_pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is of symbols that a text font may lack.

    >>> list(symbol_pieces("☑ ระดับ 1"))
    [('☑', True), (' ระดับ 1', False)]
    """
    for index, piece in enumerate(_SYMBOLS.split(text)):
        if piece:
            yield piece, index % 2 == 1


def is_symbols(text: str) -> bool:
    """Whether the text is made of such symbols alone.

    >>> is_symbols("☑"), is_symbols("☑ 1")
    (True, False)
    """
    return _SYMBOLS.fullmatch(text) is not None


def near(letter: str, texts: Iterable[str]) -> str:
    """Some words around the first place of a letter; empty where it stands nowhere.

    >>> near("☃", ["ก", "หิมะ ☃ ตก"])
    'หิมะ ☃ ตก'
    """
    for text in texts:
        at = printable(text).find(letter)
        if at >= 0:
            return printable(text)[max(0, at - _AROUND) : at + len(letter) + _AROUND].strip()
    return ""
