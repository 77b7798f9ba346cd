"""Classes of basic education: their codes, their Thai names, and how lists write which ones a school offers."""

import re

from nithet.kernel.errors import BadInput
from nithet.kernel.numerals import to_arabic
from nithet.kernel.text import collapse

LEVELS = {
    "k1": "อ.1",
    "k2": "อ.2",
    "k3": "อ.3",
    "p1": "ป.1",
    "p2": "ป.2",
    "p3": "ป.3",
    "p4": "ป.4",
    "p5": "ป.5",
    "p6": "ป.6",
    "m1": "ม.1",
    "m2": "ม.2",
    "m3": "ม.3",
    "m4": "ม.4",
    "m5": "ม.5",
    "m6": "ม.6",
}
"""Code -> Thai abbreviation, in order of age; อ. is early childhood (อนุบาล, the class for three-year-olds is อ.1)."""

_ORDER = list(LEVELS)
_STAGES = {
    "อ": "k",
    "อนุบาล": "k",
    "ป": "p",
    "ประถม": "p",
    "ประถมศึกษาปีที่": "p",
    "ม": "m",
    "มัธยม": "m",
    "มัธยมศึกษาปีที่": "m",
}
_ENDS = {"k": (1, 3), "p": (1, 6), "m": (1, 6)}
_CLASS = re.compile(r"(มัธยมศึกษาปีที่|ประถมศึกษาปีที่|อนุบาล|ประถม|มัธยม|[อปม])\s?\.?\s?([1-6])?")
_TO = re.compile(r"\s?(?:[-–—]|ถึง)\s?")
_BETWEEN = re.compile(r"\s?(?:[,;/]|\sและ\s)\s?|\s")


def level_of(text: str) -> str | None:
    """Return the code of one class as a heading names it; None where it names none.

    >>> level_of("ป.๖"), level_of("อนุบาล 2"), level_of("จำนวนนักเรียน ม.1"), level_of("นักเรียน")
    ('p6', 'k2', 'm1', None)
    """
    bare = re.sub(r"^(?:จำนวน)?\s?(?:นักเรียน)?\s?(?:ชั้น)?\s?", "", to_arabic(collapse(text)))
    match = _CLASS.fullmatch(re.sub(r"\s?\((?:คน|รวม)\)$|\s?รวม$", "", bare))
    if match is None or match[2] is None:
        return None
    code = f"{_STAGES[match[1]]}{match[2]}"
    return code if code in LEVELS else None


def levels_of(text: str) -> list[str]:
    """Return the codes of the classes that a list says a school offers, in order.

    Raises `BadInput` where a part of it is no class.

    >>> levels_of("อ.2-ป.2"), levels_of("อนุบาล ๑ ถึง อนุบาล ๒, ม.1-3")
    (['k2', 'k3', 'p1', 'p2'], ['k1', 'k2', 'm1', 'm2', 'm3'])
    >>> levels_of("อนุบาล-ป.1"), levels_of("")
    (['k1', 'k2', 'k3', 'p1'], [])
    """
    tidy = to_arabic(collapse(text))
    found: set[str] = set()
    for part in _BETWEEN.split(_TO.sub("-", re.sub(r"(?<=[อปมลม])\s?\.?\s(?=[1-6])", ".", tidy))):
        if part:
            found.update(_span(part, text))
    return [code for code in _ORDER if code in found]


def _span(part: str, text: str) -> list[str]:
    first, _, last = part.partition("-")
    start = _ends(first, "", text)
    end = _ends(last, start[0][0], text) if last else start
    lower, upper = _ORDER.index(start[0]), _ORDER.index(end[1])
    if upper < lower:
        raise _unreadable(text)
    return _ORDER[lower : upper + 1]


def _ends(part: str, stage: str, text: str) -> tuple[str, str]:
    """Return the first and the last class that a word names: one class, or a whole stage."""
    if stage and part.isdecimal() and f"{stage}{part}" in LEVELS:
        return f"{stage}{part}", f"{stage}{part}"
    match = _CLASS.fullmatch(part)
    if match is None:
        raise _unreadable(text)
    letter = _STAGES[match[1]]
    if match[2] is None:
        first, last = _ENDS[letter]
        return f"{letter}{first}", f"{letter}{last}"
    if (code := f"{letter}{match[2]}") not in LEVELS:
        raise _unreadable(text)
    return code, code


def _unreadable(text: str) -> BadInput:
    return BadInput(
        "levels.unreadable",
        "“%(text)s” does not say which classes. Write it like อ.2-ป.6.",
        text=text,
    )


def said_levels(codes: list[str]) -> str:
    """Return classes as an office writes them, runs joined; `levels_of` reads it back.

    >>> said_levels(["k2", "k3", "p1", "p2"]), said_levels(["p6"]), said_levels(["k1", "m1", "m2"])
    ('อ.2-ป.2', 'ป.6', 'อ.1, ม.1-ม.2')
    """
    runs: list[list[int]] = []
    for at in sorted(_ORDER.index(code) for code in codes if code in LEVELS):
        if runs and runs[-1][1] == at - 1:
            runs[-1][1] = at
        else:
            runs.append([at, at])
    names = list(LEVELS.values())
    return ", ".join(names[a] if a == b else f"{names[a]}-{names[b]}" for a, b in runs)
