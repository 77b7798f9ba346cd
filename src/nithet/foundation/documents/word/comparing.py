"""What changed between two Word files, paragraph by paragraph, with figures that were changed by hand named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from nithet.foundation.documents.word.model import Block, Table, Text, WordPages

_FIGURE = re.compile(r"[0-9๐-๙]+(?:[.,:/][0-9๐-๙]+)*")
_THAI = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


@dataclass(frozen=True, slots=True)
class Changed:
    """One place: `before` "" for a paragraph that is new, `after` "" for one that is gone.

    `figures` are those of `before` that `after` does not hold, and the other way round, in Arabic digits.
    """

    before: str
    after: str
    figures: tuple[str, ...] = ()
    new_figures: tuple[str, ...] = ()


def compared(before: WordPages, after: WordPages) -> list[Changed]:
    """The paragraphs that differ, in their order; room between words and empty paragraphs do not count."""
    old, new = list(paragraphs(before.blocks)), list(paragraphs(after.blocks))
    found: list[Changed] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        left, right = old[a:b], new[c:d]
        for index in range(max(len(left), len(right))):
            was = left[index] if index < len(left) else ""
            now = right[index] if index < len(right) else ""
            found.append(_changed(was, now))
    return found


def paragraphs(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of every paragraph that has any, those of tables too, cell by cell."""
    for block in blocks:
        match block:
            case Text():
                if tidy := " ".join(block.text.split()):
                    yield tidy
            case Table():
                for line in block.lines:
                    for box in line.boxes:
                        yield from paragraphs(box.blocks)


def _changed(was: str, now: str) -> Changed:
    old, new = _figures(was), _figures(now)
    gone = tuple(dict.fromkeys(one for one in old if one not in new))
    come = tuple(dict.fromkeys(one for one in new if one not in old))
    return Changed(was, now, gone, come)


def _figures(text: str) -> list[str]:
    return [found.translate(_THAI) for found in _FIGURE.findall(text)]
