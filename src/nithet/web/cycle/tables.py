"""The matrix of projects and instruments, what indicators ask, and the summary of a year."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nithet.domain.supervision.cycle_policy import may_read_cycle
from nithet.domain.supervision.queries.cycle import cycle_of
from nithet.domain.supervision.queries.cycle_summary import summary_of
from nithet.domain.supervision.queries.matrix import indicators_of, matrix_of
from nithet.foundation.documents.sheets import Column, Value
from nithet.web.cycle.finding import cycle_tabs, shown_year
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import year_choice


@login_required
@require_safe
def matrix(request: HttpRequest) -> HttpResponseBase:
    """Show the projects of a year against the instruments in use, holes first to see."""
    actor, year = actor_of(request), shown_year(request)
    found = matrix_of(actor, year)
    if wants_sheet(request):
        heads = [
            Column("โครงการ", width=50),
            Column("การนิเทศ (ครั้ง)", "whole"),
            Column("ความต้องการจำเป็นที่ตอบ", "whole"),
        ]
        columns = [
            *heads,
            *(Column(one.title, width=22) for one in found.instruments),
            Column("ข้อสังเกต"),
        ]
        rows: list[list[Value]] = [
            [
                row.project.title,
                row.visits,
                row.needs,
                *("มี" if one in row.instruments else "" for one in found.instruments),
                "นิเทศแต่ยังไม่มีเครื่องมือ" if row.is_hole else "",
            ]
            for row in found.rows
        ]
        return sheet_answer(f"ตารางโครงการกับเครื่องมือนิเทศ {year}", columns, rows, request=request)
    context = {
        "matrix": found,
        "year": year,
        "years": year_choice(request, year),
        "tabs": cycle_tabs(request, "matrix"),
        "reads": may_read_cycle(actor),
    }
    return render(request, "cycle/matrix.html", context)


@login_required
@require_safe
def indicators(request: HttpRequest) -> HttpResponseBase:
    """Show what the items of the year's rounds ask, against what is planned."""
    actor, year = actor_of(request), shown_year(request)
    rows = indicators_of(actor, year) if may_read_cycle(actor) else []
    if wants_sheet(request):
        columns = [
            Column("แบบ", width=40),
            Column("ข้อ", "code"),
            Column("ประเด็น", width=50),
            Column("รายการที่ถาม", width=50),
            Column("ข้อมูลบอกว่า", width=50),
            Column("โครงการที่ตอบ", width=50),
        ]
        cells: list[list[Value]] = [
            [
                row.edition,
                row.item,
                row.title,
                test.name,
                test.measured.sentence.words if test.measured else "",
                "\n".join(one.title for one in row.projects),
            ]
            for row in rows
            for test in row.tests
        ]
        return sheet_answer(f"วิเคราะห์ตัวบ่งชี้ {year}", columns, cells, request=request)
    context = {
        "rows": rows,
        "holes": sum(row.is_hole for row in rows),
        "year": year,
        "years": year_choice(request, year),
        "tabs": cycle_tabs(request, "indicators"),
    }
    return render(request, "cycle/indicators.html", context)


@login_required
@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    """Show what a year of supervision came to."""
    actor, year = actor_of(request), shown_year(request)
    cycle = cycle_of(actor, year)
    context = {
        "found": summary_of(actor, year, cycle) if may_read_cycle(actor) else None,
        "cycle": cycle,
        "year": year,
        "years": year_choice(request, year),
        "to": _rows_behind(year),
        "tabs": cycle_tabs(request, "summary"),
    }
    return render(request, "cycle/summary.html", context)


def _rows_behind(year: int) -> dict[str, str]:
    """Return where the records of each figure of the summary stand, all of the same year."""
    found = {
        "steps": ("cycle:cycle", ""),
        "plan": ("planner:standing", ""),
        "visits": ("visits:visits", "&kind=supervision&state=done"),
        "needs": ("needs:needs", "&show=served"),
        "reviews": ("cycle:reviews", ""),
        "packs": ("cycle:information", ""),
    }
    return {key: f"{reverse(name)}?year={year}{more}" for key, (name, more) in found.items()}
