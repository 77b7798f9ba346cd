"""Pages of visits (การนิเทศและการตรวจเยี่ยม). Lists are paged, filtered by their address, and cost a fixed number of queries."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nithet.domain.plans.queries.policies import list_policies
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.coverage import committee_coverage, visits_by_semester
from nithet.domain.supervision.queries.visits import find_visit, list_visits
from nithet.foundation.documents.sheets import Column, Value
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of, year_of


@login_required
@require_safe
def visits(request: HttpRequest) -> HttpResponseBase:
    """List visits with what is known of each semester, and what is not recorded."""
    actor, kind = actor_of(request), request.GET.get("kind", "")
    chosen = kind if kind in Visit.Kind.values else None
    rows = list_visits(actor, year_of(request), kind=chosen)
    if wants_sheet(request):
        return _sheet(request, rows)
    page = paged(request, rows)
    first = page.object_list[0] if page.object_list else None
    year = year_of(request) or fiscal_year(first.visited_on if first else clock.today())
    context = {
        "page": page,
        "kind": kind,
        "kinds": Visit.Kind.choices,
        "year": year,
        "parts": visits_by_semester(actor, year, chosen),
        "coverage": committee_coverage(actor, year) if actor.is_of_office else [],
        "policies": list(list_policies(actor, year)) if actor.is_of_office else [],
    }
    return render(request, "visits/visits.html", context)


def _sheet(request: HttpRequest, rows: Iterable[Visit]) -> HttpResponseBase:
    columns = [
        Column(gettext("School"), width=40),
        Column(gettext("Date"), "date"),
        Column(gettext("Kind"), width=30),
        Column(gettext("State")),
        Column(gettext("Who went"), width=40),
        Column(gettext("Project"), width=40),
    ]
    cells: Iterable[list[Value]] = (
        [
            str(row.school),
            row.visited_on,
            row.get_kind_display(),
            row.get_state_display(),
            ", ".join(one.title for one in row.visitors.all()),
            row.project.title if row.project else "",
        ]
        for row in rows
    )
    return sheet_answer(gettext("Visits to schools"), columns, cells, request=request)


@login_required
@require_safe
def visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Show one visit."""
    if (found := find_visit(actor_of(request), visit_id)) is None:
        raise Http404
    return render(request, "visits/visit.html", {"visit": found})
