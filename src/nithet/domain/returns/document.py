"""The official return as plain values: what the reader makes and what the builder makes.

A return is one issue (ประเด็น) of one office and year. It is printed as *blocks*: three caption
lines and a table of five columns. An item (ข้อ) has one block with the level rows and any number
of continuation blocks, whose item line ends in "(ต่อ)". Blocks belong together by
(issue, indicator, item), never because they stand side by side; `items_of` joins them.

Texts are stored with white space collapsed and without their list mark; the mark is kept beside
them as the author wrote it. ``line`` (1-based line of a text file, running paragraph of a DOCX;
``None`` in a built document) and ``breaks`` (where later source lines begin in a text that was
joined from several) take no part in equality.

The DOCX layout
===============

The renderer writes this, and the DOCX reader reads it back to an equal document. Every piece of
text is a paragraph of its own, made by the ``printed_*`` functions below; no line breaks inside.

1. The page header holds one paragraph ``running_head(office, fiscal_year)`` where they are known
   (other header and footer paragraphs, such as number and page, are ignored by the reader). It
   says whose return it is; without it the reader looks for both in the text.
2. Body: each line of ``document.heading``, a paragraph each.
3. For every block, in order:

   a. three caption paragraphs ``block.captions`` (issue, indicator, item line; an empty one is
      left out),
   b. one table of five columns. First row: ``block.columns``, one paragraph per cell.
   c. A block with level rows: one row per level. Column 1 is ``printed_level(row)`` in one
      paragraph, column 2 is ``row.text``. Columns 3, 4 and 5 stand in the first level row and
      are merged down over the other level rows (``w:vMerge``). Column 3 holds one paragraph
      ``printed_information(line)`` each, column 4 ``printed_paragraph(paragraph)`` each, column 5
      ``printed_evidence(mark)`` each, followed, for every text of ``mark.body``, by an *empty
      paragraph* and the text.
   d. A continuation block without level rows: one body row whose columns 1 and 2 are empty and
      whose columns 3 to 5 are as above.

4. Empty paragraphs between blocks are free, and so are paragraphs after the last table that do
   not begin like a caption (signatures, QR): the reader leaves them out.

What can be read back is what the paper can say. A built document keeps to these rules:

- texts hold single spaces only and are not empty; a text does not begin with a list mark;
- a narrative paragraph with role TEXT stands directly after a heading, a results heading or a
  period, or after another TEXT and then behind an empty paragraph; after a point, unmarked words
  belong to the point;
- a paragraph's ``section`` is that of the last heading before it in the same item, whichever
  block it stands in; its ``depth`` is ``point_depth(mark, enclosing)``;
- a heading's text is one that the reader knows (see ``reader.headings``), a period is a text in
  parentheses that begins with "ช่วง", a none_stated has mark "-" and the text "(ไม่มี) -".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

TICKED = "☑"
"""Printed before a line whose box is ticked."""
UNTICKED = "☐"
"""Printed before a line whose box is empty."""
UNKNOWN_TICK = "(?)"
"""Printed where the file lost the mark: the box must still be ticked by a person.

