"""Figures in a text, and which of them two versions of the text do not share."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from nithet.kernel.numerals import to_arabic

_FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|\s+|[^\s0-9]")


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure that reads differently now; None where it was added or taken out. Arabic digits."""

    before: str | None
    after: str | None


def figures_in(text: str) -> tuple[str, ...]:
    """The figures of a text in order, in Arabic digits.

    >>> figures_in("เยี่ยม ๑๓ โรงเรียน วันที่ 24 งบ 1,500.50 บาท")
    ('13', '24', '1,500.50')
    """
    return tuple(_FIGURE.findall(to_arabic(text)))


def changed_figures(before: str, after: str) -> tuple[ChangedFigure, ...]:
    """The figures in which two versions of a text differ, each with the one it stands for.

    Thai and Arabic digits say the same.

    >>> changed_figures("ออกเยี่ยม 13 โรงเรียน 4 วัน", "ออกเยี่ยม 14 โรงเรียน ๔ วัน")
    (ChangedFigure(before='13', after='14'),)
    >>> changed_figures("ครู 2 คน", "ครู 2 คน รวม 3 แห่ง")
    (ChangedFigure(before=None, after='3'),)
    """
    old, new = figures_in(before), figures_in(after)
    if old == new:
        return ()
    if len(old) == len(new):
        pairs = zip(old, new, strict=True)
        return tuple(ChangedFigure(b, a) for b, a in pairs if b != a)
    return tuple(_by_surroundings(to_arabic(before), to_arabic(after)))


def _by_surroundings(before: str, after: str) -> list[ChangedFigure]:
    """Figures that changed within the same words belong together."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[ChangedFigure] = []
    for tag, b1, b2, a1, a2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone = [token for token in old[b1:b2] if _FIGURE.fullmatch(token)]
            come = [token for token in new[a1:a2] if _FIGURE.fullmatch(token)]
            pairs = zip_longest(gone, come)
            found.extend(ChangedFigure(b, a) for b, a in pairs if b != a)
    return found
