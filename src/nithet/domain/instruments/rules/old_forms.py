"""The tables of last year's form as a Word or Excel file, as the text that pasting them would give."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.exceptions import InvalidXmlError
from docx.table import Table as WordTable
from lxml.etree import XMLSyntaxError

from nithet.domain.instruments.rules.pasting import MOST_LETTERS, MOST_LINES, TITLE
from nithet.foundation.documents.workbook_reading import every_sheet, is_old_workbook
from nithet.kernel.errors import BadInput
from nithet.kernel.text import collapse

MOST_BYTES = 10 * 1024 * 1024
MOST_TABLES = 30
_MOST_ENTRIES = 2_000
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_RATIO = 200
_RATIO_FROM = 4 * 1024 * 1024
_DECLARATIONS = (b"<!DOCTYPE", b"<!doctype", b"<!ENTITY", b"<!entity")
_BROKEN = (
    zipfile.BadZipFile,
    XMLSyntaxError,
    InvalidXmlError,
    PackageNotFoundError,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class OldTable:
    """One table of a file: what it is called there, its number of rows, its first lines, and its text as pasted.

    `form` is the title of the form that stands at the head of the file, "" where none does.
    """

    title: str
    rows: int
    first: list[str]
    text: str
    form: str = ""

    @property
    def pasted(self) -> str:
        """Return what goes on to be read: the title of the form above the rows."""
        return f"{self.form}\n{self.text}" if self.form else self.text


def tables_in(data: bytes, file_name: str) -> list[OldTable]:
    """Return the tables of a Word or Excel file; of a Word file its lines outside tables too, as the last.

    Raises `BadInput` for another kind of file, one that is damaged, protected or unsafe, and one without a table.
    """
    if not data.strip():
        raise BadInput("old_form.empty", "The file is empty.", field="file")
    if len(data) > MOST_BYTES:
        raise BadInput(
            "old_form.too_large",
            "The file is larger than %(megabytes)s MB. Take its pictures out, or paste the table.",
            field="file",
            megabytes=MOST_BYTES // (1024 * 1024),
        )
    if is_old_workbook(data):
        raise BadInput(
            "old_form.old",
            "This is a file of the old kind (.doc, .xls) or one with a password. Open it, save it as .docx or .xlsx and bring that.",
            field="file",
        )
    if not data.startswith(b"PK\x03\x04"):
        raise BadInput(
            "old_form.kind",
            "Bring a Word (.docx) or Excel (.xlsx) file, or paste the table.",
            field="file",
        )
    found = _word(data) if _is_word(data) else _workbook(data, file_name)
    if not found:
        raise BadInput("old_form.nothing", "No table was found in this file.", field="file")
    return found[:MOST_TABLES]


def together(tables: Sequence[OldTable]) -> OldTable | None:
    """Return all tables of a file as one, each under what stands above it; None where there are fewer than two.

    Offices keep a table for each part of a form.
    """
    named = [one for one in tables if one.title]
    if len(named) <= 1:
        return None
    text = "\n".join(f"{one.title}\n{one.text}" for one in named)[:MOST_LETTERS]
    rows = sum(one.rows for one in named)
    return OldTable("", rows, [one.title for one in named[:4]], text, named[0].form)


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except _BROKEN as error:
        raise _damaged() from error


def _workbook(data: bytes, file_name: str) -> list[OldTable]:
    found = []
    for title, rows in every_sheet(data, file_name).items():
        lines = [["" if cell is None else _shown(cell) for cell in cells] for _, cells in rows]
        if lines:
            found.append(_table(title, lines))
    return found


def _shown(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _word(data: bytes) -> list[OldTable]:
    _check_package(data)
    try:
        document = Document(BytesIO(data))
        blocks = list(document.iter_inner_content())
        found: list[OldTable] = []
        outside: list[list[str]] = []
        above = ""
        for block in blocks:
            if isinstance(block, WordTable):
                rows = _word_rows(block)
                if len(rows) > 1:
                    found.append(_table(above or str(len(found) + 1), rows))
                above = ""
            elif words := collapse(block.text):
                above = words
                outside += [[part] for part in block.text.split("\n") if collapse(part)]
    except _BROKEN as error:
        raise _damaged() from error
    head = outside[0][0] if outside else ""
    if TITLE.match(collapse(head)):
        found = [replace(one, form=collapse(head)) for one in found]
    if len(outside) > 1:
        found.append(_table("", outside[:MOST_LINES]))
    return found


def _word_rows(table: WordTable) -> list[list[str]]:
    """Return the cells of each row; a cell that goes on from the left or from above is empty there."""
    found: list[list[str]] = []
    above: list[Any] = []
    for row in table.rows[: MOST_LINES + 1]:
        here = [cell._tc for cell in row.cells]
        texts = []
        for at, cell in enumerate(row.cells):
            goes_on = (at > 0 and here[at - 1] is cell._tc) or (
                at < len(above) and above[at] is cell._tc
            )
            texts.append("" if goes_on else collapse(cell.text))
        if any(texts):
            found.append(texts)
        above = here
    return found


def _table(title: str, rows: Sequence[Sequence[str]]) -> OldTable:
    lines = [
        "\t".join(collapse(cell).replace('"', "”") for cell in row).rstrip("\t") for row in rows
    ]
    lines = [line for line in lines if line.strip()]
    first = [" · ".join(part for part in line.split("\t") if part)[:160] for line in lines[:4]]
    return OldTable(title[:160], len(lines), first, "\n".join(lines)[:MOST_LETTERS])


def _damaged() -> BadInput:
    return BadInput(
        "old_form.damaged",
        "The file cannot be opened. Open it in Word or Excel, save it again and bring that, or paste the table.",
        field="file",
    )


def _unsafe() -> BadInput:
    return BadInput(
        "old_form.unsafe",
        "This file holds what no form needs, so it is not opened. Paste the table instead.",
        field="file",
    )


def _check_package(data: bytes) -> None:
    """Refuse what would unpack to more than a form, hides entities or paths, or carries macros."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES or len({one.filename for one in entries}) < len(
                entries
            ):
                raise _unsafe()
            if sum(one.file_size for one in entries) > _MOST_UNPACKED:
                raise _unsafe()
            for one in entries:
                _check_entry(archive, one)
    except _BROKEN as error:
        raise _damaged() from error


def _check_entry(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> None:
    name = one.filename
    if ".." in name or name.startswith("/") or "\\" in name or name.endswith("vbaProject.bin"):
        raise _unsafe()
    if one.flag_bits & 0x1:
        raise _damaged()
    if one.file_size > _RATIO_FROM and one.file_size > max(one.compress_size, 1) * _MOST_RATIO:
        raise _unsafe()
    if name.endswith((".xml", ".rels")):
        content = archive.read(one)
        if len(content) > one.file_size or any(word in content for word in _DECLARATIONS):
            raise _unsafe()
