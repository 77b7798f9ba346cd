"""Showing where the terms stand in a text as it was written, although its normalised form was searched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nithet.foundation.thai_text.forms import search_form

AROUND = 60
"""Letters shown before and after the first hit of a snippet."""
MOST_SNIPPETS = 3

# A letter with its marks (a doubled sara e is one letter), or a run of white space.
_MARKS = "\u0300-\u036f\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u200b"
_CLUSTERS = re.compile(
    rf"\s+|(?:\u0e40\u0e40|.)(?:[{_MARKS}]*\u0e4d[{_MARKS}]*\u0e32|[{_MARKS}]*)", re.DOTALL
)
_WORD_BORDER = re.compile(r"[\s,.;:()\"'/-]")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text; `hit` where it is one of the terms."""

    text: str
    hit: bool = False


def marked(text: str, terms: Sequence[str]) -> list[Part]:
    """Return a text in parts, hits apart; joined they are the text again.

    >>> [(p.text, p.hit) for p in marked("วัดเพรียง ๒ (OBEC)", ("เพรียง 2", "obec"))]
    [('วัด', False), ('เพรียง ๒', True), (' (', False), ('OBEC', True), (')', False)]
    """
    spans = _spans(text, terms)
    parts, at = [], 0
    for start, end in spans:
        parts += [Part(text[at:start]), Part(text[start:end], hit=True)]
        at = end
    parts.append(Part(text[at:]))
    return [part for part in parts if part.text]


def snippets(text: str, terms: Sequence[str]) -> list[list[Part]]:
    """Return up to three stretches of a text around its hits, each in parts; none where no term stands in it."""
    found: list[list[Part]] = []
    shown_to = -1
    for line in text.splitlines():
        spans = _spans(line, terms)
        shown_to = -1
        for start, _ in spans:
            if start < shown_to:
                continue
            if len(found) == MOST_SNIPPETS:
                return found
            begin, end = _window(line, start)
            shown_to = end
            cut = marked(line[begin:end], terms)
            before = [Part("…")] if begin else []
            after = [Part("…")] if end < len(line) else []
            found.append([*before, *cut, *after])
    return found


def _window(line: str, start: int) -> tuple[int, int]:
    begin, end = max(0, start - AROUND), min(len(line), start + 2 * AROUND)
    if begin and (border := _WORD_BORDER.search(line, begin, start)):
        begin = border.end()
    while begin and _is_mark(line[begin]):
        begin -= 1
    while end < len(line) and _is_mark(line[end]):
        end += 1
    return begin, end


def _is_mark(letter: str) -> bool:
    return (
        letter in "\u0e31\u0e33" or "\u0e34" <= letter <= "\u0e3a" or "\u0e47" <= letter <= "\u0e4e"
    )


def _spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Return where hits stand in the text, in order, those that overlap joined."""
    form, places = _aligned(text)
    found = []
    for term in terms:
        at = form.find(term)
        while at >= 0:
            found.append((places[at], places[at + len(term)]))
            at = form.find(term, at + len(term))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _aligned(text: str) -> tuple[str, list[int]]:
    """Return a form of the text, cluster by cluster, and for each of its characters (and its end) the place in the text."""
    form: list[str] = []
    places: list[int] = []
    for cluster in _CLUSTERS.finditer(text):
        normal = _form_of(cluster[0])
        form.append(normal)
        # Inside a cluster the first character stands for the whole: a mark is never shown apart from its letter.
        places += [cluster.start()] * len(normal)
    places.append(len(text))
    return "".join(form), places


@lru_cache(maxsize=20_000)
def _form_of(cluster: str) -> str:
    return " " if cluster.isspace() else search_form(cluster)
