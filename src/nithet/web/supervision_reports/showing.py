"""A report as its page shows it: blocks with their kind, points and figures with their links."""

from dataclasses import dataclass

from nithet.domain.supervision.rules.reports.model import (
    Block,
    Cell,
    Figure,
    Picture,
    Points,
    Report,
    Signature,
    Table,
    Words,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef, Resolved, resolve

MOST_ROWS = 60
"""Rows of a table on the page; the files hold them all."""


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A point with the address of its record, "" where it has none."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell; a figure with rows has the code that opens them."""

    text: str
    code: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block: "words", "points" or "table"."""

    kind: str
    text: str = ""
    points: tuple[ShownPoint, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[ShownCell, ...], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A chapter; `level` is that of its heading."""

    title: str
    level: int
    blocks: tuple[ShownBlock, ...]


def shown_chapters(report: Report, actor: Actor, *, linked: bool = True) -> list[ShownChapter]:
    """Return the chapters for the page; the records of all points are looked up at once.

    Without `linked` nothing opens a record: the references in an issued report are of the installation that issued it.
    """
    refs = {
        ref
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, Points) and linked
        for ref in block.refs
        if ref is not None
    }
    known = resolve(actor, refs) if refs else {}
    return [
        ShownChapter(one.title, one.level + 1, tuple(_shown(block, known) for block in one.blocks))
        for one in report.chapters
    ]


def _shown(block: Block, known: dict[RecordRef, Resolved]) -> ShownBlock:
    match block:
        case Words():
            return ShownBlock("words", block.text)
        case Points():
            refs = [*block.refs, *([None] * (len(block.texts) - len(block.refs)))]
            points = tuple(
                ShownPoint(text, (known[ref].url or "") if ref in known else "")
                for text, ref in zip(block.texts, refs, strict=False)
            )
            return ShownBlock("points", block.empty, points)
        case Table():
            rows = tuple(
                tuple(_cell(cell, head) for cell, head in zip(row, block.heads, strict=True))
                for row in block.rows[:MOST_ROWS]
            )
            more = len(block.rows) - len(rows)
            note = f"แสดง {len(rows)} จาก {len(block.rows)} แถว ทั้งหมดอยู่ในไฟล์ " if more else ""
            text = block.title if rows else block.title or block.empty
            return ShownBlock(
                "table",
                text,
                heads=block.heads,
                rows=rows,
                note=note + block.note if rows else block.empty,
            )
        case Signature():
            return ShownBlock(
                "words", f"(ลงชื่อ) ........................................ {block.title}"
            )
        case Picture():
            return ShownBlock("words", block.title)


def _cell(cell: Cell, head: str) -> ShownCell:
    if isinstance(cell, Figure):
        return ShownCell(cell.words, cell.code if cell.rows else "", head)
    return ShownCell(cell, "", head)
