"""Opening an old plan: a table (XLSX, CSV) or a Word file, without trusting it."""

import zipfile
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.exceptions import InvalidXmlError
from docx.table import Table as WordTable
from lxml.etree import XMLSyntaxError

from nithet.domain.plans.rules.importing.headings import is_known
from nithet.domain.plans.rules.importing.lines import Reading
from nithet.domain.plans.rules.importing.reading import Reader
from nithet.domain.plans.rules.importing.values import cell_text
from nithet.foundation.documents.tables import read_table
from nithet.kernel.errors import BadInput

MOST_BYTES = 20 * 1024 * 1024
_MOST_ENTRIES = 2000
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_RATIO = 200
_RATIO_FROM = 4 * 1024 * 1024
_MOST_ROWS = 5000
_MOST_PARAGRAPHS = 20_000
_DOCTYPES = (b"<!DOCTYPE", b"<!doctype", b"<!ENTITY", b"<!entity")
_WORD = "word/document.xml"
_BROKEN = (
    zipfile.BadZipFile,
    XMLSyntaxError,
    InvalidXmlError,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


def read_plan(data: bytes, file_name: str, fiscal_year: int) -> Reading:
    """Read an old plan and propose its lines for a fiscal year (พ.ศ.).

    Raises `BadInput` for what is no table and no Word file, for a file that is damaged, protected or not to be trusted, and
    "plan.nothing_found" where no project stands in it.
    """
    if not data.strip():
        raise BadInput("plan.empty", "The file is empty.", field="file")
    if len(data) > MOST_BYTES:
        raise BadInput(
            "plan.too_large",
            "The file is larger than %(megabytes)s MB. Save the plan without pictures and bring that.",
            field="file",
            megabytes=MOST_BYTES // (1024 * 1024),
        )
    reader = Reader(fiscal_year)
    if _is_word(data):
        _read_word(reader, data)
    else:
        _read_table(reader, data, file_name)
    found = reader.reading()
    if not any(line.kind == "project" for line in found.lines):
        raise BadInput(
            "plan.nothing_found",
            "No project was found in this file. A table needs a column headed “โครงการ”, a Word file paragraphs that begin with “โครงการ” or “ชื่อโครงการ”.",
            field="file",
        )
    return found


def _read_table(reader: Reader, data: bytes, file_name: str) -> None:
    table = read_table(data, file_name, is_known=is_known)
    rows = [(table.header_row, list(table.headers))]
    rows += [(row.number, [cell_text(cell) for cell in row.cells]) for row in table.rows[:_MOST_ROWS]]
    reader.table(1, rows)


def _is_word(data: bytes) -> bool:
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _WORD in archive.namelist()
    except _BROKEN:
        return False


def _read_word(reader: Reader, data: bytes) -> None:
    _check_package(data)
    try:
        document = Document(BytesIO(data))
        blocks = list(document.iter_inner_content())
    except _BROKEN as error:
        raise _damaged() from error
    tables = paragraphs = 0
    label = ""
    for block in blocks:
        if isinstance(block, WordTable):
            tables += 1
            reader.table(tables, _word_rows(block))
            label = ""
        else:
            paragraphs += 1
            if paragraphs > _MOST_PARAGRAPHS:
                break
            for part in block.text.split("\n"):
                label = reader.paragraph(paragraphs, part, label)


def _word_rows(table: WordTable) -> list[tuple[int, list[str]]]:
    """Return the cells of each row; a cell that goes on from the left or from above is empty there."""
    found = []
    above: list[Any] = []
    for number, row in enumerate(table.rows, 1):
        if number > _MOST_ROWS:
            break
        here = [cell._tc for cell in row.cells]
        texts = []
        for at, cell in enumerate(row.cells):
            from_left = at > 0 and here[at - 1] is cell._tc
            from_above = at < len(above) and above[at] is cell._tc
            texts.append("" if from_left or from_above else cell.text)
        found.append((number, texts))
        above = here
    return found


def _damaged() -> BadInput:
    return BadInput(
        "plan.damaged",
        "The Word file cannot be opened. Open it in Word, save it again as .docx and bring that.",
        field="file",
    )


def _unsafe() -> BadInput:
    return BadInput(
        "plan.unsafe",
        "This file holds what no plan needs, so it is not opened. Copy its text into a new Word file and bring that.",
        field="file",
    )


def _check_package(data: bytes) -> None:
    """Refuse what would unpack to more than a plan, hides entities or paths, or carries macros."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > _MOST_ENTRIES or len({one.filename for one in infos}) < len(infos):
                raise _unsafe()
            if sum(one.file_size for one in infos) > _MOST_UNPACKED:
                raise _unsafe()
            for one in infos:
                _check_entry(archive, one)
    except _BROKEN as error:
        raise _damaged() from error


def _check_entry(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> None:
    name = one.filename
    if one.flag_bits & 0x1:
        raise BadInput(
            "plan.protected", "The file has a password. Remove it and bring the file again.", field="file"
        )
    if ".." in name or name.startswith("/") or "\\" in name or name.endswith("vbaProject.bin"):
        raise _unsafe()
    if one.file_size > _RATIO_FROM and one.file_size > max(one.compress_size, 1) * _MOST_RATIO:
        raise _unsafe()
    if name.endswith((".xml", ".rels")):
        size = 0
        with archive.open(one) as part:
            while chunk := part.read(1 << 16):
                size += len(chunk)
                if size > one.file_size or any(word in chunk for word in _DOCTYPES):
                    raise _unsafe()
