"""Issued reports: issue one, the list of them, one as it was issued with what has changed since, its files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.evidence.queries.printouts import find_printout
from nithet.domain.supervision.actions.issued_reports import issue_report, take_back_report
from nithet.domain.supervision.models.issued_reports import IssuedReport
from nithet.domain.supervision.queries.reports.issued import (
    Since,
    file_bytes,
    find_issue,
    frozen_report,
    is_unchanged,
    list_issues,
    since_of,
)
from nithet.domain.supervision.queries.reports.subjects import Subject, brief_subject
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.actions.taking_back import needs_reason
from nithet.foundation.documents.sheets import Column, Value
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.tenancy.queries import public_address
from nithet.kernel import clock
from nithet.web.shared.downloads import PDF, PPTX, file_answer, sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import keep_year
from nithet.web.supervision_reports.asking import asked
from nithet.web.supervision_reports.showing import shown_chapters
from nithet.web.supervision_reports.views import not_yours, office_of, school_or_404

MEDIA = {"pdf": PDF, "pptx": PPTX}
SORTS = {"issued": "issued_at", "kind": "kind", "year": "fiscal_year"}
COLUMNS = (
    Column("รายงาน", width=60),
    Column("ฉบับที่", "whole"),
    Column("ปีงบประมาณ", "whole"),
    Column("วันที่ออก", "date"),
    Column("ผู้ออก", width=40),
    Column("สถานะ"),
)
MOST_RECORDS = 30
"""Records named on the page of an issue; there may be more."""


@login_required
@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Issue the report that the form names."""
    return _issue(request, asked(request, request.GET.get("report", "")).subject)


@login_required
@require_POST
def issue_brief(request: HttpRequest, school_id: int) -> HttpResponse:
    """Issue the brief of a school."""
    if office_of(request) is None:
        raise Http404
    return _issue(request, brief_subject(school_or_404(actor_of(request), school_id)))


def _issue(request: HttpRequest, subject: Subject) -> HttpResponse:
    actor, office = actor_of(request), office_of(request)
    if office is None:
        raise Refused("supervision_report.issue", ask("supervision_report.issue", actor, None))
    made = issue_report(
        actor=actor,
        office=office,
        subject=subject,
        address=public_address(actor.office_id, request),
    )
    messages.success(request, gettext("Issued. This report stays as it is now."))
    return redirect("supervision_reports:issue", made.pk)


@login_required
@require_safe
def issues(request: HttpRequest) -> HttpResponseBase:
    """List the issued reports."""
    if office_of(request) is None:
        return not_yours(request)
    rows = sorted_by(request, list_issues(actor_of(request)), SORTS, "-issued")
    if wants_sheet(request):
        return sheet_answer(
            gettext("Issued reports"), COLUMNS, map(_row, rows.iterator()), request=request
        )
    return render(request, "supervision_reports/issues.html", {"page": paged(request, rows)})


def _row(one: IssuedReport) -> tuple[Value, ...]:
    state = f"ยกเลิก: {one.taken_back_because}" if one.was_cancelled else ""
    return (
        one.title,
        one.number,
        one.fiscal_year,
        clock.day_of(one.issued_at),
        one.issued_by,
        state,
    )


def _issue_or_404(request: HttpRequest, issued_report_id: int) -> IssuedReport:
    if (found := find_issue(actor_of(request), issued_report_id)) is None:
        raise Http404
    keep_year(request, found.fiscal_year)
    return found


@login_required
@require_safe
def show(request: HttpRequest, issued_report_id: int) -> HttpResponse:
    """Show a report as it was issued, and what its records have become since."""
    actor, found = actor_of(request), _issue_or_404(request, issued_report_id)
    report, since = frozen_report(found), since_of(actor, found)
    pieces = [RecordRef.parse(one.piece) for one in found.files.all()]
    named = [*since.changed, *since.added, *since.gone][:MOST_RECORDS]
    known = resolve(actor, [*pieces, *named])
    page = paged(request, found.sources.all())
    context = {
        "issued": found,
        "report": report,
        "is_unchanged": is_unchanged(found),
        "since": since,
        "parts": _parts(since, {ref: known[ref] for ref in named if ref in known}),
        "pieces": [known[ref] for ref in pieces if ref in known],
        "printout": find_printout(actor, found.code),
        "can": ask("supervision_report.take_back", actor, found),
        "needs_reason": needs_reason(found, clock.now()),
        "shown": shown_chapters(report, actor, linked=False),
        "page": page,
        "records": resolve(actor, [RecordRef.parse(one.ref) for one in page]).values(),
    }
    return render(request, "supervision_reports/issue.html", context)


def _parts(since: Since, known: dict[RecordRef, object]) -> list[tuple[str, int, list[object]]]:
    """What changed, came and went: its words, how many, and those that can be shown."""
    parts = (
        (gettext("Changed"), since.changed),
        (gettext("New"), since.added),
        (gettext("No longer among them"), since.gone),
    )
    return [
        (words, len(refs), [known[ref] for ref in refs if ref in known])
        for words, refs in parts
        if refs
    ]


@login_required
@require_safe
def file(request: HttpRequest, issued_report_id: int, report_file: str) -> HttpResponse:
    """Hand out a file as it was issued, or with `json` the facts that it was made of."""
    found = _issue_or_404(request, issued_report_id)
    name = f"{found.title} ฉบับที่ {found.number}"[:120]
    if report_file == "json":
        sources = dict(found.sources.values_list("ref", "digest"))
        answer = JsonResponse(
            {"digest": found.digest, "facts": found.content, "records": sources},
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
        answer.headers["Content-Disposition"] = f'attachment; filename="report-{found.pk}.json"'
        return answer
    kept = next((one for one in found.files.all() if one.form == report_file), None)
    if kept is None:
        raise Http404
    return file_answer(file_bytes(kept), MEDIA[kept.form], f"{name}.{kept.form}")


@login_required
@require_POST
def take_back(request: HttpRequest, issued_report_id: int) -> HttpResponse:
    """Take an issue back that was a mistake."""
    found = _issue_or_404(request, issued_report_id)
    reason = request.POST.get("reason", "")[:500]
    take_back_report(actor=actor_of(request), issued=found, reason=reason)
    messages.success(request, gettext("It has been taken back."))
    return redirect("supervision_reports:issues")
