"""Files of a visit's papers: Word, PDF, what was changed in Word, and the school's own copy."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nithet.domain.papers.actions.papers import preview
from nithet.domain.papers.kinds import kinds
from nithet.domain.papers.queries import newest_of, read_version, template_bytes
from nithet.domain.papers.word import difference_of, version_as_pdf
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.visit_words import KIND_OF, Card, draft_of
from nithet.foundation.documents.pdf.write import word_as_pdf
from nithet.web.shared.downloads import DOCX, PDF, file_answer
from nithet.web.shared.requests import actor_of
from nithet.web.visit_papers.finding import paper_or_404, visit_or_404

LEFT_OUT = {
    "box": _("text boxes and drawings"),
    "chart": _("charts"),
    "notes": _("footnotes"),
}


@login_required
@require_safe
def docx(request: HttpRequest, told_visit_id: int, visit_paper_id: int) -> HttpResponse:
    """Hand out the newest Word file of a paper."""
    paper = paper_or_404(request, told_visit_id, visit_paper_id).paper
    return file_answer(read_version(newest_of(paper)), DOCX, f"{paper.title[:80]}.docx")


@login_required
@require_safe
def pdf(request: HttpRequest, told_visit_id: int, visit_paper_id: int) -> HttpResponse:
    """Hand out the newest version of a paper as PDF."""
    paper = paper_or_404(request, told_visit_id, visit_paper_id).paper
    return file_answer(version_as_pdf(newest_of(paper)), PDF, f"{paper.title[:80]}.pdf")


@login_required
@require_safe
def changes(request: HttpRequest, told_visit_id: int, visit_paper_id: int) -> HttpResponse:
    """Show what the newest version changed against the one before it."""
    link = paper_or_404(request, told_visit_id, visit_paper_id)
    difference = difference_of(link.paper, newest_of(link.paper).number)
    context = {
        "visit": link.visit,
        "link": link,
        "difference": difference,
        "left_out": [LEFT_OUT[one] for one in sorted(difference.left_out)] if difference else [],
    }
    return render(request, "visit_papers/changes.html", context)


@login_required
@require_safe
def copy(request: HttpRequest, told_visit_id: int) -> HttpResponse:
    """Hand out the copy of a visit as it stands, as PDF: also the school's own people may take it."""
    actor, visit = actor_of(request), visit_or_404(request, told_visit_id)
    if visit.state != Visit.State.DONE:
        raise Http404
    kind = KIND_OF[Card.COPY]
    template, _version = template_bytes(kinds()[kind])
    draft = draft_of(actor, Card.COPY, [visit])
    made = preview(kind=kind, data=draft.data, template=template, office=visit.office)
    return file_answer(word_as_pdf(made), PDF, f"{draft.title[:80]}.pdf")
