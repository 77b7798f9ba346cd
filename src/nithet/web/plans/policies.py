"""Policies of a year with their targets and how far they are."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.plans.actions.policies import add_policy, edit_policy, report_progress
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.policy import visible_to
from nithet.domain.plans.queries.plans import plan_of
from nithet.domain.plans.queries.policies import find_policy, list_policies
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.keys import row_key
from nithet.foundation.ui.shapes import Crumb
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from nithet.web.plans.editing import Page, answer, given, without
from nithet.web.plans.finding import plan_tabs, project_choices
from nithet.web.plans.forms import PolicyEditForm, PolicyForm, ProgressForm
from nithet.web.plans.lists import policies_sheet
from nithet.web.plans.plans import plan_for
from nithet.web.shared.downloads import wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of, year_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def shown_year(request: HttpRequest) -> int:
    """Return the year in the address, else that of the plan that is shown first, else this year."""
    if (asked := year_of(request)) is not None:
        return asked
    plan = plan_for(request)
    return plan.fiscal_year if plan else fiscal_year(clock.today())


@login_required
@require_safe
def policies(request: HttpRequest) -> HttpResponseBase:
    """List the policies of a year."""
    actor, year = actor_of(request), shown_year(request)
    rows = list_policies(actor, year)
    if wants_sheet(request):
        return policies_sheet(request, gettext("Policies"), rows)
    plan = plan_for(request)
    context = {
        "page": paged(request, rows),
        "year": year,
        "tabs": plan_tabs(plan, "policies") if plan else [],
        "can": ask("policy.add", actor, None),
    }
    return render(request, "plans/policies.html", context)


def policy_or_404(request: HttpRequest, policy_id: int) -> Policy:
    """Return a policy the reader may see."""
    if (found := find_policy(actor_of(request), policy_id)) is None:
        raise Http404
    return found


@login_required
@require_safe
def policy(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Show a policy with its figures, the newest first."""
    actor, found = actor_of(request), policy_or_404(request, policy_id)
    newest = next((one for one in found.progress.all() if one.stands), None)
    context = {
        "policy": found,
        "newest": newest,
        "bar": _bar(found, newest.value if newest else None),
        "can": ask("policy.report", actor, found),
    }
    return render(request, "plans/policy.html", context)


def _bar(found: Policy, value: Any) -> int | None:
    """Return how much of the target is reached in whole per cent, at most 100; None where it cannot be said."""
    if value is None or not found.target_value:
        return None
    return min(100, int(value * 100 / found.target_value))


def _crumbs(year: int) -> list[Crumb]:
    return [Crumb(gettext("Policies"), reverse("plans:policies") + f"?year={year}")]


def _chosen(request: HttpRequest, key: str) -> Project | None:
    return standing(visible_to(actor_of(request))).filter(pk=row_key(key) or 0).first()


@login_required
@FORMS
def add(request: HttpRequest) -> HttpResponse:
    """Enter a policy."""
    year = shown_year(request)
    form = PolicyForm(
        given(request), projects=project_choices(plan_of(year)), initial={"period_kind": "none"}
    )
    page = Page(
        title=gettext("Add a policy of fiscal year %(year)s") % {"year": year},
        action="policy.add",
        target=None,
        back=reverse("plans:policies") + f"?year={year}",
        crumbs=_crumbs(year),
    )

    def save(values: dict[str, Any]) -> object:
        project = _chosen(request, values["project"])
        rest = without(values, "project")
        return add_policy(actor=actor_of(request), fiscal_year=year, project=project, **rest)

    return answer(request, page, form, save)


@login_required
@FORMS
def edit(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Change a policy."""
    found = policy_or_404(request, policy_id)
    names = [name for name in (*PolicyForm.base_fields, "version") if name != "project"]
    form = PolicyEditForm(
        given(request),
        projects=project_choices(plan_of(found.fiscal_year)),
        initial={
            **{name: getattr(found, name) for name in names},
            "project": str(found.project_id or ""),
        },
    )
    page = Page(
        title=gettext("Edit the policy"),
        action="policy.edit",
        target=found,
        back=reverse("plans:policy", args=[found.pk]),
        crumbs=_crumbs(found.fiscal_year),
        take_back=reverse("plans:take_back", args=["policy", found.pk]),
    )

    def save(values: dict[str, Any]) -> object:
        project = _chosen(request, values["project"])
        rest = without(values, "project")
        return edit_policy(actor=actor_of(request), policy=found, project=project, **rest)

    return answer(request, page, form, save)


@login_required
@FORMS
def report(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Enter what a policy had reached on a day."""
    found = policy_or_404(request, policy_id)
    form = ProgressForm(given(request), initial={"as_at": clock.today()})
    if found.target_unit:
        form.fields["value"].label = gettext("Reached (%(unit)s)") % {"unit": found.target_unit}
    else:
        del form.fields["value"]
    page = Page(
        title=gettext("Enter what was reached"),
        action="policy.report",
        target=found,
        back=reverse("plans:policy", args=[found.pk]),
        crumbs=[*_crumbs(found.fiscal_year), Crumb(str(found), reverse("plans:policy", args=[found.pk]))],
        lead=found.text,
    )
    return answer(
        request,
        page,
        form,
        lambda values: report_progress(actor=actor_of(request), policy=found, **values),
    )
