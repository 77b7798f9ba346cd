"""Lines of a source, and how lines that the narrow column broke become one text again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from pythainlp.corpus.common import thai_words

from nithet.domain.returns.document import Breaks
from nithet.kernel.text import collapse, repair_thai

_THAI_LETTER = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")
_LONGEST_WORD = 12
_WINDOW = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]*$")

# What no reader of the page can see: zero-width spaces, directions, soft hyphens.
_INVISIBLE = dict.fromkeys(
    (0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065))
)
# Shaped forms that old Thai fonts kept in the private area.
_SHAPED = dict(zip(range(0xF700, 0xF71B), "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ุู\u0e3a", strict=True))
_WIDEST = 80
_WIDE_GAP = re.compile(rf"\s{{{_WIDEST},}}")
_UNSEEN: dict[int, str | None] = {**_INVISIBLE, **_SHAPED}


@dataclass(frozen=True)
class SourceLine:
    """One line of a text file, or one paragraph of a DOCX, with the white space it has there."""

    number: int
    """1-based; in a DOCX the running number of the paragraph."""
    text: str

    @cached_property
    def words(self) -> str:
        """The text with white space collapsed; empty for a blank line."""
        return collapse(self.text)

    def holding(self, text: str) -> "SourceLine":
        """The same line with another text."""
        return SourceLine(self.number, text)


@dataclass(frozen=True, slots=True)
class Joined:
    """A text made of several lines, remembering where each began."""

    text: str
    line: int | None
    breaks: Breaks


def repaired(text: str) -> str:
    """A text in which only what is seen is left, its Thai marks in their places.

    Very long runs of white space are shortened: no page is that wide, and no pattern has to cross
    them.

    >>> repaired("น\u0e4d\u0e32\u200bทาง"), repaired("ท\uf70aี")
    ('นำทาง', 'ที่')
    """
    seen = _WIDE_GAP.sub(lambda gap: gap[0][:_WIDEST], text.translate(_UNSEEN))
    return repair_thai(seen)


def join(lines: Iterable[SourceLine]) -> Joined:
    """Lines that belong together as one text; blank ones are passed over.

    >>> join([SourceLine(4, "ด้วยกระบวน "), SourceLine(5, "  การวิจัย / พัฒนา")])
    Joined(text='ด้วยกระบวนการวิจัย / พัฒนา', line=4, breaks=((10, 5),))
    >>> join([SourceLine(1, "ประเด็นที่ 5.4"), SourceLine(2, "ข้อที่ 1")]).text
    'ประเด็นที่ 5.4 ข้อที่ 1'
    >>> join([SourceLine(1, "ขั้นพื้นฐาน1คน "), SourceLine(2, "รวมโรงเรียนละ 3 คน")]).text
    'ขั้นพื้นฐาน1คน รวมโรงเรียนละ 3 คน'
    """
    kept = [line for line in lines if line.words]
    if not kept:
        return Joined("", None, ())
    text, breaks = kept[0].words, []
    for before, after in pairwise(kept):
        words = after.words
        text += separator(before.text, words)
        breaks.append((len(text), after.number))
        text += words
    return Joined(text, kept[0].number, tuple(breaks))


def separator(before: str, after: str) -> str:
    """What stands between two lines once they are one: nothing or a space.

    Thai puts no space between words, so a line broken between two Thai letters is joined without
    one, unless its author left a space at its end; and even then not inside a word. Nothing is put
    around a slash or inside parentheses. Everything else is parted by a space.

    >>> [separator(*pair) for pair in (("สำหรับ", "นักเรียน"), ("2555", "รวม"), ("เป้าหมาย", "/Best"))]
    ['', ' ', '']
    """
    left = before.rstrip()
    if not left or not after:
        return ""
    if left.endswith(("/", "(")) or after.startswith(("/", ")", ",")):
        return ""
    if not (_THAI_LETTER.match(left[-1]) and _THAI_LETTER.match(after[0])):
        return " "
    author_left_a_space = left != before
    return " " if author_left_a_space and not _inside_a_word(left, after) else ""


def _inside_a_word(left: str, after: str) -> bool:
    """Whether a word of the dictionary stands across the break."""
    words = _dictionary()
    match = _WINDOW.search(left)
    tail = match[0][-_LONGEST_WORD:] if match else ""
    head = after[:_LONGEST_WORD]
    return any(
        tail[-taken:] + head[:more] in words
        for taken in range(2, len(tail) + 1)
        for more in range(2, len(head) + 1)
    )


@cache
def _dictionary() -> frozenset[str]:
    # Loaded on the first break that needs it: most files have none.
    return frozenset(thai_words())
