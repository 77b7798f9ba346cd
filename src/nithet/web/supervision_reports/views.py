"""Reports on supervision: a page with links behind every figure, and the same as Word, PDF, Excel and slides."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nithet.domain.directory.models.schools import School
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.supervision.paper_policy import may_read_reports
from nithet.domain.supervision.queries.reports.issued import issues_of, list_issues
from nithet.domain.supervision.queries.reports.semester import BODIES
from nithet.domain.supervision.queries.reports.subjects import (
    Made,
    Subject,
    brief_subject,
    made_of,
)
from nithet.domain.supervision.rules.reports.model import Figure
from nithet.domain.supervision.rules.reports.paper import SHEET, sheet_notes, sheet_rows
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.documents.docx.write import write_docx
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.refs.registry import resolve
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.queries import settings_of
from nithet.foundation.ui.words import month_names, number_words
from nithet.kernel.numerals import Numerals
from nithet.kernel.thai_dates import be_year
from nithet.web.shared.downloads import DOCX, PDF, PPTX, file_answer, sheet_answer
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import year_choice
from nithet.web.supervision_reports.asking import Asked, asked, offered
from nithet.web.supervision_reports.showing import shown_chapters

FEW = 6
"""Issues shown beside the reports; the list shows them all."""


def office_of(request: HttpRequest) -> Unit | None:
    """The office whose reports the reader may read; None where they are for others."""
    actor = actor_of(request)
    if not may_read_reports(actor) or actor.office_id is None:
        return None
    return Unit.objects.get(pk=actor.office_id)


def not_yours(request: HttpRequest) -> HttpResponse:
    """Say for whom the reports are."""
    return render(request, "supervision_reports/not_yours.html")


def _numerals(office: Unit) -> Numerals:
    return "thai" if settings_of(office.pk).numerals == "thai" else "arabic"


@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Show which reports there are."""
    if office_of(request) is None:
        return not_yours(request)
    actor, wanted = actor_of(request), asked(request, "year")
    context = {
        **_choices(request, wanted),
        "schools": list(list_schools(actor).order_by("unit__name_key", "pk")),
        "issues": list(list_issues(actor)[:FEW]),
    }
    return render(request, "supervision_reports/reports.html", context)


def _choices(request: HttpRequest, wanted: Asked) -> dict[str, object]:
    """What may be chosen of the year that is shown, with its words, and what is chosen."""
    found = offered(wanted.year)
    return {
        "year": wanted.year,
        "years": year_choice(request, wanted.year),
        "semester": f"{wanted.part.number}/{wanted.part.academic_year}",
        "month": wanted.month.isoformat()[:7],
        "semesters": [(f"{one.number}/{one.academic_year}", str(one)) for one in found.semesters],
        "bodies": [(key, name) for key, (_, name) in BODIES.items()],
        "months": [
            (
                one.isoformat()[:7],
                f"{month_names()[one.month - 1]} {number_words(be_year(one.year))}",
            )
            for one in found.months
        ],
    }


@login_required
@require_safe
def year(request: HttpRequest) -> HttpResponseBase:
    """Show the year report."""
    return _report(request, asked(request, "year"))


@login_required
@require_safe
def semester(request: HttpRequest) -> HttpResponseBase:
    """Show the semester report of a committee."""
    return _report(request, asked(request, "semester"))


@login_required
@require_safe
def month(request: HttpRequest) -> HttpResponseBase:
    """Show what is told of a month; `?as=pptx` gives three slides."""
    return _report(request, asked(request, "month"))


def _report(request: HttpRequest, wanted: Asked) -> HttpResponseBase:
    if (office := office_of(request)) is None:
        return not_yours(request)
    form = request.GET.get("as", "")
    actor = actor_of(request)
    made = made_of(actor, office, wanted.subject, with_pictures=form in {"docx", "pdf"})
    if (answer := _file(made, form, _numerals(office))) is not None:
        return answer
    context = {
        **_choices(request, wanted),
        **_issuing(actor, wanted.subject),
        "report": made.report,
        "query": wanted.query,
        "kind": wanted.kind,
        "wanted": wanted,
        "shown": shown_chapters(made.report, actor),
    }
    return render(request, "supervision_reports/report.html", context)


def _issuing(actor: Actor, subject: Subject) -> dict[str, object]:
    """Whether the reader may issue a report, and which issues of it there are."""
    issues = list(issues_of(actor, subject)[:FEW])
    return {"can_issue": ask("supervision_report.issue", actor, None), "issues": issues}


def _file(made: Made, form: str, numerals: Numerals) -> HttpResponseBase | None:
    """The draft as a file, marked as one; None where no file is asked for."""
    if form == "xlsx" and made.brief is None:
        rows, notes = sheet_rows(made.report), sheet_notes(made.report)
        return sheet_answer(made.name, SHEET, rows, notes, request=None)
    if form == "docx":
        return file_answer(write_docx(made.document(numerals)), DOCX, f"{made.name}.docx")
    if form == "pdf":
        return file_answer(write_pdf(made.document(numerals)), PDF, f"{made.name}.pdf")
    slides = made.slides(numerals) if form == "pptx" else None
    return file_answer(slides, PPTX, f"{made.report.subtitle}.pptx") if slides else None


@login_required
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Show the records behind one figure of a report."""
    if (office := office_of(request)) is None:
        return not_yours(request)
    actor = actor_of(request)
    wanted = asked(request, request.GET.get("report", ""))
    found = made_of(actor, office, wanted.subject).report
    figure: Figure | None = found.figure(request.GET.get("figure", "")[:60])
    refs = list(figure.rows) if figure else []
    page = paged(request, refs)
    known = resolve(actor, page.object_list)
    context = {
        "report": found,
        "year": wanted.year,
        "kind": wanted.kind,
        "query": wanted.query,
        "figure": figure,
        "page": page,
        "records": [known[ref] for ref in page.object_list if ref in known],
    }
    return render(request, "supervision_reports/rows.html", context)


def school_or_404(actor: Actor, school_id: int) -> School:
    """Return a school that the reader may see."""
    rows = list_schools(actor).select_related("unit", "network__unit")
    if (school := rows.filter(pk=school_id).first()) is None:
        raise Http404
    return school


@login_required
@require_safe
def brief(request: HttpRequest, school_id: int) -> HttpResponseBase:
    """Show what to know before a visit, on one page; `?as=pdf` and `?as=docx` hand it out as a draft."""
    if (office := office_of(request)) is None:
        raise Http404
    actor = actor_of(request)
    subject = brief_subject(school_or_404(actor, school_id))
    made = made_of(actor, office, subject)
    if (answer := _file(made, request.GET.get("as", ""), _numerals(office))) is not None:
        return answer
    context = {**_issuing(actor, subject), "brief": made.brief, "school": subject.school}
    return render(request, "supervision_reports/brief.html", context)
