"""What belongs to a project: activities, money, targets and the items that it serves; and taking things back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import list_editions, rules_of
from nithet.domain.plans.actions.activities import (
    add_activity,
    edit_activity,
    report_activity,
    take_back_activity,
)
from nithet.domain.plans.actions.calendar import take_back_day
from nithet.domain.plans.actions.money import (
    add_budget_line,
    add_target,
    edit_budget_line,
    edit_target,
    take_back_budget_line,
    take_back_target,
)
from nithet.domain.plans.actions.plans import take_back_strategy
from nithet.domain.plans.actions.policies import take_back_policy, take_back_progress
from nithet.domain.plans.actions.projects import (
    explain_service,
    serve_item,
    stop_serving,
    take_back_project,
)
from nithet.domain.plans.actions.reviews import take_back_review
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.money import BudgetLine, Target
from nithet.domain.plans.models.plan import Strategy
from nithet.domain.plans.models.policy import PolicyProgress
from nithet.domain.plans.models.project import Project, ProjectService
from nithet.domain.plans.models.review import PlanReview
from nithet.domain.plans.policy import (
    visible_days,
    visible_plans,
    visible_policies,
    visible_to,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import needs_reason
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.plans.editing import Page, answer, given, without
from nithet.web.plans.finding import of_project_or_404, project_crumbs, project_or_404
from nithet.web.plans.forms import (
    ActivityEditForm,
    ActivityForm,
    BudgetEditForm,
    BudgetForm,
    ExplainForm,
    ReportForm,
    ServeForm,
    TakeBackForm,
    TargetEditForm,
    TargetForm,
)
from nithet.web.shared.requests import actor_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def _page(project: Project, title: str, action: str, target: Any, take_back: str = "") -> Page:
    back = reverse("plans:project", args=[project.pk])
    return Page(title, action, target, back, project_crumbs(project), project.title, take_back=take_back)


@login_required
@FORMS
def add_one_activity(request: HttpRequest, project_id: int) -> HttpResponse:
    """Add an activity; what a person adds is planned."""
    project = project_or_404(request, project_id)
    form = ActivityForm(given(request))
    page = _page(project, gettext("Add an activity"), "activity.add", project)

    def save(values: dict[str, Any]) -> object:
        return add_activity(
            actor=actor_of(request),
            project=project,
            period=form.period,
            state=Activity.State.PLANNED,
            **without(values, "period_start", "period_end"),
        )

    return answer(request, page, form, save)


@login_required
@FORMS
def edit_one_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Change an activity."""
    rows = Activity.objects.select_related("project__plan")
    found = of_project_or_404(request, rows, activity_id)
    names = ("title", "kind", "owner_title", "period_start", "period_end", "version")
    form = ActivityEditForm(given(request), initial={name: getattr(found, name) for name in names})
    page = _page(
        found.project,
        gettext("Edit the activity"),
        "activity.edit",
        found,
        reverse("plans:take_back", args=["activity", found.pk]),
    )

    def save(values: dict[str, Any]) -> object:
        return edit_activity(
            actor=actor_of(request),
            activity=found,
            period=form.period,
            **without(values, "period_start", "period_end"),
        )

    return answer(request, page, form, save)


