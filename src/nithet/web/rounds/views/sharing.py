"""Who works on which item."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.assessments.actions.assigning import (
    assign_item,
    set_assignment_due,
    take_back_assignment,
)
from nithet.domain.assessments.queries.people import groups_of_office, people_of_office
from nithet.domain.assessments.queries.sharing import find_assignment
from nithet.foundation.actions.taking_back import needs_reason
from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.rounds.forms import AssignForm, DueForm
from nithet.web.rounds.pages import round_page
from nithet.web.shared.requests import actor_of, round_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share_out(request: HttpRequest, round_id: int) -> HttpResponse:
    """Give items to people and groups, and see who has what."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    page = round_page(actor, reporting_round)
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        people=people_of_office(reporting_round.office_id),
        items=[(one.node.id, f"{one.node.id}. {one.title}") for one in page.items],
        initial={"due_on": reporting_round.due_on, "items": request.GET.getlist("item")},
    )
    context = {"page": page, "form": form, "groups": groups_of_office(actor)}
    if request.method != "POST":
        return render(request, "rounds/share_out.html", context)
    if not form.is_valid():
        return render(request, "rounds/share_out.html", context, status=422)
    try:
        for item in form.cleaned_data["items"]:
            assign_item(
                actor=actor,
                round=reporting_round,
                item=item,
                user_id=form.user_id,
                title=form.group,
                due_on=form.cleaned_data["due_on"],
            )
    except RuleBroken as error:
        if error.field is None:
            raise
        form.add_error("who", told(error))
        return render(request, "rounds/share_out.html", context, status=422)
    messages.success(request, gettext("The items have been given; who has them is told."))
    return redirect("rounds:share_out", round_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: HttpRequest, round_id: int, assignment_id: int) -> HttpResponse:
    """Change the day of an assignment."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    kept = find_assignment(reporting_round, assignment_id)
    if kept is None:
        raise Http404
    form = DueForm(
        request.POST if request.method == "POST" else None,
        initial={"due_on": kept.due_on, "version": kept.version},
    )
    context = {
        "round": reporting_round,
        "kept": kept,
        "form": form,
        "needs_reason": needs_reason(kept, clock.now()),
    }
    if request.method != "POST":
        return render(request, "rounds/assignment.html", context)
    if not form.is_valid():
        return render(request, "rounds/assignment.html", context, status=422)
    set_assignment_due(actor=actor, assignment=kept, **form.cleaned_data)
    messages.success(request, gettext("The due day has been kept."))
    return redirect("rounds:share_out", round_id)


@login_required
@require_POST
def unassign(request: HttpRequest, round_id: int, assignment_id: int) -> HttpResponse:
    """Take an assignment back."""
    reporting_round = round_or_404(request, round_id)
    kept = find_assignment(reporting_round, assignment_id)
    if kept is None:
        raise Http404
    take_back_assignment(
        actor=actor_of(request), assignment=kept, reason=request.POST.get("reason", "")
    )
    messages.success(request, gettext("The assignment has been taken back."))
    return redirect("rounds:share_out", round_id)
