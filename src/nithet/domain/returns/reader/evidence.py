"""Column 5: one entry for every mark, with the paragraphs that belong to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nithet.domain.returns.document import Breaks, EvidenceMark
from nithet.domain.returns.reader.boxes import FURTHEST_PARTNER, is_ambiguous, split_box
from nithet.domain.returns.reader.lines import Joined, SourceLine, join
from nithet.domain.returns.reader.marks import split_mark


@dataclass
class _Entry:
    """An entry while its lines are being gathered; the first paragraph is its title."""

    mark: str
    ticked: bool | None
    boxed: bool
    paragraphs: list[list[SourceLine]] = field(default_factory=list)

    def finished(self) -> EvidenceMark | None:
        joined = [text for text in map(join, self.paragraphs) if text.text]
        if not joined:
            return None
        body = tuple(text.text for text in joined[1:])
        title = joined[0].text
        ambiguous = self.boxed and is_ambiguous(ticked=self.ticked, text=" ".join((title, *body)))
        return EvidenceMark(
            title=title,
            ticked=self.ticked,
            ambiguous=ambiguous,
            body=body,
            mark=self.mark,
            boxed=self.boxed,
            line=joined[0].line,
            breaks=_breaks(joined),
        )


def read_evidence(lines: Sequence[SourceLine]) -> tuple[EvidenceMark, ...]:
    """The entries of column 5.

    Where the column has boxes, a box begins an entry and numbers or dashes are part of it; where it
    has none they begin one. A line without a mark goes on with the words before it, behind a blank
    line it is a paragraph of its own in the same entry.

    >>> rows = ["( หลักฐานการ", "ติดต่อ", "", "การพัฒนาบุคลากร", "( แผน"]
    >>> found = read_evidence([SourceLine(*row) for row in enumerate(rows, 1)])
    >>> [(mark.title, mark.body) for mark in found]
    [('หลักฐานการติดต่อ', ('การพัฒนาบุคลากร',)), ('แผน', ())]
    """
    entries: list[_Entry] = []
    after_blank = False
    for index, line in enumerate(lines):
        if not line.words:
            after_blank = True
            continue
        _take(
            line, lines[index + 1 : index + 1 + FURTHEST_PARTNER], entries, after_blank=after_blank
        )
        after_blank = False
    marks = (entry.finished() for entry in entries)
    return tuple(mark for mark in marks if mark)


def _take(
    line: SourceLine,
    following: Sequence[SourceLine],
    entries: list[_Entry],
    *,
    after_blank: bool,
) -> None:
    box = split_box(line.text, following)
    marked = split_mark(line.text) if box is None else None
    within_box = bool(entries) and entries[-1].boxed
    if box:
        mark, rest = split_mark(box.rest) or ("", box.rest)
        entries.append(_Entry(mark, box.ticked, boxed=True))
        entries[-1].paragraphs.append([line.holding(rest)])
    elif not entries or (marked and not within_box):
        mark, rest = marked or ("", line.text)
        entries.append(_Entry(mark, None, boxed=False))
        entries[-1].paragraphs.append([line.holding(rest)])
    elif after_blank or marked:
        entries[-1].paragraphs.append([line])
    else:
        entries[-1].paragraphs[-1].append(line)


def _breaks(paragraphs: Sequence[Joined]) -> Breaks:
    """Line breaks counted in the texts put together with one space between them."""
    breaks: list[tuple[int, int]] = []
    offset = 0
    for index, paragraph in enumerate(paragraphs):
        if index and paragraph.line is not None:
            breaks.append((offset, paragraph.line))
        breaks.extend((offset + begins, line) for begins, line in paragraph.breaks)
        offset += len(paragraph.text) + 1
    return tuple(breaks)
