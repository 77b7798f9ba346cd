"""Column 3: what the item demands, the names of projects, the tests with their boxes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nithet.domain.returns.document import InformationLine, Kind
from nithet.domain.returns.reader.boxes import FURTHEST_PARTNER, split_box
from nithet.domain.returns.reader.lines import SourceLine, join
from nithet.domain.returns.reader.marks import split_mark

_LABEL = re.compile(
    r"\s*ชื่อ\s*(?:แผนงาน\s*/?\s*)?(?:โครงการ)?(?:\s*/?\s*กิจกรรม)?(?=\s|:|$|\d|-)\s*:?"
)
_REST_OF_LABEL = re.compile(r"\s*/?\s*โครงการ(?:\s*/\s*กิจกรรม)?\s*:?\s*")
_PROJECT = re.compile(r"\s*(?:ชื่อ)?\s*โครงการ(?!\s*[:/])")


@dataclass
class _Entry:
    """A line of column 3 while its following lines are being gathered."""

    kind: Kind
    mark: str
    ticked: bool | None
    boxed: bool
    lines: list[SourceLine] = field(default_factory=list)

    def finished(self) -> InformationLine:
        joined = join(self.lines)
        return InformationLine(
            kind=self.kind,
            text=joined.text,
            mark=self.mark,
            ticked=self.ticked,
            boxed=self.boxed,
            line=joined.line,
            breaks=joined.breaks,
        )


def read_information(lines: Sequence[SourceLine], *, first: bool) -> tuple[InformationLine, ...]:
    """The lines of column 3; ``first`` says whether the block is the item's own, not its sequel.

    A box that names a โครงการ is a project. What is numbered below "ชื่อแผนงาน/โครงการ" is one too.
    The first words of the item's own block that have no box are what the item demands.

    >>> rows = ["1. มีแผนงาน", "(  ชื่อแผนงาน/ โครงการ", " 1. โครงการอบรม", "   ผู้บริหาร", "( ทันเวลา"]
    >>> found = read_information([SourceLine(*row) for row in enumerate(rows, 1)], first=True)
    >>> [(line.kind.value, line.text) for line in found]
    [('requirement', 'มีแผนงาน'), ('project_label', 'ชื่อแผนงาน/ โครงการ'), ('project', 'โครงการอบรมผู้บริหาร'), ('test', 'ทันเวลา')]
    """
    entries: list[_Entry] = []
    for index, line in enumerate(lines):
        if line.words:
            _take(line, lines[index + 1 : index + 1 + FURTHEST_PARTNER], entries, first=first)
    return tuple(entry.finished() for entry in entries if join(entry.lines).text)


def _take(
    line: SourceLine, following: Sequence[SourceLine], entries: list[_Entry], *, first: bool
) -> None:
    box = split_box(line.text, following)
    text = box.rest if box else line.text
    label = _LABEL.match(text)
    if label and (box or _PROJECT.match(text[label.end() :]) or not text[label.end() :].strip()):
        ticked = box.ticked if box else None
        entries.append(_Entry(Kind.PROJECT_LABEL, "", ticked, box is not None))
        entries[-1].lines.append(line.holding(text[: label.end()].rstrip(" :")))
        if text[label.end() :].strip():
            _take(line.holding(text[label.end() :]), following, entries, first=first)
        return
    marked = split_mark(text)
    if box is None and marked is None and entries and not _names_next_project(text, entries):
        entries[-1].lines.append(line)
        return
    mark, rest = (marked.mark, marked.rest) if marked else ("", text)
    kind = _kind(rest, entries, boxed=box is not None, first=first)
    entries.append(_Entry(kind, mark, box.ticked if box else None, box is not None))
    entries[-1].lines.append(line.holding(rest))


def _names_next_project(text: str, entries: list[_Entry]) -> bool:
    """Whether a line without a mark is the next project below the label."""
    if entries[-1].kind is Kind.PROJECT_LABEL:
        return not _REST_OF_LABEL.fullmatch(text)
    under_label = any(entry.kind is Kind.PROJECT_LABEL for entry in entries)
    return under_label and bool(_PROJECT.match(text))


def _kind(text: str, entries: list[_Entry], *, boxed: bool, first: bool) -> Kind:
    if boxed:
        return Kind.PROJECT if _PROJECT.match(text) else Kind.TEST
    if first and not entries:
        return Kind.REQUIREMENT
    under_label = any(entry.kind is Kind.PROJECT_LABEL for entry in entries)
    if under_label or _PROJECT.match(text):
        return Kind.PROJECT
    return Kind.TEST if any(entry.boxed for entry in entries) else Kind.REQUIREMENT
