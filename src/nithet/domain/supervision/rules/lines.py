"""Several short entries typed into one box, a line each, and how they meet what is kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nithet.kernel.errors import RuleBroken
from nithet.kernel.numerals import to_arabic
from nithet.kernel.text import collapse

_MARK = re.compile(r"^(?:[-–—•*▪]\s*|\d{1,2}[.)]\s+)+")
_MINUTE = re.compile(r"^(\d{1,3})[:.](\d{2})\s+(.+)$")


def lines_of(text: str) -> list[str]:
    r"""Return the entries of a box without their bullets and numbers; the same words once.

    >>> lines_of("- ครูตั้งใจ\n\n2) สื่อพร้อม\n• ครูตั้งใจ")
    ['ครูตั้งใจ', 'สื่อพร้อม']
    """
    tidy = (collapse(_MARK.sub("", line.strip())) for line in text.splitlines())
    return list(dict.fromkeys(line for line in tidy if line))


def minutes_of(text: str) -> list[tuple[int, str]]:
    r"""Return notes at minutes of a recording, as (seconds, words).

    >>> minutes_of("๓:๒๐ ถามให้คิด\n12:05 นักเรียนลงมือทำ")
    [(200, 'ถามให้คิด'), (725, 'นักเรียนลงมือทำ')]
    """
    found = []
    for line in filter(None, (collapse(one) for one in text.splitlines())):
        head, _, words = line.partition(" ")
        read = _MINUTE.match(f"{to_arabic(head)} {words}")
        if read is None or int(read[2]) > 59:
            raise RuleBroken(
                "lesson.minute",
                'Begin each line with the minute, for example "3:20 ...": %(line)s',
                field="lesson_notes",
                line=line[:80],
            )
        found.append((int(read[1]) * 60 + int(read[2]), read[3][:500]))
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Met:
    """What becomes of kept rows when new lines are saved: row and its words, words that are new, rows that are gone."""

    changed: tuple[tuple[int, str], ...]
    added: tuple[str, ...]
    gone: tuple[int, ...]
    order: tuple[int | str, ...]
    """Every line in its new order: the id of its row, or its words where it has none yet."""


def meet(kept: Sequence[tuple[int, str]], lines: Sequence[str]) -> Met:
    """Match new lines with kept rows: the same words first, then what is left in its order, so that a mended word stays its row.

    >>> meet([(1, "ก"), (2, "ข")], ["ค", "ก"])
    Met(changed=((2, 'ค'),), added=(), gone=(), order=(2, 1))
    """
    by_words = {words: key for key, words in kept}
    same = {line: by_words[line] for line in lines if line in by_words}
    left = [key for key, _ in kept if key not in same.values()]
    changed, added, order = [], [], list[int | str]()
    for line in lines:
        if line in same:
            order.append(same[line])
        elif left:
            key = left.pop(0)
            changed.append((key, line))
            order.append(key)
        else:
            added.append(line)
            order.append(line)
    return Met(tuple(changed), tuple(added), tuple(left), tuple(order))
