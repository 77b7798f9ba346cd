"""A report as a document: the same for Word and PDF; and its figures as rows of a sheet."""

from collections.abc import Callable, Iterator

from nithet.domain.supervision.rules.paper_parts import table as plain_table
from nithet.domain.supervision.rules.reports.marks import Issue, running_of
from nithet.domain.supervision.rules.reports.model import (
    Cell,
    Chapter,
    Figure,
    Picture,
    Points,
    Report,
    Signature,
    Table,
    Words,
)
from nithet.foundation.documents.model import (
    Align,
    Block,
    Document,
    Heading,
    Page,
    PageBreak,
    Spacer,
    paragraph,
)
from nithet.foundation.documents.model import Picture as PrintedPicture
from nithet.foundation.documents.sheets import Column, Value
from nithet.kernel.numerals import Numerals, in_numerals
from nithet.kernel.thai_dates import format_date

Said = Callable[[str], str]

FIRST_LINE = 12.5
SHEET = (
    Column("รายการ", width=60),
    Column("จำนวน", "whole"),
    Column("จากทั้งหมด", "whole"),
    Column("หน่วย"),
    Column("ร้อยละ", "text"),
    Column("หมายเหตุ", width=40),
)


def report_document(
    report: Report,
    numerals: Numerals = "arabic",
    *,
    front: bool = True,
    issue: Issue | None = None,
) -> Document:
    """Lay a report out; `front` begins the chapters on a page of their own, behind title and contents.

    Without `issue` it is a draft, which its head says.
    """

    def said(text: str) -> str:
        return in_numerals(text, numerals)

    blocks: list[Block] = list(_front(report, said) if front else _head(report, said))
    for number, chapter in enumerate(report.chapters):
        if front and number == 0:
            blocks.append(PageBreak())
        blocks += _chapter(chapter, said)
    return Document(
        title=report.title,
        blocks=tuple(blocks),
        page=Page(top=25.0, bottom=20.0, left=30.0, right=20.0),
        running=running_of(
            report.office, report.dated, issue, numerals, pages="หน้า {page} จาก {pages}"
        ),
        thai_digits=numerals == "thai",
        organisation=report.office,
        dated=report.dated,
    )


def _head(report: Report, said: Said) -> Iterator[Block]:
    yield Heading(1, said(report.title), Align.CENTER)
    yield paragraph(said(report.subtitle), align=Align.CENTER)


def _front(report: Report, said: Said) -> Iterator[Block]:
    yield Spacer(45)
    yield Heading(1, said(report.title), Align.CENTER)
    yield paragraph(said(report.subtitle), align=Align.CENTER, bold=True)
    yield Spacer(110)
    yield paragraph(said(report.office), align=Align.CENTER)
    yield PageBreak()
    yield paragraph("สารบัญ", align=Align.CENTER, bold=True)
    for chapter in report.chapters:
        yield paragraph(said(chapter.title), indent=18 if chapter.level == 1 else 28)


def _chapter(chapter: Chapter, said: Said) -> Iterator[Block]:
    yield Heading(chapter.level + 1, said(chapter.title))
    for block in chapter.blocks:
        match block:
            case Words():
                yield paragraph(
                    said(block.text), align=Align.THAI_DISTRIBUTE, first_line=FIRST_LINE
                )
            case Points():
                yield from _points(block, said)
            case Table():
                yield from _table(block, said)
            case Signature():
                yield Spacer(8)
                for line in (f"(ลงชื่อ) {'.' * 44}", f"({'.' * 48})", block.title):
                    yield paragraph(said(line), align=Align.CENTER, indent=55)
            case Picture():
                yield PrintedPicture(block.data, block.title, 100.0)
                yield paragraph(said(block.title), align=Align.CENTER)


def _points(block: Points, said: Said) -> Iterator[Block]:
    if not block.texts:
        yield paragraph(said(block.empty), indent=FIRST_LINE)
    for number, text in enumerate(block.texts, 1):
        yield paragraph(said(f"{number}. {text}"), indent=FIRST_LINE, first_line=-6)


def _table(block: Table, said: Said) -> Iterator[Block]:
    if block.title:
        yield paragraph(said(block.title), bold=True)
    if not block.rows:
        yield paragraph(said(block.empty), indent=FIRST_LINE)
        return
    rows = [[said(cell_words(cell)) for cell in row] for row in block.rows]
    yield plain_table([said(one) for one in block.heads], block.widths, rows)
    if block.note:
        yield paragraph(said(f"หมายเหตุ  {block.note}"))


def cell_words(cell: Cell) -> str:
    """Return what stands in a cell."""
    return cell.words if isinstance(cell, Figure) else cell


def sheet_rows(report: Report) -> list[tuple[Value, ...]]:
    """Return every figure of a report as a row of a sheet."""
    return [
        (one.name, one.n, one.of, one.unit, one.percent if one.of is not None else "", one.note)
        for one in report.every_figure()
    ]


def sheet_notes(report: Report) -> list[str]:
    """Return what stands on the sheet of notes: which schools, as at when, and what the records do not show."""
    return [
        f"ข้อมูล ณ วันที่ {format_date(report.dated)}",
        f"นับจาก {report.population}",
        *report.gaps,
    ]
