"""The plan of visits on paper: the sheet for the wall (A4), the year (A3), a month (A4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nithet.domain.plans.rules.calendar import Entry, days_within, months_of, weeks_of
from nithet.domain.plans.rules.calendar_paper import KINDS
from nithet.domain.plans.rules.digits import in_digits
from nithet.domain.supervision.rules.covering import Covered, SemesterCover
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
    Spacer,
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
)

MOST_IN_A_DAY = 9
MOST_LETTERS, WHO_LETTERS = 60, 14
YEAR_SIZES = (10.0, 9.0, 8.0, 7.0, 6.0)
MONTH_SIZES = (10.5, 9.5, 8.5, 7.5)
"""Sizes of type of the calendars, tried from the largest until a calendar is one page."""
SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
"""Sizes of type for the sheet on the wall, tried from the largest until it is one page."""
DENSE_SIZES = (10.0, 9.0, 8.0, 7.5, 7.0, 6.5, 6.0)
"""Sizes of type for a sheet whose names take the whole width, where the table is too long."""
SEVERAL_PAGES = 8.0
"""The size of type of a calendar that is longer than one page in the smallest: then it may as well be read."""
REMOTE_MARK = "* นิเทศทางโทรศัพท์หรือออนไลน์แล้ว ยังไม่ได้ไปที่โรงเรียน"
OFFICE_PREFIX = "โรงเรียน"


@dataclass(frozen=True, slots=True)
class WallSheet:
    """What the sheet on the wall says: `shown` is the semester whose names it lists, `committee` lines about the committee."""

    year: int
    office: str
    semesters: tuple[SemesterCover, ...]
    shown: SemesterCover
    population: str
    committee: tuple[str, ...]
    dated: date
    numerals: Numerals = "arabic"


def short_name(name: str) -> str:
    """Return a school's name without the word school, as lists on a wall have it."""
    return name.removeprefix(OFFICE_PREFIX) or name


def percent(count: int, total: int) -> str:
    """Return a share with one decimal, "–" of nothing."""
    return f"{100 * count / total:.1f}" if total else "–"


def cover_words(one: SemesterCover) -> str:
    """Say a semester in one line: n of N, share, time left."""
    if not one.has_begun:
        return f"{one.semester}: ยังไม่เริ่ม"
    said = f"{one.semester}: นิเทศแล้ว {one.all.count} จาก {one.all.total} โรงเรียน (ร้อยละ {percent(one.all.count, one.all.total)})"
    if one.all.is_whole:
        return f"{said} ครบทุกโรงเรียน"
    left = f"เหลือ {len(one.all.left)} โรงเรียน"
    time = f"เหลือเวลา {one.weeks_left} สัปดาห์" if one.weeks_left else "สิ้นภาคเรียนแล้ว"
    return f"{said} {left} {time}"


def wall_document(sheet: WallSheet, size: float = SIZES[0], *, is_dense: bool = False) -> Document:
    """The sheet for the wall: n of N by network and supervisor, and the names that are left.

    `is_dense` gives the names the whole width, a paragraph a network: for a large office of which much is left.
    """
    shown = sheet.shown
    blocks: list[Block] = [
        Heading(1, f"นิเทศครบทุกโรงเรียน ปีงบประมาณ {sheet.year}", Align.CENTER),
    ]
    for one in sheet.semesters:
        blocks.append(paragraph(cover_words(one), bold=one is shown))
    blocks += [
        Spacer(1.5),
        Paragraph(
            (Run(f"โรงเรียนที่ยังไม่ได้นิเทศ {shown.semester} จำแนกตามเครือข่าย", bold=True),),
            keep_with_next=True,
        ),
        *(_names_lines(shown.networks) if is_dense else [_names_table(shown.networks, size)]),
        Spacer(2.0),
        Paragraph(
            (Run(f"จำแนกตามศึกษานิเทศก์ประจำโรงเรียน {shown.semester}", bold=True),),
            keep_with_next=True,
        ),
        _people_table(shown.supervisors, size),
        Spacer(1.5),
        *(paragraph(line) for line in sheet.committee),
        paragraph(
            f"นับการนิเทศที่โรงเรียนเท่านั้น {shown.on_site} ครั้ง "
            f"ส่วนทางโทรศัพท์ ออนไลน์ และจากบันทึกการสอน {shown.remote} ครั้ง นับแยกไว้ ไม่รวมใน “นิเทศแล้ว”"
        ),
        paragraph(f"ฐานการนับ {sheet.population} · ข้อมูล ณ วันที่ {format_date(sheet.dated)}"),
    ]
    page = Page(top=14.0, bottom=12.0, left=15.0, right=12.0)
    return _document(
        f"นิเทศครบทุกโรงเรียน ปีงบประมาณ {sheet.year}",
        sheet.office,
        blocks,
        page,
        sheet.numerals,
        sheet.dated,
        size,
    )


