"""What the pages of papers look up: a visit, one of its papers."""

from django.http import Http404, HttpRequest

from nithet.domain.supervision.models.visit_papers import VisitPaper
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.paper_policy import may_read_papers
from nithet.domain.supervision.queries.visit_papers import find_visit_paper
from nithet.domain.supervision.queries.visits import list_visits
from nithet.web.shared.requests import actor_of


def visit_or_404(request: HttpRequest, visit_id: int) -> Visit:
    """Return a visit that the reader may see; not there and not theirs are answered alike."""
    found = list_visits(actor_of(request)).select_related("office").filter(pk=visit_id).first()
    if found is None:
        raise Http404
    return found


def own_visit_or_404(request: HttpRequest, visit_id: int) -> Visit:
    """Return a visit whose papers the reader may see: the office's staff."""
    if not may_read_papers(actor_of(request)):
        raise Http404
    return visit_or_404(request, visit_id)


def paper_or_404(request: HttpRequest, visit_id: int, link_id: int) -> VisitPaper:
    """Return one paper of a visit."""
    visit = own_visit_or_404(request, visit_id)
    if (found := find_visit_paper(actor_of(request), visit, link_id)) is None:
        raise Http404
    return found
