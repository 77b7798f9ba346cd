"""Pages of the plan (แผนปฏิบัติการ): projects and what they led to. Lists are paged, filtered by their address, and cost a fixed number of queries."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nithet.domain.evidence.queries.pieces import pieces_about
from nithet.domain.plans.queries.projects import PROJECT, find_project, list_projects
from nithet.domain.supervision.queries import list_findings, list_visits
from nithet.foundation.refs.registry import RecordRef
from nithet.web.shared.lists import PAGE_SIZE, paged
from nithet.web.shared.requests import actor_of, year_of


@login_required
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """List projects, saying which have no evidence yet."""
    page = paged(request, list_projects(actor_of(request), year_of(request)))
    found = pieces_about(actor_of(request), *[RecordRef(PROJECT, str(row.pk)) for row in page])
    proven = {int(ref.id) for ref, pieces in found.items() if pieces}
    return render(
        request, "plans/projects.html", {"page": page, "proven": proven, "year": year_of(request)}
    )


@login_required
@require_safe
def project(request: HttpRequest, project_id: int) -> HttpResponse:
    """Show a project: what it serves, its activities, visits, evidence and findings."""
    actor = actor_of(request)
    if (found := find_project(actor, project_id)) is None:
        raise Http404
    ref = RecordRef(PROJECT, str(found.pk))
    context = {
        "project": found,
        "pieces": pieces_about(actor, ref)[ref],
        "visits": list(list_visits(actor, project_id=found.pk)[:PAGE_SIZE]),
        "findings": list(list_findings(actor, found.plan.fiscal_year, found.pk)),
    }
    return render(request, "plans/project.html", context)