Three plain characters that every font has, and that neither a ticked box, an empty box nor a
parenthesis of the text can be taken for.
"""

CONTINUED = "(ต่อ)"

Breaks = tuple[tuple[int, int], ...]
"""(offset in the text, source line) of every line after the first that a text was joined from."""

NONE_STATED_MARK = "-"
NONE_STATED_TEXT = "(ไม่มี) -"


class Section(StrEnum):
    """A heading of the narrative in column 4."""

    FACTORS = "factors"
    RESULTS = "results"
    PROBLEMS = "problems"
    TO_DEVELOP = "to_develop"
    WAY_FORWARD = "way_forward"


class Role(StrEnum):
    """What a paragraph of column 4 is."""

    HEADING = "heading"
    RESULTS_HEADING = "results_heading"
    PERIOD = "period"
    """A sub-heading that names a span of months: "(ช่วงเดือนเมษายน – กันยายน 2555)"."""
    POINT = "point"
    """A numbered or dashed point."""
    TEXT = "text"
    """A paragraph without a mark that belongs to no point."""
    NONE_STATED = "none_stated"
    """The author wrote that there is nothing to report; an empty section says nothing."""


class Kind(StrEnum):
    """What a line of column 3 is."""

    REQUIREMENT = "requirement"
    PROJECT_LABEL = "project_label"
    PROJECT = "project"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One quality level as printed in columns 1 and 2."""

    level: int
    text: str
    ticked: bool | None = None
    """``None``: the box is there but its glyph was lost, or (``boxed`` false) there is no box."""
    boxed: bool = True
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class InformationLine:
    """One line of column 3."""

    kind: Kind
    text: str
    mark: str = ""
    ticked: bool | None = None
    boxed: bool = False
    """Whether a tick box stands before the line. With a box, ``ticked`` None means lost."""
    line: int | None = field(default=None, compare=False)
    breaks: Breaks = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of column 4."""

    text: str
    role: Role
    section: Section | None
    mark: str = ""
    depth: int = 0
    line: int | None = field(default=None, compare=False)
    breaks: Breaks = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class EvidenceMark:
    """One entry of column 5: a box and what stands beside it."""

    title: str
    ticked: bool | None = None
    ambiguous: bool = False
    """The mark may have been an ordinary opening parenthesis: the text holds its partner."""
    body: tuple[str, ...] = ()
    """Further paragraphs of the same entry; ``breaks`` counts in ``full_text``."""
    mark: str = ""
    boxed: bool = True
    line: int | None = field(default=None, compare=False)
    breaks: Breaks = field(default=(), compare=False)

    @property
    def full_text(self) -> str:
        """Title and body as one text."""
        return " ".join((self.title, *self.body))


@dataclass(frozen=True, slots=True)
class Captions:
    """The three lines above a table, as written; empty where the file has none."""

    issue: str
    indicator: str
    item: str

    def __iter__(self) -> Iterator[str]:
        return iter((self.issue, self.indicator, self.item))


@dataclass(frozen=True, slots=True)
class ItemKey:
    """The address by which blocks are joined. ``None`` and 0: the file does not say."""

    issue: str | None
    indicator: int | None
    item: int


@dataclass(frozen=True, slots=True)
class Block:
    """Captions and one table."""

    issue: str | None
    indicator: int | None
    item: int
    """Number of the item; 0 where the file does not say."""
    item_title: str
    """The item's words without "ข้อที่ n" and without "(ต่อ)"."""
    continued: bool
    captions: Captions
    columns: tuple[str, ...]
    levels: tuple[LevelRow, ...] = ()
    information: tuple[InformationLine, ...] = ()
    narrative: tuple[Paragraph, ...] = ()
    evidence: tuple[EvidenceMark, ...] = ()
    line: int | None = field(default=None, compare=False)

    @property
    def key(self) -> ItemKey:
        """What the block is a part of."""
        return ItemKey(self.issue, self.indicator, self.item)


@dataclass(frozen=True, slots=True)
class ReturnDocument:
    """A whole return; every code is ``None`` where the file does not say."""

    office: str | None
    """Short name as offices write it, "สพป.เพชรบุรี เขต 1"."""
    fiscal_year: int | None
    """Buddhist era."""
    standard: int | None
    indicator: int | None
    issue: str | None
    """"5.4", in Arabic digits."""
    heading: tuple[str, ...]
    """The lines before the first block as written."""
    columns: tuple[str, ...]
    blocks: tuple[Block, ...]


# What is printed ---------------------------------------------------------------------------


