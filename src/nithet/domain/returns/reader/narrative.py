"""Column 4: headings, periods, points and paragraphs of the narrative."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nithet.domain.returns.document import Paragraph, Role, Section, is_dotted, point_depth
from nithet.domain.returns.reader.headings import Heading, split_heading
from nithet.domain.returns.reader.lines import SourceLine, join
from nithet.domain.returns.reader.marks import split_bullet, split_mark

_PERIOD = re.compile(r"\(\s*(?:ใน|ระหว่าง)?\s*ช่วง[^()]*\)$")
_PERIOD_OPENS = re.compile(r"\s*\(\s*(?:ใน|ระหว่าง)?\s*ช่วง[^()]*$")
_NONE_STATED = re.compile(r"(?P<mark>[-–—•])?\s*(?P<text>(?:\(\s*ไม่มี\s*\)|ไม่มี)\s*[-–—]?)$")
_LONGEST_HEADING = 3
"""Lines over which a heading may run in a narrow column."""


@dataclass
class _Entry:
    """A paragraph while its following lines are being gathered."""

    role: Role
    section: Section | None
    mark: str
    depth: int
    lines: list[SourceLine] = field(default_factory=list)

    def finished(self) -> Paragraph:
        joined = join(self.lines)
        return Paragraph(
            text=joined.text,
            role=self.role,
            section=self.section,
            mark=self.mark,
            depth=self.depth,
            line=joined.line,
            breaks=joined.breaks,
        )


@dataclass
class NarrativeReader:
    """Reads column 4 of one item, block after block: a section goes on across a continuation."""

    section: Section | None = None
    enclosing: str = ""
    """The last dotted number in this section."""
    _entries: list[_Entry] = field(default_factory=list)

    def read(self, lines: Sequence[SourceLine]) -> tuple[Paragraph, ...]:
        """The paragraphs of the column in one block.

        >>> rows = ["1.ปัจจัย/วิธีการ", "(ช่วงเดือนตุลาคม – เมษายน 2555)", " 1.1 จัดอบรม", "  ครู"]
        >>> rows += ["2. ปัญหา/อุปสรรค -  (ไม่มี) -"]
        >>> found = NarrativeReader().read([SourceLine(*row) for row in enumerate(rows, 1)])
        >>> [(paragraph.role.value, paragraph.mark, paragraph.text) for paragraph in found]
        [('heading', '1.', 'ปัจจัย/วิธีการ'), ('period', '', '(ช่วงเดือนตุลาคม – เมษายน 2555)'), ('point', '1.1', 'จัดอบรมครู'), ('heading', '2.', 'ปัญหา/อุปสรรค'), ('none_stated', '-', '(ไม่มี) -')]
        """
        self._entries = []
        index, after_blank = 0, False
        while index < len(lines):
            if lines[index].words:
                index = self._take(lines, index, after_blank=after_blank)
                after_blank = False
            else:
                index, after_blank = index + 1, True
        finished = (entry.finished() for entry in self._entries)
        return tuple(paragraph for paragraph in finished if paragraph.text)

    def _take(self, lines: Sequence[SourceLine], index: int, *, after_blank: bool) -> int:
        """Reads the line at ``index`` and says where to go on."""
        heading, taken = _heading(lines, index)
        if heading:
            self._open(heading, lines[index : index + taken])
            return index + taken
        opens = _PERIOD_OPENS.match(lines[index].text)
        if opens and index + 1 < len(lines):
            both = join(lines[index : index + 2]).text
            if _PERIOD.match(both):
                self._add(Role.PERIOD, "", lines[index : index + 2])
                return index + 2
        self._line(lines[index], after_blank=after_blank)
        return index + 1

    def _open(self, heading: Heading, lines: Sequence[SourceLine]) -> None:
        self.section, self.enclosing = heading.section, ""
        role = Role.RESULTS_HEADING if heading.section is Section.RESULTS else Role.HEADING
        self._add(role, heading.mark, [lines[0].holding(heading.text)])
        if heading.rest:
            self._line(lines[-1].holding(heading.rest), after_blank=False)

    def _line(self, line: SourceLine, *, after_blank: bool) -> None:
        none_stated = _NONE_STATED.match(line.words)
        if none_stated and self.section:
            text = line.holding(none_stated["text"])
            self._add(Role.NONE_STATED, none_stated["mark"] or "", [text])
        elif _PERIOD.match(line.words):
            self._add(Role.PERIOD, "", [line])
        elif marked := split_mark(line.text) or split_bullet(line.text):
            self._add(Role.POINT, marked.mark, [line.holding(marked.rest)])
        elif self._goes_on(after_blank=after_blank):
            self._entries[-1].lines.append(line)
        else:
            self._add(Role.TEXT, "", [line])

    def _goes_on(self, *, after_blank: bool) -> bool:
        """Whether a line without a mark belongs to the paragraph before it."""
        if not self._entries:
            return False
        role = self._entries[-1].role
        return role is Role.POINT or (role is Role.TEXT and not after_blank)

    def _add(self, role: Role, mark: str, lines: Sequence[SourceLine]) -> None:
        depth = point_depth(mark, self.enclosing) if role is Role.POINT else 0
        if role is Role.POINT and is_dotted(mark):
            self.enclosing = mark
        self._entries.append(_Entry(role, self.section, mark, depth, list(lines)))


def _heading(lines: Sequence[SourceLine], index: int) -> tuple[Heading | None, int]:
    """The heading that begins here and over how many lines it runs; the longest wording wins."""
    best: tuple[Heading | None, int] = (split_heading(lines[index].text), 1)
    for taken in range(2, _LONGEST_HEADING + 1):
        part = lines[index : index + taken]
        if len(part) < taken or not all(line.words for line in part) or split_mark(part[-1].text):
            break
        # The form's own words: a space at the end of a line is not their author's.
        words = join(line.holding(line.text.rstrip()) for line in part).text
        longer = split_heading(words, exact=True)
        if longer and not longer.rest and _is_longer(longer, best[0]):
            best = (longer, taken)
    return best


def _is_longer(heading: Heading, best: Heading | None) -> bool:
    """Whether another line completes the wording, rather than only following it."""
    if best is None:
        return True
    return not best.rest and heading.section is best.section and heading.text != best.text
