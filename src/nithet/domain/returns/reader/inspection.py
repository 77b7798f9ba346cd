"""What a person must look at: lost ticks, repetitions, slips, contradictions. Nothing is changed.

Flags follow from the document alone, so they are the same however it came into being; only their
lines are missing where it was built from records.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from nithet.domain.returns.document import Item, LevelRow, ReturnDocument, items_of
from nithet.domain.returns.reader import passages
from nithet.domain.returns.reader.boxes import is_ambiguous
from nithet.domain.returns.reader.brackets import unmatched_closings, unmatched_openings
from nithet.domain.returns.reader.facts.counts import mismatches
from nithet.domain.returns.reader.passages import Passage, snippet
from nithet.domain.returns.reader.repetition import repeated_run
from nithet.domain.returns.reader.slips import find_slips
from nithet.domain.returns.reader.titles import comparable

_ENOUGH = 50
"""Brackets flagged in one text; no honest paragraph has as many."""

_MOST = 300
"""Projects and entries of one item that are compared; no honest item has as many."""


class FlagKind(StrEnum):
    """Why a place is shown to a person."""

    TICK_LOST = "tick_lost"
    LEVEL_UNKNOWN = "level_unknown"
    REPEATED_RUN = "repeated_run"
    UNPAIRED_BRACKET = "unpaired_bracket"
    SUSPECTED_SLIP = "suspected_slip"
    PROJECT_WITHOUT_EVIDENCE = "project_without_evidence"
    COUNT_MISMATCH = "count_mismatch"
    AMBIGUOUS_MARK = "ambiguous_mark"


@dataclass(frozen=True, slots=True)
class Flag:
    """A place to look at; ``text`` is the words of the document concerned."""

    line: int | None
    kind: FlagKind
    text: str


def inspect(document: ReturnDocument) -> tuple[Flag, ...]:
    """Every flag of a document, in the order of its lines."""
    flags: list[Flag] = []
    items = items_of(document)
    for item in items:
        flags.extend(_lost_ticks(item))
        flags.extend(_unknown_level(item))
        flags.extend(_ambiguous_marks(item))
        flags.extend(_projects_without_evidence(item))
        for passage in (*passages.information(item), *passages.own_words(item)):
            flags.extend(_wording(passage, in_column_of_marks=passage.section is None))
    flags.extend(
        Flag(found.line, FlagKind.COUNT_MISMATCH, found.text) for found in mismatches(items)
    )
    # Sorting is stable: places in one line keep the order in which they were found.
    return tuple(sorted(flags, key=lambda flag: flag.line or 0))


def _lost_ticks(item: Item) -> Iterator[Flag]:
    for row in item.levels:
        if _lost(row):
            yield Flag(row.line, FlagKind.TICK_LOST, f"ระดับ {row.level}")
    for line in (*item.labels, *item.requirements, *item.projects, *item.tests):
        if line.boxed and line.ticked is None:
            yield Flag(line.line, FlagKind.TICK_LOST, line.text)
    for mark in item.evidence:
        if mark.boxed and mark.ticked is None:
            yield Flag(mark.line, FlagKind.TICK_LOST, mark.full_text)


def _lost(row: LevelRow) -> bool:
    return row.boxed and row.ticked is None


def _unknown_level(item: Item) -> Iterator[Flag]:
    if item.level is None:
        yield Flag(item.line, FlagKind.LEVEL_UNKNOWN, item.title)


def _ambiguous_marks(item: Item) -> Iterator[Flag]:
    for mark in item.evidence:
        if mark.ambiguous:
            yield Flag(mark.line, FlagKind.AMBIGUOUS_MARK, mark.full_text)
    for line in (*item.projects, *item.tests):
        if line.boxed and is_ambiguous(ticked=line.ticked, text=line.text):
            yield Flag(line.line, FlagKind.AMBIGUOUS_MARK, line.text)


def _projects_without_evidence(item: Item) -> Iterator[Flag]:
    """Projects that no evidence of the item names although another project of it is named.

    Where the evidence names none of the projects, an office that has some proves them in words of
    its own, and nothing is said; where it has none at all, every project lacks it.
    """
    projects, marks = item.projects[:_MOST], item.evidence[:_MOST]
    titles = [comparable(project.text) for project in projects]
    named = {title for mark in marks for title in _named(titles, comparable(mark.full_text))}
    if item.evidence and not named:
        return
    for project, title in zip(projects, titles, strict=True):
        if title not in named:
            yield Flag(project.line, FlagKind.PROJECT_WITHOUT_EVIDENCE, project.text)


def _named(titles: Iterable[str], entry: str) -> set[str]:
    """Titles an entry names; a title that only begins a longer one named there is not."""
    within = {title for title in titles if title and title in entry}
    return {
        title
        for title in within
        if not any(title != longer and title in longer for longer in within)
    }


def _wording(passage: Passage, *, in_column_of_marks: bool) -> Iterator[Flag]:
    text = passage.text
    run = repeated_run(text)
    if run:
        yield Flag(passage.line_at(text.find(run)), FlagKind.REPEATED_RUN, run)
    for offset in _unpaired(text, in_column_of_marks=in_column_of_marks):
        around = snippet(text, offset, offset + 1)
        yield Flag(passage.line_at(offset), FlagKind.UNPAIRED_BRACKET, around)
    for slip in find_slips(text):
        yield Flag(passage.line_at(slip.start), FlagKind.SUSPECTED_SLIP, slip.wrong)


def _unpaired(text: str, *, in_column_of_marks: bool) -> Iterable[int]:
    """Brackets without a partner; where boxes stand, a closing one makes its mark ambiguous."""
    closings = [] if in_column_of_marks else unmatched_closings(text)
    return sorted((*unmatched_openings(text), *closings))[:_ENOUGH]