def printed_tick(*, ticked: bool | None) -> str:
    """The glyph of a box."""
    if ticked is None:
        return UNKNOWN_TICK
    return TICKED if ticked else UNTICKED


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def printed_level(row: LevelRow) -> str:
    """Column 1 of a level row: "☐ ระดับ 1"."""
    box = printed_tick(ticked=row.ticked) if row.boxed else ""
    return _joined(box, f"ระดับ {row.level}")


def printed_information(line: InformationLine) -> str:
    """A paragraph of column 3: box, mark, words."""
    box = printed_tick(ticked=line.ticked) if line.boxed else ""
    return _joined(box, line.mark, line.text)


def printed_paragraph(paragraph: Paragraph) -> str:
    """A paragraph of column 4: mark, words."""
    return _joined(paragraph.mark, paragraph.text)


def printed_evidence(mark: EvidenceMark) -> str:
    """The first paragraph of an entry of column 5: box, mark, title."""
    box = printed_tick(ticked=mark.ticked) if mark.boxed else ""
    return _joined(box, mark.mark, mark.title)


def running_head(office: str | None, fiscal_year: int | None) -> str:
    """The page header that lets a reader know whose return of which year this is.

    >>> running_head("สพป.เพชรบุรี เขต 1", 2555)
    'สพป.เพชรบุรี เขต 1 ปีงบประมาณ 2555'
    """
    return _joined(office or "", f"ปีงบประมาณ {fiscal_year}" if fiscal_year else "")


def point_depth(mark: str, enclosing: str = "") -> int:
    """How deep a point lies; ``enclosing`` is the last dotted mark before it in its section.

    A dotted number counts its parts; "1)" and a dash lie one below the last dotted number.

    >>> point_depth("1."), point_depth("1.1"), point_depth("1.3.8"), point_depth("")
    (1, 2, 3, 0)
    >>> point_depth("2.)", "1.4"), point_depth("-"), point_depth("-", "3.1")
    (3, 1, 3)
    """
    if not mark:
        return 0
    if is_dotted(mark):
        return len(re.findall(r"\d+", mark))
    return (len(re.findall(r"\d+", enclosing)) if enclosing else 0) + 1


def is_dotted(mark: str) -> bool:
    """Whether a mark is a number of the kind "1.", "1.1" or "1.3.8" rather than "1)" or "-"."""
    return bool(re.match(r"\d", mark)) and ")" not in mark


def line_at(line: int | None, breaks: Breaks, offset: int) -> int | None:
    """The source line in which a place of a joined text stands.

    >>> line_at(7, ((12, 8), (30, 9)), 5), line_at(7, ((12, 8), (30, 9)), 29)
    (7, 8)
    """
    for begins, number in breaks:
        if begins <= offset:
            line = number
    return line


# What belongs together ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """One narrative with its headings; an item has as many as the author wrote."""

    title: str | None
    """The project of column 3 that the group tells of, where the file ties them together."""
    paragraphs: tuple[Paragraph, ...]
    """Everything in order, headings and periods included."""

    def entries(self, section: Section) -> tuple[Paragraph, ...]:
        """Points and unmarked paragraphs of one section, in order."""
        kept = (Role.POINT, Role.TEXT)
        return tuple(p for p in self.paragraphs if p.section is section and p.role in kept)

    @property
    def none_stated(self) -> tuple[Section, ...]:
        """Sections in which the author wrote that there is nothing to report."""
        return tuple(p.section for p in self.paragraphs if p.role is Role.NONE_STATED and p.section)


@dataclass(frozen=True, slots=True)
class Item:
    """An item with everything of it, its blocks joined."""

    key: ItemKey
    title: str
    level: int | None
    """The one level ticked in the item's own table; ``None`` if none, several or lost."""
    levels: tuple[LevelRow, ...]
    requirements: tuple[InformationLine, ...]
    labels: tuple[InformationLine, ...]
    projects: tuple[InformationLine, ...]
    tests: tuple[InformationLine, ...]
    groups: tuple[Group, ...]
    evidence: tuple[EvidenceMark, ...]
    line: int | None = field(default=None, compare=False)

    @property
    def number(self) -> int:
        """The item's number; 0 where the file does not say."""
        return self.key.item


