"""The plan of a year: strategies, projects, money, and what waits for somebody."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.plans.actions.plans import add_strategy, edit_strategy, open_plan
from nithet.domain.plans.models.plan import Plan, Strategy
from nithet.domain.plans.queries.plans import list_plans
from nithet.domain.plans.queries.standing import plan_of_year
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from nithet.web.plans.editing import Page, answer, given
from nithet.web.plans.finding import of_plan_or_404, plan_crumbs, plan_or_404, plan_tabs
from nithet.web.plans.forms import PlanForm, StrategyEditForm, StrategyForm
from nithet.web.plans.lists import plan_sheet
from nithet.web.shared.downloads import wants_sheet
from nithet.web.shared.requests import actor_of, year_of


def plan_for(request: HttpRequest) -> Plan | None:
    """Return the plan of the year in the address, else of this year, else the newest; None where the reader sees none."""
    rows = list(list_plans(actor_of(request)))
    asked = year_of(request)
    by_year = {row.fiscal_year: row for row in rows}
    if asked is not None:
        return by_year.get(asked)
    return by_year.get(fiscal_year(clock.today())) or next(iter(rows), None)


@login_required
@require_safe
def plans(request: HttpRequest) -> HttpResponseBase:
    """Show the plan of this year or the newest one; say how a plan begins where there is none."""
    found = plan_for(request)
    if found is None:
        actor = actor_of(request)
        form = PlanForm(initial={"year": year_of(request) or fiscal_year(clock.today())})
        context = {"form": form, "can": ask("plan.open", actor, None), "years": list_plans(actor)}
        return render(request, "plans/no_plan.html", context)
    return _plan(request, found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_year(request: HttpRequest) -> HttpResponse:
    """Open the plan of a year."""
    actor = actor_of(request)
    can = ask("plan.open", actor, None)
    form = PlanForm(given(request), initial={"year": fiscal_year(clock.today()) + 1})
    status = 200
    if request.method == "POST":
        if not can:
            raise Refused("plan.open", can)
        if form.is_valid():
            year = form.cleaned_data["year"]
            opened = open_plan(
                actor=actor, fiscal_year=year, title=f"แผนปฏิบัติการประจำปีงบประมาณ {year}"
            )
            messages.success(request, gettext("The plan is open."))
            return redirect("plans:plan", opened.pk)
        status = 422
    context = {"form": form, "can": can, "years": list_plans(actor)}
    return render(request, "plans/no_plan.html", context, status=status)


@login_required
@require_safe
def plan(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    """Show a plan, or the list of its projects as a spreadsheet."""
    return _plan(request, plan_or_404(request, plan_id))


def _plan(request: HttpRequest, found: Plan) -> HttpResponseBase:
    actor = actor_of(request)
    shown = plan_of_year(actor, found)
    if wants_sheet(request):
        return plan_sheet(request, shown)
    context: dict[str, Any] = {
        "plan": found,
        "shown": shown,
        "years": list_plans(actor),
        "tabs": plan_tabs(found, "plan"),
        "can": ask("project.add", actor, found),
    }
    return render(request, "plans/plan.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_one_strategy(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Add a strategy."""
    found = plan_or_404(request, plan_id)
    page = Page(
        title=gettext("Add a strategy"),
        action="strategy.add",
        target=found,
        back=reverse("plans:plan", args=[found.pk]),
        crumbs=plan_crumbs(found),
    )
    return answer(
        request,
        page,
        StrategyForm(given(request)),
        lambda values: add_strategy(actor=actor_of(request), plan=found, **values),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_one_strategy(request: HttpRequest, strategy_id: int) -> HttpResponse:
    """Change a strategy."""
    rows = Strategy.objects.select_related("plan")
    found = of_plan_or_404(request, rows, strategy_id)
    page = Page(
        title=gettext("Edit the strategy"),
        action="strategy.edit",
        target=found,
        back=reverse("plans:plan", args=[found.plan_id]),
        crumbs=plan_crumbs(found.plan),
        take_back=reverse("plans:take_back", args=["strategy", found.pk]),
    )
    form = StrategyEditForm(
        given(request), initial={"title": found.title, "version": found.version}
    )
    return answer(
        request,
        page,
        form,
        lambda values: edit_strategy(actor=actor_of(request), strategy=found, **values),
    )
