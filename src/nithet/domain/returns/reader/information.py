"""Column 3: what the item demands, the names of projects, the tests with their boxes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nithet.domain.returns.document import InformationLine, Kind
from nithet.domain.returns.reader.boxes import FURTHEST_PARTNER, Box, split_box
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
    column = _Column(first=first)
    for index, line in enumerate(lines):
        if line.words:
            column.take(line, lines[index + 1 : index + 1 + FURTHEST_PARTNER])
    return tuple(line for line in map(_Entry.finished, column.entries) if line.text)


@dataclass
class _Column:
    """Column 3 while its lines are being gathered."""

    first: bool
    entries: list[_Entry] = field(default_factory=list)
    under_label: bool = False
    has_boxes: bool = False

    def take(self, line: SourceLine, following: Sequence[SourceLine]) -> None:
        """One line that is not blank."""
        box = split_box(line.text, following)
        text = box.rest if box else line.text
        label = _label(text, boxed=box is not None)
        if label:
            self._begin(Kind.PROJECT_LABEL, "", box, line.holding(label))
            rest = text[text.find(label) + len(label) :].lstrip(" :")
            if rest:
                self.take(line.holding(rest), following)
            return
        marked = split_mark(text)
        if box is None and marked is None and self._goes_on(text):
            self.entries[-1].lines.append(line)
            return
        mark, rest = marked or ("", text)
        self._begin(self._kind(rest, boxed=box is not None), mark, box, line.holding(rest))

    def _begin(self, kind: Kind, mark: str, box: Box | None, line: SourceLine) -> None:
        self.under_label |= kind is Kind.PROJECT_LABEL
        self.has_boxes |= box is not None
        ticked = box.ticked if box else None
        self.entries.append(_Entry(kind, mark, ticked, box is not None, [line]))

    def _goes_on(self, text: str) -> bool:
        """Whether a line without a mark belongs to the words before it."""
        if not self.entries:
            return False
        if self.entries[-1].kind is Kind.PROJECT_LABEL:
            return bool(_REST_OF_LABEL.fullmatch(text))
        return not (self.under_label and _PROJECT.match(text))

    def _kind(self, text: str, *, boxed: bool) -> Kind:
        if boxed:
            return Kind.PROJECT if _PROJECT.match(text) else Kind.TEST
        if self.first and not self.entries:
            return Kind.REQUIREMENT
        if self.under_label or _PROJECT.match(text):
            return Kind.PROJECT
        return Kind.TEST if self.has_boxes else Kind.REQUIREMENT


def _label(text: str, *, boxed: bool) -> str:
    """The words "ชื่อแผนงาน/โครงการ" at the beginning of a line, without their colon; or nothing."""
    match = _LABEL.match(text)
    if match is None:
        return ""
    rest = text[match.end() :]
    if not boxed and rest.strip() and not _PROJECT.match(rest):
        return ""
    return match[0].strip(" :")
