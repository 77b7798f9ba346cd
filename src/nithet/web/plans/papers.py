"""Plans and calendars on paper: DOCX, PDF and XLSX."""

from datetime import date
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.queries.content import content_of
from nithet.domain.plans.queries.plans import list_versions, plan_of
from nithet.domain.plans.queries.standing import plan_of_year
from nithet.domain.plans.rules.calendar import Entry, months_of
from nithet.domain.plans.rules.calendar_paper import Work, month_document, year_document
from nithet.domain.plans.rules.paper import SOURCES, PlanPrint, period_words, plan_document
from nithet.domain.plans.rules.snapshot import digest_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.documents.docx.write import write_docx
from nithet.foundation.documents.model import Document
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.documents.sheets import Column
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.ui.display import current_numerals
from nithet.kernel import clock
from nithet.kernel.periods import month_end
from nithet.kernel.school_years import fiscal_year
from nithet.kernel.thai_dates import format_date
from nithet.web.plans.calendar import month_of
from nithet.web.plans.entries import entries_between, may_read_calendar
from nithet.web.plans.finding import plan_or_404
from nithet.web.shared.downloads import DOCX, PDF, file_answer, sheet_answer
from nithet.web.shared.requests import actor_of, year_of


@login_required
@require_safe
def plan_paper(request: HttpRequest, plan_id: int, paper_kind: str) -> HttpResponseBase:
    """Answer with the plan as paper; `?version=` an approved one, otherwise the plan as it is now."""
    plan = plan_or_404(request, plan_id)
    if paper_kind not in {"docx", "pdf", "xlsx"}:
        raise Http404
    content, number, approved = _of_version(plan, request.GET.get("version", ""))
    if paper_kind == "xlsx":
        return _plan_sheet(request, plan, content)
    printed = PlanPrint(
        office=_office(actor_of(request)),
        number=number,
        approved=approved,
        dated=clock.today(),
        numerals=current_numerals(),
    )
    return _answer(plan_document(content, printed), paper_kind)


def _of_version(plan: Plan, asked: str) -> tuple[dict, int, str]:  # type: ignore[type-arg]  # plain values
    """Return (content, number, who approved it); number 0 where it is not approved as it stands."""
    versions = list(list_versions(plan))
    if asked:
        found = next((one for one in versions if str(one.number) == asked), None)
        if found is None:
            raise Http404
        return found.content, found.number, _approved(found.approved_by, clock.day_of(found.approved_at))
    content = content_of(plan)
    last = versions[0] if versions else None
    if last and last.digest == digest_of(content):
        return content, last.number, _approved(last.approved_by, clock.day_of(last.approved_at))
    return content, 0, ""


def _approved(by: str, on: date) -> str:
    return f"อนุมัติโดย {by} เมื่อวันที่ {format_date(on)}"


def _office(actor: Actor) -> str:
    return Unit.objects.get(pk=actor.writes_in).name


def _answer(document: Document, kind: str) -> HttpResponseBase:
    if kind == "docx":
        return file_answer(write_docx(document), DOCX, f"{document.title}.docx")
    return file_answer(write_pdf(document), PDF, f"{document.title}.pdf")


def _plan_sheet(request: HttpRequest, plan: Plan, content: dict) -> HttpResponseBase:  # type: ignore[type-arg]
    """One row an activity, in the columns in which offices keep their plans; the import takes it back."""
    columns = [
        Column("ที่", "code"),
        Column("กลยุทธ์"),
        Column("โครงการ", width=45),
        Column("วัตถุประสงค์", width=45),
        Column("กิจกรรม", width=45),
        Column("ผู้รับผิดชอบ"),
        Column("ระยะเวลา"),
        Column("รายการงบประมาณ", width=30),
        Column("งบประมาณ (บาท)", "money"),
        Column("แหล่งงบประมาณ"),
        Column("ตัวชี้วัด", width=40),
        Column("ค่าเป้าหมาย"),
    ]
    rows = []
    for number, one in enumerate(content["projects"], 1):
        height = max(len(one["activities"]), len(one["budget"]), len(one["targets"]), 1)
        for at in range(height):
            activity = one["activities"][at] if at < len(one["activities"]) else None
            money = one["budget"][at] if at < len(one["budget"]) else None
            target = one["targets"][at] if at < len(one["targets"]) else None
            planned = money["planned"] if money else None
            value = " ".join(p for p in (target["value"], target["unit"]) if p) if target else ""
            rows.append(
                [
                    str(number) if at == 0 else "",
                    (one["strategy"] or "") if at == 0 else "",
                    one["title"] if at == 0 else "",
                    one["objective"] if at == 0 else "",
                    activity["title"] if activity else "",
                    (activity["owner"] if activity else "") or (one["owner"] if at == 0 else ""),
                    (activity["period"] or period_words(activity)) if activity else "",
                    money["title"] if money else "",
                    Decimal(planned) if planned else None,
                    SOURCES[money["source"]] if money else "",
                    target["title"] if target else "",
                    value,
                ]
            )
    return sheet_answer(plan.title, columns, rows, request=request)


@login_required
@require_safe
def calendar_paper(request: HttpRequest, calendar_paper: str) -> HttpResponseBase:
    """Answer with the calendar as PDF: "year" on A3, "month" on A4."""
    actor = actor_of(request)
    if calendar_paper not in {"year", "month"} or not may_read_calendar(actor):
        raise Http404
    office, numerals, today = _office(actor), current_numerals(), clock.today()
    if calendar_paper == "month":
        first = month_of(request)
        entries = entries_between(actor, first, month_end(first.year, first.month))
        document = month_document(first, office, entries, numerals=numerals, dated=today)
        return _answer(document, "pdf")
    year = year_of(request) or fiscal_year(today)
    months = months_of(year)
    last = month_end(months[-1].year, months[-1].month)
    days = [one for one in entries_between(actor, months[0], last) if one.kind != "activity"]
    document = year_document(year, office, _work(actor, year), days, numerals=numerals, dated=today)
    return _answer(document, "pdf")


def _work(actor: Actor, year: int) -> list[Work]:
    plan = plan_of(year)
    if plan is None:
        return []
    found = []
    for line in plan_of_year(actor, plan).lines:
        row = line.project
        entry = _entry(row.title, row.period_start, row.period_end)
        found.append(Work(row.title, row.owner_title, entry, is_project=True))
        for one in row.activities.all():
            if one.stands and one.state != Activity.State.CALLED_OFF:
                entry = _entry(one.title, one.period_start, one.period_end)
                found.append(Work(one.title, one.owner_title, entry))
    return found


def _entry(title: str, start: date | None, end: date | None) -> Entry | None:
    first, last = start or end, end or start
    return Entry("activity", title, first, last) if first and last else None
