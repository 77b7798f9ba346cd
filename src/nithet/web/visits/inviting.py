"""Inviting committee members to their visits by a link."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.supervision.actions.committee import invite_member, revoke_invitation
from nithet.domain.supervision.models.invitations import CommitteeInvitation
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_invitations
from nithet.domain.supervision.queries.teams import member_words, members_who_visit
from nithet.domain.supervision.queries.visits import list_visits
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.ui.shapes import Crumb
from nithet.foundation.ui.words import date_words
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.addresses import absolute
from nithet.web.shared.lists import paged
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of
from nithet.web.visits.finding import visit_crumbs
from nithet.web.visits.forms import InvitationForm
from nithet.web.visits.member import answered_of

LOOK_BACK = timedelta(days=60)


def _crumbs() -> list[Crumb]:
    return [
        *visit_crumbs(),
        Crumb(gettext("Invitations of committee members"), reverse("visits:invitations")),
    ]


@login_required
@require_safe
def invitations(request: HttpRequest) -> HttpResponse:
    """List the invitations, the newest first."""
    actor = actor_of(request)
    rows = visible_invitations(actor).prefetch_related("invited_visits__visit__school__unit")
    page = paged(request, rows.order_by("-pk"))
    shown = list(page)
    answered = answered_of(shown)
    context = {
        "page": page,
        "rows": [(one, *answered[one.pk]) for one in shown],
        "can": ask("visit.invite_member", actor, None),
        "crumbs": visit_crumbs(),
        "now": clock.now(),
    }
    return render(request, "visits/invitations.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a member to visits of a committee."""
    actor = actor_of(request)
    if actor.office_id is None:
        raise Http404
    can = ask("visit.invite_member", actor, None)
    if request.method == "POST" and not can:
        raise Refused("visit.invite_member", can)
    today = clock.today()
    visits = (
        list(
            list_visits(actor, kind=Visit.Kind.COMMITTEE)
            .filter(visited_on__gte=today - LOOK_BACK, closed_at__isnull=True)
            .exclude(state=Visit.State.CANCELLED)
        )
        if can
        else []
    )
    members = members_who_visit(actor.writes_in, today) if can else []
    form = InvitationForm(
        request.POST if request.method == "POST" else None,
        members=[(str(one.pk), member_words(one)) for one in members],
        visits=[(str(one.pk), f"{date_words(one.visited_on)} {one.school}") for one in visits],
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = invite_member(
                actor=actor,
                visits=[one for one in visits if str(one.pk) in said["visits"]],
                member=next((one for one in members if str(one.pk) == said["member"]), None),
                title=said["title"],
                companion=said["companion"],
                companion_telephone=said["companion_telephone"],
                programme=said["programme"],
            )
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            messages.success(request, gettext("The invitation is ready. Send its link."))
            return redirect("visits:invitation", made.pk)
    context = {"form": form, "can": can, "crumbs": _crumbs(), "has_visits": bool(visits)}
    return render(request, "visits/invite.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, visit_invitation_id: int) -> HttpResponse:
    """Show an invitation with its link to copy, and end it."""
    actor = actor_of(request)
    found = visible_invitations(actor).filter(pk=visit_invitation_id).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        revoke_invitation(actor=actor, invitation=found)
        messages.success(request, gettext("The link opens nothing any more."))
        return redirect("visits:invitation", found.pk)
    return render(request, "visits/invitation.html", _shown(request, found))


def _shown(request: HttpRequest, found: CommitteeInvitation) -> dict[str, object]:
    address = absolute(request, reverse("visits:member", args=[found.code]), found.office_id)
    rows = found.invited_visits.select_related("visit__school__unit")
    return {
        "invitation": found,
        "rows": list(rows),
        "address": address,
        "is_good": found.revoked_at is None and found.expires_at > clock.now(),
        "can": ask("visit.revoke_invitation", actor_of(request), found),
        "crumbs": _crumbs(),
    }
