"""What is printed reads back the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import nithet.domain.returns
from nithet.domain.returns.document import (
    Block,
    Captions,
    EvidenceMark,
    InformationLine,
    Kind,
    LevelRow,
    Paragraph,
    ReturnDocument,
    Role,
    Section,
)
from nithet.domain.returns.reader.reading import ReadResult, read_return
from nithet.domain.returns.render.layout import Print
from nithet.domain.returns.render.write import render_docx
from nithet.domain.returns.summary import to_json

SOURCE = Path(nithet.domain.returns.__file__).parent / "demo_data" / "000_0bf55f414089a6b9.txt"
ISSUED = Print(
    issued=True,
    number="12/2569",
    qr_payload="https://example.go.th/d/7QK2M4",
    dated=date(2026, 11, 22),
)
DRAFT = Print(issued=False, qr_payload="https://example.go.th/d/7QK2M4", dated=date(2026, 11, 22))


@pytest.fixture(scope="module")
def source() -> ReadResult:
    return read_return(SOURCE.read_bytes())


def without_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_lines(held) for key, held in value.items() if key != "line"}
    return [without_lines(held) for held in value] if isinstance(value, list) else value


@pytest.mark.parametrize("printed", [ISSUED, DRAFT], ids=["issued", "draft"])
def test_the_real_return_printed_and_read_back_is_the_same(
    source: ReadResult, printed: Print
) -> None:
    again = read_return(render_docx(source.document, printed))
    assert again.document == source.document
    assert without_lines(to_json(again)) == without_lines(to_json(source))


def test_a_return_printed_from_what_was_read_back_is_the_same_file(source: ReadResult) -> None:
    first = render_docx(source.document, ISSUED)
    assert render_docx(read_return(first).document, ISSUED) == first


def test_neither_number_nor_page_nor_state_is_read_as_content(source: ReadResult) -> None:
    again = read_return(render_docx(source.document, DRAFT))
    assert [line.text for line in again.outside] == []
    assert again.document.heading == source.document.heading


def test_every_kind_of_line_reads_back() -> None:
    """What the real return does not hold: ticks that were kept, none stated, texts in evidence."""
    document = made()
    again = read_return(render_docx(document, ISSUED)).document
    assert again == document


def test_a_return_in_thai_digits_is_still_read() -> None:
    document = made()
    again = read_return(render_docx(document, replace(ISSUED, numerals="thai"))).document
    assert (again.issue, again.fiscal_year, again.standard) == ("5.4", 2569, 3)
    assert [row.ticked for row in again.blocks[0].levels] == [False, True]


def test_words_that_look_like_markup_read_back() -> None:
    document = made()
    block = document.blocks[0]
    odd = Paragraph("<w:t> & \"ก\" 'ข' {{ x }} #let", Role.POINT, Section.FACTORS, "1.2", 2)
    document = replace(
        document,
        blocks=(replace(block, narrative=(*block.narrative[:2], odd, *block.narrative[2:])),),
    )
    assert read_return(render_docx(document, ISSUED)).document == document


def made() -> ReturnDocument:
    columns = (
        "ระดับคุณภาพ",
        "คำอธิบายคุณภาพ",
        "ข้อมูลสารสนเทศ ผลการดำเนินงานของ สพป./สพม.",
        "ปัจจัย/วิธีการที่ทำให้การดำเนินงานเกิดผลสำเร็จตามเป้าหมาย/Best Practice หรือปัญหา/อุปสรรค",
        "เอกสาร/หลักฐานอ้างอิง",
    )
    block = Block(
        issue="5.4",
        indicator=1,
        item=4,
        item_title="มีการติดต่อสื่อสารภายในที่มีประสิทธิภาพ",
        continued=False,
        captions=Captions(
            "ประเด็นที่ 5.4 สำนักงานเขตพื้นที่การศึกษามีการกำกับ ดูแล",
            "ตัวบ่งชี้ที่ 1 การกำกับ ดูแล ส่งเสริม",
            "ข้อที่ 4 มีการติดต่อสื่อสารภายในที่มีประสิทธิภาพ",
        ),
        columns=columns,
        levels=(
            LevelRow(1, "ครบทั้ง 5 ข้อ แต่ไม่มีร่องรอยหลักฐาน", ticked=False),
            LevelRow(2, "ครบทั้ง 5 ข้อ ร่องรอยหลักฐานขาดความชัดเจนทุกข้อ", ticked=True),
        ),
        information=(
            InformationLine(Kind.REQUIREMENT, "มีการติดต่อสื่อสารครบทุกข้อ", "4."),
            InformationLine(Kind.TEST, "ครบทุกสถานศึกษา", ticked=True, boxed=True),
            InformationLine(Kind.TEST, "ทันตามกำหนดเวลา", ticked=False, boxed=True),
            InformationLine(Kind.TEST, "หลากหลายช่องทาง", ticked=None, boxed=True),
        ),
        narrative=(
            Paragraph(
                "ปัจจัย/วิธีการที่ทำให้การดำเนินงานเกิดผลสำเร็จตามเป้าหมาย",
                Role.HEADING,
                Section.FACTORS,
                "1.",
            ),
            Paragraph("จัดหาคอมพิวเตอร์ให้ทุกโรงเรียน", Role.POINT, Section.FACTORS, "1.1", 2),
            Paragraph("ปัญหา/อุปสรรค/ข้อจำกัด", Role.HEADING, Section.PROBLEMS, "2."),
            Paragraph("(ไม่มี) -", Role.NONE_STATED, Section.PROBLEMS, "-"),
        ),
        evidence=(
            EvidenceMark("ทะเบียนหนังสือส่ง", ticked=True, body=("เก็บไว้ที่กลุ่มอำนวยการ",)),
            EvidenceMark("สถิติการใช้งานเว็บไซต์", ticked=False),
        ),
    )
    return ReturnDocument(
        office="สพป.เพชรบุรี เขต 1",
        fiscal_year=2569,
        standard=3,
        indicator=1,
        issue="5.4",
        heading=("ประเด็นที่ 5.4", "การกำกับ ดูแล", "(มาตรฐานที่ 3)", "ตัวบ่งชี้ที่ 1 การกำกับ ดูแล"),
        columns=columns,
        blocks=(block,),
    )
