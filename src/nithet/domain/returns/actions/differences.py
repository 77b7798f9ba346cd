"""Differences of an edited file as rows: where each stands, which record it touches, whether it can be taken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.rounds import declared_of
from nithet.domain.directory.models.figures import StatedFigure
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.plans.models.policy import Policy
from nithet.domain.returns.actions.taking_listed import SERVICE, USE
from nithet.domain.returns.document import (
    InformationLine,
    Kind,
    ReturnDocument,
    blocks_by_item,
)
from nithet.domain.returns.models import EditedParagraph
from nithet.domain.returns.rules import codec, wording
from nithet.domain.returns.rules.assembling import Built
from nithet.domain.returns.rules.compare import Change, Difference, Entry, compare
from nithet.domain.returns.rules.places import Column, Place
from nithet.foundation.refs.registry import RecordRef

PARAGRAPH = "assessments.narrativeparagraph"
VISIT, FIGURE, POLICY = "supervision.visit", "directory.statedfigure", "plans.policy"
_NEAREST = 50
"""How many paragraphs before an addition are remembered as places to put it behind."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is looked up once for all differences of a file."""

    whole: Built
    nodes: Mapping[int, Node]
    blocks: Mapping[tuple[int, int], int]
    """(item, sheet) to the block of the document."""
    is_signed: bool
    figures: Mapping[str, int]
    """Reference to the number that its record gives."""

    def refs(self, item: int, column: Column, entry: Entry) -> tuple[RecordRef, ...]:
        """Return the records behind an entry of the records' document, its own row first."""
        place = Place(self.blocks[item, entry.sheet], column, entry.index)
        return self.whole.sources.get(place, ())


def rows_of(reporting_round: Round, whole: Built, edited: ReturnDocument) -> list[EditedParagraph]:
    """Return a row for every difference, in the order of the form; they belong to no file yet."""
    found = compare(whole.document, edited)
    known = _known(reporting_round, whole, found)
    return [
        EditedParagraph(
            office_id=reporting_round.office_id,
            kind=difference.change.value,
            item=known.nodes[difference.item].id if difference.item in known.nodes else "",
            column=difference.column.value,
            place=dict(_place(known, difference)),
            before=difference.before,
            after=difference.after,
            figures=list(_figures(known, difference)),
            can_take=_can_take(known, difference),
            position=position,
        )
        for position, difference in enumerate(found)
    ]


def _known(reporting_round: Round, whole: Built, found: Iterable[Difference]) -> _Known:
    edition = rules_of(reporting_round.edition)
    blocks: dict[tuple[int, int], int] = {}
    sheets: dict[int, int] = {}
    for index, block in enumerate(whole.document.blocks):
        blocks[block.item, sheets.setdefault(block.item, 0)] = index
        sheets[block.item] += 1
    known = _Known(
        whole=whole,
        nodes={wording.item_number(edition, node): node for node in edition.items},
        blocks=blocks,
        is_signed=declared_of(reporting_round) is not None,
        figures={},
    )
    cited = {
        ref
        for one in found
        if one.figures and one.old
        for ref in known.refs(one.item, one.column, one.old)
    }
    return _Known(whole, known.nodes, blocks, known.is_signed, _numbers(cited))


def _numbers(cited: Iterable[RecordRef]) -> dict[str, int]:
    """The number that a record gives: a stated figure, the target of a policy."""
    keys: dict[str, list[str]] = {}
    for ref in cited:
        keys.setdefault(ref.kind, []).append(ref.id)
    figures = StatedFigure.objects.filter(pk__in=keys.get(FIGURE, []))
    policies = Policy.objects.filter(pk__in=keys.get(POLICY, []))
    stated = {f"{FIGURE}:{pk}": value for pk, value in figures.values_list("pk", "value")}
    for pk, value in policies.values_list("pk", "target_value"):
        if value is not None:
            stated[f"{POLICY}:{pk}"] = value
    return stated


