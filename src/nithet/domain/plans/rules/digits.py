"""A document with every text of it changed alike."""

from collections.abc import Callable
from dataclasses import replace

from nithet.foundation.documents.model import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
)

Change = Callable[[str], str]


def in_digits(document: Document, change: Change) -> Document:
    """Return the document with `change` applied to its texts; places for page numbers stay."""
    running = document.running
    return replace(
        document,
        blocks=tuple(_block(one, change) for one in document.blocks),
        running=replace(running, head=change(running.head), number=change(running.number)),
    )


def _block(block: Block, change: Change) -> Block:
    if isinstance(block, Heading):
        return replace(block, text=change(block.text))
    if isinstance(block, Paragraph):
        return _paragraph(block, change)
    if isinstance(block, Table):
        return replace(
            block,
            header=_row(block.header, change),
            rows=tuple(_row(one, change) for one in block.rows),
            captions=tuple(_paragraph(one, change) for one in block.captions),
        )
    return block


def _paragraph(block: Paragraph, change: Change) -> Paragraph:
    return replace(block, runs=tuple(replace(run, text=change(run.text)) for run in block.runs))


def _row(row: Row, change: Change) -> Row:
    return replace(row, cells=tuple(_cell(one, change) for one in row.cells))


def _cell(cell: Cell, change: Change) -> Cell:
    return replace(cell, paragraphs=tuple(_paragraph(one, change) for one in cell.paragraphs))
