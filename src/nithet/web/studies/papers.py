"""Studies and a person's work on paper: DOCX, PDF and XLSX."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from nithet.domain.evidence.queries.pieces import pieces_about
from nithet.domain.supervision.queries.own_work import own_work
from nithet.domain.supervision.queries.studies import STUDY, cycles_of, found, measures_of
from nithet.domain.supervision.rules.own_work_paper import work_document
from nithet.domain.supervision.rules.study_paper import study_document, under_table
from nithet.foundation.documents.docx.write import write_docx
from nithet.foundation.documents.model import Document
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.documents.sheets import Column
from nithet.foundation.refs.registry import RecordRef
from nithet.web.shared.downloads import DOCX, PDF, file_answer, sheet_answer
from nithet.web.shared.requests import actor_of
from nithet.web.studies.finding import measure_or_404, study_or_404
from nithet.web.studies.printing import OF, measure_print, study_print, work_print
from nithet.web.studies.work import period_of


@login_required
@require_safe
def study_paper(request: HttpRequest, study_id: int, study_paper: str) -> HttpResponseBase:
    """Answer with the chapter of a study, as DOCX or PDF."""
    actor = actor_of(request)
    study = study_or_404(request, study_id)
    ref = RecordRef(STUDY, str(study.pk))
    evidence = [str(one) for one in pieces_about(actor, ref)[ref]]
    printed = study_print(study, cycles_of(actor, study), measures_of(study), evidence)
    return _answer(study_document(printed), study_paper)


@login_required
@require_safe
def work_paper(request: HttpRequest, work_owner_id: int, work_paper: str) -> HttpResponseBase:
    """Answer with a person's work in the period asked for, to that person and to whom it was opened."""
    actor = actor_of(request)
    work = own_work(actor, work_owner_id, period_of(request))
    if work is None:
        raise Http404
    return _answer(work_document(work_print(work, actor.writes_in)), work_paper)


def _answer(document: Document, kind: str) -> HttpResponseBase:
    if kind == "docx":
        return file_answer(write_docx(document), DOCX, f"{document.title[:120]}.docx")
    if kind == "pdf":
        return file_answer(write_pdf(document), PDF, f"{document.title[:120]}.pdf")
    raise Http404


@login_required
@require_safe
def measure_sheet(request: HttpRequest, study_measure_id: int) -> HttpResponseBase:
    """Answer with the values of a measure as a spreadsheet, what was compared on its second sheet."""
    measure = measure_or_404(request, study_measure_id)
    columns = [
        Column(OF[measure.of], "code"),
        Column(pgettext("measured", "Before"), "decimal"),
        Column(gettext("After"), "decimal"),
    ]
    rows = (
        [code, float(before) if before else None, float(after) if after else None]
        for code, before, after in measure.values
    )
    notes = under_table(measure_print(found(measure)))
    return sheet_answer(measure.title[:120], columns, rows, notes, request=request)
