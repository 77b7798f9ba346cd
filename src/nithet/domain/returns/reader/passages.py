"""The office's own words, passage by passage, for whatever looks for something in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nithet.domain.returns.document import (
    Breaks,
    InformationLine,
    Item,
    Paragraph,
    Role,
    Section,
    line_at,
)

_ENOUGH_BEFORE = 32
_MOST_BEFORE = 80
_MOST_BEHIND = 40
_LONGEST_CLUSTER = 8
_JOINS_LEFT = re.compile("[\u0e30-\u0e3a\u0e45-\u0e4e]")
_JOINS_RIGHT = re.compile("[\u0e40-\u0e44]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that can say in which source line each of its words stands."""

    text: str
    line: int | None
    breaks: Breaks
    section: Section | None = None
    """The narrative section it is of; None for columns 3 and 5."""

    def line_at(self, offset: int) -> int | None:
        """The source line of a place in the text."""
        return line_at(self.line, self.breaks, offset)


def narrative(item: Item) -> Iterator[Passage]:
    """What the office tells in column 4, headings and periods left out."""
    kept = (Role.POINT, Role.TEXT)
    for group in item.groups:
        for paragraph in group.paragraphs:
            if paragraph.role in kept:
                yield of(paragraph)


def evidence(item: Item) -> Iterator[Passage]:
    """The entries of column 5, title and body as one text."""
    for mark in item.evidence:
        yield Passage(mark.full_text, mark.line, mark.breaks)


def information(item: Item) -> Iterator[Passage]:
    """The lines of column 3."""
    for line in (*item.requirements, *item.projects, *item.tests):
        yield of(line)


def of(part: Paragraph | InformationLine) -> Passage:
    """One line or paragraph."""
    section = part.section if isinstance(part, Paragraph) else None
    return Passage(part.text, part.line, part.breaks, section)


def own_words(item: Item) -> Iterator[Passage]:
    """Narrative and evidence: what the office wrote, not what the form prints."""
    yield from narrative(item)
    yield from evidence(item)


def snippet(text: str, start: int, end: int) -> str:
    """The words around a place: a few phrases before it and one behind, as the author parted them.

    >>> snippet("สถานศึกษาในเขต 1 จำนวน 75 แห่ง เป็นขนาดเล็ก ส่งผลให้มีบุคลากรน้อย", 23, 30)
    'สถานศึกษาในเขต 1 จำนวน 75 แห่ง เป็นขนาดเล็ก'
    >>> snippet("ก" * 99 + " 1 ครั้ง", 100, 107)[:5]
    '…กกกก'
    """
    left, right = _begin(text, start), _end(text, end)
    before = "…" if left and text[left - 1] != " " else ""
    behind = "…" if right < len(text) and text[right] != " " else ""
    return f"{before}{text[left:right].strip()}{behind}"


def _begin(text: str, start: int) -> int:
    """A space far enough before a place, or a place not too far where a word may be parted."""
    least = max(0, start - _MOST_BEFORE)
    space = text.rfind(" ", least, max(0, start - _ENOUGH_BEFORE))
    if space >= 0:
        return space + 1
    return _cluster(text, least)


def _end(text: str, end: int) -> int:
    """The end of the phrase behind a place, or a place not too far where a word may be parted."""
    most = end + _MOST_BEHIND
    space = text.find(" ", end + 1, most)
    if space < 0 and len(text) <= most:
        return len(text)
    return space if space >= 0 else _cluster(text, most)


def _cluster(text: str, offset: int) -> int:
    """The nearest place at or before which no Thai letter is parted from its vowels and tones."""
    least = max(0, offset - _LONGEST_CLUSTER)
    while offset > least and (
        _JOINS_LEFT.match(text, offset) or _JOINS_RIGHT.match(text, offset - 1)
    ):
        offset -= 1
    return offset
