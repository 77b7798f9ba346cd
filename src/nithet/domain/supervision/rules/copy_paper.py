"""The frozen copy of a visit on paper (สำเนาการนิเทศโรงเรียน), of its plain values; official Thai, whatever the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nithet.foundation.documents.model import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Row,
    Run,
    Running,
    Table,
    paragraph,
)
from nithet.kernel.numerals import Numerals, in_numerals
from nithet.kernel.thai_dates import format_date

Content = Mapping[str, Any]

TITLES = {"supervision": "บันทึกการนิเทศการศึกษา", "committee": "บันทึกการตรวจเยี่ยมโรงเรียน"}
MODES = {
    "on_site": "ที่โรงเรียน",
    "telephone": "ทางโทรศัพท์",
    "online": "ออนไลน์",
    "recorded": "ดูคลิปการสอน",
}
FINDINGS = {
    "supervision": {
        "impression": "จุดเด่น / สิ่งที่ประทับใจ",
        "problem": "สิ่งที่พบเห็นและปัญหา",
        "need": "ความต้องการของโรงเรียน",
        "to_develop": "ชวนคิด / จุดที่ควรพัฒนา",
        "suggestion": "ข้อเสนอแนะ",
    },
    "committee": {
        "impression": "สิ่งที่ประทับใจ",
        "problem": "ปัญหาที่พบ",
        "need": "ความต้องการของโรงเรียน",
        "suggestion": "ข้อเสนอแนะ",
        "to_develop": "จุดที่ควรพัฒนา",
    },
}
ANSWERS = {"not_yet": "ยัง", "partly": "บางส่วน", "done": "แล้ว"}
IN_WORK = {"not_yet": "ยัง", "partly": "บางส่วน", "yes": "แล้ว"}


@dataclass(frozen=True, slots=True)
class CopyPrint:
    """What stands around the copy; `number` counts the closings of the visit."""

    office: str
    number: int
    digest: str
    dated: date
    numerals: Numerals = "arabic"


def copy_document(content: Content, printed: CopyPrint) -> Document:
    """Lay a visit out as the copy that is kept as evidence."""

    def said(text: str) -> str:
        return in_numerals(text, printed.numerals)

    blocks: list[Block] = [
        Heading(1, TITLES[content["kind"]], Align.CENTER),
        paragraph(said(printed.office), align=Align.CENTER),
    ]
    blocks += [_fact(label, said(words)) for label, words in _facts(content) if words]
    for kind, label in FINDINGS[content["kind"]].items():
        lines = [one for one in content["findings"] if one["kind"] == kind]
        if lines:
            blocks.append(Heading(2, label))
            blocks += [_line(number, said(_words(one))) for number, one in enumerate(lines, 1)]
    if content["lesson_notes"]:
        blocks.append(Heading(2, "บันทึกจากการดูคลิปการสอน"))
        blocks += [
            paragraph(said(f"นาทีที่ {one['at'] // 60}:{one['at'] % 60:02} {one['text']}"), indent=6)
            for one in content["lesson_notes"]
        ]
    if content["development"]:
        blocks.append(Heading(2, "ขั้นของการพัฒนา"))
        blocks += [
            _line(number, said(" · ".join(filter(None, [one["topic"], one["words"], one["note"]]))))
            for number, one in enumerate(content["development"], 1)
        ]
    if content["checks"]:
        blocks.append(Heading(2, "ข้อตกลงครั้งก่อน"))
        blocks.append(
            _table(
                ("ข้อตกลง", "ผล", "หมายเหตุ"),
                (5.0, 1.5, 3.5),
                [
                    (said(one["agreement"]), ANSWERS[one["answer"]], said(one["note"]) or "–")
                    for one in content["checks"]
                ],
            )
        )
    if content["agreements"]:
        blocks.append(Heading(2, "ข้อตกลงร่วมกันหลังการนิเทศ"))
        blocks.append(
            _table(
                ("สิ่งที่ตกลงจะดำเนินการ", "ผู้รับผิดชอบ", "ภายในวันที่"),
                (5.0, 2.5, 2.5),
                [
                    (said(one["text"]), said(one["owner"]), said(_day(one["due_on"])) or "–")
                    for one in content["agreements"]
                ],
            )
        )
    blocks.append(_fact("ผู้บันทึก", said(_writer(content))))
    running = Running(
        head=printed.office,
        number=said(f"ฉบับปิดครั้งที่ {printed.number} · {printed.digest[:12]}"),
        pages="หน้า {page} จาก {pages}",
    )
    return Document(
        title=f"{TITLES[content['kind']]} {content['school']}",
        blocks=tuple(blocks),
        running=running,
        thai_digits=printed.numerals == "thai",
        organisation=printed.office,
        dated=printed.dated,
    )


def _facts(content: Content) -> list[tuple[str, str]]:
    hours = " – ".join(filter(None, [content["starts_at"], content["ends_at"]]))
    in_work = IN_WORK.get(content["qa_in_work"], "")
    went = ", ".join(
        one["title"] + (" (ผู้ร่วมเดินทาง)" if one["companion"] else "") for one in content["visitors"]
    )
    return [
        ("โรงเรียน", content["school"]),
        ("วันที่", _day(content["visited_on"]) + (f" เวลา {hours} น." if hours else "")),
        ("วิธี", MODES[content["mode"]]),
        ("ผู้ออกนิเทศ/ตรวจเยี่ยม", went or "ไม่ระบุ"),
        ("เรื่อง", content["purpose"]),
        ("โครงการ", content["project"]),
        ("ความต้องการจำเป็นที่ตอบ", "; ".join([*content["needs"], *filter(None, [content["need"]])])),
        ("เครื่องมือ", ", ".join(content["instruments"])),
        (
            "ระบบประกันคุณภาพอยู่ในงานปกติ",
            " · ".join(filter(None, [in_work, content["qa_seen"]])),
        ),
    ]


def _words(finding: Content) -> str:
    said_by = f" ({finding['said_by']})" if finding["said_by"] else ""
    return f"{finding['text']}{said_by}"


def _writer(content: Content) -> str:
    instead = f" (บันทึกแทน {content['written_for']})" if content["written_for"] else ""
    return f"{content['written_by'] or 'ไม่ระบุ'}{instead}"


def _day(iso: str | None) -> str:
    return format_date(date.fromisoformat(iso), "full") if iso else ""


def _fact(label: str, words: str) -> Paragraph:
    return Paragraph((Run(f"{label}  ", bold=True), Run(words)), first_line=-6, indent=6)


def _line(number: int, words: str) -> Paragraph:
    return paragraph(f"{number}. {words}", indent=6)


def _table(head: tuple[str, ...], widths: tuple[float, ...], rows: list[tuple[str, ...]]) -> Table:
    def row(cells: tuple[str, ...], *, bold: bool = False) -> Row:
        return Row(tuple(Cell((paragraph(one, bold=bold),)) for one in cells), keep_together=True)

    return Table(widths, row(head, bold=True), tuple(row(one) for one in rows))