def _names(one: Covered) -> str:
    return ", ".join(
        short_name(school.name) + ("*" if school in one.remote_only else "") for school in one.left
    )


def _names_lines(networks: Sequence[Covered]) -> list[Block]:
    """The networks as paragraphs; those that are whole stand together in the last one."""
    lines: list[Block] = [
        Paragraph(
            (
                Run(
                    f"{one.name or 'ไม่มีเครือข่าย'} ({one.count}/{one.total}) เหลือ {len(one.left)}: ",
                    bold=True,
                ),
                Run(_names(one)),
            )
        )
        for one in networks
        if one.left
    ]
    whole = ", ".join(
        f"{one.name or 'ไม่มีเครือข่าย'} ({one.count}/{one.total})" for one in networks if not one.left
    )
    if whole:
        lines.append(Paragraph((Run("นิเทศครบแล้ว: ", bold=True), Run(whole))))
    if any(one.remote_only for one in networks):
        lines.append(paragraph(REMOTE_MARK))
    return lines


def _names_table(networks: Sequence[Covered], size: float) -> Table:
    head = Row(
        tuple(
            _cell(text, Align.CENTER, bold=True)
            for text in ("เครือข่าย", "ทั้งหมด", "นิเทศแล้ว", "เหลือ", "รายชื่อที่เหลือ")
        )
    )
    rows = []
    for one in networks:
        names = _names(one)
        rows.append(
            Row(
                (
                    _cell(one.name or "ไม่มีเครือข่าย"),
                    _cell(str(one.total), Align.CENTER),
                    _cell(str(one.count), Align.CENTER),
                    _cell(str(len(one.left)), Align.CENTER, bold=bool(one.left)),
                    _cell(names or f"ครบแล้ว {one.count}/{one.total}"),
                ),
                keep_together=True,
            )
        )
    has_mark = any(one.remote_only for one in networks)
    if has_mark:
        rows.append(Row((_cell(REMOTE_MARK, columns=5),)))
    return Table((2.6, 0.8, 0.95, 0.75, 8.0), head, tuple(rows), size=size, head_size=size)


def _people_table(people: Sequence[Covered], size: float) -> Table:
    """Two people a row, to save room on the wall."""
    names = ("ศึกษานิเทศก์", "ทั้งหมด", "แล้ว", "เหลือ") * 2
    head = Row(tuple(_cell(text, Align.CENTER, bold=True) for text in names))
    half = (len(people) + 1) // 2
    rows = []
    for at in range(half):
        cells = list(_person(people[at]))
        cells += list(_person(people[at + half])) if at + half < len(people) else [_cell("")] * 4
        rows.append(Row(tuple(cells), keep_together=True))
    return Table((3.2, 0.8, 0.7, 0.7) * 2, head, tuple(rows), size=size, head_size=size)


def _person(one: Covered) -> tuple[Cell, ...]:
    return (
        _cell(one.name or "ยังไม่มีศึกษานิเทศก์ประจำ"),
        _cell(str(one.total), Align.CENTER),
        _cell(str(one.count), Align.CENTER),
        _cell(str(len(one.left)), Align.CENTER, bold=bool(one.left)),
    )


@dataclass(frozen=True, slots=True)
class YearLine:
    """A line of the year: who, and what stands in each month as ready words ("14 วัดไทรทอง"), by the month's first day."""

    title: str
    months: Mapping[date, Sequence[str]]


