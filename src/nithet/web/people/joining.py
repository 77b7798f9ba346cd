"""The page of acceptance (/join/…): opened from LINE or from a slip, by somebody who has nothing yet."""

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nithet.domain.directory.invitations import accept_invitation, find_invitation
from nithet.foundation.tenancy.queries import settings_of
from nithet.foundation.ui.limits import asked_to_wait
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.web.people.forms import JoinForm
from nithet.web.shared.problems import tell_at_field

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TRIES = "60/m/ip"
"""So often may the form of acceptance be sent from an address of the network in a minute: a school shares one."""


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, invitation_token: str) -> HttpResponse:
    """Show an invitation, or accept it with a user name and a password of one's own."""
    found = find_invitation(invitation_token)
    if found is None:
        return _nothing(request)
    if request.method == "POST" and (limited := asked_to_wait(request, "join", TRIES)):
        return limited
    names_itself = bool(found.username)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if names_itself:
        form.fields["username"].required = False
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_invitation(
                token=invitation_token,
                username=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
            )
        except BadInput:
            return _nothing(request)
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            login(request, user, backend=BACKEND)
            return redirect("/")
    context: dict[str, Any] = {
        "invitation": found,
        "form": form,
        "names_itself": names_itself,
        "chosen": settings_of(found.office_id),
    }
    return render(request, "people/join.html", context, status=422 if request.method == "POST" else 200)


def _nothing(request: HttpRequest) -> HttpResponse:
    """Answer alike for what is used, withdrawn, expired or unknown: as if nothing were there, and what to do."""
    return asked_to_wait(request, "join_wrong") or render(request, "people/join_nothing.html", status=404)
