"""One supervisor's work in a round of assessment, on paper (งานของฉันในรอบการประเมิน); official Thai."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nithet.domain.plans.rules.digits import in_digits
from nithet.domain.supervision.rules.paper_parts import fact, table
from nithet.foundation.documents.model import (
    Align,
    Block,
    Document,
    Heading,
    Page,
    Running,
    Spacer,
    paragraph,
)
from nithet.kernel.numerals import Numerals, in_numerals
from nithet.kernel.thai_dates import format_date, format_range

TITLE = "สรุปผลงานในรอบการประเมิน"

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class WorkPrint:
    """All that the paper says, in words and figures as they are printed."""

    office: str
    owner: str
    start: date
    end: date
    visits: Rows
    """Kind, mode, times, schools, hours."""
    visit_total: str
    visit_list: Rows
    """Day, school, kind, about what, hours."""
    agreements: str
    development: Rows
    """Day, what, with whom, hours, used for; under a heading of its kind."""
    development_total: str
    studies: Rows
    """Title, year, state, link."""
    evidence: Sequence[str]
    notes: Sequence[str]
    dated: date | None = None
    numerals: Numerals = "arabic"


def work_document(work: WorkPrint) -> Document:
    """Return the paper; what is not recorded is said to be so."""
    blocks: list[Block] = [
        Heading(1, TITLE, Align.CENTER),
        paragraph(work.office, align=Align.CENTER),
        fact("ผู้รายงาน", work.owner),
        fact("รอบการประเมิน", format_range(work.start, work.end)),
        Heading(2, "1. การออกนิเทศและการตรวจเยี่ยม"),
    ]
    heads: tuple[str, ...]
    if work.visits:
        heads = ("ประเภท", "วิธี", "ครั้ง", "โรงเรียน", "ชั่วโมง")
        blocks.append(table(heads, (2.2, 1.6, 0.8, 1.0, 1.4), work.visits))
        blocks.append(paragraph(work.visit_total))
        heads = ("วันที่", "โรงเรียน", "ประเภท/วิธี", "เรื่อง", "ชั่วโมง")
        blocks.append(table(heads, (1.3, 2.0, 1.6, 2.2, 0.9), work.visit_list))
    else:
        blocks.append(paragraph("ไม่มีการนิเทศที่บันทึกชื่อผู้รายงานเป็นผู้ออกนิเทศในรอบนี้"))
    blocks += [
        Heading(2, "2. ข้อตกลงร่วมกันหลังการนิเทศ"),
        paragraph(work.agreements),
        Heading(2, "3. การพัฒนาตนเองและวิชาชีพ"),
    ]
    if work.development:
        heads = ("วันที่", "ประเภท", "เรื่อง", "หน่วยงาน/พี่เลี้ยง", "ชั่วโมง", "นำไปใช้")
        blocks.append(table(heads, (1.2, 1.2, 2.2, 1.5, 0.9, 1.6), work.development))
        blocks.append(paragraph(work.development_total))
    else:
        blocks.append(paragraph("ยังไม่ได้บันทึก"))
    blocks.append(Heading(2, "4. วิจัยและนวัตกรรมการนิเทศ"))
    if work.studies:
        heads = ("เรื่อง", "ปีงบประมาณ", "สถานะ", "การเผยแพร่")
        blocks.append(table(heads, (3.0, 1.0, 1.0, 2.0), work.studies))
    else:
        blocks.append(paragraph("ยังไม่ได้บันทึก"))
    blocks.append(Heading(2, "5. เอกสารหลักฐาน"))
    if work.evidence:
        blocks += [paragraph(f"{n}. {one}") for n, one in enumerate(work.evidence, start=1)]
    else:
        blocks.append(paragraph("ยังไม่มีเอกสารหลักฐานที่ผูกกับงานข้างต้น"))
    blocks += [paragraph(f"หมายเหตุ: {one}") for one in work.notes]
    blocks += [
        Spacer(10.0),
        paragraph(
            "ลงชื่อ ........................................................ ผู้รายงาน",
            align=Align.RIGHT,
        ),
        paragraph(f"({work.owner})", align=Align.RIGHT),
    ]
    made = f"พิมพ์เมื่อ {format_date(work.dated, 'short')}" if work.dated else ""
    document = Document(
        title=f"{TITLE} {work.owner}",
        blocks=tuple(blocks),
        page=Page(),
        running=Running(head=work.office, number=made, pages="หน้า {page} จาก {pages}"),
        thai_digits=work.numerals == "thai",
        organisation=work.office,
        dated=work.dated,
    )
    return in_digits(document, lambda text: in_numerals(text, work.numerals))
