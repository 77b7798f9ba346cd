"""The office's handbook of supervision (คู่มือการนิเทศตามแนวทางระบบบริหารคุณภาพ), of the records of its cycle; official Thai."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from nithet.domain.supervision.rules.paper_parts import fact, table, words
from nithet.foundation.documents.model import (
    Align,
    Block,
    Document,
    Heading,
    Page,
    PageBreak,
    Running,
    Spacer,
    paragraph,
)
from nithet.kernel.numerals import Numerals
from nithet.kernel.thai_dates import format_date

TITLE = "คู่มือการนิเทศตามแนวทางระบบบริหารคุณภาพ"
AMBIGUOUS = (
    "ขั้นตอนในคู่มือนี้เป็นขั้นตอนของระบบการนิเทศ ส่วน “Coaching กระบวนการ 8 ขั้นตอน” ในข้อ 2 ของแบบรายงาน "
    "เอกสารต้นทางไม่ได้ระบุว่าเป็น 8 ขั้นตอนใด จึงไม่ถือว่าเป็นขั้นตอนเดียวกัน"
)


@dataclass(frozen=True, slots=True)
class StepPrint:
    """A step as it is printed; `state` in words, `done` the day or ""."""

    mark: str
    title: str
    purpose: str
    state: str
    text: str
    done: str
    by: str
    records: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewPrint:
    """A review of the system as it is printed."""

    day: date
    planned: str
    done: str
    checked: str
    changed: str
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class MatrixPrint:
    """A project with its instruments; `is_hole`: supervised without one."""

    project: str
    instruments: tuple[str, ...]
    is_hole: bool


@dataclass(frozen=True, slots=True)
class Handbook:
    """All that the handbook says, as plain values. `figures` are (term, words) of the year."""

    office: str
    fiscal_year: int
    model: str
    source: str
    note: str
    steps: tuple[StepPrint, ...]
    matrix: tuple[MatrixPrint, ...] = ()
    reviews: tuple[ReviewPrint, ...] = ()
    versions: tuple[tuple[str, str, str], ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    dated: date | None = None
    numerals: Numerals = field(default="arabic")


def handbook_document(book: Handbook) -> Document:
    """Lay the handbook out: cover, how the system works, each step with its records, tools, reviews, summary."""
    blocks: list[Block] = [
        Spacer(60),
        Heading(1, TITLE, Align.CENTER),
        paragraph(f"ปีงบประมาณ {book.fiscal_year}", align=Align.CENTER, bold=True),
        Spacer(6),
        paragraph(book.model, align=Align.CENTER),
        Spacer(110),
        paragraph(book.office, align=Align.CENTER, bold=True),
        PageBreak(),
        *_system(book),
    ]
    blocks += [Spacer(4), Heading(2, "2. รายละเอียดแต่ละขั้นตอน")]
    for step in book.steps:
        blocks += _step(step)
    blocks += [Spacer(4), Heading(2, "3. โครงการและเครื่องมือนิเทศ"), *_matrix(book.matrix)]
    blocks += [Spacer(4), Heading(2, "4. การตรวจสอบและปรับปรุงระบบ"), *_reviews(book.reviews)]
    blocks += [Spacer(4), Heading(2, "5. ฉบับของแผนการนิเทศ"), *_versions(book.versions)]
    blocks += [Spacer(4), Heading(2, "6. สรุปผลของปี"), *(fact(*one) for one in book.figures)]
    return Document(
        title=f"{TITLE} ปีงบประมาณ {book.fiscal_year}",
        blocks=tuple(blocks),
        page=Page(left=30.0, right=20.0),
        running=Running(
            head=f"{TITLE} {book.fiscal_year}",
            number=f"พิมพ์เมื่อ {format_date(book.dated)}" if book.dated else "",
            pages="หน้า {page} จาก {pages}",
        ),
        thai_digits=book.numerals == "thai",
        organisation=book.office,
        dated=book.dated,
    )


def _system(book: Handbook) -> list[Block]:
    finished = sum(bool(one.by) for one in book.steps)
    rows = [(one.mark, one.title, one.purpose, one.state) for one in book.steps]
    notes = [one for one in (book.note, AMBIGUOUS) if one]
    return [
        Heading(2, "1. ระบบการนิเทศของสำนักงานเขตพื้นที่การศึกษา"),
        fact("รูปแบบ", book.model),
        fact("ที่มาของรูปแบบ", book.source),
        fact("ดำเนินการเสร็จแล้ว", f"{finished} จาก {len(book.steps)} ขั้นตอน"),
        Spacer(2),
        table(("ขั้น", "ชื่อขั้นตอน", "เพื่ออะไร", "สถานะ"), (0.9, 3.6, 4.2, 1.6), rows),
        Spacer(2),
        *(fact("หมายเหตุ", one) for one in notes),
    ]


def _step(step: StepPrint) -> list[Block]:
    blocks: list[Block] = [Heading(3, f"{step.mark} {step.title}".strip())]
    if step.purpose:
        blocks.append(fact("เพื่อ", step.purpose))
    blocks += words(step.text) or [paragraph("ยังไม่มีบันทึกในขั้นตอนนี้", indent=10)]
    if step.records:
        blocks.append(fact("บันทึกที่เกี่ยวข้อง", " · ".join(step.records)))
    if step.pieces:
        blocks.append(fact("หลักฐาน", " · ".join(step.pieces)))
    if step.by:
        day = f" เมื่อวันที่ {step.done}" if step.done else " (เอกสารไม่ระบุวันที่)"
        blocks.append(fact("ดำเนินการเสร็จ", f"{step.by}{day}"))
    return blocks


def _matrix(rows: Sequence[MatrixPrint]) -> list[Block]:
    if not rows:
        return [paragraph("ยังไม่มีโครงการในแผนของปีนี้")]
    holes = sum(one.is_hole for one in rows)
    body = [
        (one.project, "\n".join(one.instruments) or ("ยังไม่มีเครื่องมือ" if one.is_hole else "ไม่มีการนิเทศ"))
        for one in rows
    ]
    said = f"โครงการที่นิเทศแต่ยังไม่มีเครื่องมือ {holes} จาก {len(rows)} โครงการ"
    return [paragraph(said), table(("โครงการ", "เครื่องมือ/แบบบันทึก"), (5, 4), body)]


def _reviews(rows: Sequence[ReviewPrint]) -> list[Block]:
    if not rows:
        return [paragraph("ยังไม่มีบันทึกการตรวจสอบระบบในปีนี้")]
    blocks: list[Block] = []
    for one in rows:
        blocks.append(Heading(3, f"การตรวจสอบเมื่อวันที่ {format_date(one.day)}"))
        terms = (
            ("สิ่งที่วางไว้", one.planned),
            ("สิ่งที่ทำ", one.done),
            ("สิ่งที่พบ", one.checked),
            ("สิ่งที่เปลี่ยน", one.changed),
            ("เหตุผล", one.why),
            ("ผู้บันทึก", one.by),
        )
        blocks += [fact(term, text) for term, text in terms if text]
    return blocks


def _versions(rows: Sequence[tuple[str, str, str]]) -> list[Block]:
    if not rows:
        return [paragraph("ยังไม่มีแผนการนิเทศที่อนุมัติในระบบ")]
    return [table(("ฉบับที่", "อนุมัติเมื่อ", "เหตุผล"), (1, 2.5, 5), rows)]