def _figures(known: _Known, difference: Difference) -> Iterator[dict[str, Any]]:
    """Figures changed by hand, each with the records that give the value before."""
    old = difference.old
    refs = known.refs(difference.item, difference.column, old) if old and difference.figures else ()
    for figure in difference.figures:
        yield {
            "before": figure.before,
            "after": figure.after,
            "records": [str(ref) for ref in _giving(known, refs, figure.before)],
        }


def _giving(known: _Known, refs: Sequence[RecordRef], figure: str | None) -> Sequence[RecordRef]:
    visits = [ref for ref in refs if ref.kind == VISIT]
    if figure and visits and figure == str(len(visits)):
        return visits
    return [ref for ref in refs if figure and str(known.figures.get(str(ref))) == figure]


def _place(known: _Known, difference: Difference) -> Iterator[tuple[str, Any]]:
    """Where the difference stands and what is needed to take it over."""
    old, new = difference.old, difference.new
    if old:
        refs = known.refs(difference.item, difference.column, old)
        yield "refs", [str(ref) for ref in refs]
        yield "old", _content(old)
    if new:
        yield "sheet", new.sheet
        yield "new", _content(new)
    if difference.change is Change.ADDED and difference.column is Column.NARRATIVE:
        yield "anchors", list(_anchors(known, difference))
    if difference.column is Column.INFORMATION and (entry := old or new):
        test = _test(known, difference.item, entry)
        if test is not None:
            yield "test", test


def _content(entry: Entry) -> codec.Json:
    return codec.content_json(entry.content)


def _anchors(known: _Known, difference: Difference) -> Iterator[int]:
    """Keys of the paragraphs before an addition, the nearest first."""
    if (anchor := difference.anchor) is None:
        return
    before = [
        known.whole.sources[place][0]
        for place in sorted(known.whole.sources)
        if place.column is Column.NARRATIVE
        and place
        <= Place(known.blocks[difference.item, anchor.sheet], Column.NARRATIVE, anchor.index)
        and known.whole.document.blocks[place.block].item == difference.item
    ]
    yield from (int(ref.id) for ref in before[: -_NEAREST - 1 : -1])


def _test(known: _Known, item: int, entry: Entry) -> str | None:
    """The test that a line of column 3 answers; "" for the box above the list of projects."""
    content = entry.content
    if not isinstance(content, InformationLine) or item not in known.nodes:
        return None
    if content.kind is Kind.PROJECT_LABEL:
        return ""
    if content.kind is not Kind.TEST:
        return None
    blocks = next(
        (found for key, found in blocks_by_item(known.whole.document).items() if key.item == item),
        (),
    )
    lines = [
        (sheet, index)
        for sheet, block in enumerate(blocks)
        for index, line in enumerate(block.information)
        if line.kind is Kind.TEST
    ]
    tests = wording.boxed_tests(known.nodes[item])
    if (entry.sheet, entry.index) not in lines:
        return None
    place = lines.index((entry.sheet, entry.index))
    return tests[place].id if place < len(tests) else None


def _can_take(known: _Known, difference: Difference) -> bool:
    """Words of the form cannot be taken over, nor what is changed at the record and not on paper."""
    if difference.change is Change.FORM or difference.item not in known.nodes:
        return False
    if difference.column is Column.LEVELS:
        return not known.is_signed
    if difference.column is Column.NARRATIVE:
        return True
    if difference.column is Column.EVIDENCE:
        return difference.change is Change.ADDED or _has_record(known, difference, USE)
    return _can_take_information(known, difference)


def _can_take_information(known: _Known, difference: Difference) -> bool:
    entry = difference.old or difference.new
    content = entry.content if entry else None
    if isinstance(content, InformationLine) and content.kind is Kind.PROJECT:
        return difference.change is Change.ADDED or _has_record(known, difference, SERVICE)
    return difference.change is Change.CHANGED


def _has_record(known: _Known, difference: Difference, kind: str) -> bool:
    """Say whether the records' own line stands on a row of a kind, which can then be reworded or left."""
    old = difference.old
    refs = known.refs(difference.item, difference.column, old) if old else ()
    return any(ref.kind == kind for ref in refs)
