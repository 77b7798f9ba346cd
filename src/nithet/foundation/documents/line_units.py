"""Where a line of Thai may break.

Thai is written without spaces between words, so whoever sets a line must know the words. Typst asks
a neural network, letter by letter, which costs four fifths of its time and now and then splits a
word. Here the text is cut once, into the likeliest words that cover it, and the engine is given
units that it must not break.

Words and their frequencies are two lists that PyThaiNLP carries (both CC0). Only those files are
read: importing the library and building its trie takes half a second of every first document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import accumulate, islice
from math import log
from pathlib import Path
from typing import NamedTuple

LONGEST_UNIT = 26
"""Letters after which a unit without any known break is cut all the same, so that an address of ten
thousand letters stays inside its cell."""

_LEADING_VOWELS = "เแโใไ"
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_THAI_LETTERS = "ก-ฮฤฦะ-ฺเ-๎"

# A consonant with its vowels and marks and a silenced consonant behind it: nothing breaks in there.
_CLUSTER = re.compile(
    rf"[{_LEADING_VOWELS}]*[ก-ฮ][{_MARKS}ะาำๅ]*(?:[ก-ฮ][ิุ]?์)?|[^ก-ฮ{_LEADING_VOWELS}]|."
)
_TOKEN = re.compile(
    rf"ฯลฯ|(?<![ก-๎])[ก-ฮ]{{1,6}}(?=\.)|(?P<thai>[{_THAI_LETTERS}]+)|(?P<space>\s+)|(?P<word>[^\W_ก-๎]+)|(?P<other>.)",
    re.DOTALL,
)

_OPENING = frozenset("([{“‘«<\"'")
_CLOSING = frozenset(")]}”’»>\"'.,;:!?%ฯๆ…/\\-–—_=&@#*+~|")
# A line may end after these though no space follows. Never after a hyphen: readers of PDF take one at
# the end of a line for the mark of a parted word and drop it.
_BREAK_AFTER = frozenset(",;:/\\–—)]}”’»?!…&=")

_COMPOUND_FROM = 13
_PART_FROM = 4
"""A known word of that many letters may break where words of this many make it up."""

_FREQUENT = 20_000
"""Lines of the frequency list that are read; it is sorted, the rest are rarities."""
_RARE = 17.0
"""Cost of a dictionary word that is not among them: once in some twenty million words."""
_SHORT = 3
_UNKNOWN = 12.0
"""Cost of a letter that no word covers: two of them cost more than any word."""


class _Dictionary(NamedTuple):
    costs: dict[str, float]
    """Every word with minus the logarithm of its frequency."""
    longest: dict[str, int]
    """The length of the longest word that begins with these two letters."""


def units(text: str) -> tuple[str, ...]:
    """The text cut wherever a line may break; joined they give the text back.

    White space stands as a unit of its own.

    >>> units("มีแผนงาน/โครงการ (School-Based) อย่างน้อย 1 แผน")
    ('มี', 'แผนงาน/', 'โครงการ', ' ', '(School-Based)', ' ', 'อย่าง', 'น้อย', ' ', '1', ' ', 'แผน')
    """
    return tuple(_glued(_tokens(text)))


def thai_words(run: str) -> tuple[str, ...]:
    """A run of Thai letters cut into words; what no word covers stays in one piece.

    >>> thai_words("การประกันคุณภาพภายในสถานศึกษา")
    ('การ', 'ประกัน', 'คุณภาพ', 'ภายใน', 'สถาน', 'ศึกษา')
    """
    return _words_of_run(run)


def _tokens(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "thai":
            yield from _words_of_run(match[0])
        else:
            yield match[0]


def _glued(tokens: Iterable[str]) -> Iterator[str]:
    """Tokens that must stay on one line joined; units that are too long cut."""
    unit = ""
    for token in tokens:
        fits = len(unit) + len(token) <= LONGEST_UNIT
        if unit and fits and not _may_break(unit, token):
            unit += token
            continue
        whole = unit.rstrip("-") if _may_not_end_here(unit, token) else unit
        yield from _cut(whole)
        unit = unit[len(whole) :] + token
    yield from _cut(unit)


def _may_break(before: str, after: str) -> bool:
    left, right = before[-1], after[0]
    if left.isspace() or right.isspace():
        return True
    if left in _OPENING or right in _CLOSING:
        return False
    if left in _BREAK_AFTER:
        # "5.4", "1/2555" and "10-15" stay whole.
        return not (right.isdigit() and len(before) > 1 and before[-2].isdigit())
    # A number belongs to the word before or behind it; "พ.ศ." and "1.2" hold together at the stop.
    return _is_thai(right) if left not in "._" and not left.isdigit() else False


def _may_not_end_here(unit: str, token: str) -> bool:
    return unit.endswith("-") and not token[0].isspace() and unit.strip("-") != ""


def _is_thai(letter: str) -> bool:
    return "ก" <= letter <= "๎" and not letter.isdigit()


def _cut(unit: str) -> Iterator[str]:
    if len(unit) <= LONGEST_UNIT:
        if unit:
            yield unit
        return
    piece = ""
    for cluster in _CLUSTER.findall(unit):
        if len(piece) + len(cluster) > LONGEST_UNIT:
            yield piece
            piece = ""
        piece += cluster
    yield piece


@lru_cache(maxsize=20_000)
def _words_of_run(run: str) -> tuple[str, ...]:
    words = (part for word in _likeliest_words(run) for part in _parts_of_compound(word))
    return tuple(_lone_letters_joined(words))


def _lone_letters_joined(words: Iterable[str]) -> Iterator[str]:
    """A letter that no word covers goes with the word behind it."""
    held = ""
    for word in words:
        if len(word) == 1 and word not in _dictionary().costs:
            held += word
        else:
            yield held + word
            held = ""
    if held:
        yield held


@lru_cache(maxsize=20_000)
def _parts_of_compound(word: str) -> tuple[str, ...]:
    """A long word as the shorter words it is made of, where words of some length cover it."""
    known = _dictionary().costs
    if len(word) < _COMPOUND_FROM or word not in known:
        return (word,)
    parts = _likeliest_words(word, longest=len(word) - 1, shortest=_PART_FROM)
    return parts if all(part in known for part in parts) else (word,)


class _Best(NamedTuple):
    """The best way from a place to the end: what it costs, and the next place."""

    cost: float
    end: int
    known: bool


def _likeliest_words(run: str, *, longest: int = 64, shortest: int = 1) -> tuple[str, ...]:
    """The words whose frequencies, multiplied, are greatest, reckoned from the end of the run."""
    places = _cluster_ends(run)
    dictionary = _dictionary()
    best: dict[int, _Best] = {len(run): _Best(0.0, len(run), known=True)}
    for index in range(len(places) - 2, -1, -1):
        start, end = places[index], places[index + 1]
        chosen = _Best(best[end].cost + _UNKNOWN * (end - start), end, known=False)
        reach = min(dictionary.longest.get(run[start : start + 2], 0), longest)
        for following in range(index + 1, len(places)):
            end = places[following]
            if end - start > reach:
                break
            cost = dictionary.costs.get(run[start:end])
            if cost is not None and end - start >= shortest and best[end].cost + cost < chosen.cost:
                chosen = _Best(best[end].cost + cost, end, known=True)
        best[start] = chosen
    return _pieces(run, best)


def _pieces(run: str, best: dict[int, _Best]) -> tuple[str, ...]:
    """Follow the best way; letters without a word that follow one another are one piece."""
    pieces: list[str] = []
    start, unknown_from = 0, -1
    while start < len(run):
        step = best[start]
        if step.known and unknown_from >= 0:
            pieces.append(run[unknown_from:start])
            unknown_from = -1
        if step.known:
            pieces.append(run[start : step.end])
        elif unknown_from < 0:
            unknown_from = start
        start = step.end
    if unknown_from >= 0:
        pieces.append(run[unknown_from:])
    return tuple(pieces)


def _cluster_ends(run: str) -> list[int]:
    return [0, *(match.end() for match in _CLUSTER.finditer(run))]


@cache
def _dictionary() -> _Dictionary:
    spec = find_spec("pythainlp")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The word list of PyThaiNLP is not installed.")
    corpus = Path(spec.submodule_search_locations[0]) / "corpus"
    words = (corpus / "words_th.txt").read_text(encoding="utf-8").split()
    counts = _frequencies(corpus / "tnc_freq.txt")
    total = sum(counts.values())
    # The list also holds single letters, and rare short words that the names of places and temples
    # would be cut into; what no word covers stays whole, which is safer in a name.
    kept = (word for word in words if len(word) > _SHORT or (word in counts and len(word) > 1))
    costs = dict.fromkeys(kept, _RARE)
    costs.update((word, log(total / count)) for word, count in counts.items() if word in costs)
    longest: dict[str, int] = {}
    for word in costs:
        if len(word) > longest.get(word[:2], 0):
            longest[word[:2]] = len(word)
    return _Dictionary(costs, longest)


def _frequencies(path: Path) -> dict[str, int]:
    with path.open(encoding="utf-8") as lines:
        pairs = (line.split() for line in islice(lines, _FREQUENT))
        return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2}


def load() -> None:
    """Read the dictionary now, ahead of the first text."""
    _dictionary()


def breaks(text: str) -> tuple[int, ...]:
    """The places of the text at which a line may break, counted in letters.

    >>> breaks("มีครู 2 คน")
    (2, 5, 6, 7, 8)
    """
    return tuple(accumulate(len(unit) for unit in units(text)))[:-1]
