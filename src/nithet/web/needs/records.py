"""One need: read, entered, edited, settled, taken back, and served by projects and visits."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.plans.actions.needs import (
    edit_need,
    record_need,
    serve_need,
    serve_needs,
    settle_need,
    stop_serving_need,
    take_back_need,
)
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.policy import visible_to as visible_projects
from nithet.domain.plans.queries.needs import register_of
from nithet.domain.plans.queries.projects import find_project
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_to as visible_visits
from nithet.domain.supervision.queries.visits import VISIT
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.taking_back import needs_reason, standing
from nithet.foundation.refs.keys import row_key, row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved, kinds, resolve
from nithet.foundation.ui.shapes import Crumb
from nithet.foundation.ui.words import date_words
from nithet.kernel import clock
from nithet.web.needs.finding import (
    need_or_404,
    needs_crumbs,
    school_choices,
    school_of,
    shown_year,
)
from nithet.web.needs.forms import NeedEditForm, NeedForm, ServeForm, SettleForm
from nithet.web.shared.edit_page import EditPage, answer_form, given
from nithet.web.shared.requests import actor_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def record_behind(request: HttpRequest, text: str) -> Resolved | None:
    """Return a record that a need names, as far as the reader may see it."""
    try:
        ref = RecordRef.parse(text)
    except ValueError:
        return None
    return resolve(actor_of(request), [ref]).get(ref) if ref.kind in kinds() else None


def visits_of(request: HttpRequest, need: Need) -> list[Visit]:
    """List the visits that name a need, as far as the reader may see them, the newest first."""
    rows = visible_visits(actor_of(request)).filter(needs_served__need=need)
    return list(rows.exclude(state=Visit.State.CANCELLED).order_by("-visited_on", "-pk"))


@login_required
@require_safe
def need(request: HttpRequest, need_id: int) -> HttpResponse:
    """Show a need: what shows it, who serves it, and how far it is."""
    actor, found = actor_of(request), need_or_404(request, need_id)
    visits = visits_of(request, found)
    context = {
        "need": found,
        "source": record_behind(request, found.source),
        "met_by": record_behind(request, found.met_by),
        "visits": visits,
        "done_count": sum(one.state == Visit.State.DONE for one in visits),
        "projects": list(visible_projects(actor).filter(needs_served__need=found)),
        "can_edit": ask("need.edit", actor, found),
        "can_settle": ask("need.settle", actor, found),
        "can_serve": ask("need.serve", actor, found),
        "needs_reason": needs_reason(found, clock.now()),
        "crumbs": needs_crumbs(found.fiscal_year),
    }
    return render(request, "needs/need.html", context)


@login_required
@FORMS
def add(request: HttpRequest) -> HttpResponse:
    """Enter a need of a school."""
    actor, year = actor_of(request), shown_year(request)
    first = {"school": request.GET.get("school", ""), "kind": Need.Kind.OTHER}
    form = NeedForm(given(request), schools=school_choices(actor), initial=first)
    page = EditPage(
        title=gettext("Enter a need of fiscal year %(year)s") % {"year": year},
        action="need.record_many",
        target=None,
        back=reverse("needs:needs") + f"?year={year}",
        crumbs=needs_crumbs(year),
    )

    def save(values: dict[str, Any]) -> object:
        school = school_of(actor, values.pop("school"))
        if school is None:
            raise Http404
        return record_need(actor=actor, school=school, fiscal_year=year, **values)

    return answer_form(
        request,
        page,
        form,
        save,
        lambda made: reverse("needs:need", args=[made.pk]),  # type: ignore[attr-defined]
    )


@login_required
@FORMS
def edit(request: HttpRequest, need_id: int) -> HttpResponse:
    """Change the words of a need."""
    found = need_or_404(request, need_id)
    first = {name: getattr(found, name) for name in NeedEditForm.base_fields}
    form = NeedEditForm(given(request), initial=first)
    page = EditPage(
        title=gettext("Edit the need"),
        action="need.edit",
        target=found,
        back=reverse("needs:need", args=[found.pk]),
        crumbs=needs_crumbs(found.fiscal_year),
        lead=found.school.name,
    )
    return answer_form(
        request,
        page,
        form,
        lambda values: edit_need(actor=actor_of(request), need=found, **values),
    )


@login_required
@FORMS
def settle(request: HttpRequest, need_id: int) -> HttpResponse:
    """Say that a need is met, is not followed, or is open again."""
    found = need_or_404(request, need_id)
    done = [one for one in visits_of(request, found) if one.state == Visit.State.DONE]
    visits = [(str(one.pk), date_words(one.visited_on)) for one in done]
    form = SettleForm(
        given(request),
        visits=visits,
        initial={"state": found.state, "reason": found.state_reason, "version": found.version},
    )
    page = EditPage(
        title=gettext("How far is this need?"),
        action="need.settle",
        target=found,
        back=reverse("needs:need", args=[found.pk]),
        crumbs=needs_crumbs(found.fiscal_year),
        lead=f"{found.school}: {found.text}",
    )

    def save(values: dict[str, Any]) -> object:
        visit = values.pop("visit", "")
        met_by = RecordRef(VISIT, visit) if visit else None
        return settle_need(actor=actor_of(request), need=found, met_by=met_by, **values)

    return answer_form(request, page, form, save)


@login_required
@require_POST
def take_back(request: HttpRequest, need_id: int) -> HttpResponse:
    """Take a need back that was entered by mistake."""
    found = need_or_404(request, need_id)
    take_back_need(actor=actor_of(request), need=found, reason=request.POST.get("reason", ""))
    return redirect(reverse("needs:needs") + f"?year={found.fiscal_year}")


def project_choices(request: HttpRequest, year: int) -> list[tuple[str, str]]:
    """List the projects of a year's plan for a form."""
    rows = standing(visible_projects(actor_of(request)).filter(plan__fiscal_year=year))
    return [(str(one.pk), one.title) for one in rows.order_by("position", "pk")]


