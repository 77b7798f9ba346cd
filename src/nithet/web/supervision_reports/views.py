"""Reports on supervision: a page with links behind every figure, and the same as Word, PDF, Excel and slides."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.supervision.paper_policy import may_read_reports
from nithet.domain.supervision.queries.reports.brief import brief_document, brief_of
from nithet.domain.supervision.queries.reports.semester import BODIES
from nithet.domain.supervision.rules.reports.model import Figure, Report
from nithet.domain.supervision.rules.reports.paper import (
    SHEET,
    report_document,
    sheet_notes,
    sheet_rows,
)
from nithet.domain.supervision.rules.reports.slides import month_slides
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


def _office(request: HttpRequest) -> Unit | None:
    """The office whose reports the reader may read; None where they are for others."""
    actor = actor_of(request)
    if not may_read_reports(actor) or actor.office_id is None:
        return None
    return Unit.objects.get(pk=actor.office_id)


def _not_yours(request: HttpRequest) -> HttpResponse:
    return render(request, "supervision_reports/not_yours.html")


def _numerals(office: Unit) -> Numerals:
    return "thai" if settings_of(office.pk).numerals == "thai" else "arabic"


@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Show which reports there are."""
    if _office(request) is None:
        return _not_yours(request)
    actor, wanted = actor_of(request), asked(request, "year")
    context = {
        **_choices(request, wanted),
        "schools": list(list_schools(actor).order_by("unit__name_key", "pk")),
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
    wanted = asked(request, "month")
    if request.GET.get("as") == "pptx":
        if (office := _office(request)) is None:
            return _not_yours(request)
        whole = wanted.whole_month(actor_of(request), office)
        slides = month_slides(
            whole.report, whole.good, whole.to_think, whole.due, whole.coming, _numerals(office)
        )
        return file_answer(slides, PPTX, f"{whole.report.subtitle}.pptx")
    return _report(request, wanted)


def _report(request: HttpRequest, wanted: Asked) -> HttpResponseBase:
    if (office := _office(request)) is None:
        return _not_yours(request)
    form = request.GET.get("as", "")
    actor = actor_of(request)
    found = wanted.build(actor, office, with_pictures=form in {"docx", "pdf"})
    if form in {"docx", "pdf", "xlsx"}:
        return _file(request, found, form, office, front=wanted.kind == "year")
    context = {
        **_choices(request, wanted),
        "report": found,
        "query": wanted.query,
        "kind": wanted.kind,
        "wanted": wanted,
        "shown": shown_chapters(found, actor),
    }
    return render(request, "supervision_reports/report.html", context)


def _file(
    request: HttpRequest, found: Report, form: str, office: Unit, *, front: bool
) -> HttpResponseBase:
    name = f"{found.title} {found.subtitle}"[:120]
    if form == "xlsx":
        return sheet_answer(name, SHEET, sheet_rows(found), sheet_notes(found), request=None)
    document = report_document(found, _numerals(office), front=front)
    if form == "docx":
        return file_answer(write_docx(document), DOCX, f"{name}.docx")
    return file_answer(write_pdf(document), PDF, f"{name}.pdf")


@login_required
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Show the records behind one figure of a report."""
    if (office := _office(request)) is None:
        return _not_yours(request)
    actor = actor_of(request)
    wanted = asked(request, request.GET.get("report", ""))
    found = wanted.build(actor, office)
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


@login_required
@require_safe
def brief(request: HttpRequest, school_id: int) -> HttpResponse:
    """Show what to know before a visit, on one page; `?as=pdf` and `?as=docx` hand it out."""
    if (office := _office(request)) is None:
        raise Http404
    actor = actor_of(request)
    school = (
        list_schools(actor).select_related("unit", "network__unit").filter(pk=school_id).first()
    )
    if school is None:
        raise Http404
    found = brief_of(actor, school)
    name = f"{gettext('Before the visit')} {school}"
    if request.GET.get("as") in {"pdf", "docx"}:
        document = brief_document(found, office.name, _numerals(office))
        if request.GET["as"] == "docx":
            return file_answer(write_docx(document), DOCX, f"{name}.docx")
        return file_answer(write_pdf(document), PDF, f"{name}.pdf")
    return render(request, "supervision_reports/brief.html", {"brief": found, "school": school})
