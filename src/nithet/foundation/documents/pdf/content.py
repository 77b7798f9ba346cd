"""A document as the data that `layout.typ` sets.

Text goes in as JSON strings and is never read as code. A paragraph is a list of pieces: a string is
plain text, a list is a unit that no line may break (with its parts behind it where it has a vowel to
be lowered), an object with "bold" holds pieces of its own, and one with "sign" a tick box or the like. See `line_units` for why the engine is not left to find the breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from nithet.foundation.documents.line_units import units
from nithet.foundation.documents.model import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Place,
    QrCode,
    Run,
    Spacer,
    Table,
    grid,
    may_stay_whole,
)
from nithet.foundation.documents.text import is_symbols, printable

_POINTS_TO_MM = 25.4 / 72
_LETTER_WIDTH = 0.42
"""Of a Thai letter with its share of marks, in parts of the size of type."""
_WHOLE_LINES = 12
"""A paragraph of at most so many lines is never torn over two pages."""

# Words that need no box: the engine breaks lines in them nowhere.
_PLAIN = re.compile(r"[A-Za-z0-9๐-๙.,:;%()]+")
# Units that the engine itself does not break anywhere, so that they may be spread.
_SPREAD = re.compile(r"\s+|[(“]*(?:[ก-๎]+|[A-Za-z0-9๐-๙.,]+)[)”,.:;]*")
# Below these letters a lower vowel is set deeper, and the engine then writes the pair into the text
# layer twice. Such a vowel is set on its own.
_LOWERED = re.compile("([ฎฏฤฦ])([ฺุู])|(ร)(ฺ)")

Piece = Any
Drawings = Mapping[str, str]
"""QR codes as SVG by what they say."""


def template_data(
    document: Document, families: Sequence[str], drawings: Drawings
) -> dict[str, Any]:
    """Everything that the template reads."""
    page, running = document.page, document.running
    tables = iter(range(len(document.blocks)))
    return {
        "title": printable(document.title),
        "author": [printable(document.organisation)] if document.organisation else [],
        "date": [document.dated.year, document.dated.month, document.dated.day]
        if document.dated
        else None,
        "fonts": list(families),
        "size": document.size,
        "page": {
            "width": page.width,
            "height": page.height,
            "top": page.top,
            "bottom": page.bottom,
            "left": page.left,
            "right": page.right,
        },
        "head": pieces_of((Run(running.head),)),
        "mark": printable(running.mark),
        "number": pieces_of((Run(running.number),)),
        "pages": printable(running.pages),
        "thai_digits": document.thai_digits,
        "qr": _qr(running.qr, drawings) if running.qr else None,
        "blocks": [_block(block, document, tables, drawings) for block in document.blocks],
    }


def _block(
    block: Block, document: Document, tables: Iterator[int], drawings: Drawings
) -> dict[str, Any]:
    width = document.page.text_width
    match block:
        case Heading():
            return {
                "kind": "heading",
                "level": block.level,
                "align": block.align,
                "pieces": pieces_of((Run(block.text),)),
            }
        case Paragraph():
            return {"kind": "paragraph", **_paragraph(block, width, document.size)}
        case Table():
            return _table(block, width, document.size, next(tables))
        case QrCode():
            return {"kind": "qr", **_qr(block, drawings)}
        case Picture():
            return {
                "kind": "picture",
                "data": list(block.data),
                "alt": printable(block.alt),
                "width": block.width,
            }
        case Spacer():
            return {"kind": "spacer", "height": block.height}
        case PageBreak():
            return {"kind": "page-break"}


def _table(table: Table, width: float, size: float, index: int) -> dict[str, Any]:
    size = table.size or size
    total = sum(table.widths)
    widths = [share / total * width for share in table.widths]
    head_size = table.head_size or size
    captions = [_paragraph(caption, width, head_size) for caption in table.captions]
    return {
        "kind": "table",
        "index": index,
        "widths": list(table.widths),
        "size": size,
        "head_size": head_size,
        "captions": captions,
        "continuation": _continuation(table),
        "continuation_bold": bool(table.captions and table.captions[-1].runs[-1].bold),
        "header": [_cell(cell, width, head_size) for cell in table.header.cells],
        "cells": list(_cells(table, widths, size)),
        "starts_page": table.starts_page,
    }


def _continuation(table: Table) -> Piece:
    """What is put behind the last caption; nothing where it ends so already."""
    if not table.captions or table.captions[-1].text.rstrip().endswith(table.continuation):
        return ""
    return printable(table.continuation)


def _cells(table: Table, widths: list[float], size: float) -> Iterator[dict[str, Any]]:
    for row, places in zip(table.rows, grid(table), strict=True):
        whole = may_stay_whole(row, places) and _is_low(places, widths, size)
        column = 0
        for place in places:
            if place.cell is not None:
                across = sum(widths[column : column + place.columns])
                yield {**_cell(place.cell, across, size), "whole": whole and place.last}
            column += place.columns


def _is_low(places: Sequence[Place], widths: list[float], size: float) -> bool:
    """Whether a row surely fits on a page: one kept whole against that would run off the paper."""
    column, highest = 0, 0.0
    for place in places:
        across = sum(widths[column : column + place.columns])
        column += place.columns
        if place.cell is not None:
            highest = max(highest, sum(_lines(p, across, size) for p in place.cell.paragraphs))
    return highest <= _WHOLE_LINES


def _lines(paragraph: Paragraph, width: float, size: float) -> float:
    """About how many lines a paragraph takes."""
    per_line = max(width - paragraph.indent, 1.0) / (size * _LETTER_WIDTH * _POINTS_TO_MM)
    return max(1.0, len(paragraph.text) / per_line)


def _cell(cell: Cell, width: float, size: float) -> dict[str, Any]:
    return {
        "rows": cell.rows,
        "columns": cell.columns,
        "paragraphs": [_paragraph(part, width, size) for part in cell.paragraphs],
    }


def _paragraph(paragraph: Paragraph, width: float, size: float) -> dict[str, Any]:
    even = paragraph.align is Align.THAI_DISTRIBUTE
    return {
        "align": paragraph.align,
        "indent": paragraph.indent,
        "first": paragraph.first_line,
        "sticky": paragraph.keep_with_next,
        "whole": _lines(paragraph, width, size) <= _WHOLE_LINES,
        "pieces": pieces_of(paragraph.runs, boxed=not even),
    }


def pieces_of(runs: Iterable[Run], *, boxed: bool = True) -> list[Piece]:
    """The pieces of some runs: in boxes that no line breaks, or one by one for lines that are spread."""
    pieces: list[Piece] = []
    for run in runs:
        own = list(_boxed(run.text) if boxed else _parted(run.text))
        if run.bold:
            pieces.append({"bold": own})
        else:
            pieces.extend(own)
    return pieces


def _boxed(text: str) -> Iterator[Piece]:
    """Units in boxes; spaces, and words of other scripts between spaces, as they are."""
    plain = ""
    between = units(printable(text))
    for index, unit in enumerate(between):
        if unit.isspace() or (_PLAIN.fullmatch(unit) and _stands_alone(between, index)):
            plain += unit
            continue
        if plain:
            yield plain
            plain = ""
        yield {"sign": unit} if is_symbols(unit) else [unit, *_lowered(unit)]
    if plain:
        yield plain


def _stands_alone(between: Sequence[str], index: int) -> bool:
    left = index == 0 or between[index - 1].isspace()
    return left and (index + 1 == len(between) or between[index + 1].isspace())


def _parted(text: str) -> Iterator[Piece]:
    """Units one by one, for lines that are spread: what stands in a box is not spread."""
    for unit in units(printable(text)):
        if is_symbols(unit):
            yield {"sign": unit}
        elif _SPREAD.fullmatch(unit) and not _LOWERED.search(unit):
            yield unit
        else:
            yield [unit, *_lowered(unit)]


def _lowered(unit: str) -> list[str]:
    """The unit in parts of which every second is a vowel to be set on its own; mostly none."""
    parts = _LOWERED.split(unit)
    return parts if len(parts) > 1 else []


def _qr(code: QrCode, drawings: Drawings) -> dict[str, Any]:
    return {
        "svg": drawings[code.payload],
        "alt": printable(code.alt),
        "size": code.size,
    }
