"""Pages of records. Lists are paged, filtered by their address, and cost a fixed number of queries."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.directory.queries import find_school, list_schools
from nithet.domain.evidence.actions import answer_clarity
from nithet.domain.evidence.queries import find_piece, list_pieces, pieces_about, views_of
from nithet.domain.plans.queries import PROJECT, find_project, list_policies, list_projects
from nithet.domain.supervision.models import Visit
from nithet.domain.supervision.queries import (
    committee_coverage,
    find_visit,
    list_findings,
    list_visits,
    visits_by_semester,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.refs.registry import RecordRef, Resolved, resolve
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.numerals import to_arabic
from nithet.kernel.school_years import fiscal_year

PAGE_SIZE = 30


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def year_of(request: HttpRequest) -> int | None:
    """Return the fiscal year asked for in the address (พ.ศ., any digits); None asks for all."""
    text = to_arabic(request.GET.get("year", ""))
    return int(text) if text.isdecimal() and len(text) == 4 else None


def paged(request: HttpRequest, rows: "QuerySet[Any] | list[Any]") -> Any:
    """Return the page of a list that the address asks for."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


@login_required
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """List projects, saying which have no evidence yet."""
    page = paged(request, list_projects(actor_of(request), year_of(request)))
    found = pieces_about(actor_of(request), *[RecordRef(PROJECT, str(row.pk)) for row in page])
    proven = {int(ref.id) for ref, pieces in found.items() if pieces}
    return render(request, "records/projects.html", {"page": page, "proven": proven, "year": year_of(request)})


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
    return render(request, "records/project.html", context)


@login_required
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """List visits with what is known of each semester, and what is not recorded."""
    actor, kind = actor_of(request), request.GET.get("kind", "")
    chosen = kind if kind in Visit.Kind.values else None
    rows = list_visits(actor, year_of(request), kind=chosen)
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
    return render(request, "records/visits.html", context)


@login_required
@require_safe
def visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Show one visit."""
    if (found := find_visit(actor_of(request), visit_id)) is None:
        raise Http404
    return render(request, "records/visit.html", {"visit": found})


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece in the list, with what it is about."""

    piece: Any
    about: Resolved | None


@login_required
@require_safe
def evidence_list(request: HttpRequest) -> HttpResponse:
    """List pieces of evidence with their uses."""
    actor = actor_of(request)
    page = paged(request, list_pieces(actor, year_of(request)))
    refs = {row.pk: RecordRef.parse(row.about) for row in page if row.about}
    found = resolve(actor, refs.values())
    lines = [PieceLine(row, found.get(refs[row.pk]) if row.pk in refs else None) for row in page]
    return render(request, "records/evidence_list.html", {"page": page, "lines": lines})


@login_required
@require_safe
def evidence(request: HttpRequest, piece_id: int) -> HttpResponse:
    """Show a piece: where it is, what it proves, how clear it is and why."""
    return _evidence(request, piece_id)


def _evidence(request: HttpRequest, piece_id: int, problem: str = "", status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    if (found := find_piece(actor, piece_id)) is None:
        raise Http404
    about = resolve(actor, [RecordRef.parse(found.about)]) if found.about else {}
    context = {
        "piece": found,
        "views": views_of(found),
        "about": next(iter(about.values()), None),
        "can": ask("piece.answer_clarity", actor, found),
        "problem": problem,
    }
    return render(request, "records/evidence.html", context, status=status)


@login_required
@require_POST
def answer_point(request: HttpRequest, piece_id: int, criterion: str) -> HttpResponse:
    """Answer one point of the clarity checklist of a piece, as a reviewer."""
    actor = actor_of(request)
    if (found := find_piece(actor, piece_id)) is None:
        raise Http404
    holds = {"yes": True, "no": False}.get(request.POST.get("holds", ""))
    if holds is None:
        return _evidence(request, piece_id, gettext("Please choose yes or no."), 422)
    try:
        answer_clarity(
            actor=actor,
            piece=found,
            criterion=criterion,
            holds=holds,
            reason=request.POST.get("reason", "")[:500],
        )
    except RuleBroken as error:
        return _evidence(request, piece_id, gettext(error.message) % error.params, 422)
    messages.success(request, gettext("The review has been saved."))
    return redirect("records:evidence", piece_id)


@login_required
@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """List the schools that the records know."""
    return render(request, "records/schools.html", {"page": paged(request, list_schools(actor_of(request)))})


@login_required
@require_safe
def school(request: HttpRequest, school_id: int) -> HttpResponse:
    """Show one school with its visits."""
    actor = actor_of(request)
    if (found := find_school(actor, school_id)) is None:
        raise Http404
    rows = list_visits(actor, school_id=found.pk).order_by("-visited_on")
    return render(request, "records/school.html", {"school": found, "page": paged(request, rows)})
