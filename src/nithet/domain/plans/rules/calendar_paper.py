"""The calendar on paper: a year on A3 for the wall, a month on A4 (ปฏิทินปฏิบัติงาน)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nithet.domain.plans.rules.calendar import Entry, days_within, is_long, months_of, weeks_of
from nithet.domain.plans.rules.digits import in_digits
from nithet.foundation.documents.model import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    Page,
    Paragraph,
    Row,
    Run,
    Running,
    Table,
    paragraph,
)
from nithet.kernel.numerals import Numerals, in_numerals
from nithet.kernel.thai_dates import (
    MONTH_ABBREVIATIONS,
    MONTHS,
    WEEKDAYS,
    be_year,
    format_date,
    format_range,
)

KINDS = {
    "exam": "สอบ",
    "other_body": "หน่วยงานอื่น",
    "meeting": "ประชุม",
    "other": "อื่น ๆ",
    "holiday": "วันหยุด",
    "activity": "กิจกรรม",
}
MOST_IN_A_DAY = 4


@dataclass(frozen=True, slots=True)
class Work:
    """A line of the year: a project (`owner` may be empty) or an activity inside of it."""

    title: str
    owner: str
    entry: Entry | None
    is_project: bool = False


def year_document(
    fiscal_year: int,
    office: str,
    work: Sequence[Work],
    days: Sequence[Entry],
    *,
    numerals: Numerals = "arabic",
    dated: date | None = None,
) -> Document:
    """The year on A3: work line by line, October to September, the days of the calendar above it."""
    months = months_of(fiscal_year)
    head = Row(
        tuple(
            _cell(text, align=Align.CENTER, bold=True)
            for text in (
                "งาน/กิจกรรม",
                "ผู้รับผิดชอบ",
                *(f"{MONTH_ABBREVIATIONS[one.month - 1]} {be_year(one.year) % 100:02}" for one in months),
            )
        )
    )
    rows = [_days_row(kind, days, months) for kind in ("holiday", "exam", "meeting", "other_body", "other")]
    rows += [_work_row(one, months) for one in work]
    body = tuple(row for row in rows if row is not None)
    title = f"ปฏิทินปฏิบัติงาน ปีงบประมาณ {fiscal_year}"
    blocks: list[Block] = [
        Heading(1, title, Align.CENTER),
        paragraph(office, align=Align.CENTER),
        Table((5.2, 2.4, *([1.05] * 12)), head, body, size=12, head_size=12),
    ]
    holidays = [one for one in days if one.kind == "holiday"]
    if holidays:
        names = " · ".join(f"{format_date(one.starts_on, 'short')} {one.title}" for one in holidays)
        blocks.append(paragraph(f"วันหยุด: {names}"))
    return _document(title, office, blocks, numerals, dated, sheet_a3=True)


def _days_row(kind: str, days: Sequence[Entry], months: Sequence[date]) -> Row | None:
    found = [one for one in days if one.kind == kind]
    if not found:
        return None
    cells = [_cell(KINDS[kind], columns=2, bold=True)]
    for first in months:
        here = [(days_within(one, first), one.title) for one in found]
        lines = [f"{numbers} {title}" for numbers, title in here if numbers]
        if kind == "holiday":
            # Their names are long and known; they stand once below the table.
            lines = [", ".join(numbers for numbers, _ in here if numbers)]
        cells.append(Cell(tuple(paragraph(line) for line in lines) or (paragraph(""),)))
    return Row(tuple(cells))


def _work_row(one: Work, months: Sequence[date]) -> Row:
    cells = [_cell(one.title, bold=one.is_project), _cell(one.owner)]
    for first in months:
        text = days_within(one.entry, first) if one.entry else ""
        cells.append(_cell(_whole_month(text, first), align=Align.CENTER, bold=bool(text)))
    return Row(tuple(cells), keep_together=True)


def _whole_month(text: str, first: date) -> str:
    """A month that is worked in from its first day to its last shows a line instead of numbers."""
    start, _, end = text.partition("–")
    return "━━" if start == "1" and end.isdecimal() and int(end) >= 28 else text


def month_document(
    first: date,
    office: str,
    entries: Sequence[Entry],
    *,
    numerals: Numerals = "arabic",
    dated: date | None = None,
) -> Document:
    """A month on A4, Monday to Sunday, with what stands on each day."""
    title = f"ปฏิทินปฏิบัติงาน เดือน{MONTHS[first.month - 1]} {be_year(first.year)}"
    head = Row(tuple(_cell(name, align=Align.CENTER, bold=True) for name in WEEKDAYS))
    rows = []
    for week in weeks_of(first, entries):
        cells = []
        for day in week:
            if not day.is_inside:
                cells.append(_cell(""))
                continue
            lines = [Paragraph((Run(str(day.day.day), bold=True),), Align.RIGHT)]
            lines += [paragraph(_short(one)) for one in day.entries[:MOST_IN_A_DAY]]
            left = len(day.entries) - MOST_IN_A_DAY
            if left > 0:
                lines.append(paragraph(f"และอีก {left} รายการ"))
            cells.append(Cell(tuple(lines)))
        rows.append(Row(tuple(cells), keep_together=True))
    blocks: list[Block] = [
        Heading(1, title, Align.CENTER),
        Table((1.0,) * 7, head, tuple(rows), size=12, head_size=13),
    ]
    long = [one for one in entries if is_long(one)]
    if long:
        blocks.append(Paragraph((Run("งานที่ดำเนินการตลอดช่วง", bold=True),), keep_with_next=True))
        blocks += [paragraph(f"• {_short(one)} ({format_range(one.starts_on, one.ends_on, 'short')})") for one in long]
    return _document(title, office, blocks, numerals, dated, sheet_a3=False)


def _short(one: Entry) -> str:
    words = one.title if one.kind in {"holiday", "activity"} else f"{KINDS[one.kind]}: {one.title}"
    return words if len(words) <= 60 else words[:59] + "…"


def _document(
    title: str,
    office: str,
    blocks: list[Block],
    numerals: Numerals,
    dated: date | None,
    *,
    sheet_a3: bool,
) -> Document:
    made = f"พิมพ์เมื่อ {format_date(dated, 'short')}" if dated else ""
    document = Document(
        title=title,
        blocks=tuple(blocks),
        page=Page(
            landscape=True,
            top=16.0,
            bottom=14.0,
            left=14.0,
            right=14.0,
            sheet="A3" if sheet_a3 else "A4",
        ),
        running=Running(head=office, number=made, pages="หน้า {page} จาก {pages}"),
        size=14.0,
        thai_digits=numerals == "thai",
        organisation=office,
        dated=dated,
    )
    return in_digits(document, lambda text: in_numerals(text, numerals))


def _cell(text: str, *, align: Align = Align.LEFT, columns: int = 1, bold: bool = False) -> Cell:
    return Cell((paragraph(text, bold=bold, align=align),), columns=columns)
