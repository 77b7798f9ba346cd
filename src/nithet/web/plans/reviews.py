"""Reviews of a plan: plan, do, check, act."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.plans.actions.reviews import edit_review, review_plan
from nithet.domain.plans.models.review import PlanReview
from nithet.domain.plans.queries.plans import list_reviews
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.ui.shapes import Crumb
from nithet.kernel import clock
from nithet.web.plans.editing import Page, answer, given, without
from nithet.web.plans.finding import (
    of_plan_or_404,
    plan_crumbs,
    plan_or_404,
    plan_tabs,
    project_choices,
)
from nithet.web.plans.forms import ReviewEditForm, ReviewForm
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def reviews(request: HttpRequest, plan_id: int) -> HttpResponse:
    """List the reviews of a plan, the newest first, with the versions that followed."""
    found = plan_or_404(request, plan_id)
    context = {
        "plan": found,
        "page": paged(request, list_reviews(found)),
        "tabs": plan_tabs(found, "reviews"),
        "can": ask("plan.review", actor_of(request), found),
    }
    return render(request, "plans/reviews.html", context)


@login_required
@FORMS
def add(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Record a review."""
    found = plan_or_404(request, plan_id)
    form = ReviewForm(
        given(request),
        projects=project_choices(found),
        initial={"reviewed_on": clock.today(), "project": request.GET.get("project", "")},
    )
    back = reverse("plans:reviews", args=[found.pk])
    page = Page(
        title=gettext("Record a review (plan, do, check, act)"),
        action="plan.review",
        target=found,
        back=back,
        crumbs=[*plan_crumbs(found), Crumb(gettext("Reviews"), back)],
    )

    def save(values: dict[str, Any]) -> object:
        key = values["project"]
        project = standing(found.projects.all()).filter(pk=key).first() if key else None
        rest = without(values, "project")
        return review_plan(actor=actor_of(request), plan=found, project=project, **rest)

    return answer(request, page, form, save)


@login_required
@FORMS
def edit(request: HttpRequest, plan_review_id: int) -> HttpResponse:
    """Change a review."""
    rows = PlanReview.objects.select_related("plan", "project")
    found = of_plan_or_404(request, rows, plan_review_id)
    names = ("reviewed_on", "planned", "done", "checked", "changed", "why", "version")
    form = ReviewEditForm(given(request), initial={name: getattr(found, name) for name in names})
    back = reverse("plans:reviews", args=[found.plan_id])
    page = Page(
        title=gettext("Edit the review"),
        action="plan.edit_review",
        target=found,
        back=back,
        crumbs=[*plan_crumbs(found.plan), Crumb(gettext("Reviews"), back)],
        lead=str(found),
        take_back=reverse("plans:take_back", args=["review", found.pk]),
    )
    return answer(
        request,
        page,
        form,
        lambda values: edit_review(actor=actor_of(request), review=found, **values),
    )