def year_document(
    fiscal_year: int,
    office: str,
    scope: str,
    lines: Sequence[YearLine],
    days: Sequence[Entry],
    *,
    numerals: Numerals = "arabic",
    dated: date | None = None,
    size: float = 10.0,
) -> Document:
    """The year on A3: who goes where in which month; holidays, examinations and meetings above."""
    months = months_of(fiscal_year)
    heads = [f"{MONTH_ABBREVIATIONS[one.month - 1]} {be_year(one.year) % 100:02}" for one in months]
    head = Row(tuple(_cell(text, Align.CENTER, bold=True) for text in ("ผู้นิเทศ", *heads)))
    rows = [
        row
        for kind in ("exam", "meeting", "other_body", "other", "holiday")
        if (row := _days_row(kind, days, months)) is not None
    ]
    for line in lines:
        cells = [_cell(line.title, bold=True)]
        for first in months:
            words = line.months.get(first, ())
            cells.append(Cell(tuple(paragraph(one) for one in words) or (paragraph(""),)))
        rows.append(Row(tuple(cells)))
    title = f"ปฏิทินการนิเทศ ปีงบประมาณ {fiscal_year}"
    blocks: list[Block] = [
        Heading(1, title, Align.CENTER),
        *([paragraph(scope, align=Align.CENTER)] if scope else []),
        Table((2.2, *([1.5] * 12)), head, tuple(rows), size=size, head_size=12),
    ]
    holidays = [one for one in days if one.kind == "holiday"]
    if holidays:
        named = " · ".join(f"{format_date(one.starts_on, 'short')} {one.title}" for one in holidays)
        blocks.append(paragraph(f"วันหยุด: {named}"))
    page = Page(landscape=True, top=14.0, bottom=12.0, left=12.0, right=12.0, sheet="A3")
    return _document(title, office, blocks, page, numerals, dated, 12.0)


def _days_row(kind: str, days: Sequence[Entry], months: Sequence[date]) -> Row | None:
    found = [one for one in days if one.kind == kind]
    if not found:
        return None
    cells = [_cell(KINDS[kind], bold=True)]
    for first in months:
        here = [(days_within(one, first), one.title) for one in found]
        if kind == "holiday":
            # Their names are long and known; they stand once below the table.
            words = [", ".join(numbers for numbers, _ in here if numbers)]
        else:
            words = [f"{numbers} {title}" for numbers, title in here if numbers]
        cells.append(Cell(tuple(paragraph(one) for one in words) or (paragraph(""),)))
    return Row(tuple(cells))


def month_document(
    first: date,
    office: str,
    scope: str,
    entries: Sequence[Entry],
    *,
    numerals: Numerals = "arabic",
    dated: date | None = None,
    size: float = 10.5,
) -> Document:
    """A month on A4, Monday to Sunday, with the visits and the days of the calendar."""
    title = f"ปฏิทินการนิเทศ เดือน{MONTHS[first.month - 1]} {be_year(first.year)}"
    head = Row(tuple(_cell(name, Align.CENTER, bold=True) for name in WEEKDAYS))
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
        *([paragraph(scope, align=Align.CENTER)] if scope else []),
        Table((1.2,) * 5 + (0.7,) * 2, head, tuple(rows), size=size, head_size=12),
    ]
    page = Page(landscape=True, top=12.0, bottom=12.0, left=12.0, right=12.0)
    return _document(title, office, blocks, page, numerals, dated, 13.0)


def _short(one: Entry) -> str:
    words = one.title if one.kind in {"holiday", "activity"} else f"{KINDS[one.kind]}: {one.title}"
    school, dot, who = words.partition(" · ")
    if dot and len(words) > MOST_LETTERS:
        # The end of a long title tells people apart ("… คนที่ 5"), its beginning is the same for all.
        words = f"{school} · …{who[-WHO_LETTERS:]}"
    return words if len(words) <= MOST_LETTERS else words[: MOST_LETTERS - 1] + "…"


def _document(
    title: str,
    office: str,
    blocks: list[Block],
    page: Page,
    numerals: Numerals,
    dated: date | None,
    size: float,
) -> Document:
    made = f"พิมพ์เมื่อ {format_date(dated, 'short')}" if dated else ""
    document = Document(
        title=title,
        blocks=tuple(blocks),
        page=page,
        running=Running(head=office, number=made, pages="หน้า {page} จาก {pages}"),
        size=size,
        thai_digits=numerals == "thai",
        organisation=office,
        dated=dated,
    )
    return in_digits(document, lambda text: in_numerals(text, numerals))


def _cell(text: str, align: Align = Align.LEFT, *, columns: int = 1, bold: bool = False) -> Cell:
    return Cell((paragraph(text, bold=bold, align=align),), columns=columns)
