"""The one entry of the reader: bytes in, a document with its flags out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from nithet.domain.returns.document import (
    Block,
    LevelRow,
    ReturnDocument,
    items_of,
    levels_of,
)
from nithet.domain.returns.reader import refusals
from nithet.domain.returns.reader.assembling import assemble
from nithet.domain.returns.reader.decoding import decode, source_lines
from nithet.domain.returns.reader.docx_source import cut_docx
from nithet.domain.returns.reader.facts.counts import missing_items
from nithet.domain.returns.reader.inspection import Flag, inspect
from nithet.domain.returns.reader.lines import SourceLine
from nithet.domain.returns.reader.tables import RawReturn
from nithet.domain.returns.reader.text_source import cut_text

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0"
_PDF = b"%PDF-"
_FEWEST_LEVELS = 2
"""No scale has a single level: a table that shows one was cut off."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What one file holds."""

    document: ReturnDocument
    flags: tuple[Flag, ...]
    """What a person must look at, in the order of the lines."""
    outside: tuple[SourceLine, ...] = ()
    """Lines that belong to no heading and no table, such as signatures."""
    format: Literal["text", "docx", "built"] = "built"
    encoding: str | None = None
    """Of a text file: utf-8, utf-16 or windows-874."""


def read_return(data: bytes, filename: str | None = None) -> ReadResult:
    """Reads a return of either format, told by its bytes and not by its name.

    Raises `BadInput` with a reason a person can act on; nothing else, whatever the bytes are.
    """
    if len(data) > refusals.MAX_FILE_BYTES:
        raise refusals.too_large(refusals.MAX_FILE_BYTES)
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _result(_cut_docx(data), "docx")
    if data.startswith(_OLE):
        raise refusals.old_word()
    if data[:1024].lstrip().startswith(_PDF):
        raise refusals.pdf()
    if _is_named_docx(filename) and data.strip():
        raise refusals.damaged_docx()
    decoded = decode(data)
    return _result(cut_text(source_lines(decoded.text)), "text", decoded.encoding)


def result_of(document: ReturnDocument) -> ReadResult:
    """A document that was built, inspected as if it had been read."""
    return ReadResult(document, inspect(document))


def _is_named_docx(filename: str | None) -> bool:
    return filename is not None and filename.casefold().endswith((".docx", ".docm", ".dotx"))


def _cut_docx(data: bytes) -> RawReturn:
    try:
        return cut_docx(data)
    except (etree.LxmlError, RecursionError) as error:
        raise refusals.damaged_docx() from error


def _result(
    raw: RawReturn, form: Literal["text", "docx"], encoding: str | None = None
) -> ReadResult:
    document = assemble(raw)
    if not any(_tells(block) for block in document.blocks):
        raise refusals.not_a_return()
    # A Word file that opened is whole; its archive says so.
    if form == "text" and _is_cut_off(raw, document):
        raise refusals.truncated()
    return ReadResult(document, inspect(document), tuple(raw.outside), form, encoding)


def _tells(block: Block) -> bool:
    return bool(block.levels or block.narrative or block.evidence or any(block.columns))


def _is_cut_off(raw: RawReturn, document: ReturnDocument) -> bool:
    """Whether the end is missing: a table without its end, or levels that other tables have."""
    last, table = document.blocks[-1], raw.tables[-1]
    most_levels = max(len(block.levels) for block in document.blocks)
    if table.cut_off or (last.levels and len(last.levels) < max(most_levels, _FEWEST_LEVELS)):
        return True
    if last.levels:
        return _breaks_off(last.levels[-1], levels_of(document))
    # An editor takes the white space of an empty last cell away, but neither items nor the line end.
    return table.short and (raw.ends_in_line or bool(missing_items(items_of(document))))


def _breaks_off(row: LevelRow, levels: Sequence[LevelRow]) -> bool:
    """Whether the words of a level stop in the middle of what they are elsewhere."""
    whole = next((other.text for other in levels if other.level == row.level), row.text)
    return row.text != whole and whole.startswith(row.text)
