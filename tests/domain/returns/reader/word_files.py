"""Word files made by the tests: a document in the layout that its module describes, and raw parts."""

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import docx

from nithet.domain.returns.document import (
    Block,
    EvidenceMark,
    ReturnDocument,
    Role,
    printed_evidence,
    printed_information,
    printed_level,
    printed_paragraph,
    running_head,
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def word_file(document: ReturnDocument) -> bytes:
    """The document in the layout of `nithet.domain.returns.document`, and nothing else."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = running_head(document.office, document.fiscal_year)
    for line in document.heading:
        made.add_paragraph(line)
    for block in document.blocks:
        for caption in filter(None, block.captions):
            made.add_paragraph(caption)
        _add_table(made, block)
        made.add_paragraph("")
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _add_table(made: Any, block: Block) -> None:
    table = made.add_table(rows=1 + max(1, len(block.levels)), cols=5)
    for cell, heading in zip(table.rows[0].cells, block.columns, strict=True):
        _fill(cell, [heading])
    for row, level in zip(table.rows[1:], block.levels, strict=False):
        _fill(row.cells[0], [printed_level(level)])
        _fill(row.cells[1], [level.text])
    body = [table.cell(1, column) for column in (2, 3, 4)]
    if len(block.levels) > 1:
        body = [cell.merge(table.cell(len(block.levels), 2 + n)) for n, cell in enumerate(body)]
    _fill(body[0], [printed_information(line) for line in block.information])
    _fill(body[1], _narrative(block))
    _fill(body[2], [text for mark in block.evidence for text in _entry(mark)])


def _narrative(block: Block) -> Iterable[str]:
    before = None
    for paragraph in block.narrative:
        if before is Role.TEXT and paragraph.role is Role.TEXT:
            yield ""
        yield printed_paragraph(paragraph)
        before = paragraph.role


def _entry(mark: EvidenceMark) -> Iterable[str]:
    yield printed_evidence(mark)
    for text in mark.body:
        yield from ("", text)


def _fill(cell: Any, texts: Iterable[str]) -> None:
    first = True
    for text in texts:
        if first:
            cell.paragraphs[0].text = text
        else:
            cell.add_paragraph(text)
        first = False


def package(parts: dict[str, bytes | str]) -> bytes:
    """A ZIP of these parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def raw_word_file(body: str, **more: bytes | str) -> bytes:
    """A Word file with this XML between ``w:body`` tags."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:w14="{W14}"><w:body>{body}</w:body></w:document>',
    }
    return package({**parts, **more})


def paragraph(text: str = "", properties: str = "", xml: str = "") -> str:
    """A paragraph of plain text, or of the runs given as XML."""
    runs = xml or (f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else "")
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(*paragraphs: str, properties: str = "") -> str:
    """A cell of paragraphs given as XML."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs) or paragraph()}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    """A table of rows of cells given as XML."""
    made = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{made}</w:tbl>"


HEADER = tuple(
    cell(paragraph(text))
    for text in (
        "ระดับคุณภาพ", "คำอธิบายคุณภาพ", "ข้อมูลสารสนเทศ ผลการดำเนินงานของ สพป./สพม.",
        "ปัจจัย/วิธีการที่ทำให้การดำเนินงานเกิดผลสำเร็จ", "เอกสาร/หลักฐานอ้างอิง",
    )
)  # fmt: skip
CAPTIONS = "".join(
    paragraph(text)
    for text in ("ประเด็นที่ 5.4 มีการกำกับ", "ตัวบ่งชี้ที่ 1 การกำกับ", "ข้อที่ 1. มีแผนงาน/โครงการ")
)