def _project(request: HttpRequest, key: str) -> Project:
    found = visible_projects(actor_of(request)).filter(pk=row_key(key) or 0).first()
    if found is None:
        raise Http404
    return found


@login_required
@FORMS
def serve(request: HttpRequest, need_id: int) -> HttpResponse:
    """Say that a project serves a need."""
    found = need_or_404(request, need_id)
    form = ServeForm(given(request), projects=project_choices(request, found.fiscal_year))
    page = EditPage(
        title=gettext("Which project serves this need?"),
        action="need.serve",
        target=found,
        back=reverse("needs:need", args=[found.pk]),
        crumbs=needs_crumbs(found.fiscal_year),
        lead=f"{found.school}: {found.text}",
    )
    return answer_form(
        request,
        page,
        form,
        lambda values: serve_need(
            actor=actor_of(request), need=found, project=_project(request, values["project"])
        ),
    )


@login_required
@require_POST
def leave(request: HttpRequest, need_id: int, project_id: int) -> HttpResponse:
    """Take back that a project serves a need."""
    found = need_or_404(request, need_id)
    project = _project(request, str(project_id))
    stop_serving_need(actor=actor_of(request), need=found, project=project)
    return redirect("needs:need", found.pk)


@login_required
@FORMS
def of_project(request: HttpRequest, project_id: int) -> HttpResponse:
    """Show and choose the needs that a project serves, with how far each is."""
    actor = actor_of(request)
    project = find_project(actor, project_id)
    if project is None:
        raise Http404
    year = project.plan.fiscal_year
    served = set(project.needs_served.values_list("need_id", flat=True))
    rows = list(
        standing(register_of(actor, year)).order_by("school__unit__name_key", "-strength", "pk")
    )
    if request.method == "POST":
        chosen = {int(key) for key in row_keys(request.POST.getlist("needs"))}
        if chosen <= {one.pk for one in rows}:
            serve_needs(
                actor=actor, project=project, needs=[one for one in rows if one.pk in chosen]
            )
            return redirect("needs:of_project", project.pk)
        messages.error(
            request, gettext("A need that you chose is no longer in the register. Choose again.")
        )
    crumbs = [Crumb(project.title, reverse("plans:project", args=[project.pk]))]
    context = {
        "project": project,
        "served": [one for one in rows if one.pk in served],
        "others": [one for one in rows if one.pk not in served],
        "met": sum(one.pk in served and one.state == Need.State.MET for one in rows),
        "can": ask("need.serve_many", actor, project),
        "crumbs": crumbs,
    }
    return render(
        request, "needs/of_project.html", context, status=422 if request.method == "POST" else 200
    )
