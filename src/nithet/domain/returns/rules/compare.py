"""What an edited file says differently from the records, one difference at a time.

Two documents in, differences out: the one built from the records and the one read from the file.
Items are joined by number and columns compared entry by entry, so that blocks, pages and empty
lines do not matter. Words that belong to the form are told from words of the office.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from nithet.domain.returns.document import (
    Block,
    EvidenceMark,
    InformationLine,
    Item,
    Kind,
    LevelRow,
    Paragraph,
    ReturnDocument,
    blocks_by_item,
    items_of,
    printed_evidence,
    printed_information,
    printed_level,
    printed_paragraph,
)
from nithet.domain.returns.rules.alignment import align, pair_rest
from nithet.domain.returns.rules.codec import Content
from nithet.domain.returns.rules.figures import ChangedFigure, changed_figures
from nithet.domain.returns.rules.places import Column


class Change(StrEnum):
    """What happened to an entry."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    FORM = "form"
    """Words that belong to the form: to be looked at, never taken over."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a column of an item, its blocks put together."""

    sheet: int
    """The block of the item that it stands in, from 0."""
    index: int
    """Its place in the block's column, from 0."""
    content: Content
    printed: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that reads differently. ``item`` 0: above the items."""

    change: Change
    column: Column
    item: int
    before: str
    """As printed from the records; empty where it was added."""
    after: str
    """As it stands in the file; empty where it was removed."""
    old: Entry | None = None
    new: Entry | None = None
    anchor: Entry | None = None
    """For an addition: the nearest entry of the records that stands before it in the file, None
    where there is none; several behind one anchor follow in the order of the list."""
    figures: tuple[ChangedFigure, ...] = ()


def compare(records: ReturnDocument, edited: ReturnDocument) -> list[Difference]:
    """Every difference in the order of the form; an unedited file has none."""
    found = list(_form_words(Column.HEADING, 0, records.heading, edited.heading))
    ours = {item.number: item for item in items_of(records)}
    theirs = {item.number: item for item in items_of(edited)}
    our_blocks, their_blocks = _blocks(records), _blocks(edited)
    for number in sorted(ours.keys() | theirs.keys()):
        if number not in ours:
            found.append(_unknown_item(theirs[number]))
            continue
        found.extend(_item(number, our_blocks[number], their_blocks.get(number, ())))
    return found


def entries_of(blocks: Sequence[Block], column: Column) -> list[Entry]:
    """The entries of a column of one item, in order, with how each is printed."""
    return [
        Entry(sheet, index, content, _printed(content))
        for sheet, block in enumerate(blocks)
        for index, content in enumerate(_contents(block, column))
    ]


def _blocks(document: ReturnDocument) -> dict[int, tuple[Block, ...]]:
    return {key.item: blocks for key, blocks in blocks_by_item(document).items()}


def _contents(block: Block, column: Column) -> Sequence[Content]:
    held: dict[Column, Sequence[Content]] = {
        Column.LEVELS: block.levels,
        Column.INFORMATION: block.information,
        Column.NARRATIVE: block.narrative,
        Column.EVIDENCE: block.evidence,
    }
    return held[column]


def _printed(content: Content) -> str:
    if isinstance(content, Paragraph):
        return printed_paragraph(content)
    if isinstance(content, LevelRow):
        return printed_level(content)
    if isinstance(content, InformationLine):
        return printed_information(content)
    return " ".join((printed_evidence(content), *content.body))


def _item(number: int, ours: Sequence[Block], theirs: Sequence[Block]) -> Iterator[Difference]:
    yield from _captions(number, ours, theirs)
    yield from _levels(number, ours, theirs)
    yield from _information(number, ours, theirs)
    yield from _column(Column.NARRATIVE, number, ours, theirs)
    yield from _column(Column.EVIDENCE, number, ours, theirs)


def _captions(number: int, ours: Sequence[Block], theirs: Sequence[Block]) -> Iterator[Difference]:
    """Captions and column headings, block by block; blocks that came or went repeat the form."""
    for our, their in zip(ours, theirs, strict=False):
        yield from _by_place(Column.CAPTIONS, number, our.captions, their.captions)
        yield from _by_place(Column.COLUMNS, number, our.columns, their.columns)


def _by_place(
    column: Column, item: int, before: Iterable[str], after: Iterable[str]
) -> Iterator[Difference]:
    for old, new in zip_longest(before, after, fillvalue=""):
        if old != new:
            yield Difference(Change.FORM, column, item, old, new)


def _form_words(
    column: Column, item: int, before: Sequence[str], after: Sequence[str]
) -> Iterator[Difference]:
    for b, a in align(before, after):
        old, new = before[b] if b is not None else "", after[a] if a is not None else ""
        if old != new:
            yield Difference(Change.FORM, column, item, old, new)


def _levels(number: int, ours: Sequence[Block], theirs: Sequence[Block]) -> Iterator[Difference]:
    """Ticks of levels, and the words of columns 1 and 2."""
    old = {_level(entry): entry for entry in entries_of(ours, Column.LEVELS)}
    new = {_level(entry): entry for entry in entries_of(theirs, Column.LEVELS)}
    for level in sorted(old.keys() | new.keys()):
        before, after = old.get(level), new.get(level)
        if before and after:
            yield from _level_row(number, before, after)
        else:
            yield _whole(Change.FORM, Column.LEVELS, number, before, after)


def _level(entry: Entry) -> int:
    return entry.content.level if isinstance(entry.content, LevelRow) else 0


def _level_row(number: int, before: Entry, after: Entry) -> Iterator[Difference]:
    old, new = before.content, after.content
    if not isinstance(old, LevelRow) or not isinstance(new, LevelRow):
        return
    if old.text != new.text:
        yield Difference(Change.FORM, Column.LEVELS, number, old.text, new.text)
    if (old.ticked, old.boxed) != (new.ticked, new.boxed):
        change = Change.CHANGED if new.boxed else Change.FORM
        yield _whole(change, Column.LEVELS, number, before, after)


_OF_THE_FORM = (Kind.REQUIREMENT, Kind.PROJECT_LABEL, Kind.TEST)


def _information(
    number: int, ours: Sequence[Block], theirs: Sequence[Block]
) -> Iterator[Difference]:
    """Column 3: lines of the form and lines of the office are aligned apart from one another."""
    old, new = entries_of(ours, Column.INFORMATION), entries_of(theirs, Column.INFORMATION)
    for kind in Kind:
        before = [entry for entry in old if _kind(entry) is kind]
        after = [entry for entry in new if _kind(entry) is kind]
        if kind in _OF_THE_FORM:
            yield from _form_lines(number, before, after)
        else:
            yield from _aligned(Column.INFORMATION, number, before, after)


def _kind(entry: Entry) -> Kind | None:
    return entry.content.kind if isinstance(entry.content, InformationLine) else None


def _form_lines(
    number: int, before: Sequence[Entry], after: Sequence[Entry]
) -> Iterator[Difference]:
    """A line of the form: its words are the edition's, its tick is the office's."""
    for b, a in align([_untick(entry) for entry in before], [_untick(entry) for entry in after]):
        old, new = before[b] if b is not None else None, after[a] if a is not None else None
        if old is None or new is None:
            yield _whole(Change.FORM, Column.INFORMATION, number, old, new)
            continue
        if _untick(old) != _untick(new):
            words = (_untick(old), _untick(new))
            yield Difference(Change.FORM, Column.INFORMATION, number, *words)
        if _box(old) != _box(new):
            change = Change.CHANGED if _box(new)[1] else Change.FORM
            yield _whole(change, Column.INFORMATION, number, old, new)


def _untick(entry: Entry) -> str:
    content = entry.content
    return f"{content.mark} {content.text}" if isinstance(content, InformationLine) else ""


def _box(entry: Entry) -> tuple[bool | None, bool]:
    content = entry.content
    if not isinstance(content, InformationLine) or not content.boxed:
        return None, False
    return content.ticked, True


def _column(
    column: Column, number: int, ours: Sequence[Block], theirs: Sequence[Block]
) -> Iterator[Difference]:
    yield from _aligned(column, number, entries_of(ours, column), entries_of(theirs, column))


def _aligned(
    column: Column, number: int, before: Sequence[Entry], after: Sequence[Entry]
) -> Iterator[Difference]:
    """Differences of entries of the office."""
    anchor: Entry | None = None
    pairs = align([entry.printed for entry in before], [entry.printed for entry in after])
    for b, a in pair_rest(pairs, lambda b, a: _same_sort(before[b].content, after[a].content)):
        old, new = before[b] if b is not None else None, after[a] if a is not None else None
        if old and new:
            anchor = old
            if old.printed != new.printed:
                yield _whole(Change.CHANGED, column, number, old, new)
        elif old:
            yield _whole(Change.REMOVED, column, number, old, None)
        elif new:
            yield _whole(Change.ADDED, column, number, None, new, anchor)


def _same_sort(old: Content, new: Content) -> bool:
    """Whether one may be the other, wholly rewritten: a paragraph at its old place under its old mark.

    A project or a piece of evidence with other words is another one.
    """
    if not isinstance(old, Paragraph) or not isinstance(new, Paragraph):
        return False
    sort = (old.role, old.section, old.depth, old.mark)
    return sort == (new.role, new.section, new.depth, new.mark)


def _whole(
    change: Change,
    column: Column,
    item: int,
    old: Entry | None,
    new: Entry | None,
    anchor: Entry | None = None,
) -> Difference:
    before, after = old.printed if old else "", new.printed if new else ""
    figures = changed_figures(_words(old.content), _words(new.content)) if old and new else ()
    return Difference(change, column, item, before, after, old, new, anchor, figures)


def _words(content: Content) -> str:
    """What an entry says, without its mark and its box: a renumbered point changes no figure."""
    return content.full_text if isinstance(content, EvidenceMark) else content.text


def _unknown_item(item: Item) -> Difference:
    """An item that the form does not have cannot be taken over, whatever it holds."""
    return Difference(Change.FORM, Column.CAPTIONS, item.number, "", item.title)
