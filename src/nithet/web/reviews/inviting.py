"""Assessors are invited to the frozen copy of a closed round."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.reviews.actions.assessing import invite_assessor, withdraw_assessor
from nithet.domain.reviews.models.frozen import FrozenRound
from nithet.domain.reviews.queries.assessors import invited_to, notes_on
from nithet.domain.reviews.queries.freezing import find_frozen, list_frozen
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.kernel.errors import RuleBroken
from nithet.web.reviews.forms import InviteForm
from nithet.web.shared.addresses import absolute
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of, round_or_404


def frozen_or_404(request: HttpRequest, frozen_id: int) -> FrozenRound:
    """Return a frozen copy the reader may see."""
    if (found := find_frozen(actor_of(request), frozen_id)) is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessors(request: HttpRequest, round_id: int) -> HttpResponse:
    """List the copies of a round with who was invited to each and what they wrote; invite another."""
    actor, reporting_round = actor_of(request), round_or_404(request, round_id)
    can = ask("assessor.invite", actor, reporting_round)
    form = InviteForm(request.POST or None)
    link = invited = None
    if request.method == "POST":
        if not can:
            raise Refused("assessor.invite", can)
        if form.is_valid():
            try:
                _, invited, token = invite_assessor(
                    actor=actor, round=reporting_round, title=form.cleaned_data["title"], until=form.cleaned_data["until"]
                )
            except Conflict:
                raise
            except RuleBroken as error:
                tell_at_field(form, error)
            else:
                link, form = absolute(request, reverse("people:join", args=[token]), reporting_round.office_id), InviteForm()
    copies = [(copy, invited_to(copy), notes_on(copy)) for copy in list_frozen(actor, reporting_round.pk)[:10]]
    context = {"round": reporting_round, "copies": copies, "form": form, "can": can, "link": link, "invited": invited}
    return render(request, "reviews/assessors.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request: HttpRequest, frozen_id: int, assessor_invitation_id: int) -> HttpResponse:
    """End an invitation."""
    found = frozen_or_404(request, frozen_id)
    withdraw_assessor(actor=actor_of(request), frozen=found, invitation_id=assessor_invitation_id)
    messages.success(request, gettext("The invitation has ended."))
    return redirect("reviews:assessors", found.round_id)
