"""Pages of the directory (ทำเนียบ): schools. Lists are paged, filtered by their address, and cost a fixed number of queries."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nithet.domain.directory.queries.schools import find_school, list_schools
from nithet.domain.supervision.queries import list_visits
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of


@login_required
@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """List the schools that the records know."""
    return render(
        request, "directory/schools.html", {"page": paged(request, list_schools(actor_of(request)))}
    )


@login_required
@require_safe
def school(request: HttpRequest, school_id: int) -> HttpResponse:
    """Show one school with its visits."""
    actor = actor_of(request)
    if (found := find_school(actor, school_id)) is None:
        raise Http404
    rows = list_visits(actor, school_id=found.pk).order_by("-visited_on")
    return render(request, "directory/school.html", {"school": found, "page": paged(request, rows)})
