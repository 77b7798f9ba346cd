"""Versions of a plan: approve, look at, compare."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.plans.actions.reviews import approve_plan
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.review import PlanVersion
from nithet.domain.plans.queries.carrying import carried_into
from nithet.domain.plans.queries.content import content_of
from nithet.domain.plans.queries.plans import list_reviews, list_versions
from nithet.domain.plans.rules.snapshot import LineChange, compare, digest_of
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.ui.words import date_words
from nithet.web.plans.editing import given, saved
from nithet.web.plans.finding import of_plan_or_404, plan_crumbs, plan_or_404, plan_tabs
from nithet.web.plans.forms import ApproveForm
from nithet.web.plans.wording import change_words, content_words
from nithet.web.shared.requests import actor_of

NOW = "now"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: a version, or the plan as it is now (`number` None)."""

    number: int | None
    content: dict[str, Any]


@login_required
@require_safe
def versions(request: HttpRequest, plan_id: int) -> HttpResponse:
    """List the approved versions, say what changed since the last one, compare two (`?from=1&to=2`, "now" the present)."""
    return _versions(request, plan_or_404(request, plan_id))


def _versions(
    request: HttpRequest, plan: Plan, form: ApproveForm | None = None, status: int = 200
) -> HttpResponse:
    rows = list(list_versions(plan))
    content = content_of(plan)
    digest = digest_of(content)
    numbers = {str(row.number) for row in rows}
    before = request.GET.get("from", str(rows[0].number) if rows else "")
    after = request.GET.get("to", NOW)
    changes: list[LineChange] | None = None
    if before in numbers and after in {*numbers, NOW}:
        first = _content(plan, before, content)
        changes = list(compare(first, _content(plan, after, content)))
    context = {
        "plan": plan,
        "rows": rows,
        "is_approved": bool(rows) and rows[0].digest == digest,
        "changes": None if changes is None else [change_words(one) for one in changes],
        "before": before,
        "after": after,
        "form": form or ApproveForm(initial={"shown": digest}, reviews=_reviews(plan)),
        "can": ask("plan.approve", actor_of(request), plan),
        "tabs": plan_tabs(plan, "versions"),
        "undecided": carried_into(plan.fiscal_year).filter(outcome="undecided").count(),
    }
    return render(request, "plans/versions.html", context, status=status)


def _content(plan: Plan, number: str, now: dict[str, Any]) -> dict[str, Any]:
    if number == NOW:
        return now
    content: dict[str, Any] = plan.versions.get(number=int(number)).content
    return content


def _reviews(plan: Plan) -> list[tuple[str, str]]:
    rows = standing(list_reviews(plan)).exclude(changed="")
    return [(str(one.pk), f"{date_words(one.reviewed_on, 'short')} {one}"[:120]) for one in rows]


@login_required
@require_POST
def approve(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Freeze the plan as it was shown, as its next version."""
    actor, plan = actor_of(request), plan_or_404(request, plan_id)
    if not (can := ask("plan.approve", actor, plan)):
        raise Refused("plan.approve", can)
    form = ApproveForm(given(request), reviews=_reviews(plan))

    def save(values: dict[str, Any]) -> object:
        key = values["review"]
        review = standing(plan.reviews.all()).filter(pk=key).first() if key else None
        return approve_plan(
            actor=actor, plan=plan, shown=values["shown"], reason=values["reason"], review=review
        )

    if form.is_valid() and saved(form, save):
        messages.success(request, gettext("The plan has been approved."))
        return redirect("plans:versions", plan.pk)
    return _versions(request, plan, form, 422)


@login_required
@require_safe
def version(request: HttpRequest, plan_version_id: int) -> HttpResponse:
    """Show a version as it was approved."""
    rows = PlanVersion.objects.select_related("plan", "review")
    found = of_plan_or_404(request, rows, plan_version_id)
    context = {
        "version": found,
        "plan": found.plan,
        "is_whole": digest_of(found.content) == found.digest,
        "lines": content_words(found.content),
        "crumbs": plan_crumbs(found.plan),
    }
    return render(request, "plans/version.html", context)
