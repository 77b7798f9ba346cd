"""The plan of visits as PDF: the sheet for the wall, the year on A3, a month on A4."""

import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

import pypdfium2
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from nithet.domain.plans.rules.calendar import months_of
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import READERS
from nithet.domain.supervision.queries.counting import CommitteeCover, committee_cover, year_cover
from nithet.domain.supervision.rules.planning_papers import (
    DENSE_SIZES,
    MONTH_SIZES,
    SEVERAL_PAGES,
    SIZES,
    YEAR_SIZES,
    WallSheet,
    YearLine,
    month_document,
    short_name,
    wall_document,
    year_document,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.documents.model import Document
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.thai_text.forms import sort_key
from nithet.foundation.ui.display import current_numerals
from nithet.kernel import clock
from nithet.kernel.numerals import Numerals
from nithet.kernel.periods import month_end
from nithet.kernel.school_years import fiscal_year
from nithet.web.planner.calendar import (
    Filter,
    days_between,
    entries_of,
    filter_of,
    month_asked,
    visits_between,
)
from nithet.web.planner.finding import reader_of, shown_year
from nithet.web.planner.standing import chosen_semester
from nithet.web.shared.downloads import PDF, file_answer
from nithet.web.shared.requests import actor_of, year_of

COMMITTEE, NOBODY = "คณะกรรมการ", "ไม่ระบุผู้ไป"
LETTERS_OF_A_PAGE = 2600
"""About how many letters of names stand on one A4 in the largest type of the wall sheet, so that few sizes are tried."""


@login_required
@require_safe
def wall(request: HttpRequest) -> HttpResponseBase:
    """Answer with the sheet for the wall, on one page."""
    actor, year = reader_of(request), shown_year(request)
    with translation.override("th"):
        cover = year_cover(actor, year)
        sheet = WallSheet(
            year=year,
            office=_office(actor),
            semesters=cover.semesters,
            shown=chosen_semester(request, cover),
            population=cover.population.sentence,
            committee=_committee_words(committee_cover(actor, year)),
            dated=clock.today(),
            numerals=current_numerals(),
        )
        return file_answer(one_page(sheet), PDF, f"นิเทศครบทุกโรงเรียน {year}.pdf")


def one_page(sheet: WallSheet) -> bytes:
    """Return the sheet in the largest type in which it is one page; names take the whole width where a table is too long."""
    names = sum(len(school.name) for school in sheet.shown.all.left)
    begin = min(len(SIZES) - 1, names // LETTERS_OF_A_PAGE)
    found = _one_page(lambda size: wall_document(sheet, size), SIZES[begin:])
    if found is None:
        found = _one_page(lambda size: wall_document(sheet, size, is_dense=True), DENSE_SIZES)
    return found or write_pdf(wall_document(sheet, DENSE_SIZES[-1], is_dense=True))


def fitted(made: Callable[[float], Document], sizes: Sequence[float]) -> bytes:
    """Return a paper in the largest type in which it is one page; where none is enough, as several pages that can be read."""
    return _one_page(made, sizes) or write_pdf(made(SEVERAL_PAGES))


def _one_page(made: Callable[[float], Document], sizes: Sequence[float]) -> bytes | None:
    for size in sizes:
        data = write_pdf(made(size))
        if _pages(data) == 1:
            return data
    return None


def _pages(data: bytes) -> int:
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    try:
        return len(document)
    finally:
        document.close()


def _committee_words(cover: CommitteeCover) -> tuple[str, ...]:
    lines = []
    for at, part in enumerate(cover.semesters):
        if not cover.members:
            break
        if not cover.members[0].semesters[at].has_begun:
            lines.append(f"กรรมการตรวจเยี่ยม {part}: ยังไม่เริ่ม")
            continue
        unnamed = cover.unnamed[at]
        more = f" (อีก {unnamed} ครั้งไม่ได้บันทึกว่าใครไป)" if unnamed else ""
        lines.append(
            f"กรรมการตรวจเยี่ยม {part}: ไปแล้ว {cover.count_of(at)} จาก {len(cover.members)} คน{more}"
        )
    return tuple(lines)


def _office(actor: Actor) -> str:
    return Unit.objects.get(pk=actor.writes_in).name


@login_required
@require_safe
def calendar_paper(request: HttpRequest, visit_calendar: str) -> HttpResponseBase:
    """Answer with the calendar of visits as PDF: "year" on A3, "month" on A4, for the same choice as the page."""
    actor = actor_of(request)
    if visit_calendar not in {"year", "month"} or actor.office_id is None:
        raise Http404
    if not (actor.holds(*READERS) or actor.school_ids):
        raise Http404
    chosen, numerals, today = filter_of(request, actor), current_numerals(), clock.today()
    with translation.override("th"):
        if visit_calendar == "month":
            first = month_asked(request)
            entries = entries_of(actor, first, month_end(first.year, first.month), chosen)
            office = _office(actor)
            data = fitted(
                lambda size: month_document(
                    first, office, chosen.words, entries, numerals=numerals, dated=today, size=size
                ),
                MONTH_SIZES,
            )
            return file_answer(data, PDF, f"ปฏิทินการนิเทศ {first:%Y-%m}.pdf")
        year = year_of(request) or fiscal_year(month_asked(request))
        data = _year_paper(actor, year, chosen, numerals, today)
        return file_answer(data, PDF, f"ปฏิทินการนิเทศ ปีงบประมาณ {year}.pdf")


def _year_paper(actor: Actor, year: int, chosen: Filter, numerals: Numerals, today: date) -> bytes:
    months = months_of(year)
    last = month_end(months[-1].year, months[-1].month)
    found: dict[str, dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    for visit in visits_between(actor, months[0], last, chosen):
        words = short_name(visit.school.name)
        if visit.mode != Visit.Mode.ON_SITE:
            words += f" ({visit.get_mode_display()})"
        found[_who(visit, chosen)][visit.visited_on].append(words)
    order = sorted(found, key=lambda one: (one in {COMMITTEE, NOBODY}, sort_key(one)))
    rows = [YearLine(title, _by_month(found[title])) for title in order]
    days, office = days_between(actor, months[0], last), _office(actor)
    return fitted(
        lambda size: year_document(
            year, office, chosen.words, rows, days, numerals=numerals, dated=today, size=size
        ),
        YEAR_SIZES,
    )


def _by_month(days: dict[date, list[str]]) -> dict[date, list[str]]:
    """Return a line a day, "14 วัดไทรทอง, วัดโพธิ์", by month."""
    months: dict[date, list[str]] = defaultdict(list)
    for day in sorted(days):
        months[day.replace(day=1)].append(f"{day.day} {', '.join(days[day])}")
    return months


def _who(visit: Visit, chosen: Filter) -> str:
    if chosen.person is not None:
        return chosen.person.title
    if visit.kind == Visit.Kind.COMMITTEE:
        return COMMITTEE
    team = [one.title for one in visit.visitors.all()]
    return team[0] if team else NOBODY