def blocks_by_item(document: ReturnDocument) -> dict[ItemKey, tuple[Block, ...]]:
    """Blocks under the item they belong to, continuations after the block they continue.

    Apart from that both keep the order of the file.
    """
    found: dict[ItemKey, list[Block]] = {}
    for block in document.blocks:
        found.setdefault(block.key, []).append(block)
    return {
        key: tuple(sorted(blocks, key=lambda block: block.continued))
        for key, blocks in found.items()
    }


def items_of(document: ReturnDocument) -> tuple[Item, ...]:
    """The items by number, each joined from its blocks by (issue, indicator, item)."""
    items = [_item(key, blocks) for key, blocks in blocks_by_item(document).items()]
    return tuple(sorted(items, key=lambda item: item.number))


def levels_of(document: ReturnDocument) -> tuple[LevelRow, ...]:
    """The levels of the form: of each level the first row that the file prints."""
    found: dict[int, LevelRow] = {}
    for block in document.blocks:
        for row in block.levels:
            found.setdefault(row.level, row)
    return tuple(found[level] for level in sorted(found))


def _item(key: ItemKey, blocks: tuple[Block, ...]) -> Item:
    information = [line for block in blocks for line in block.information]
    levels = tuple(row for block in blocks for row in block.levels)
    first = next((block for block in blocks if not block.continued), blocks[0])
    return Item(
        key=key,
        title=first.item_title,
        level=_ticked_level(levels),
        levels=levels,
        requirements=_of_kind(information, Kind.REQUIREMENT),
        labels=_of_kind(information, Kind.PROJECT_LABEL),
        projects=_of_kind(information, Kind.PROJECT),
        tests=_of_kind(information, Kind.TEST),
        groups=_groups(blocks),
        evidence=tuple(mark for block in blocks for mark in block.evidence),
        line=first.line,
    )


def _of_kind(lines: Iterable[InformationLine], kind: Kind) -> tuple[InformationLine, ...]:
    return tuple(line for line in lines if line.kind is kind)


def _ticked_level(levels: Iterable[LevelRow]) -> int | None:
    rows = tuple(levels)
    ticked = {row.level for row in rows if row.ticked}
    lost = any(row.boxed and row.ticked is None for row in rows)
    return ticked.pop() if len(ticked) == 1 and not lost else None


def _groups(blocks: Iterable[Block]) -> tuple[Group, ...]:
    """Narrative groups of one item: heading 1 that returns opens the next."""
    paragraphs: list[list[Paragraph]] = []
    titles: list[str | None] = []
    for block in blocks:
        opened_before = len(paragraphs)
        for paragraph in block.narrative:
            if not paragraphs or _opens_group(paragraph, paragraphs[-1]):
                paragraphs.append([])
                titles.append(None)
            paragraphs[-1].append(paragraph)
        _name_groups(titles, opened_before, block)
    return tuple(Group(title, tuple(held)) for title, held in zip(titles, paragraphs, strict=True))


def _opens_group(paragraph: Paragraph, held: list[Paragraph]) -> bool:
    if paragraph.role is not Role.HEADING or paragraph.section is not Section.FACTORS:
        return False
    if paragraph.text.endswith(CONTINUED):
        return False
    return any(earlier.role is Role.HEADING for earlier in held)


def _name_groups(titles: list[str | None], opened_before: int, block: Block) -> None:
    """A project with a box of its own names a group that opens in the same block.

    Fewer projects than new groups name the last ones: the first group of an item tells of the
    work of the whole item. More projects than groups name none.
    """
    names = [line.text for line in block.information if line.kind is Kind.PROJECT and line.boxed]
    if names and len(names) <= len(titles) - opened_before:
        titles[len(titles) - len(names) :] = names
