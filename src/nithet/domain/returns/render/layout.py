"""The official form of five columns, landscape, as Thai offices print it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nithet.domain.returns.document import (
    CONTINUED,
    UNKNOWN_TICK,
    Block,
    EvidenceMark,
    ReturnDocument,
    Role,
    blocks_by_item,
    printed_evidence,
    printed_information,
    printed_level,
    printed_paragraph,
    running_head,
)
from nithet.domain.returns.document import Paragraph as NarrativeParagraph
from nithet.foundation.documents.model import (
    Align,
    Cell,
    Document,
    Heading,
    Page,
    Paragraph,
    QrCode,
    Row,
    Run,
    Running,
    Spacer,
    Table,
    paragraph,
)
from nithet.foundation.documents.model import Block as PrintedBlock
from nithet.kernel.numerals import Numerals, in_numerals

PAGE = Page(landscape=True, top=20.0, bottom=24.0, left=18.0, right=12.0)
TABLE_SIZE = 14.0
"""Points; five columns on one sheet leave no room for the 16 of running text."""
_HEAD_SIZE = 13.0
_WIDTHS = (10.0, 17.5, 20.0, 36.5, 16.0)
_INDENT = 4.0
"""Millimetres for each level of a point."""
_FIRST_LINE = 8.0
_QR_SIZE = 14.0

_DRAFT = "ร่าง"
_UNNUMBERED = "ร่าง ยังไม่ออกเลขที่"
_NUMBER = "เลขที่เอกสาร {number}"
_SEPARATOR = " · "
_LEGEND = f"{UNKNOWN_TICK} ไฟล์เดิมไม่บอกว่าทำเครื่องหมายไว้หรือไม่"
"""Said in the foot of a paper on which a lost tick stands."""
_PAGES = "หน้า {page} จาก {pages}"
_QR_ALT = "คิวอาร์โค้ดสำหรับตรวจสอบเอกสาร {number}"
_TITLE = "แบบรายงานผลการดำเนินงาน ประเด็นที่ {issue}"
_TITLE_WITHOUT_ISSUE = "แบบรายงานผลการดำเนินงาน"


@dataclass(frozen=True, slots=True)
class Print:
    """What is printed beside the words of the return itself."""

    issued: bool
    """A return that is not issued says "ร่าง" on every page."""
    number: str = ""
    """The document's number; of a draft it is not printed."""
    standing: str = ""
    """Said beside the number: the declared level and who signed it, or that nobody has."""
    qr_payload: str = ""
    """What the QR code in the foot says; empty: no code."""
    numerals: Numerals | None = None
    """Digits of the whole paper in one kind; ``None``: as written, which is what reads back the same."""
    dated: date | None = None
    """The day of issue, kept in the properties of the file."""


def to_document(returned: ReturnDocument, printed: Print, *, joined: bool) -> Document:
    """The return as paper.

    `joined` sets the blocks of an item as one table, whose captions return with "(ต่อ)" on every
    page that it needs. Otherwise every block is a table that begins a page, as the form is kept in
    Word: only so can it be read back block by block.
    """
    said = _digits(printed.numerals)
    tables = _joined_tables(returned, said) if joined else _tables(returned.blocks, said)
    return Document(
        title=said(_title(returned)),
        blocks=(*_heading(returned.heading, said), *tables),
        page=PAGE,
        running=_running(returned, printed, said),
        thai_digits=printed.numerals == "thai",
        organisation=returned.office or "",
        dated=printed.dated,
    )


_Said = Callable[[str], str]


def _digits(kind: Numerals | None) -> _Said:
    return (lambda text: in_numerals(text, kind)) if kind else (lambda text: text)


def _title(returned: ReturnDocument) -> str:
    form = _TITLE.format(issue=returned.issue) if returned.issue else _TITLE_WITHOUT_ISSUE
    return " ".join(filter(None, (form, running_head(returned.office, returned.fiscal_year))))