@login_required
@FORMS
def report(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Say how far an activity is."""
    rows = Activity.objects.select_related("project__plan")
    found = of_project_or_404(request, rows, activity_id)
    initial = {
        "state": found.state,
        "done_on": found.done_on,
        "reason": found.state_because,
        "version": found.version,
    }
    page = _page(found.project, found.title, "activity.report", found)
    return answer(
        request,
        page,
        ReportForm(given(request), initial=initial),
        lambda values: report_activity(actor=actor_of(request), activity=found, **values),
    )


@login_required
@FORMS
def add_money(request: HttpRequest, project_id: int) -> HttpResponse:
    """Add a budget line."""
    project = project_or_404(request, project_id)
    page = _page(project, gettext("Add a budget line"), "budget_line.add", project)
    return answer(
        request,
        page,
        BudgetForm(given(request)),
        lambda values: add_budget_line(actor=actor_of(request), project=project, **values),
    )


@login_required
@FORMS
def edit_money(request: HttpRequest, budget_line_id: int) -> HttpResponse:
    """Change a budget line."""
    rows = BudgetLine.objects.select_related("project__plan")
    found = of_project_or_404(request, rows, budget_line_id)
    names = (*BudgetForm.base_fields, "version")
    form = BudgetEditForm(given(request), initial={name: getattr(found, name) for name in names})
    page = _page(
        found.project,
        gettext("Edit the budget line"),
        "budget_line.edit",
        found,
        reverse("plans:take_back", args=["budget_line", found.pk]),
    )
    return answer(
        request,
        page,
        form,
        lambda values: edit_budget_line(actor=actor_of(request), line=found, **values),
    )


@login_required
@FORMS
def add_one_target(request: HttpRequest, project_id: int) -> HttpResponse:
    """Add a target."""
    project = project_or_404(request, project_id)
    page = _page(project, gettext("Add a target"), "target.add", project)
    form = TargetForm(given(request), initial={"period_kind": "fiscal_year"})
    return answer(
        request,
        page,
        form,
        lambda values: add_target(actor=actor_of(request), project=project, **values),
    )


@login_required
@FORMS
def edit_one_target(request: HttpRequest, target_id: int) -> HttpResponse:
    """Change a target."""
    rows = Target.objects.select_related("project__plan")
    found = of_project_or_404(request, rows, target_id)
    names = (*TargetForm.base_fields, "version")
    form = TargetEditForm(given(request), initial={name: getattr(found, name) for name in names})
    page = _page(
        found.project,
        gettext("Edit the target"),
        "target.edit",
        found,
        reverse("plans:take_back", args=["target", found.pk]),
    )
    return answer(
        request,
        page,
        form,
        lambda values: edit_target(actor=actor_of(request), target=found, **values),
    )


def _items(project: Project) -> list[tuple[str, str]]:
    """List the items that a project can still serve, of every edition in use."""
    there = {(one.edition_id, one.item) for one in project.services.all()}
    found = []
    for edition in list_editions():
        rules = rules_of(edition)
        for item in rules.items:
            if (edition.pk, item.id) not in there:
                found.append((f"{edition.pk}:{item.id}", f"{item.id} {item.title.say('th')}"[:120]))
    return found


@login_required
@FORMS
def serve(request: HttpRequest, project_id: int) -> HttpResponse:
    """Say that a project serves an item."""
    project = project_or_404(request, project_id)
    form = ServeForm(given(request), items=_items(project))
    page = _page(project, gettext("Add an item that it serves"), "project.serve_item", project)

    def save(values: dict[str, Any]) -> object:
        edition_id, _, item = values["item"].partition(":")
        edition = Edition.objects.get(pk=edition_id)
        return serve_item(
            actor=actor_of(request), project=project, edition=edition, item=item, why=values["why"]
        )

    return answer(request, page, form, save)


@login_required
@FORMS
def explain(request: HttpRequest, service_id: int) -> HttpResponse:
    """Say why a project counts for an item."""
    rows = ProjectService.objects.select_related("project__plan", "edition")
    found = of_project_or_404(request, rows, service_id)
    initial = {
        "why": found.why,
        "fields_left": found.fields,
        "board_part": found.board_part,
        "version": found.version,
    }
    title = gettext("Why the project counts for item %(item)s") % {"item": found.item}
    page = _page(found.project, title, "project.explain_service", found)

    def save(values: dict[str, Any]) -> object:
        return explain_service(
            actor=actor_of(request),
            service=found,
            fields=values["fields_left"],
            **without(values, "fields_left"),
        )

    return answer(request, page, ExplainForm(given(request), initial=initial), save)


@login_required
@require_POST
def leave(request: HttpRequest, service_id: int) -> HttpResponse:
    """Take back that a project serves an item."""
    rows = ProjectService.objects.select_related("project", "edition")
    found = of_project_or_404(request, rows, service_id)
    project = stop_serving(actor=actor_of(request), service=found)
    return redirect("plans:project", project.pk)


@dataclass(frozen=True)
class Part:
    """What can be taken back: its action, the rows that the reader sees, how it is done, and where it was seen."""

    action: str
    rows: Callable[[Actor], "QuerySet[Any]"]
    take: Callable[[Actor, Any, str], object]
    back: Callable[[Any], str]


def _of_project(one: Any) -> str:
    return reverse("plans:project", args=[one.project_id])


def _of_plan(one: Any) -> str:
    return reverse("plans:plan", args=[one.plan_id])


PARTS: dict[str, Part] = {
    "strategy": Part(
        "strategy.take_back",
        lambda actor: Strategy.objects.filter(plan__in=visible_plans(actor)),
        lambda actor, one, why: take_back_strategy(actor=actor, strategy=one, reason=why),
        _of_plan,
    ),
    "project": Part(
        "project.take_back",
        visible_to,
        lambda actor, one, why: take_back_project(actor=actor, project=one, reason=why),
        _of_plan,
    ),
    "activity": Part(
        "activity.take_back",
        lambda actor: Activity.objects.filter(project__in=visible_to(actor)),
        lambda actor, one, why: take_back_activity(actor=actor, activity=one, reason=why),
        _of_project,
    ),
    "budget_line": Part(
        "budget_line.take_back",
        lambda actor: BudgetLine.objects.filter(project__in=visible_to(actor)),
        lambda actor, one, why: take_back_budget_line(actor=actor, line=one, reason=why),
        _of_project,
    ),
    "target": Part(
        "target.take_back",
        lambda actor: Target.objects.filter(project__in=visible_to(actor)),
        lambda actor, one, why: take_back_target(actor=actor, target=one, reason=why),
        _of_project,
    ),
    "policy": Part(
        "policy.take_back",
        visible_policies,
        lambda actor, one, why: take_back_policy(actor=actor, policy=one, reason=why),
        lambda one: reverse("plans:policies") + f"?year={one.fiscal_year}",
    ),
    "progress": Part(
        "policy.take_back_report",
        lambda actor: PolicyProgress.objects.filter(policy__in=visible_policies(actor)),
        lambda actor, one, why: take_back_progress(actor=actor, progress=one, reason=why),
        lambda one: reverse("plans:policy", args=[one.policy_id]),
    ),
    "review": Part(
        "plan.take_back_review",
        lambda actor: PlanReview.objects.filter(plan__in=visible_plans(actor)),
        lambda actor, one, why: take_back_review(actor=actor, review=one, reason=why),
        lambda one: reverse("plans:reviews", args=[one.plan_id]),
    ),
    "day": Part(
        "calendar.take_back_day",
        visible_days,
        lambda actor, one, why: take_back_day(actor=actor, day=one, reason=why),
        lambda one: reverse("plans:calendar") + f"?month={one.starts_on:%Y-%m}",
    ),
}


@login_required
@FORMS
def take_back(request: HttpRequest, plan_part: str, plan_part_id: int) -> HttpResponse:
    """Take something back: within a day as if it had not been, later it is marked as cancelled with the reason."""
    part = PARTS.get(plan_part)
    actor = actor_of(request)
    found = part.rows(actor).filter(pk=plan_part_id).first() if part else None
    if part is None or found is None:
        raise Http404
    late = needs_reason(found, clock.now())
    form = TakeBackForm(given(request))
    form.fields["reason"].help_text = (
        gettext("More than a day has passed, so it stays in the lists, marked as cancelled.")
        if late
        else gettext("Within a day no reason is needed; it disappears from the lists.")
    )
    page = Page(
        title=gettext("Cancel: %(what)s") % {"what": found},
        action=part.action,
        target=found,
        back=part.back(found),
        save_label=gettext("Mark as cancelled") if late else gettext("Take it back"),
        saved=gettext("It has been cancelled.") if late else gettext("It has been taken back."),
    )

    def save(values: dict[str, Any]) -> object:
        if late and not values["reason"].strip():
            raise RuleBroken("reason.missing", "Please give the reason.", field="reason")
        return part.take(actor, found, values["reason"])

    return answer(request, page, form, save)
