"""The form's own words in a return, apart from what the office wrote.

Captions, column headings, level texts, requirements and tests belong to the edition. A paper that
was printed from another copy of the form differs in small things; what differs is kept, so that the
return of that year can say again what it said.

A word of the form has a key (item, sheet, part). Parts: "caption.issue", "caption.indicator",
"caption.item", "title", "column.0" …, "level.1" … (text of a level row), "requirement.0" …,
"label" (above the list of projects), "test.0" … (tests with a line of their own, in order);
"….mark", the mark before a line, "….box", "yes" where a tick box stands before it, and "label.tick",
what that box says on an old paper ("yes", "no", "lost"). An empty word is not printed.
"""

from collections.abc import Iterator, Mapping

from nithet.domain.frameworks.rules.edition import Edition, ItemTest, Node
from nithet.domain.returns.document import (
    CONTINUED,
    Block,
    InformationLine,
    Kind,
    ReturnDocument,
    blocks_by_item,
)
from nithet.domain.returns.reader import captions
from nithet.kernel.text import collapse

WordKey = tuple[int, int, str]
Words = dict[WordKey, str]

BOX = "yes"
TICKS: Mapping[str, bool | None] = {"yes": True, "no": False, "lost": None}
"""What the box above the list of projects says; without a word it follows from the list."""
TICK_WORDS = {tick: word for word, tick in TICKS.items()}
CAPTIONS = ("caption.issue", "caption.indicator", "caption.item")
_NUMBERED = {Kind.REQUIREMENT: "requirement", Kind.TEST: "test"}


def words_of_document(document: ReturnDocument) -> Words:
    """Every word of the form that a document prints."""
    words: Words = {}
    for key, blocks in blocks_by_item(document).items():
        for sheet, block in enumerate(blocks):
            words.update({(key.item, sheet, part): text for part, text in _printed(block)})
    return words


def words_of_edition(edition: Edition, sheets: Mapping[int, int]) -> Words:
    """Every word of the form as the edition has it; ``sheets``: how many sheets an item fills."""
    words: Words = {}
    for node in edition.items:
        number = item_number(edition, node)
        for sheet in range(max(1, sheets.get(number, 1))):
            parts = _of_node(edition, node, number, sheet)
            words.update({(number, sheet, part): text for part, text in parts})
    return words


def differing(printed: Mapping[WordKey, str], edition: Mapping[WordKey, str]) -> Words:
    """What a paper prints otherwise than its edition; empty where it leaves a word out."""
    return {
        key: printed.get(key, "")
        for key in sorted(printed.keys() | edition.keys())
        if printed.get(key, "") != edition.get(key, "")
    }


def item_number(edition: Edition, node: Node) -> int:
    """The number by which a return calls an item: its id, or its place where that is no number."""
    return int(node.id) if node.id.isdecimal() else edition.items.index(node) + 1


def label_test(node: Node) -> ItemTest | None:
    """The test that the box before the list of projects answers; None where there is no list."""
    return node.tests[0] if node.list_caption and node.tests else None


def boxed_tests(node: Node) -> tuple[ItemTest, ...]:
    """The tests that have a line of their own in column 3."""
    return node.tests[1:] if node.list_caption else node.tests


def address_of(edition: Edition) -> tuple[int | None, int | None, str | None]:
    """Standard, indicator and issue by the edition's codes; None where they name none."""
    parts = [part for code in edition.codes for part in code.path]
    standard = next((n for n in map(captions.standard_number, parts) if n is not None), None)
    indicator = next((n for n in map(captions.indicator_number, parts) if n is not None), None)
    issue = next((code for code in map(captions.issue_code, parts) if code is not None), None)
    return standard, indicator, issue


def _printed(block: Block) -> Iterator[tuple[str, str]]:
    yield from zip(CAPTIONS, block.captions, strict=True)
    yield "title", block.item_title
    yield from ((f"column.{index}", text) for index, text in enumerate(block.columns))
    for row in block.levels:
        yield f"level.{row.level}", row.text
        yield f"level.{row.level}.box", BOX if row.boxed else ""
    seen: dict[Kind, int] = {}
    for line in block.information:
        if line.kind is Kind.PROJECT:
            continue
        index = seen.get(line.kind, 0)
        seen[line.kind] = index + 1
        if line.kind in _NUMBERED:
            yield from _line(f"{_NUMBERED[line.kind]}.{index}", line)
        elif index == 0:
            yield from _line("label", line)
            yield "label.tick", TICK_WORDS[line.ticked] if line.boxed else ""


def _line(part: str, line: InformationLine) -> Iterator[tuple[str, str]]:
    yield part, line.text
    yield f"{part}.mark", line.mark
    yield f"{part}.box", BOX if line.boxed else ""


def _of_node(edition: Edition, node: Node, number: int, sheet: int) -> Iterator[tuple[str, str]]:
    form = edition.form
    title = collapse(node.title.th)
    yield "title", title
    if form is not None:
        fields = {"item": node.id, "title": title}
        lines = [collapse(caption.th % fields) for caption in form.captions]
        if sheet and lines:
            lines[-1] = f"{lines[-1]} {form.continuation.th or CONTINUED}"
        yield from zip(CAPTIONS, lines, strict=False)
        yield from ((f"column.{i}", column.name.th) for i, column in enumerate(form.columns))
    if sheet == 0:
        yield from _first_sheet(edition, node, number)


def _first_sheet(edition: Edition, node: Node, number: int) -> Iterator[tuple[str, str]]:
    levels = edition.root.levels.scale if edition.root.levels else ()
    for level in levels:
        yield f"level.{level.number}", collapse(level.text.th) if level.text else ""
        yield f"level.{level.number}.box", BOX
    if node.asks:
        yield "requirement.0", collapse(node.asks.th)
        yield "requirement.0.mark", f"{number}."
    if node.list_caption:
        yield "label", collapse(node.list_caption.th)
        yield "label.box", BOX
    for index, test in enumerate(boxed_tests(node)):
        yield f"test.{index}", collapse(test.name.th)
        yield f"test.{index}.box", BOX
