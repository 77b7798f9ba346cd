"""The plan of visits on its way to the director: its figures, put, approved, sent back, taken back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.supervision.actions.approving import (
    approve_supervision_plan,
    send_plan_back,
    submit_plan,
    take_plan_back,
)
from nithet.domain.supervision.models.plans import SupervisionPlan
from nithet.domain.supervision.policy import may_plan
from nithet.domain.supervision.queries.plan_summary import summary_of, waiting_submission
from nithet.domain.supervision.queries.plan_year import year_of_plan
from nithet.domain.supervision.queries.planning import content_of, digest_of_content
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.ui.templatetags.nithet import told
from nithet.foundation.ui.words import number_words
from nithet.kernel.errors import RuleBroken
from nithet.web.planner.finding import plan_or_404
from nithet.web.planner.words import say_problem
from nithet.web.shared.requests import actor_of

SHOWN_CHANGES = 60


@login_required
@require_safe
def approval(request: HttpRequest, supervision_plan_id: int) -> HttpResponse:
    """Show the figures of the plan: planners put them to the director, who approves them or sends them back."""
    return render(
        request,
        "planner/approval.html",
        approval_context(request, plan_or_404(request, supervision_plan_id)),
    )


def approval_context(request: HttpRequest, found: SupervisionPlan) -> dict[str, Any]:
    """Return what the page shows."""
    actor = actor_of(request)
    year = year_of_plan(actor, found)
    summary = summary_of(actor, found, year)
    digest = digest_of_content(content_of(found, year.lines))
    waiting = waiting_submission(found)
    last = found.versions.defer("content").first()
    semesters = [one.words for one in summary.semesters]
    submissions = list(found.submissions.select_related("approved_version")[:10])
    newest = submissions[0] if submissions else None
    return {
        "plan": found,
        "summary": summary,
        "digest": digest,
        "waiting": waiting,
        "sent_back": newest if newest is not None and newest.state == "sent_back" else None,
        "submissions": submissions,
        "last": last,
        "is_as_approved": last is not None and last.digest == digest,
        "is_as_put": waiting is None or waiting.digest == digest,
        "opens_back": waiting is not None and waiting.digest != digest,
        "can_approve": ask("supervision_plan.approve", actor, found),
        "can_submit": ask("supervision_plan.submit", actor, found),
        "may_plan": bool(may_plan(actor, None)),
        "loads": [(one, list(zip(semesters, one.visits, strict=True))) for one in summary.loads],
        "members": [
            (words, n, of) for words, (n, of) in zip(semesters, summary.members, strict=True)
        ],
        "changes": summary.changes[:SHOWN_CHANGES],
        "more_changes": max(0, len(summary.changes) - SHOWN_CHANGES),
    }


@login_required
@require_POST
def submit(request: HttpRequest, supervision_plan_id: int) -> HttpResponse:
    """Put the plan to the director as it was shown."""
    found = plan_or_404(request, supervision_plan_id)
    try:
        submit_plan(
            actor=actor_of(request),
            plan=found,
            shown=request.POST.get("shown", ""),
            words=request.POST.get("words", ""),
        )
    except RuleBroken as error:
        return _with_words(request, found, error, "submit")
    messages.success(request, gettext("The plan is with the director now, who has been told."))
    return redirect("planner:approval", found.pk)


def _with_words(
    request: HttpRequest, found: SupervisionPlan, error: RuleBroken, form: str
) -> HttpResponse:
    """Show the page as it stands now with why nothing was done and what was written: nobody writes it twice."""
    if isinstance(error, Refused):
        raise error
    context = approval_context(request, found)
    can_answer = context["waiting"] is not None and context["can_approve"].allowed
    can_put = context["waiting"] is None and not context["is_as_approved"]
    context |= {
        "problem": told(error),
        "kept_words": request.POST.get("words", ""),
        "kept_in": form,
        "opens_back": True,
        # A form that is not on the page any more leaves the words to be copied.
        "has_form": can_answer if form == "send_back" else can_put and context["summary"].visits,
    }
    status = 409 if isinstance(error, Conflict) else 422
    return render(request, "planner/approval.html", context, status=status)


@login_required
@require_POST
def approve(request: HttpRequest, supervision_plan_id: int) -> HttpResponse:
    """Approve the plan as it was shown."""
    found = plan_or_404(request, supervision_plan_id)
    try:
        made = approve_supervision_plan(
            actor=actor_of(request),
            plan=found,
            shown=request.POST.get("shown", ""),
            reason=request.POST.get("reason", ""),
        )
    except RuleBroken as error:
        say_problem(request, error)
        return redirect("planner:approval", found.pk)
    messages.success(
        request,
        gettext("The plan has been approved as version %(n)s.") % {"n": number_words(made.number)},
    )
    return redirect("planner:version", made.pk)


@login_required
@require_POST
def send_back(request: HttpRequest, supervision_plan_id: int) -> HttpResponse:
    """Send the plan back with words."""
    found = plan_or_404(request, supervision_plan_id)
    try:
        send_plan_back(
            actor=actor_of(request),
            plan=found,
            shown=request.POST.get("shown", ""),
            words=request.POST.get("words", ""),
        )
    except RuleBroken as error:
        return _with_words(request, found, error, "send_back")
    messages.success(request, gettext("The plan has been sent back, and the planner told."))
    return redirect("planner:approval", found.pk)


@login_required
@require_POST
def recall(request: HttpRequest, supervision_plan_id: int) -> HttpResponse:
    """Take the plan back before it is answered."""
    found = plan_or_404(request, supervision_plan_id)
    if take_plan_back(actor=actor_of(request), plan=found) is not None:
        messages.success(request, gettext("The plan does not wait for the director any more."))
    return redirect("planner:approval", found.pk)
