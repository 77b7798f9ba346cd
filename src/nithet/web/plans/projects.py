"""Projects: the list, one project with all that belongs to it, its forms and its sheet for eMENSCR."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.evidence.queries.pieces import pieces_about
from nithet.domain.plans.actions.projects import Placement, add_project, edit_project
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.queries.projects import ACTIVITY, PROJECT, list_projects
from nithet.domain.plans.queries.standing import lines_of
from nithet.domain.plans.rules.standing import is_overdue
from nithet.domain.supervision.queries.findings import list_findings
from nithet.domain.supervision.queries.visits import list_visits
from nithet.foundation.access.policies import ask
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.ui.shapes import Tab
from nithet.kernel import clock
from nithet.web.plans.editing import Page, answer, given, without
from nithet.web.plans.finding import (
    chosen_strategy,
    plan_crumbs,
    plan_or_404,
    project_crumbs,
    project_or_404,
    strategy_choices,
)
from nithet.web.plans.forms import ProjectEditForm, ProjectForm
from nithet.web.plans.lists import projects_sheet
from nithet.web.plans.sheets import emenscr_sheet
from nithet.web.shared.downloads import wants_sheet
from nithet.web.shared.lists import PAGE_SIZE, paged, sorted_by
from nithet.web.shared.requests import actor_of, year_of

SORTS = {
    "plan": "position",
    "title": "title",
    "owner": "owner_title",
    "year": "plan__fiscal_year",
    "ends": "period_end",
}
SHOWN = ("no-evidence", "overdue", "unspent", "overspent")


@login_required
@require_safe
def projects(request: HttpRequest) -> HttpResponseBase:
    """List projects, saying what waits for somebody; `?show=` leaves only those that wait for one thing."""
    actor, year = actor_of(request), year_of(request)
    rows = list_projects(actor, year)
    if "sort" in request.GET:
        rows = sorted_by(request, rows, SORTS, "plan")
    show = request.GET.get("show", "")
    if show in SHOWN:
        waiting = [line for line in lines_of(rows) if line.project.stands and _waits(line, show)]
        if wants_sheet(request):
            return projects_sheet(request, gettext("Projects"), waiting)
        page = paged(request, waiting)
        lines = list(page)
    elif wants_sheet(request):
        return projects_sheet(request, gettext("Projects"), lines_of(rows))
    else:
        page = paged(request, rows)
        lines = lines_of(page)
    context = {
        "page": page,
        "lines": lines,
        "year": year,
        "tabs": _filters(year, show if show in SHOWN else ""),
        "sort": request.GET.get("sort", ""),
    }
    return render(request, "plans/projects.html", context)


def _waits(line: Any, show: str) -> bool:
    found = line.standing
    return bool(
        {
            "no-evidence": not found.has_evidence,
            "overdue": found.overdue,
            "unspent": found.unspent,
            "overspent": found.overspent,
        }[show]
    )


def _filters(year: int | None, show: str) -> list[Tab]:
    base = f"?year={year}&" if year else "?"
    labels = {
        "": gettext("All projects"),
        "no-evidence": gettext("Project without evidence"),
        "overdue": gettext("Activity overdue"),
        "unspent": gettext("Budget unspent"),
        "overspent": gettext("More spent than planned"),
    }
    return [
        Tab(label, f"{base}show={key}" if key else (base.rstrip("?&") or "?"), key == show)
        for key, label in labels.items()
    ]


@login_required
@require_safe
def project(request: HttpRequest, project_id: int) -> HttpResponse:
    """Show a project: what it serves, its activities, money, targets, technique, visits, evidence and reviews."""
    actor = actor_of(request)
    found = project_or_404(request, project_id)
    ref = RecordRef(PROJECT, str(found.pk))
    activities = list(found.activities.all())
    refs = [ref, *(RecordRef(ACTIVITY, str(one.pk)) for one in activities)]
    about = pieces_about(actor, *refs)
    today = clock.today()
    context = {
        "project": found,
        "line": lines_of([found])[0],
        "activities": [
            (one, is_overdue(one.state, one.period_end, today) and one.stands)
            for one in activities
        ],
        "pieces": [piece for pieces in about.values() for piece in pieces],
        "visits": list(list_visits(actor, project_id=found.pk)[:PAGE_SIZE]),
        "findings": list(list_findings(actor, found.plan.fiscal_year, found.pk)),
        "reviews": list(found.reviews.filter(taken_back_at__isnull=True)),
        "carried": list(found.carried.all()),
        "can": ask("project.edit", actor, found),
        "can_bring": ask("piece.bring_several", actor, None),
    }
    return render(request, "plans/project.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Add a project to a plan."""
    found = plan_or_404(request, plan_id)
    form = ProjectForm(
        given(request),
        strategies=strategy_choices(found),
        initial={"strategy": request.GET.get("strategy", "")},
    )
    page = Page(
        title=gettext("Add a project"),
        action="project.add",
        target=found,
        back=reverse("plans:plan", args=[found.pk]),
        crumbs=plan_crumbs(found),
    )

    def save(values: dict[str, Any]) -> object:
        strategy = chosen_strategy(found, values["strategy"])
        rest = without(values, "strategy")
        return add_project(actor=actor_of(request), plan=found, strategy=strategy, **rest)

    def made(record: object) -> str:
        # What comes next is the project's activities and money, which are added on its own page.
        return reverse("plans:project", args=[record.pk]) if isinstance(record, Project) else page.back

    return answer(request, page, form, save, back_to=made)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, project_id: int) -> HttpResponse:
    """Change a project."""
    found = project_or_404(request, project_id)
    form = ProjectEditForm(
        given(request),
        strategies=strategy_choices(found.plan),
        initial={
            **{name: getattr(found, name) for name in _PLAIN},
            "strategy": str(found.strategy_id or ""),
            "period_start": found.period_start,
            "period_end": found.period_end,
            "version": found.version,
        },
    )
    page = Page(
        title=gettext("Edit the project"),
        action="project.edit",
        target=found,
        back=reverse("plans:project", args=[found.pk]),
        crumbs=project_crumbs(found),
        take_back=reverse("plans:take_back", args=["project", found.pk]),
    )
    return answer(request, page, form, lambda values: _save(request, found, values))


_PLAIN = (
    "title",
    "objective",
    "owner_title",
    "technique_name",
    "technique_document",
    "technique_where",
    "kpi",
    "emenscr_code",
)


def _save(request: HttpRequest, found: Project, values: dict[str, Any]) -> object:
    placement = Placement(
        chosen_strategy(found.plan, values["strategy"]),
        values["period_start"],
        values["period_end"],
    )
    return edit_project(
        actor=actor_of(request),
        project=found,
        version=values["version"],
        placement=placement,
        **{name: values[name] for name in _PLAIN},
    )


@login_required
@require_safe
def sheet(request: HttpRequest, project_id: int) -> HttpResponse:
    """Show a project as text in the order in which eMENSCR asks for it, to be copied."""
    found = project_or_404(request, project_id)
    context = {
        "project": found,
        "fields": emenscr_sheet(found, lines_of([found])[0]),
        "crumbs": project_crumbs(found),
    }
    return render(request, "plans/project_sheet.html", context)
