"""A study as a chapter of a report: problem, cycles, values before and after with test and effect; official Thai."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nithet.domain.plans.rules.digits import in_digits
from nithet.domain.supervision.rules import effect_words as say
from nithet.domain.supervision.rules.comparison import Compared, Method
from nithet.domain.supervision.rules.paper_parts import NOT_STATED, fact, table, words
from nithet.foundation.documents.model import (
    Align,
    Block,
    Document,
    Heading,
    Page,
    Running,
    paragraph,
)
from nithet.kernel.numerals import Numerals, in_numerals
from nithet.kernel.thai_dates import format_date


@dataclass(frozen=True, slots=True)
class CyclePrint:
    """A cycle as it is printed; `visits` in words, `when` the days in words or ""."""

    number: int
    when: str
    problem: str
    design: str
    tried: str
    evaluated: str
    changed: str
    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasurePrint:
    """What was measured, as it is printed."""

    title: str
    unit: str
    of: str
    source: str
    more_is_better: bool
    values: tuple[tuple[str, str, str], ...]
    compared: Compared


@dataclass(frozen=True, slots=True)
class StudyPrint:
    """All that the chapter says, as plain values; `published` in words or ""."""

    office: str
    title: str
    owner: str
    fiscal_year: int
    problem: str
    aims: str
    innovation: str
    group: str
    findings: str
    suggestions: str
    published: str
    cycles: tuple[CyclePrint, ...]
    measures: tuple[MeasurePrint, ...]
    evidence: tuple[str, ...] = ()
    dated: date | None = None
    numerals: Numerals = "arabic"


MOST_PRINTED_VALUES = 40
"""So many values stand in the chapter; more are in the spreadsheet of the measure."""


def study_document(study: StudyPrint) -> Document:
    """Return the chapter."""
    blocks: list[Block] = [
        Heading(1, study.title, Align.CENTER),
        paragraph(study.office, align=Align.CENTER),
        fact("ผู้วิจัย", study.owner),
        fact("ปีงบประมาณ", str(study.fiscal_year)),
        *_part("ความเป็นมาและปัญหา", study.problem),
        *_part("วัตถุประสงค์", study.aims),
        *_part("สิ่งที่พัฒนา (นวัตกรรม/รูปแบบการนิเทศ)", study.innovation),
        *_part("กลุ่มเป้าหมาย", study.group),
        Heading(2, "วิธีดำเนินการ"),
        *_cycles(study.cycles),
        Heading(2, "ผลการศึกษา"),
        *_results(study.measures),
        *_part("สรุปและอภิปรายผล", study.findings),
        *_part("ข้อเสนอแนะ", study.suggestions),
        *_part("การเผยแพร่", study.published or "ยังไม่เผยแพร่"),
    ]
    if study.evidence:
        blocks.append(Heading(2, "เอกสารหลักฐาน"))
        blocks += [paragraph(f"{n}. {one}") for n, one in enumerate(study.evidence, start=1)]
    made = f"พิมพ์เมื่อ {format_date(study.dated, 'short')}" if study.dated else ""
    document = Document(
        title=study.title,
        blocks=tuple(blocks),
        page=Page(),
        running=Running(head=study.office, number=made, pages="หน้า {page} จาก {pages}"),
        thai_digits=study.numerals == "thai",
        organisation=study.office,
        dated=study.dated,
    )
    return in_digits(document, lambda text: in_numerals(text, study.numerals))


def _part(title: str, text: str) -> list[Block]:
    return [Heading(2, title), *(words(text) or [paragraph(NOT_STATED)])]


_ALWAYS = frozenset({"ออกแบบ", "ทดลองใช้", "ประเมินผล"})
"""Steps that a cycle has whether or not they are written yet."""


def _cycles(cycles: Sequence[CyclePrint]) -> list[Block]:
    if not cycles:
        return [paragraph("ยังไม่ได้บันทึกวงรอบ")]
    found: list[Block] = []
    for one in cycles:
        when = f" ({one.when})" if one.when else ""
        found.append(Heading(3, f"วงรอบที่ {one.number}{when}"))
        rows = [
            ("ปัญหาของวงรอบ", one.problem),
            ("ออกแบบ", one.design),
            ("ทดลองใช้", one.tried),
            ("ประเมินผล", one.evaluated),
            ("ปรับในวงรอบต่อไป", one.changed),
            ("การนิเทศในวงรอบนี้", "\n".join(one.visits)),
        ]
        told = [row for row in rows if row[1] or row[0] in _ALWAYS]
        found.append(table(("ขั้นตอน", "สิ่งที่ทำ"), (1.5, 4.5), told))
    return found


def _results(measures: Sequence[MeasurePrint]) -> list[Block]:
    if not measures:
        return [paragraph("ยังไม่ได้บันทึกค่าก่อนและหลัง")]
    found: list[Block] = []
    for number, one in enumerate(measures, start=1):
        unit = f" ({one.unit})" if one.unit else ""
        found.append(Heading(3, f"ตารางที่ {number} {one.title}{unit}"))
        found += measure_blocks(one)
    return found


def measure_blocks(one: MeasurePrint) -> list[Block]:
    """Return the table of a measure with what must stand under it."""
    got = one.compared
    rows = [
        ("ก่อน", str(got.before.n), *_side(got.before.mean, got.before.sd, got.before.median)),
        ("หลัง", str(got.after.n), *_side(got.after.mean, got.after.sd, got.after.median)),
    ]
    found: list[Block] = [
        table(("", "n", "ค่าเฉลี่ย", "S.D.", "มัธยฐาน"), (1.4, 0.8, 1.2, 1.2, 1.2), rows)
    ]
    if got.method != Method.NONE:
        middle = (
            [("ค่ากลางของการเปลี่ยนแปลง", say.number_words(got.shift))]
            if got.shift is not None
            else []
        )
        facts = [
            ("การเปลี่ยนแปลงเฉลี่ย", say.number_words(got.change)),
            *middle,
            ("ช่วงความเชื่อมั่น 95 %", say.interval_words(got.low, got.high)),
            ("สถิติทดสอบ", say.METHODS[got.method]),
            ("ค่าสถิติ", say.statistic_words(got)),
            ("p (สองทาง)", say.p_words(got.p)),
            ("ขนาดอิทธิพล", say.sized_words(got)),
        ]
        found.append(table(("รายการ", "ค่า"), (2.2, 3.8), facts))
    if got.n <= MOST_PRINTED_VALUES and one.values:
        found.append(table((one.of, "ก่อน", "หลัง"), (3.0, 1.5, 1.5), one.values))
    found += [paragraph(f"• {line}") for line in under_table(one)]
    return found


def under_table(one: MeasurePrint) -> list[str]:
    """Return the sentences under a measure's table: the result, how few there are, why this test, the formula, the source."""
    got = one.compared
    said = [say.sentence(got, one.title, more_is_better=one.more_is_better)]
    said += [caution] if (caution := say.caution_words(got)) else []
    if got.left_out:
        said.append(f"ไม่นับ {got.left_out} แถวที่มีค่าเพียงด้านเดียว")
    said += [why] if (why := say.why_words(got)) else []
    said += say.limits_words(got)
    said += [say.FORMULAS[got.method]] if got.method in say.FORMULAS else []
    said.append("S.D. คำนวณแบบกลุ่มตัวอย่าง (หารด้วย n − 1)")
    if one.source:
        said.append(f"ที่มาของค่า: {one.source}")
    return said


def _side(mean: float | None, sd: float | None, middle: float | None) -> tuple[str, str, str]:
    return say.number_words(mean), say.number_words(sd), say.number_words(middle)
