"""Visits by the id in the address: what is not there and what is not the reader's are answered alike."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.visits import find_visit
from nithet.foundation.ui.shapes import Crumb
from nithet.kernel.school_years import fiscal_year
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import keep_year


def visit_or_404(request: HttpRequest, visit_id: int) -> Visit:
    """Return a visit the reader may see."""
    if (found := find_visit(actor_of(request), visit_id)) is None:
        raise Http404
    keep_year(request, fiscal_year(found.visited_on))
    return found


def visit_crumbs(visit: Visit | None = None, year: int | None = None) -> list[Crumb]:
    """Return the way to the pages of a visit: the list of its fiscal year, else of `year`, else of the usual one."""
    of = fiscal_year(visit.visited_on) if visit else year
    crumbs = [
        Crumb(_("Visits to schools"), reverse("visits:visits") + (f"?year={of}" if of else ""))
    ]
    if visit is not None:
        crumbs.append(Crumb(str(visit), reverse("visits:visit", args=[visit.pk])))
    return crumbs
