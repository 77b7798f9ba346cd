"""The action plan on paper (แผนปฏิบัติการประจำปีงบประมาณ), of its plain values; official Thai, whatever the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nithet.domain.plans.rules.digits import in_digits
from nithet.domain.plans.rules.money import add
from nithet.foundation.documents.model import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    Page,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Running,
    Spacer,
    Table,
    paragraph,
)
from nithet.kernel.numerals import Numerals, in_numerals
from nithet.kernel.thai_dates import format_date, format_range

SOURCES = {
    "budget": "งบประมาณ",
    "off_budget": "นอกงบประมาณ",
    "local_government": "องค์กรปกครองส่วนท้องถิ่น",
    "donation": "เงินบริจาค",
    "goods": "สิ่งของ",
    "labour": "แรงงาน",
    "cooperation": "ความร่วมมือ",
}
FIELDS = {
    "academic": "วิชาการ",
    "budget": "งบประมาณ",
    "personnel": "บริหารงานบุคคล",
    "general": "บริหารทั่วไป",
}
PERIODS = {
    "semester": "ต่อภาคเรียน",
    "academic_year": "ต่อปีการศึกษา",
    "fiscal_year": "ต่อปีงบประมาณ",
    "none": "",
}
NOT_STATED = "–"
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlanPrint:
    """What stands around a plan on paper. `number` 0: not approved yet, so it is marked as a draft."""

    office: str
    number: int
    approved: str = ""
    dated: date | None = None
    numerals: Numerals = "arabic"


def plan_document(content: Values, printed: PlanPrint) -> Document:
    """Lay a plan out: cover lines, a table of all projects with their money, then each project, then the policies."""
    blocks: list[Block] = [
        Heading(1, content["title"], Align.CENTER),
        paragraph(printed.office, align=Align.CENTER),
    ]
    if printed.approved:
        blocks.append(paragraph(printed.approved, align=Align.CENTER))
    blocks += [Spacer(4), Heading(2, "สรุปโครงการและงบประมาณ"), *_summary(content)]
    for number, one in enumerate(content["projects"], 1):
        blocks.append(PageBreak() if number == 1 else Spacer(4))
        blocks += _project(number, one)
    if content["policies"]:
        blocks += [Spacer(4), Heading(2, "นโยบายและค่าเป้าหมาย"), _policies(content["policies"])]
    running = Running(
        head=f"{printed.office} · {content['title']}",
        mark="" if printed.number else "ร่าง",
        number=f"ฉบับที่ {printed.number}" if printed.number else "ยังไม่อนุมัติ",
        pages="หน้า {page} จาก {pages}",
    )
    document = Document(
        title=content["title"],
        blocks=tuple(blocks),
        page=Page(left=25.0, right=20.0),
        running=running,
        thai_digits=printed.numerals == "thai",
        organisation=printed.office,
        dated=printed.dated,
    )
    return in_digits(document, lambda text: in_numerals(text, printed.numerals))


def _summary(content: Values) -> list[Block]:
    rows: list[Row] = []
    number = 0
    strategies = [one["title"] for one in content["strategies"]]
    for strategy in [*strategies, None]:
        found = [one for one in content["projects"] if one["strategy"] == strategy]
        if not found:
            continue
        if strategies:
            rows.append(Row((_cell(strategy or "ไม่ได้จัดอยู่ในกลยุทธ์", columns=5, bold=True),), keep_together=True))
        for one in found:
            number += 1
            rows.append(_summary_row(number, one))
    total = _stated([one for project in content["projects"] for one in project["budget"]])
    rows.append(
        Row((_cell("รวมทั้งสิ้น", columns=4, bold=True), _cell(total, align=Align.RIGHT, bold=True)), keep_together=True)
    )
    head = _head("ที่", "โครงการ", "ผู้รับผิดชอบ", "ระยะเวลา", "งบประมาณ (บาท)")
    return [Table((0.5, 4.2, 2.1, 1.9, 1.7), head, tuple(rows), size=14)]


def _summary_row(number: int, one: Values) -> Row:
    return Row(
        (
            _cell(str(number), align=Align.CENTER),
            _cell(one["title"]),
            _cell(one["owner"] or NOT_STATED),
            _cell(period_words(one) or NOT_STATED),
            _cell(_stated(one["budget"]), align=Align.RIGHT),
        ),
        keep_together=True,
    )


def _project(number: int, one: Values) -> list[Block]:
    blocks: list[Block] = [Heading(2, f"{number}. {one['title']}")]
    blocks += [
        _fact("กลยุทธ์", one["strategy"] or ""),
        _fact("ผู้รับผิดชอบ", one["owner"]),
        _fact("ระยะเวลา", period_words(one)),
        _fact("ตัวชี้วัดที่ตอบ", one["kpi"]),
        *([_fact("วัตถุประสงค์", "")] if one["objective"].strip() else []),
    ]
    blocks += [paragraph(line, indent=10) for line in one["objective"].splitlines() if line.strip()]
    if one["technique"]:
        where = ", ".join(part for part in (one["technique_document"], one["technique_where"]) if part)
        blocks.append(_fact("เทคนิคที่ใช้", f"{one['technique']} ({where})" if where else one["technique"]))
    for service in one["services"]:
        blocks.append(_fact(f"ตอบข้อ {service['title']}", _service(service)))
    blocks = [block for block in blocks if not _is_bare(block)]
    if one["targets"]:
        blocks += [Heading(3, "ตัวชี้วัดและค่าเป้าหมาย"), _targets(one["targets"])]
    if one["activities"]:
        blocks += [Heading(3, "กิจกรรม"), _activities(one["activities"])]
    if one["budget"]:
        blocks += [Heading(3, "งบประมาณและทรัพยากร"), _money(one["budget"])]
    return blocks


def _is_bare(block: Block) -> bool:
    """A term without words is left out; "วัตถุประสงค์" stays where its lines follow."""
    return isinstance(block, Paragraph) and len(block.runs) == 1 and block.runs[0].text.endswith(": ")


def _fact(term: str, text: str) -> Paragraph:
    if term == "วัตถุประสงค์":
        return Paragraph((Run("วัตถุประสงค์", bold=True),), keep_with_next=True)
    if not text:
        return Paragraph((Run(f"{term}: ", bold=True),))
    return Paragraph((Run(f"{term}: ", bold=True), Run(text)), first_line=0)


def _service(service: Values) -> str:
    parts = [service["why"]]
    if service["fields"]:
        parts.append("กระจายอำนาจด้าน" + " ".join(FIELDS[one] for one in service["fields"]))
    if service["board_part"]:
        parts.append(f"บทบาทคณะกรรมการสถานศึกษาขั้นพื้นฐาน: {service['board_part']}")
    return " · ".join(part for part in parts if part) or "โครงการนี้สนองข้อดังกล่าว"


def _targets(rows: Sequence[Values]) -> Table:
    body = tuple(
        Row(
            (
                _cell(one["title"]),
                _cell(" ".join(p for p in (_plain(one["value"]), one["unit"]) if p) or NOT_STATED),
                _cell(PERIODS[one["period"]] or NOT_STATED),
            ),
            keep_together=True,
        )
        for one in rows
    )
    return Table((5, 2.5, 2), _head("ตัวชี้วัด", "ค่าเป้าหมาย", "นับ"), body, size=14)


def _activities(rows: Sequence[Values]) -> Table:
    body = tuple(
        Row(
            (
                _cell(str(number), align=Align.CENTER),
                _cell(one["title"] + (f" (ยกเลิก: {one['called_off']})" if one["called_off"] else "")),
                _cell(one["owner"] or NOT_STATED),
                _cell(one["period"] or period_words(one) or NOT_STATED),
            ),
            keep_together=True,
        )
        for number, one in enumerate(rows, 1)
    )
    return Table((0.5, 5, 2, 2.2), _head("ที่", "กิจกรรม", "ผู้รับผิดชอบ", "ระยะเวลา"), body, size=14)


def _money(rows: Sequence[Values]) -> Table:
    body = [
        Row(
            (
                _cell(SOURCES[one["source"]]),
                _cell(" ".join(p for p in (one["title"], one["quantity"]) if p) or NOT_STATED),
                _cell(NOT_STATED if one["planned"] is None else _baht(Decimal(one["planned"])), align=Align.RIGHT),
            ),
            keep_together=True,
        )
        for one in rows
    ]
    total = _cell(_baht(_planned(rows)), align=Align.RIGHT, bold=True)
    body.append(Row((_cell("รวม", columns=2, bold=True), total), keep_together=True))
    head = _head("แหล่ง", "รายการ", "จำนวนเงิน (บาท)")
    return Table((2.5, 5, 2), head, tuple(body), size=14)


def _policies(rows: Sequence[Values]) -> Table:
    body = tuple(
        Row(
            (
                _cell(one["number"] or NOT_STATED),
                _cell(one["title"]),
                _cell(one["owner"] or NOT_STATED),
                _cell(
                    " ".join(p for p in (one["value"], one["unit"], PERIODS[one["period"]]) if p)
                    or NOT_STATED
                ),
            ),
            keep_together=True,
        )
        for one in rows
    )
    return Table((0.9, 5, 2, 2), _head("ที่", "นโยบาย", "ผู้รับผิดชอบ", "ค่าเป้าหมาย"), body, size=14)


def _head(*words: str) -> Row:
    return Row(tuple(_cell(one, align=Align.CENTER, bold=True) for one in words))


def _cell(text: str, *, align: Align = Align.LEFT, columns: int = 1, bold: bool = False) -> Cell:
    lines = text.splitlines() or [""]
    return Cell(tuple(paragraph(line, bold=bold, align=align) for line in lines), columns=columns)


def _planned(rows: Iterable[Values]) -> Decimal:
    amounts = (one["planned"] for one in rows)
    return add((None if one is None else Decimal(one), None) for one in amounts).planned


def _stated(rows: Sequence[Values]) -> str:
    """Return what is planned; a dash where no line states an amount, which differs from nothing."""
    is_stated = any(one["planned"] is not None for one in rows)
    return _baht(_planned(rows)) if is_stated else NOT_STATED


def _baht(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _plain(value: str | None) -> str:
    """Return a kept number without the zeros behind its point."""
    if not value:
        return ""
    number = Decimal(value)
    return f"{number:,.0f}" if number == number.to_integral() else f"{number:,.2f}"


def period_words(one: Values) -> str:
    """Return the days of a project or an activity of a frozen plan; "" where none is stated."""
    days = [date.fromisoformat(one[name]) for name in ("starts_on", "ends_on") if one[name]]
    if len(days) == 2:
        return format_range(days[0], days[1], "short")
    return format_date(days[0], "short") if days else ""
