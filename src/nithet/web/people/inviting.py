"""Invitations: one person, all schools, a new way in; the link is shown once, the slip needs no e-mail."""

import base64
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.directory.invitations import (
    desk_name,
    find_invitation,
    give_access_anew,
    invite_person,
    invite_schools,
    withdraw_invitation,
)
from nithet.domain.directory.queries.staff import list_invitations, schools_with_desks
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Invitation
from nithet.foundation.access.roles import Role
from nithet.foundation.documents import qr
from nithet.foundation.documents.sheets import Column
from nithet.foundation.refs.keys import row_key
from nithet.foundation.tenancy.queries import settings_of
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.people.accounts import person_or_404
from nithet.web.people.forms import ExpiryForm, InviteForm
from nithet.web.people.parts import (
    administrator_or_404,
    crumbs_to,
    tabs_for,
)
from nithet.web.people.slips import slips_pdf
from nithet.web.shared.addresses import absolute
from nithet.web.shared.downloads import PDF, file_answer, sheet_answer, wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.problems import tell_at_field


def _state(one: Invitation) -> tuple[str, str]:
    if one.accepted_at:
        return gettext("accepted"), "good"
    if one.withdrawn_at:
        return gettext("withdrawn"), "rest"
    if not one.is_open_on(clock.today()):
        return gettext("expired"), "rest"
    return gettext("waits to be opened"), "info"


@login_required
@require_safe
def invitations(request: HttpRequest) -> HttpResponseBase:
    """List invitations and what became of them."""
    actor = administrator_or_404(request)
    rows = list_invitations(actor)
    if wants_sheet(request):
        return sheet_answer(
            gettext("Invitations"),
            [
                Column(gettext("Invited")),
                Column(gettext("Role")),
                Column(gettext("Where")),
                Column(gettext("User name"), "code"),
                Column(gettext("Good until"), "date"),
                Column(gettext("State")),
            ],
            (
                [
                    one.display_name,
                    one.get_role_display(),
                    str(one.unit),
                    one.username,
                    one.expires_on,
                    _state(one)[0],
                ]
                for one in rows
            ),
            request=request,
        )
    page = paged(request, rows)
    context = {
        "title": gettext("Invitations"),
        "tabs": tabs_for(actor, "invitations"),
        "page": page,
        "lines": [(one, *_state(one), one.is_open_on(clock.today())) for one in page],
    }
    return render(request, "people/invitations.html", context)


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite one person, and show the link once."""
    actor = administrator_or_404(request)
    wanted = row_key(request.GET.get("position", ""))
    form = InviteForm(actor, _data(request))
    if wanted is not None:
        _propose(form, wanted)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            made, token = invite_person(actor=actor, **given)
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            return _shown(request, actor, made, token)
    context = {
        "title": gettext("Invite a person"),
        "crumbs": crumbs_to("invitations", gettext("Invitations"), gettext("Invite a person")),
        "form": form,
        "verb": gettext("Make the invitation"),
        "note": gettext("You get a link to paste and a slip to print. Whoever opens it chooses their own password."),
        "back": reverse("people:invitations"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/form.html", context, status=status)


def _propose(form: InviteForm, position_id: int) -> None:
    found = form.fields["fills"].queryset.filter(pk=position_id).first()  # type: ignore[attr-defined]
    if found is not None:
        form.initial = {
            **form.initial,
            "fills": found.pk,
            "unit": found.unit_id,
            "role": found.role,
            "title": found.title,
        }


def _shown(request: HttpRequest, actor: Actor, made: Invitation, token: str) -> HttpResponse:
    """Show the link of an invitation, the only time that anybody can."""
    address = absolute(request, reverse("people:join", args=[token]), actor.office_id)
    picture = base64.b64encode(qr.svg(address)).decode()
    context = {
        "title": gettext("The invitation is ready"),
        "crumbs": crumbs_to("invitations", gettext("Invitations"), made.display_name),
        "invitation": made,
        "address": address,
        "token": token,
        "picture": f"data:image/svg+xml;base64,{picture}",
    }
    return render(request, "people/invited.html", context)


@login_required
@require_POST
def slip(request: HttpRequest) -> HttpResponse:
    """Print the slip of an invitation whose link was just shown."""
    actor = administrator_or_404(request)
    token = request.POST.get("token", "")
    found = find_invitation(token)
    if found is None or found.office_id != actor.office_id:
        raise Http404
    return _slips(request, actor, [(found, token)], found.display_name)


def _slips(
    request: HttpRequest, actor: Actor, made: list[tuple[Invitation, str]], name: str
) -> HttpResponse:
    office_id = actor.writes_in
    slips = [
        (one, absolute(request, reverse("people:join", args=[token]), office_id))
        for one, token in made
    ]
    office = made[0][0].office
    data = slips_pdf(office, settings_of(office_id), slips)
    return file_answer(data, PDF, f"{gettext('Slip')} {name}.pdf")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schools(request: HttpRequest) -> HttpResponse:
    """Invite the desks of all schools at once; the answer is one PDF of slips."""
    actor = administrator_or_404(request)
    rows = list(schools_with_desks(actor))
    without_code = [row for row in rows if not desk_name(row)]
    waiting = [row for row in rows if desk_name(row) and not row.has_desk]  # type: ignore[attr-defined]
    form = ExpiryForm(_data(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = invite_schools(actor=actor, schools=waiting, **form.cleaned_data)
            except RuleBroken as error:
                tell_at_field(form, error)
            else:
                if made:
                    return _slips(request, actor, made, gettext("Schools"))
                form.add_error(None, gettext("Every school with a code has its account already."))
    context = {
        "title": gettext("Invite all schools"),
        "crumbs": crumbs_to("invitations", gettext("Invitations"), gettext("Invite all schools")),
        "form": form,
        "waiting": len(waiting),
        "total": len(rows),
        "without_code": without_code,
    }
    return render(request, "people/invite_schools.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def anew(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody a new way in."""
    actor = administrator_or_404(request)
    found = person_or_404(actor, user_id)
    form = ExpiryForm(_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            made, token = give_access_anew(actor=actor, user=found, **form.cleaned_data)
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            return _shown(request, actor, made, token)
    context = {
        "title": gettext("A new way in"),
        "lead": str(found),
        "crumbs": crumbs_to("accounts", gettext("User accounts"), str(found)),
        "form": form,
        "verb": gettext("Make the link"),
        "note": gettext(
            "For a lost password or telephone. Nothing changes until the link is opened; then a new password is chosen, the second step is set up anew, and every other sitting ends."
        ),
        "back": reverse("people:person", args=[found.pk]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/form.html", context, status=status)


@login_required
@require_POST
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Withdraw an invitation."""
    actor = administrator_or_404(request)
    if (found := list_invitations(actor).filter(pk=invitation_id).first()) is None:
        raise Http404
    withdraw_invitation(actor=actor, invitation=found)
    messages.success(request, gettext("The invitation has been withdrawn."))
    return redirect("people:invitations")
