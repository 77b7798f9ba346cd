"""From plain values to a document: blocks and sheets laid out, ticks set, sources kept. No Django."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nithet.domain.frameworks.rules.edition import Edition, Node
from nithet.domain.returns.document import (
    Block,
    Captions,
    EvidenceMark,
    InformationLine,
    Kind,
    LevelRow,
    Paragraph,
    ReturnDocument,
)
from nithet.domain.returns.rules import wording
from nithet.domain.returns.rules.places import Column, Place
from nithet.domain.returns.rules.wording import WordKey
from nithet.foundation.refs.registry import RecordRef

Sources = Mapping[Place, tuple[RecordRef, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """A paragraph of the narrative with the records that its words stand on."""

    paragraph: Paragraph
    sheet: int
    refs: tuple[RecordRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A project of column 3 as the item lists it."""

    line: InformationLine
    sheet: int
    position: int
    """Its place among the lines of the column, from 1; 0: behind the projects already listed."""
    refs: tuple[RecordRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry of column 5."""

    mark: EvidenceMark
    sheet: int
    refs: tuple[RecordRef, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelTick:
    """Which level box is ticked; ``level`` None: none of them, because no level was reached."""

    level: int | None
    refs: tuple[RecordRef, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRecords:
    """What is recorded about one item."""

    sheets: int = 1
    tick: LevelTick | None = None
    """None: nobody has said which level."""
    tests: Mapping[str, tuple[bool, RecordRef]] = field(default_factory=dict)
    """Answers by test; an absent one is unanswered."""
    narrative: Sequence[Told] = ()
    projects: Sequence[Listed] = ()
    evidence: Sequence[Proof] = ()


@dataclass(frozen=True, slots=True)
class RoundRecords:
    """All that a return is built from."""

    office: str
    fiscal_year: int
    items: Mapping[str, ItemRecords]
    heading: tuple[str, ...] = ()
    """The lines above the form; empty: the edition's own."""
    printed: Mapping[WordKey, str] = field(default_factory=dict)
    """Words of the form that this return prints otherwise than the edition."""


@dataclass(frozen=True, slots=True)
class Built:
    """A document and, for each of its entries, the records that it was built from."""

    document: ReturnDocument
    sources: Sources


def assemble(edition: Edition, records: RoundRecords) -> Built:
    """The return of a round, item after item, sheet after sheet."""
    sheets = {
        wording.item_number(edition, node): _sheets(_of(records, node)) for node in edition.items
    }
    words = {**wording.words_of_edition(edition, sheets), **records.printed}
    standard, indicator, issue = wording.address_of(edition)
    blocks: list[Block] = []
    sources: dict[Place, tuple[RecordRef, ...]] = {}
    for node in edition.items:
        for sheet in range(sheets[wording.item_number(edition, node)]):
            laid = _Sheet(edition, node, _of(records, node), words, sheet)
            sources.update(laid.sources(len(blocks)))
            blocks.append(laid.block(issue, indicator))
    form = edition.form
    document = ReturnDocument(
        office=records.office,
        fiscal_year=records.fiscal_year,
        standard=standard,
        indicator=indicator,
        issue=issue,
        heading=records.heading or tuple(line.th for line in (form.heading if form else ())),
        columns=next((block.columns for block in blocks if any(block.columns)), ()),
        blocks=tuple(blocks),
    )
    return Built(document, sources)


def _of(records: RoundRecords, node: Node) -> ItemRecords:
    return records.items.get(node.id, ItemRecords())


def _sheets(item: ItemRecords) -> int:
    held = [
        *(told.sheet for told in item.narrative),
        *(listed.sheet for listed in item.projects),
        *(proof.sheet for proof in item.evidence),
    ]
    return max(item.sheets, 1, *(sheet + 1 for sheet in held))


class _Sheet:
    """One block of an item while it is laid out."""

    def __init__(
        self,
        edition: Edition,
        node: Node,
        item: ItemRecords,
        words: Mapping[WordKey, str],
        sheet: int,
    ) -> None:
        self.node, self.item, self.sheet = node, item, sheet
        self.number = wording.item_number(edition, node)
        self.words = words
        self.told = [told for told in item.narrative if told.sheet == sheet]
        self.proofs = [proof for proof in item.evidence if proof.sheet == sheet]
        self.lines = self._information()
        self.rows = list(self._levels(edition))

    def block(self, issue: str | None, indicator: int | None) -> Block:
        """The block as it is printed."""
        return Block(
            issue=issue,
            indicator=indicator,
            item=self.number,
            item_title=self._word("title"),
            continued=self.sheet > 0,
            captions=Captions(*(self._word(part) for part in wording.CAPTIONS)),
            columns=tuple(self._columns()),
            levels=tuple(self.rows),
            information=tuple(line for line, _ in self.lines),
            narrative=tuple(told.paragraph for told in self.told),
            evidence=tuple(proof.mark for proof in self.proofs),
        )

    def sources(self, block: int) -> Iterator[tuple[Place, tuple[RecordRef, ...]]]:
        """The records behind every entry that has any."""
        held = {
            Column.LEVELS: [self.item.tick.refs if self.item.tick else ()] * len(self.rows),
            Column.INFORMATION: [refs for _, refs in self.lines],
            Column.NARRATIVE: [told.refs for told in self.told],
            Column.EVIDENCE: [proof.refs for proof in self.proofs],
        }
        for column, entries in held.items():
            for index, refs in enumerate(entries):
                if refs:
                    yield Place(block, column, index), refs

    def _word(self, part: str) -> str:
        return self.words.get((self.number, self.sheet, part), "")

    def _columns(self) -> Iterator[str]:
        index = 0
        while (self.number, self.sheet, f"column.{index}") in self.words:
            yield self._word(f"column.{index}")
            index += 1

    def _levels(self, edition: Edition) -> Iterator[LevelRow]:
        tick = self.item.tick
        for level in edition.root.levels.numbers if edition.root.levels else ():
            if text := self._word(f"level.{level}"):
                boxed = bool(self._word(f"level.{level}.box"))
                ticked = level == tick.level if tick and boxed else None
                yield LevelRow(level, text, ticked, boxed)

    def _information(self) -> list[tuple[InformationLine, tuple[RecordRef, ...]]]:
        """Lines of the form in their order, with the projects at the places they were given."""
        lines = [*self._requirements(), *self._label(), *self._tests()]
        listed = [one for one in self.item.projects if one.sheet == self.sheet]
        for one in sorted(listed, key=lambda one: one.position):
            if one.position:
                lines.insert(one.position - 1, (one.line, one.refs))
        has_label = bool(self._word("label"))
        for one in listed:
            if not one.position:
                kinds = [line.kind for line, _ in lines]
                told_apart = _told_apart(one.line, has_label=has_label)
                lines.insert(_behind_projects(kinds), (told_apart, one.refs))
        return lines

    def _requirements(self) -> Iterator[tuple[InformationLine, tuple[RecordRef, ...]]]:
        index = 0
        while text := self._word(f"requirement.{index}"):
            mark = self._word(f"requirement.{index}.mark")
            boxed = bool(self._word(f"requirement.{index}.box"))
            yield InformationLine(Kind.REQUIREMENT, text, mark, boxed=boxed), ()
            index += 1

    def _label(self) -> Iterator[tuple[InformationLine, tuple[RecordRef, ...]]]:
        """The line above the list: ticked when projects are listed, or as an old paper had it."""
        if text := self._word("label"):
            boxed = bool(self._word("label.box"))
            listed = bool(self.item.projects)
            ticked = wording.TICKS.get(self._word("label.tick"), listed) if boxed else None
            mark = self._word("label.mark")
            yield InformationLine(Kind.PROJECT_LABEL, text, mark, ticked, boxed), ()

    def _tests(self) -> Iterator[tuple[InformationLine, tuple[RecordRef, ...]]]:
        tests = wording.boxed_tests(self.node)
        index = 0
        while text := self._word(f"test.{index}"):
            boxed = bool(self._word(f"test.{index}.box"))
            known = boxed and index < len(tests)
            answer = self.item.tests.get(tests[index].id) if known else None
            mark = self._word(f"test.{index}.mark")
            line = InformationLine(Kind.TEST, text, mark, answer[0] if answer else None, boxed)
            yield line, (answer[1],) if answer else ()
            index += 1


def _told_apart(line: InformationLine, *, has_label: bool) -> InformationLine:
    """Return a project as it can be read again: without box and mark its words would run on from the line above.

    Below "ชื่อแผนงาน/โครงการ" a dash is enough; elsewhere the words must say themselves that they name a โครงการ.
    """
    names_itself = line.text.startswith("โครงการ")
    if line.boxed or line.mark or (has_label and names_itself):
        return line
    text = line.text if has_label or names_itself else f"โครงการ{line.text}"
    return replace(line, mark="-", text=text)


def _behind_projects(kinds: Sequence[Kind]) -> int:
    """Where one more project is listed: behind the last one, else below the label, else last."""
    for kind in (Kind.PROJECT, Kind.PROJECT_LABEL):
        if kind in kinds:
            return len(kinds) - kinds[::-1].index(kind)
    return len(kinds)
