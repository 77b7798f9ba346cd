"""Documents for tests."""

from __future__ import annotations

import re
from datetime import date

import pypdfium2

from nithet.foundation.documents.model import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    Page,
    Paragraph,
    QrCode,
    Row,
    Running,
    Table,
    paragraph,
)

THAI = (
    "สำนักงานเขตพื้นที่การศึกษามีการกำกับ ดูแล ส่งเสริม สนับสนุน ช่วยเหลือ และพัฒนาสถานศึกษาให้เกิดความเข้มแข็ง",
    "ผลสัมฤทธิ์ทางการเรียน น้ำดื่มสะอาด ผู้ชี้แนะ ปู่ย่าตายาย กตัญญู ญาติ ฐานะ ซื้อ กั้น ป้าน้าอา คำว่า ต่ำกว่าเกณฑ์",
    "ศักดิ์สิทธิ์ บริสุทธิ์ โพธิ์ทัยมณี ปิ่นโต ฟื้นฟู ฝึก ฬ่อ กฎุมพี ปฏิบัติ วันที่ ๑๕ กันยายน ๒๕๕๕ ร้อยละ 95.5%",
)


def document(*blocks: Block, running: Running | None = None, landscape: bool = True) -> Document:
    return Document(
        "เอกสารทดสอบ",
        blocks,
        page=Page(landscape=landscape),
        running=running or Running(),
        organisation="สำนักงานตัวอย่าง",
        dated=date(2026, 11, 22),
    )


def running(**changes: object) -> Running:
    values: dict[str, object] = {
        "head": "สำนักงานตัวอย่าง ปีงบประมาณ 2569",
        "number": "เลขที่เอกสาร 12/2569",
        "pages": "หน้า {page} จาก {pages}",
        "qr": QrCode("https://example.go.th/d/7QK2M4", "ตรวจสอบเอกสาร 12/2569", 14.0),
        **changes,
    }
    return Running(**values)


def table(*paragraphs: Paragraph, rows: int = 1, **changes: object) -> Table:
    """Two columns under two captions; the right column is one cell merged down over all rows."""
    body = []
    for index in range(rows):
        left = Cell((paragraph(f"แถวที่ {index + 1}"),))
        wide = (Cell(paragraphs, rows=rows),) if index == 0 else ()
        body.append(Row((left, *wide), keep_together=True))
    values: dict[str, object] = {
        "widths": (1.0, 3.0),
        "header": Row((_head("ลำดับ"), _head("ผลการดำเนินงาน"))),
        "rows": tuple(body),
        "captions": (paragraph("ตัวบ่งชี้ที่ 1", bold=True), paragraph("ข้อที่ 1 การนิเทศ", bold=True)),
        "continuation": "(ต่อ)",
        "size": 14.0,
        **changes,
    }
    return Table(**values)


def _head(text: str) -> Cell:
    return Cell((paragraph(text, bold=True, align=Align.CENTER),))


def whole(**changes: object) -> Document:
    """One of everything."""
    return document(
        Heading(1, "รายงานผลการนิเทศ", Align.CENTER),
        paragraph(THAI[0], align=Align.THAI_DISTRIBUTE, first_line=12.0),
        table(*(paragraph(text) for text in THAI), rows=3),
        running=running(**changes),
    )


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page without white space."""
    opened = pypdfium2.PdfDocument(pdf)
    return [flat(page.get_textpage().get_text_range()) for page in opened]


def text_of(pdf: bytes) -> str:
    return "".join(pages_of(pdf))


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)
