"""Visits by the id in the address: what is not there and what is not the reader's are answered alike."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.visits import find_visit
from nithet.foundation.ui.shapes import Crumb
from nithet.web.shared.requests import actor_of


def visit_or_404(request: HttpRequest, visit_id: int) -> Visit:
    """Return a visit the reader may see."""
    if (found := find_visit(actor_of(request), visit_id)) is None:
        raise Http404
    return found


def visit_crumbs(visit: Visit | None = None) -> list[Crumb]:
    """Return the way to the pages of a visit."""
    crumbs = [Crumb(_("Visits to schools"), reverse("visits:visits"))]
    if visit is not None:
        crumbs.append(Crumb(str(visit), reverse("visits:visit", args=[visit.pk])))
    return crumbs
