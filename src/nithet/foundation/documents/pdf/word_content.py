"""Pages of a Word file as the data that `word.typ` sets; see `content` for what a piece of text is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nithet.foundation.documents.model import Run
from nithet.foundation.documents.pdf.content import pieces_of
from nithet.foundation.documents.text import printable
from nithet.foundation.documents.word.model import (
    Block,
    Image,
    Mark,
    PageEnd,
    Part,
    Table,
    Text,
    WordPages,
)


def word_data(pages: WordPages, families: Sequence[str]) -> dict[str, Any]:
    """Everything that the template reads."""
    sheet = pages.sheet
    return {
        "title": printable(pages.title) or "-",
        "fonts": list(families),
        "page": {
            key: getattr(sheet, key)
            for key in ("width", "height", "top", "bottom", "left", "right", "head_at", "foot_at")
        },
        "head": [_block(one) for one in pages.head],
        "foot": [_block(one) for one in pages.foot],
        "blocks": [_block(one) for one in pages.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Text():
            return _text(block)
        case Table():
            return _table(block)
        case PageEnd():
            return {"kind": "end"}


def _text(block: Text) -> dict[str, Any]:
    even = block.align == "both"
    return {
        "kind": "text",
        "align": block.align,
        "indent": block.indent,
        "right": block.right,
        "first": block.first,
        "before": block.before,
        "after": block.after,
        "line": block.line,
        "size": block.size,
        "tabs": list(block.tabs),
        "keep": block.keep,
        "parts": [_part(one, even=even) for one in block.parts],
    }


def _part(part: Part, *, even: bool) -> dict[str, Any]:
    match part:
        case Image():
            return {
                "kind": "image",
                "data": list(part.data),
                "width": part.width,
                "height": part.height,
                "alt": printable(part.alt) or "-",
            }
        case Mark():
            return {"kind": part.kind, "size": part.size}
    return {
        "kind": "words",
        "size": part.size,
        "bold": part.bold,
        "italic": part.italic,
        "under": part.underline,
        "colour": part.colour,
        "pieces": pieces_of((Run(part.text),), boxed=not even),
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "widths": list(table.widths),
        "sides": table.sides,
        "indent": table.indent,
        "heads": _heads(table),
        "rows": [
            {
                "height": line.height,
                "exact": line.exact,
                "cells": [
                    {
                        "columns": box.columns,
                        "rows": box.rows,
                        "rules": box.rules,
                        "fill": box.fill,
                        "middle": box.middle,
                        "blocks": [_block(one) for one in box.blocks],
                    }
                    for box in line.boxes
                ],
            }
            for line in table.lines
        ],
    }


def _heads(table: Table) -> int:
    """How many rows at the beginning return on every page."""
    count = 0
    for line in table.lines:
        if not line.heads:
            break
        count += 1
    return count if count < len(table.lines) else 0