def _running(returned: ReturnDocument, printed: Print, said: _Said) -> Running:
    code = QrCode(printed.qr_payload, _QR_ALT.format(number=printed.number).rstrip(), _QR_SIZE)
    numbered = _NUMBER.format(number=printed.number) if printed.number else ""
    if not printed.issued:
        numbered = _UNNUMBERED
    return Running(
        head=said(running_head(returned.office, returned.fiscal_year)),
        mark="" if printed.issued else _DRAFT,
        number=said(_SEPARATOR.join(filter(None, (numbered, printed.standing, _legend(returned))))),
        pages=_PAGES,
        qr=code if printed.qr_payload else None,
    )


def _legend(returned: ReturnDocument) -> str:
    lines = (
        text
        for block in returned.blocks
        for text in (
            *map(printed_level, block.levels),
            *map(printed_information, block.information),
            *map(printed_evidence, block.evidence),
        )
    )
    return _LEGEND if any(UNKNOWN_TICK in line for line in lines) else ""


def _heading(lines: Sequence[str], said: _Said) -> Iterator[PrintedBlock]:
    for index, line in enumerate(lines):
        if index == 0:
            yield Heading(1, said(line), Align.CENTER)
        else:
            yield paragraph(said(line), bold=True, align=Align.CENTER)
    if lines:
        yield Spacer(2.0)


# Tables ------------------------------------------------------------------------------------


def _tables(blocks: Iterable[Block], said: _Said) -> Iterator[Table]:
    for index, block in enumerate(blocks):
        yield _table((block,), said, starts_page=index > 0)


def _joined_tables(returned: ReturnDocument, said: _Said) -> Iterator[Table]:
    for index, blocks in enumerate(blocks_by_item(returned).values()):
        yield _table(blocks, said, starts_page=index > 0)


def _table(blocks: Sequence[Block], said: _Said, *, starts_page: bool) -> Table:
    """Blocks of one item as one table, under the captions of the first."""
    first = blocks[0]
    heads = [first.columns[i] if i < len(first.columns) else "" for i in range(len(_WIDTHS))]
    return Table(
        widths=_WIDTHS,
        header=Row(tuple(_head(said(text)) for text in heads), keep_together=True),
        rows=tuple(row for block in blocks for row in _rows(block, said)),
        captions=tuple(paragraph(said(line), bold=True) for line in first.captions if line),
        continuation=CONTINUED,
        size=TABLE_SIZE,
        head_size=_HEAD_SIZE,
        starts_page=starts_page,
    )


def _head(text: str) -> Cell:
    return Cell((paragraph(text, bold=True, align=Align.CENTER),) if text else ())


def _rows(block: Block, said: _Said) -> Iterator[Row]:
    """The level rows with the three wide columns merged down beside them, or the one row without."""
    information = [_plain(printed_information(line), said) for line in block.information]
    narrative = [_narrative(part, said) for part in block.narrative]
    evidence = [part for mark in block.evidence for part in _evidence(mark, said)]
    tall = max(1, len(block.levels))
    wide = [Cell(tuple(parts), rows=tall) for parts in (information, narrative, evidence)]
    if not block.levels:
        yield Row((Cell(), Cell(), *wide))
    for index, level in enumerate(block.levels):
        named = Cell((_plain(printed_level(level), said),))
        described = Cell((_plain(level.text, said),) if level.text else ())
        yield Row((named, described, *(wide if index == 0 else ())), keep_together=True)


def _plain(text: str, said: _Said) -> Paragraph:
    return paragraph(said(text))


def _narrative(part: NarrativeParagraph, said: _Said) -> Paragraph:
    text = said(printed_paragraph(part))
    if part.role in (Role.HEADING, Role.RESULTS_HEADING):
        return Paragraph((Run(text, bold=True),), keep_with_next=True)
    if part.role is Role.PERIOD:
        return Paragraph((Run(text),), keep_with_next=True)
    if part.role is Role.TEXT:
        return paragraph(text, align=Align.THAI_DISTRIBUTE, first_line=_FIRST_LINE)
    return paragraph(text, align=Align.THAI_DISTRIBUTE, indent=_INDENT * max(0, part.depth - 1))


def _evidence(mark: EvidenceMark, said: _Said) -> Iterator[Paragraph]:
    yield _plain(printed_evidence(mark), said)
    for text in mark.body:
        # An empty paragraph before it tells the text from the title of another piece.
        yield Paragraph(())
        yield _plain(text, said)
